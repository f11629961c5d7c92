import { ItemKind } from "./open-item.ts";
import { Refusal } from "./refusal.ts";

/** What the lines of an aging are about. Every line is in one currency, whatever they are about. */
export const AgingBy = { CUSTOMER: "CUSTOMER", COMPANY: "COMPANY", CURRENCY: "CURRENCY" } as const;
export type AgingBy = (typeof AgingBy)[keyof typeof AgingBy];

/** The day that an item ages from. */
export const AgingBasis = { DUE_DATE: "DUE_DATE", INVOICE_DATE: "INVOICE_DATE" } as const;
export type AgingBasis = (typeof AgingBasis)[keyof typeof AgingBasis];

/** The kinds of item that are the customer's credit: they have a column of their own and do not age. */
export const CREDIT_KINDS: readonly ItemKind[] = [ItemKind.PAYMENT, ItemKind.CREDIT_MEMO];

/** The last day of each bucket but the last: current, 1-30, 31-60, 61-90, 91-120, over 120. */
export const DEFAULT_BOUNDS: readonly number[] = [0, 30, 60, 90, 120];

const MOST_BOUNDS = 24;
const FURTHEST = 36_500;

/** A range of days that debit items are put in by their age. Both ends belong to it; null is without end. */
export interface AgingBucket {
  readonly label: string;
  readonly fromDays: number | null;
  readonly toDays: number | null;
}

/**
 * The buckets between some bounds, each the last day of a bucket; beyond the last bound there is one more. Every age is in
 * exactly one. Refuses bounds that do not rise, and none or too many of them.
 */
export function bucketsOf(bounds: readonly number[]): AgingBucket[] {
  const at = { field: ["buckets"] };
  if (bounds.length === 0 || bounds.length > MOST_BOUNDS) throw new Refusal("VALUE_INVALID", `buckets takes 1 to ${MOST_BOUNDS} bounds.`, at);
  if (bounds.some((bound) => !Number.isInteger(bound) || Math.abs(bound) > FURTHEST)) throw new Refusal("VALUE_INVALID", `A bound of buckets is a number of days, at most ${FURTHEST}.`, at);
  if (bounds.some((bound, index) => index > 0 && bound <= bounds[index - 1]!)) throw new Refusal("VALUE_INVALID", "Each bound of buckets is larger than the one before.", at);
  const ends: (number | null)[] = [...bounds, null];
  return ends.map((toDays, index) => {
    const fromDays = index === 0 ? null : bounds[index - 1]! + 1;
    return { label: labelOf(fromDays, toDays), fromDays, toDays };
  });
}

function labelOf(from: number | null, to: number | null): string {
  if (from === null) return to === 0 ? "current" : `up to ${to}`;
  if (to === null) return `over ${from - 1}`;
  if (from === to) return String(from);
  return from < 0 ? `${from} to ${to}` : `${from}-${to}`;
}

/** The first day of each bucket but the first: an age is in the bucket of as many of them as it has reached. */
export const firstDays = (bounds: readonly number[]): number[] => bounds.map((bound) => bound + 1);

/** Which bucket an age is in, from 0. The database finds it in the same way. */
export const bucketNoOf = (bounds: readonly number[], days: number): number => firstDays(bounds).filter((first) => first <= days).length;

/** The open items of one customer, or of all, in one currency and one bucket, added up. */
export interface AgingCell {
  /** Null where lines are not about customers, and for cash of unknown payers. */
  readonly customerId: string | null;
  readonly currency: string;
  /** Null for credits. */
  readonly bucketNo: number | null;
  /** What is open: what customers owe is positive, their credits are negative. */
  readonly minor: bigint;
  /** The part of it that is deductions. */
  readonly deductionMinor: bigint;
  /** The part of it that should have been paid before the day asked about, whatever it ages from. */
  readonly pastDueMinor: bigint;
  readonly itemCount: number;
}

/** A line of an aging. `balance = sum of the buckets + credits`, to the minor unit. */
export interface AgingLine {
  readonly customerId: string | null;
  readonly currency: string;
  readonly bucketMinors: readonly bigint[];
  readonly creditsMinor: bigint;
  readonly deductionsMinor: bigint;
  readonly pastDueMinor: bigint;
  readonly balanceMinor: bigint;
  readonly itemCount: number;
}

/** The lines that cells make up, in the order of their first cells. Never are two currencies added. */
export function agingLines(cells: readonly AgingCell[], bucketCount: number): AgingLine[] {
  const groups = new Map<string, AgingCell[]>();
  for (const cell of cells) {
    const key = `${cell.customerId ?? ""} ${cell.currency}`;
    const group = groups.get(key);
    if (group) group.push(cell);
    else groups.set(key, [cell]);
  }
  return [...groups.values()].map((group) => lineOf(group, bucketCount));
}

function lineOf(cells: readonly AgingCell[], bucketCount: number): AgingLine {
  const { customerId, currency } = cells[0]!;
  const bucketMinors = Array.from({ length: bucketCount }, () => 0n);
  let [creditsMinor, deductionsMinor, pastDueMinor, balanceMinor, itemCount] = [0n, 0n, 0n, 0n, 0];
  for (const cell of cells) {
    if (cell.bucketNo === null) creditsMinor += cell.minor;
    else bucketMinors[cell.bucketNo]! += cell.minor;
    deductionsMinor += cell.deductionMinor;
    pastDueMinor += cell.pastDueMinor;
    balanceMinor += cell.minor;
    itemCount += cell.itemCount;
  }
  return { customerId, currency, bucketMinors, creditsMinor, deductionsMinor, pastDueMinor, balanceMinor, itemCount };
}

/** One line per currency over all lines. */
export const agingTotals = (lines: readonly AgingLine[], bucketCount: number): AgingLine[] => {
  const cells = lines.flatMap(({ currency, bucketMinors, creditsMinor, deductionsMinor, pastDueMinor, itemCount }): AgingCell[] => [
    ...bucketMinors.map((minor, bucketNo) => ({ customerId: null, currency, bucketNo, minor, deductionMinor: 0n, pastDueMinor: 0n, itemCount: 0 })),
    { customerId: null, currency, bucketNo: null, minor: creditsMinor, deductionMinor: deductionsMinor, pastDueMinor, itemCount },
  ]);
  return agingLines(cells, bucketCount).sort((a, b) => (a.currency < b.currency ? -1 : 1));
};
