import type { Settlement } from "./cash-application.ts";
import type { BusinessDate } from "./dates.ts";
import { least } from "./money.ts";

/** What a credit memo has left, as an advice meets it. */
export interface OpenCredit {
  readonly itemId: string;
  readonly memoId: string;
  readonly customerId: string;
  readonly openMinor: bigint;
  readonly effectiveOn: BusinessDate;
  /** The invoice it was given for; null when it stands on account. */
  readonly invoiceId: string | null;
}

/** Finds the credit memo that a reference of the payer names; null when there is none. */
export type FindCredit = (reference: string) => OpenCredit | null;

/** How much of a credit a line of an advice uses. */
export interface CreditLine {
  readonly credit: OpenCredit;
  readonly minor: bigint;
  readonly lineNo: number;
}

/**
 * Lets credits settle what an advice settles, in place of as much cash: the invoice that a credit was given for first, then the
 * others in the order of the advice, and only what the customer of the credit owes. Null when the advice settles less of it than
 * it takes off.
 */
export function netCredits(settlements: readonly Settlement[], credits: readonly CreditLine[]): Settlement[] | null {
  const rest = settlements.map((it) => ({ ...it }));
  const credited: Settlement[] = [];
  for (const { credit, minor, lineNo } of credits) {
    const about = ({ item }: Settlement): boolean => item.documentId === credit.invoiceId;
    const owed = rest.filter(({ kind, item }) => kind === "CASH" && item.customerId === credit.customerId);
    let left = minor;
    for (const it of [...owed.filter(about), ...owed.filter((other) => !about(other))]) {
      const taken = least(left, it.minor);
      if (taken > 0n) credited.push({ kind: "CREDIT", item: it.item, credit, minor: taken, lineNo });
      it.minor -= taken;
      left -= taken;
    }
    if (left > 0n) return null;
  }
  return [...rest.filter((it) => it.minor > 0n), ...credited];
}
