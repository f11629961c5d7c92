import type { CodeList } from "./standard-reasons.ts";

/** What a customer says one part of a payment is for. */
export interface RemittanceLine {
  /** Physical line of the file, counted from 1; null when the advice did not come as a file. */
  readonly line: number | null;
  /** What the customer names, as written; null when the line names no invoice. */
  readonly reference: string | null;
  /** The amount before discount and deduction as the customer states it; null when it is not stated. Negative for a credit memo that is used up. */
  readonly grossMinor: bigint | null;
  /** The cash discount taken, never negative. */
  readonly discountMinor: bigint;
  /** What was taken off with a code or a claim, never negative. */
  readonly deductionMinor: bigint;
  /** What the line adds to the payment. Negative when it takes money off without naming an invoice, or uses up a credit memo. */
  readonly netMinor: bigint;
  /** The customer's own reason code for the deduction. */
  readonly customerCode: string | null;
  readonly text: string | null;
  /** The line says that it is an installment or a partial payment, so that the rest stays open and is no deduction. */
  readonly partial: boolean;
  /** The number of the customer's claim document. */
  readonly claimNumber: string | null;
  /** The public list that its reason code is of, where the advice says so. */
  readonly codeList?: CodeList | null;
  /** The order that the deduction is about, where the advice names one: not always that of the invoice it is taken from. */
  readonly purchaseOrder?: string | null;
}

/** A remittance advice: what one payment is for. */
export interface Remittance {
  /** The number by which the bank line and the advice find each other: a check number, a trace number. */
  readonly paymentReference: string;
  readonly accountNumber: string | null;
  readonly payerName: string | null;
  readonly lines: readonly RemittanceLine[];
}
