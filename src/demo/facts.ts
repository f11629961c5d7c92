import type { BusinessDate } from "../domain/dates.ts";
import { decimalFromMinor } from "../domain/money.ts";

/** Commands that the demo's people give, in the order in which they give them on one day. */
export const COMMANDS = { recordPayment: "RecordPaymentInput", issueCreditMemo: "IssueCreditMemoInput", issueDebitMemo: "IssueDebitMemoInput", issueInvoice: "IssueInvoiceInput" } as const;
export type Command = keyof typeof COMMANDS;

/** Something that somebody puts on the books on a day. */
export interface Fact {
  readonly on: BusinessDate;
  readonly command: Command;
  /** The command's input, but for the company and the idempotency key. */
  readonly input: object;
  /** Number of the document that it makes; null for a payment. */
  readonly number: string | null;
}

/** A line of the advice that comes with a payment, in cents. */
export interface AdviceLine {
  readonly reference: string | null;
  readonly netMinor: number;
  readonly discountMinor?: number;
  readonly deductionMinor?: number;
  readonly customerCode?: string | null;
  readonly claimNumber?: string;
  readonly partial?: boolean;
  /** What the advice shows as billed, where it is more than the line explains. */
  readonly grossMinor?: number;
}

export const CURRENCY = "USD";
export const dollars = (minor: number): string => decimalFromMinor(BigInt(minor), CURRENCY);

/** A payment with its advice, as a clerk types it. */
export function paymentFact(on: BusinessDate, account: string, reference: string, lines: readonly AdviceLine[]): Fact {
  const netMinor = lines.reduce((sum, line) => sum + line.netMinor, 0);
  return { on, command: "recordPayment", number: null, input: { account, amount: dollars(netMinor), currency: CURRENCY, receivedOn: on, reference, lines: lines.map(lineInput) } };
}

/** A payment without advice, of a payer who may be unknown. */
export const bareFact = (on: BusinessDate, minor: number, payer: { readonly account?: string; readonly payerName?: string; readonly reference: string }): Fact => ({
  on, command: "recordPayment", number: null, input: { ...payer, amount: dollars(minor), currency: CURRENCY, receivedOn: on },
});

/** A credit or debit memo over one thing. */
export function memoFact(command: "issueCreditMemo" | "issueDebitMemo", on: BusinessDate, memo: { readonly account: string; readonly number: string; readonly reason: string; readonly invoice?: string; readonly dueOn?: string }, description: string, minor: number): Fact {
  return { on, command, number: memo.number, input: { ...memo, currency: CURRENCY, issuedOn: on, lines: [{ description, amount: dollars(minor) }], total: dollars(minor) } };
}

function lineInput({ reference, netMinor, discountMinor = 0, deductionMinor = 0, customerCode, claimNumber, partial, grossMinor }: AdviceLine): object {
  const taken = discountMinor + deductionMinor > 0 || grossMinor !== undefined;
  return {
    ...(reference !== null && { reference }), net: dollars(netMinor),
    ...(taken && { gross: dollars(grossMinor ?? netMinor + discountMinor + deductionMinor) }),
    ...(discountMinor > 0 && { discount: dollars(discountMinor) }), ...(deductionMinor > 0 && { deduction: dollars(deductionMinor) }),
    ...(customerCode && { customerCode }), ...(claimNumber && { claimNumber }), ...(partial && { partial }),
  };
}
