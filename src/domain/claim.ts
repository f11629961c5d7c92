import { exponentOf, minorFromDecimal, total } from "./money.ts";
import { at, Refusal } from "./refusal.ts";

/** What a customer wants of us by a claim. Part of the public schema: add kinds, never rename them. */
export const ClaimKind = {
  /** Before it pays: a part of what is billed. A short pay is expected. */
  CLAIM: "CLAIM",
  /** After it paid, often years later and by a firm of auditors. */
  POST_AUDIT: "POST_AUDIT",
  /** It says that it paid too much, or holds a credit. */
  OVERPAYMENT: "OVERPAYMENT",
  /** It contests an invoice, and has deducted nothing yet. */
  DISPUTE: "DISPUTE",
} as const;
export type ClaimKind = (typeof ClaimKind)[keyof typeof ClaimKind];

/** How we learned of a claim. Part of the public schema. */
export const ClaimSource = { MANUAL: "MANUAL", X12_812: "X12_812", CSV: "CSV" } as const;
export type ClaimSource = (typeof ClaimSource)[keyof typeof ClaimSource];

/** How far a claim was deducted. */
export const ClaimStatus = { WAITING: "WAITING", PARTLY_DEDUCTED: "PARTLY_DEDUCTED", DEDUCTED: "DEDUCTED", WITHDRAWN: "WITHDRAWN" } as const;
export type ClaimStatus = (typeof ClaimStatus)[keyof typeof ClaimStatus];

/** Computed from amounts: nothing is open any more on one that was withdrawn. */
export const claimStatus = (minor: bigint, takenMinor: bigint, withdrawn: boolean): ClaimStatus =>
  withdrawn ? "WITHDRAWN" : takenMinor === 0n ? "WAITING" : takenMinor < minor ? "PARTLY_DEDUCTED" : "DEDUCTED";

/** What a customer has not deducted of a claim yet. */
export const claimOpen = (minor: bigint, takenMinor: bigint, withdrawn: boolean): bigint => (withdrawn || takenMinor >= minor ? 0n : minor - takenMinor);

/** A line of a claim as it was written: amounts and counts as plain decimals. */
export interface WrittenClaimLine {
  readonly item?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly quantity?: string | null | undefined;
  readonly unit?: string | null | undefined;
  readonly unitPrice?: string | null | undefined;
  readonly amount: string;
}

export interface ClaimAmounts {
  readonly minor: bigint;
  readonly lineMinors: readonly bigint[];
}

const MOST_LINES = 5_000;

/** Reads the amounts of a claim. Refuses one that wants nothing, counts that are no decimals, and lines that do not add up to it. A line may be negative: what the customer sets off by itself. */
export function readClaimAmounts(amount: string, currency: string, lines: readonly WrittenClaimLine[]): ClaimAmounts {
  at({ field: ["currency"] }, () => exponentOf(currency));
  const minor = at({ field: ["amount"] }, () => minorFromDecimal(amount, currency));
  if (minor <= 0n) throw new Refusal("AMOUNT_INVALID", "A claim is about more than nothing.", { field: ["amount"] });
  if (lines.length > MOST_LINES) throw new Refusal("LIMIT_EXCEEDED", `A claim has at most ${MOST_LINES} lines.`, { field: ["lines"] });
  const lineMinors = lines.map((line, index) => {
    for (const name of ["quantity", "unitPrice"] as const) {
      const value = line[name];
      if (value && !/^\d{1,12}(\.\d{1,8})?$/.test(value)) throw new Refusal("VALUE_INVALID", `"${value}" is not a plain decimal.`, { field: ["lines", String(index), name] });
    }
    return at({ field: ["lines", String(index), "amount"] }, () => minorFromDecimal(line.amount, currency));
  });
  if (lines.length > 0 && total(lineMinors) !== minor) throw new Refusal("TOTAL_MISMATCH", `The lines claim ${total(lineMinors)} minor units together; the claim is about ${minor}.`, { field: ["lines"] });
  return { minor, lineMinors };
}
