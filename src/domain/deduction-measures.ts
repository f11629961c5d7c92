import type { DeductionReason } from "./reasons.ts";

/** What the measures of deductions are made of. Amounts of one currency; each fact also says of how many deductions. */
export const MEASURED = [
  "TAKEN", "AUTO_RESOLVED", "OPEN", "DECIDED", "VALID", "CHARGED_BACK", "RECOVERED", "WRITTEN_OFF", "MISSED", "REDUCED", "SALES", "WORKED", "TEAM_LEAD", "SALES_LEVEL", "SENIOR_MANAGEMENT", "LEGAL",
] as const;
export type Measured = (typeof MEASURED)[number];

/** What lines of measures are about. Part of the public schema. */
export const MeasureBy = { CUSTOMER: "CUSTOMER", REASON: "REASON" } as const;
export type MeasureBy = (typeof MeasureBy)[keyof typeof MeasureBy];

export interface Amount {
  readonly minor: bigint;
  readonly count: number;
}

export type Facts = Readonly<Record<Measured, Amount>>;

/** A figure, or why there is none: a rate of nothing is not zero. */
export interface Figure {
  readonly value: number | null;
  readonly why: string | null;
}

export interface Measures {
  readonly ddo: Figure;
  readonly deductionRate: Figure;
  readonly validityRate: Figure;
  readonly winRate: Figure;
  readonly netRecoveryRate: Figure;
  readonly dilutionRate: Figure;
  readonly autoResolvedRate: Figure;
  readonly autoResolvedCountRate: Figure;
  readonly windowMissRate: Figure;
  readonly escalationRate: Figure;
}

const NOTHING: Amount = { minor: 0n, count: 0 };

/** All facts, of which some were found. */
export const factsOf = (found: Readonly<Partial<Record<Measured, Amount>>>): Facts => Object.fromEntries(MEASURED.map((name) => [name, found[name] ?? NOTHING])) as Facts;

const rounded = (value: number, places: number): number => Math.round(value * 10 ** places) / 10 ** places;

function ratio(part: bigint | number, whole: bigint | number, why: string, times = 1, places = 6): Figure {
  return Number(whole) === 0 ? { value: null, why } : { value: rounded((Number(part) / Number(whole)) * times, places), why: null };
}

/** The figures of a period of some days. The cost of working one deduction is in the same currency; null where it is not known in it. */
export function measuresOf(facts: Facts, days: number, costMinor: bigint | null): Measures {
  const { TAKEN: taken, CHARGED_BACK: charged, RECOVERED: recovered } = facts;
  const nothingTaken = "Nothing was taken in the period.";
  const net = costMinor === null ? { value: null, why: "What it costs to work a deduction is not known in this currency." } : ratio(recovered.minor - costMinor * BigInt(facts.WORKED.count), taken.minor, nothingTaken);
  const escalated = facts.TEAM_LEAD.count + facts.SALES_LEVEL.count + facts.SENIOR_MANAGEMENT.count + facts.LEGAL.count;
  return {
    ddo: ratio(facts.OPEN.minor, taken.minor, nothingTaken, days, 2),
    deductionRate: ratio(taken.minor, facts.SALES.minor, "Nothing was billed in the period."),
    validityRate: ratio(facts.VALID.minor, facts.DECIDED.minor, "Nothing was decided in the period."),
    winRate: ratio(recovered.minor, charged.minor, "Nothing was charged back in the period."),
    netRecoveryRate: net,
    dilutionRate: ratio(facts.REDUCED.minor, facts.SALES.minor, "Nothing was billed in the period."),
    autoResolvedRate: ratio(facts.AUTO_RESOLVED.minor, taken.minor, nothingTaken),
    autoResolvedCountRate: ratio(facts.AUTO_RESOLVED.count, taken.count, nothingTaken),
    windowMissRate: ratio(facts.MISSED.minor, facts.WRITTEN_OFF.minor, "Nothing was written off in the period."),
    escalationRate: ratio(escalated, taken.count, nothingTaken),
  };
}

