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
  /** Re-billed: the part of the deduction is closed and stands on as a debit memo that the customer owes. */
  CHARGEBACK: "CHARGEBACK",
  /** Never a deduction: its part is closed, and the invoice that it closed is open again by as much. */
  REVERSAL: "REVERSAL",
  /** Let go as a cash discount, though it was not earned. */
  DISCOUNT: "DISCOUNT",
  /** Settled against what was set aside for a promotion. */
  PROMOTION: "PROMOTION",
  /** Let go for the sake of the customer. */
  GOODWILL: "GOODWILL",
  /** Given up as lost, out of the allowance for credit losses. */
  BAD_DEBT: "BAD_DEBT",
  /** Part of a deduction stands on in another: in a child of its own, or in one that several were merged into. */
  SPLIT: "SPLIT",
  /** A memo is taken back: nothing of it is open any more, and its issue is posted the other way. */
  CANCELED: "CANCELED",
  /** What a credit memo has left is owed to the customer in money. */
  REFUND: "REFUND",
} as const;
export type ApplicationKind = (typeof ApplicationKind)[keyof typeof ApplicationKind];

/** A debit item that cash may settle, as it stands now. */
export interface OpenDebit extends DiscountBasis {
  readonly itemId: string;
  /** Who owes it: the payer, or a customer whom the payer pays for. */
  readonly customerId: string;
  readonly kind: ItemKind;
  /** The invoice, debit memo or deduction behind it. */
  readonly documentId: string;
  /** What a customer may call it, best first: its number, then purchase order, sales order, shipment. As document keys. */
  readonly references: readonly string[];
  readonly currency: string;
  readonly dueOn: BusinessDate | null;
  readonly effectiveOn: BusinessDate;
}
