import { type BusinessDate, daysBetween } from "./dates.ts";
import type { DeductionState } from "./deduction-case.ts";
import { Refusal } from "./refusal.ts";

/** The day that a dispute window counts from. Part of the public schema. */
export const WindowStart = { TAKEN: "TAKEN", INVOICED: "INVOICED" } as const;
export type WindowStart = (typeof WindowStart)[keyof typeof WindowStart];

const LONGEST = 3650;

/** Refuses a window of no day, and one of more than ten years. */
export function checkWindow(days: number): void {
  if (Number.isInteger(days) && days >= 1 && days <= LONGEST) return;
  throw new Refusal("VALUE_INVALID", `A dispute window has 1 to ${LONGEST} days; ${days} were given.`);
}

/** Days until a window closes: 0 on its last day, negative after it. Null where there is no window, or nothing is open any more. */
export const daysLeft = (disputeBy: BusinessDate | null, openMinor: bigint, today: BusinessDate): number | null => (disputeBy === null || openMinor === 0n ? null : daysBetween(today, disputeBy));

/** Where nothing is decided yet. What is open there is lost when its window closes. */
export const UNDECIDED = ["CAPTURED", "OPEN", "RESEARCH", "AWAITING_CUSTOMER", "AWAITING_INTERNAL", "DISPUTED_AGAIN"] as const satisfies readonly DeductionState[];