/** The shares of amounts in their sum, the largest first, each with the sum of the shares so far: where most of it comes from. */
export function paretoOf<T>(rows: readonly T[], minorOf: (row: T) => bigint): { readonly row: T; readonly share: Figure; readonly cumulative: Figure }[] {
  const whole = rows.reduce((sum, row) => sum + minorOf(row), 0n);
  let soFar = 0n;
  return [...rows].sort((a, b) => (minorOf(a) === minorOf(b) ? 0 : minorOf(a) > minorOf(b) ? -1 : 1)).map((row) => {
    soFar += minorOf(row);
    return { row, share: ratio(minorOf(row), whole, "Nothing was taken in the period."), cumulative: ratio(soFar, whole, "Nothing was taken in the period.") };
  });
}

/** What one customer took in one month for one reason, and what it was billed in the whole period. */
export interface MonthTaken {
  readonly customerId: string;
  /** Its first day. */
  readonly month: string;
  readonly reason: DeductionReason;
  readonly takenMinor: bigint;
}

/** A customer that stands out. */
export interface Offender {
  readonly customerId: string;
  readonly why: "HIGH_RATE" | "SAME_REASON";
  /** The reason that came back; null for a high rate. */
  readonly reason: DeductionReason | null;
  /** Deductions over billing; null where nothing was billed. */
  readonly rate: number | null;
  /** The rate above which a customer stands out; null where fewer than two customers have a rate. */
  readonly threshold: number | null;
  /** The longest run of months with the reason; null for a high rate. */
  readonly months: number | null;
}

const RUN = 3;
const ordinal = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));

/**
 * Customers whose deduction rate is above the mean of all by more than two standard deviations (of the whole population), and
 * those who took for the same reason in three months running or more. One currency.
 */
export function offendersAmong(sales: ReadonlyMap<string, bigint>, taken: readonly MonthTaken[]): Offender[] {
  const sums = new Map<string, bigint>();
  const months = new Map<string, { readonly of: MonthTaken; readonly seen: Set<number> }>();
  for (const it of taken) {
    sums.set(it.customerId, (sums.get(it.customerId) ?? 0n) + it.takenMinor);
    const key = `${it.customerId}:${it.reason}`;
    if (!months.has(key)) months.set(key, { of: it, seen: new Set() });
    months.get(key)!.seen.add(ordinal(it.month));
  }
  const rates = new Map([...sales].filter(([, minor]) => minor > 0n).map(([id, minor]) => [id, Number(sums.get(id) ?? 0n) / Number(minor)]));
  const values = [...rates.values()];
  const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length || 1));
  const threshold = values.length < 2 ? null : mean + 2 * deviation;
  const rateOf = (id: string): number | null => (rates.has(id) ? rounded(rates.get(id)!, 6) : null);
  const shown = threshold === null ? null : rounded(threshold, 6);
  const high = [...rates].filter(([, rate]) => threshold !== null && rate > threshold + 1e-12).map(([customerId]): Offender => ({ customerId, why: "HIGH_RATE", reason: null, rate: rateOf(customerId), threshold: shown, months: null }));
  const same = [...months.values()].map(({ of, seen }) => ({ of, run: longestRun(seen) })).filter(({ run }) => run >= RUN);
  return [...high, ...same.map(({ of, run }): Offender => ({ customerId: of.customerId, why: "SAME_REASON", reason: of.reason, rate: rateOf(of.customerId), threshold: shown, months: run }))];
}

function longestRun(seen: ReadonlySet<number>): number {
  let longest = 0;
  for (const month of seen) {
    if (seen.has(month - 1)) continue;
    let run = 1;
    while (seen.has(month + run)) run++;
    longest = Math.max(longest, run);
  }
  return longest;
}
