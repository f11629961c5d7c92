import type { DeductionState } from "./deduction-case.ts";

/** To whom a deduction was taken, from the nearest to the last. Part of the public schema. */
export const Escalation = { TEAM_LEAD: "TEAM_LEAD", SALES: "SALES", SENIOR_MANAGEMENT: "SENIOR_MANAGEMENT", LEGAL: "LEGAL" } as const;
export type Escalation = (typeof Escalation)[keyof typeof Escalation];

const RANK: Readonly<Record<Escalation, number>> = { TEAM_LEAD: 1, SALES: 2, SENIOR_MANAGEMENT: 3, LEGAL: 4 };
const rank = (level: Escalation | null): number => (level === null ? 0 : RANK[level]);

/**
 * Where an escalation may begin and where it ends by itself. A denied deduction may still be taken further: its chargeback is
 * owed. What is settled, closed or void needs nobody any more.
 */
const ENDS_IN: readonly DeductionState[] = ["SETTLED", "AUTO_RESOLVED", "CONFIRMED", "VOIDED"];

/** Whether an escalation ends when a deduction comes there. */
export const endsEscalation = (state: DeductionState): boolean => ENDS_IN.includes(state);

/** Why a deduction may not be taken to a level; null when it may. Upward only: down leads `deescalationBlocker`. */
export function escalationBlocker(state: DeductionState, current: Escalation | null, to: Escalation): string | null {
  if (endsEscalation(state)) return `A deduction that is ${state} is not escalated.`;
  return rank(to) > rank(current) ? null : `It is with ${current} already; escalating leads further up than that.`;
}

/** Why an escalation may not be brought down to a level, or ended where that is null; null when it may. */
export function deescalationBlocker(current: Escalation | null, to: Escalation | null): string | null {
  if (current === null) return "It is not escalated.";
  return rank(to) < rank(current) ? null : `It is with ${current}; bringing it down leads below that.`;
}
