import type { BusinessDate } from "./dates.ts";
import type { DiscountBasis } from "./discount.ts";

/** What an open item stands for: an installment of an invoice, a debit memo, a deduction, what is left of a payment, or what is left of a credit memo. */
export const ItemKind = { INVOICE: "INVOICE", DEDUCTION: "DEDUCTION", PAYMENT: "PAYMENT", DEBIT_MEMO: "DEBIT_MEMO", CREDIT_MEMO: "CREDIT_MEMO" } as const;
export type ItemKind = (typeof ItemKind)[keyof typeof ItemKind];

/** How an application closes an item. */
export const ApplicationKind = {
  /** Cash of a payment settles a debit item: both shrink. */
  CASH: "CASH",
  /** A cash discount taken in time settles part of an invoice. */
  EARNED_DISCOUNT: "EARNED_DISCOUNT",
  /** A gap within the tolerance settles part of an item: nobody asks for it any more. */
  WRITE_OFF: "WRITE_OFF",
  /** A short pay: the part of the invoice is closed and stands on as a deduction. */
  DEDUCTION: "DEDUCTION",
  /** A deduction that names no invoice: it stands on as a deduction, and the payment covers that much more. Its amount is negative. */
  CLAIM: "CLAIM",
  /** A credit memo settles a debit item: both shrink, and no payment takes part. */
  CREDIT: "CREDIT",
} as const;
export type ApplicationKind = (typeof ApplicationKind)[keyof typeof ApplicationKind];

/** A debit item that cash may settle, as it stands now. */
export interface OpenDebit extends DiscountBasis {
  readonly itemId: string;
  readonly kind: ItemKind;
  /** The invoice, debit memo or deduction behind it. */
  readonly documentId: string;
  /** What a customer may call it, best first: its number, then purchase order, sales order, shipment. As document keys. */
  readonly references: readonly string[];
  readonly currency: string;
  readonly dueOn: BusinessDate | null;
  readonly effectiveOn: BusinessDate;
}
