import { Refusal } from "./refusal.ts";

/** Where a company said nothing, a deadline is near a week before. */
export const NEAR_DAYS = 7;

/** What a company expects of the work on deductions, from a day on. */
export interface DeductionPolicy {
  /** In how many days with us a deduction is to be done; null where there is no target. */
  readonly slaDays: number | null;
  /** How many days before its last day a deadline is near. */
  readonly nearDays: number;
  /** What it costs to work one, in minor units of the functional currency; null where nobody said. */
  readonly costMinor: bigint | null;
}

export const NO_POLICY: DeductionPolicy = { slaDays: null, nearDays: NEAR_DAYS, costMinor: null };

/** Refuses numbers of days that are none. */
export function checkPolicy({ slaDays, nearDays, costMinor }: DeductionPolicy): void {
  if (slaDays !== null && (slaDays < 1 || slaDays > 3650)) throw new Refusal("VALUE_INVALID", "A target has 1 to 3650 days.", { field: ["slaDays"] });
  if (nearDays < 0 || nearDays > 365) throw new Refusal("VALUE_INVALID", "A deadline is near 0 to 365 days before.", { field: ["nearDays"] });
  if (costMinor !== null && costMinor < 0n) throw new Refusal("AMOUNT_INVALID", "A cost is not negative.", { field: ["costPerDeduction"] });
}
