import { least, minorFromDecimal, total } from "./money.ts";
import { at, Refusal } from "./refusal.ts";

/** How far an invoice is settled. */
export const InvoiceStatus = { OPEN: "OPEN", PARTLY_SETTLED: "PARTLY_SETTLED", SETTLED: "SETTLED" } as const;
export type InvoiceStatus = (typeof InvoiceStatus)[keyof typeof InvoiceStatus];

/** The status that amounts amount to; it is never stored. */
export function invoiceStatus(totalMinor: bigint, openMinor: bigint): InvoiceStatus {
  if (openMinor === 0n) return InvoiceStatus.SETTLED;
  return openMinor === totalMinor ? InvoiceStatus.OPEN : InvoiceStatus.PARTLY_SETTLED;
}

/** The amounts of an invoice as somebody wrote them, as plain decimals. */
export interface WrittenAmounts {
  readonly currency: string;
  readonly lines: readonly { readonly amount: string }[];
  readonly tax: string;
  readonly freight: string;
  readonly total: string;
}

/** The amounts of an invoice in minor units. */
export interface InvoiceAmounts {
  readonly lineMinors: readonly bigint[];
  readonly taxMinor: bigint;
  readonly freightMinor: bigint;
  readonly totalMinor: bigint;
}

/** Reads an invoice's amounts. Refuses a negative part, a total that is not positive, and parts that do not add up to it. */
export function readInvoiceAmounts({ currency, lines, tax, freight, total: written }: WrittenAmounts): InvoiceAmounts {
  const read = (text: string, ...field: string[]): bigint => at({ field }, () => minorFromDecimal(text, currency));
  const lineMinors = lines.map(({ amount }, index) => read(amount, "lines", String(index), "amount"));
  const taxMinor = read(tax, "tax");
  const freightMinor = read(freight, "freight");
  const totalMinor = read(written, "total");
  if (least(taxMinor, freightMinor, ...lineMinors) < 0n) throw new Refusal("AMOUNT_INVALID", "An invoice has no negative amounts; credit it with a credit memo.", { field: ["lines"] });
  if (totalMinor <= 0n) throw new Refusal("AMOUNT_INVALID", "The total of an invoice is more than nothing.", { field: ["total"] });
  const sum = total(lineMinors) + taxMinor + freightMinor;
  if (sum !== totalMinor) throw new Refusal("TOTAL_MISMATCH", `Lines, tax and freight add up to ${sum} minor units; the total says ${totalMinor}.`, { field: ["total"] });
  return { lineMinors, taxMinor, freightMinor, totalMinor };
}
