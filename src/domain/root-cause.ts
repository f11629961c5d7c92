/** What deductions may be traced to. Part of the public schema: add, never rename. */
export const RootCauseBy = { REASON: "REASON", CUSTOMER: "CUSTOMER", ITEM: "ITEM", CARRIER: "CARRIER", SHIP_FROM: "SHIP_FROM" } as const;
export type RootCauseBy = (typeof RootCauseBy)[keyof typeof RootCauseBy];

/** What was taken in a month for one cause. */
export interface CauseMonth {
  /** Null where the documents name none, or several. */
  readonly cause: string | null;
  readonly currency: string;
  /** First day of the month. */
  readonly month: string;
  readonly minor: bigint;
  readonly count: number;
}

/** A month of a cause, and how much the cause weighs in the whole period. */
export interface RankedCauseMonth extends CauseMonth {
  /** From 1, the heaviest cause of its currency first. */
  readonly rank: number;
  /** Of all that was taken in the period in this currency, 0 to 1. */
  readonly share: number;
  /** The shares up to this cause. */
  readonly cumulativeShare: number;
}

const six = (part: bigint, whole: bigint): number => Math.round((Number(part) / Number(whole)) * 1e6) / 1e6;

/** Ranks causes by what was taken for them in the whole period, the heaviest first, and lists their months in order: where most of it comes from, and whether it grows. */
export function rankCauses(months: readonly CauseMonth[]): RankedCauseMonth[] {
  const currencies = [...new Set(months.map(({ currency }) => currency))].sort();
  return currencies.flatMap((currency) => {
    const its = months.filter((it) => it.currency === currency);
    const taken = new Map<string | null, bigint>();
    for (const { cause, minor } of its) taken.set(cause, (taken.get(cause) ?? 0n) + minor);
    const all = [...taken.values()].reduce((a, b) => a + b, 0n);
    let sum = 0n;
    return [...taken].sort(([a, x], [b, y]) => (x === y ? (a ?? "").localeCompare(b ?? "", "en") : x > y ? -1 : 1)).flatMap(([cause, minor], index) => {
      sum += minor;
      const weight = { rank: index + 1, share: six(minor, all), cumulativeShare: six(sum, all) };
      return its.filter((it) => it.cause === cause).sort((a, b) => (a.month < b.month ? -1 : 1)).map((it) => ({ ...it, ...weight }));
    });
  });
}
