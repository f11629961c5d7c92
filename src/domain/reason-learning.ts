import { addDays, type BusinessDate, laterOf } from "./dates.ts";
import type { DeductionState } from "./deduction-case.ts";
import type { DeductionReason } from "./reasons.ts";

const UNDECIDED: readonly DeductionState[] = ["CAPTURED", "OPEN", "RESEARCH", "AWAITING_CUSTOMER", "AWAITING_INTERNAL", "DISPUTED_AGAIN"];

/** Whether a reason may still be corrected: who may approve how much hangs on it, so it stands once somebody decided. */
export const isUndecided = (state: DeductionState): boolean => UNDECIDED.includes(state);

/**
 * From which day a learned mapping holds, and on which the earlier ones that meet it end: it holds from the day the deduction
 * was taken, and never before one that is there begins, because what was said last about a code is what counts.
 */
export function learnedSpan(takenOn: BusinessDate, earlier: readonly { readonly effectiveFrom: BusinessDate }[]): { readonly effectiveFrom: BusinessDate; readonly endsOn: BusinessDate } {
  const effectiveFrom = earlier.reduce((day, it) => laterOf(day, it.effectiveFrom), takenOn);
  return { effectiveFrom, endsOn: addDays(effectiveFrom, -1) };
}

/** The share of corrections that agree with a reason, in whole percent, rounded half up, and at least one. */
export function agreement(corrections: readonly DeductionReason[], reason: DeductionReason): number {
  const agreeing = corrections.filter((it) => it === reason).length;
  return corrections.length === 0 ? 100 : Math.max(1, Math.floor((200 * agreeing + corrections.length) / (2 * corrections.length)));
}
