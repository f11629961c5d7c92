import { addDays, type BusinessDate } from "./dates.ts";
import { Refusal } from "./refusal.ts";

/** What becomes of a posting that would count on a day of a closed period. */
export const ClosedPeriodPolicy = { REFUSE: "REFUSE", FIRST_OPEN_DAY: "FIRST_OPEN_DAY" } as const;
export type ClosedPeriodPolicy = (typeof ClosedPeriodPolicy)[keyof typeof ClosedPeriodPolicy];

/** The days of an accounting period, both included. */
export interface PeriodDays {
  readonly fromOn: BusinessDate;
  readonly toOn: BusinessDate;
}

/** What people call a period: `2026-03` for a whole month, else its first and last day. */
export function periodName({ fromOn, toOn }: PeriodDays): string {
  const wholeMonth = fromOn.endsWith("-01") && toOn.slice(0, 7) === fromOn.slice(0, 7) && addDays(toOn, 1).endsWith("-01");
  return wholeMonth ? fromOn.slice(0, 7) : `${fromOn} to ${toOn}`;
}

/**
 * The day a posting counts from: its own where that is open. In a closed period it is refused with the period's name, or
 * moved to the first open day after it. The closed periods come by date; a later day never moves in front of an earlier one.
 */
export function postingDay(day: BusinessDate, closed: readonly PeriodDays[], policy: ClosedPeriodPolicy): BusinessDate {
  let counts = day;
  for (const period of closed) {
    if (counts < period.fromOn || counts > period.toOn) continue;
    if (policy === ClosedPeriodPolicy.REFUSE) {
      const way = "Date it in an open period, reopen that one, or have the company count such postings from the first open day.";
      throw new Refusal("PERIOD_CLOSED", `${day} lies in the accounting period ${periodName(period)}, which is closed. ${way}`);
    }
    counts = addDays(period.toOn, 1);
  }
  return counts;
}
