import { clockRuns, type DeductionState } from "./deduction-case.ts";

/** A step in the life of a case, at a moment in milliseconds. */
export interface ClockStep {
  readonly to: DeductionState;
  readonly at: number;
}

/** What is known of a case for its clock: when it began, and its steps, the first first. */
export interface CaseTimes {
  readonly begunAt: number;
  readonly steps: readonly ClockStep[];
  /** Whether nothing of it is open: then its last step was its end, wherever it stands. */
  readonly closed: boolean;
}

/** Time of a case in milliseconds. */
export interface CaseClock {
  /** In which it was worked on or waited for: with us and with the customer together. */
  readonly open: number;
  /** In which the ball was with us: all but the wait for the customer. */
  readonly withUs: number;
}

/**
 * Adds up the time of a case to a moment. It runs from the start to each end: settled, denied, closed or void; reopened, it runs
 * on. Only the wait for the customer is not ours.
 */
export function clockOf({ begunAt, steps, closed }: CaseTimes, now: number): CaseClock {
  let [open, withUs, since, state]: [number, number, number, DeductionState] = [0, 0, begunAt, "CAPTURED"];
  const end = closed ? (steps.at(-1)?.at ?? begunAt) : now;
  for (const { to, at } of [...steps, { to: "VOIDED", at: end } as const]) {
    const passed = Math.max(0, at - since);
    if (clockRuns(state)) withUs += passed;
    if (clockRuns(state) || state === "AWAITING_CUSTOMER") open += passed;
    [since, state] = [at, to];
  }
  return { open, withUs };
}

const DAY = 86_400_000;

/** Whole days in a time: one that is not over does not count. */
export const wholeDays = (milliseconds: number): number => Math.floor(milliseconds / DAY);
