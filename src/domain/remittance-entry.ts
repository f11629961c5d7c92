import { minorFromDecimal, total } from "./money.ts";
import { at, Refusal } from "./refusal.ts";
import type { RemittanceLine } from "./remittance.ts";
import type { CodeList } from "./standard-reasons.ts";

/** A line of a remittance as a person types it, amounts as plain decimals. */
export interface TypedLine {
  readonly reference?: string | null | undefined;
  readonly gross?: string | null | undefined;
  readonly discount?: string | null | undefined;
  readonly deduction?: string | null | undefined;
  readonly net?: string | null | undefined;
  readonly customerCode?: string | null | undefined;
  readonly claimNumber?: string | null | undefined;
  readonly codeList?: CodeList | null | undefined;
  readonly purchaseOrder?: string | null | undefined;
  readonly partial?: boolean | null | undefined;
  readonly comment?: string | null | undefined;
}

const MOST_LINES = 5_000;

/**
 * Reads typed remittance lines. What a line pays is its net amount; left out, its gross less discount and deduction; and of a
 * single line with neither, all the cash. Refuses a line that explains less than it leaves unpaid, and negative discounts.
 */
export function readTypedLines(lines: readonly TypedLine[], currency: string, cashMinor: bigint): RemittanceLine[] {
  if (lines.length > MOST_LINES) throw new Refusal("LIMIT_EXCEEDED", `A remittance has at most ${MOST_LINES} lines.`, { field: ["lines"] });
  return lines.map((line, index) => readLine(line, index, currency, lines.length === 1 ? cashMinor : null));
}

function readLine(line: TypedLine, index: number, currency: string, wholeCash: bigint | null): RemittanceLine {
  const field = (name: string): { field: string[] } => ({ field: ["lines", String(index), name] });
  const read = (name: "gross" | "discount" | "deduction" | "net"): bigint | null => {
    const text = line[name];
    return text === null || text === undefined ? null : at(field(name), () => minorFromDecimal(text, currency));
  };
  const [grossMinor, discount, deduction, net] = [read("gross"), read("discount"), read("deduction"), read("net")];
  const [discountMinor, deductionMinor] = [discount ?? 0n, deduction ?? 0n];
  if (discountMinor < 0n) throw new Refusal("AMOUNT_INVALID", "A discount is not negative.", field("discount"));
  if (deductionMinor < 0n) throw new Refusal("AMOUNT_INVALID", "A deduction is not negative.", field("deduction"));
  const explained = grossMinor === null ? null : grossMinor - discountMinor - deductionMinor;
  const netMinor = net ?? explained ?? wholeCash;
  if (netMinor === null) throw new Refusal("AMOUNT_INVALID", "Say how much this line pays: its net, or its gross amount.", field("net"));
  if (explained !== null && explained < netMinor) {
    throw new Refusal("TOTAL_MISMATCH", "Gross less discount and deduction is less than the net amount.", field("net"));
  }
  const { reference = null, customerCode = null, codeList = null, claimNumber = null, purchaseOrder = null, comment = null, partial } = line;
  const named = reference?.trim() ? reference.trim() : null;
  if (named === null && netMinor >= 0n) throw new Refusal("VALUE_INVALID", "A line that pays something names what it pays.", field("reference"));
  return { line: null, reference: named, grossMinor, discountMinor, deductionMinor, netMinor, customerCode, text: comment, partial: partial ?? false, claimNumber, codeList, purchaseOrder: purchaseOrder?.trim() || null };
}

/** Refuses lines whose net amounts do not add up to the cash. */
export function requireWholeCash(lines: readonly RemittanceLine[], cashMinor: bigint): void {
  const sum = total(lines.map(({ netMinor }) => netMinor));
  if (sum !== cashMinor) throw new Refusal("TOTAL_MISMATCH", `The lines pay ${sum} minor units together; the payment is ${cashMinor}.`, { field: ["lines"] });
}
