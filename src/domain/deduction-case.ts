/** Where the work on a deduction stands. Part of the public schema: add states, never rename them. */
export const DeductionState = {
  CAPTURED: "CAPTURED",
  OPEN: "OPEN",
  RESEARCH: "RESEARCH",
  AWAITING_CUSTOMER: "AWAITING_CUSTOMER",
  AWAITING_INTERNAL: "AWAITING_INTERNAL",
  AUTO_RESOLVED: "AUTO_RESOLVED",
  DECIDED: "DECIDED",
  PENDING_APPROVAL: "PENDING_APPROVAL",
  SETTLEMENT_PENDING: "SETTLEMENT_PENDING",
  SETTLED: "SETTLED",
  DENIED: "DENIED",
  DISPUTED_AGAIN: "DISPUTED_AGAIN",
  CONFIRMED: "CONFIRMED",
  VOIDED: "VOIDED",
} as const;
export type DeductionState = (typeof DeductionState)[keyof typeof DeductionState];

/** What may be done with a deduction. Some are commands of people, the others follow from what happens in the ledger. */
export const DeductionAction = {
  TAKE_UP: "TAKE_UP",
  AUTO_RESOLVE: "AUTO_RESOLVE",
  RESEARCH: "RESEARCH",
  PUT_BACK: "PUT_BACK",
  ASK_CUSTOMER: "ASK_CUSTOMER",
  ASK_INTERNALLY: "ASK_INTERNALLY",
  DECIDE: "DECIDE",
  REQUEST_APPROVAL: "REQUEST_APPROVAL",
  APPROVE: "APPROVE",
  SEND_BACK: "SEND_BACK",
  SUBMIT: "SUBMIT",
  FAIL: "FAIL",
  SETTLE: "SETTLE",
  DENY: "DENY",
  DISPUTE_AGAIN: "DISPUTE_AGAIN",
  CONFIRM: "CONFIRM",
  REOPEN: "REOPEN",
  VOID: "VOID",
} as const;
export type DeductionAction = (typeof DeductionAction)[keyof typeof DeductionAction];

/** What the analyst found: the customer is right, is not, or is in part. */
export const Verdict = { VALID: "VALID", INVALID: "INVALID", PARTIAL: "PARTIAL" } as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** A step of the life of a deduction. */
export interface Transition {
  readonly from: DeductionState;
  readonly action: DeductionAction;
  readonly to: DeductionState;
  /** Whether a person asks for it. The others are done by the books themselves, with what causes them. */
  readonly asked: boolean;
}

const step = (action: DeductionAction, to: DeductionState, asked = true) => ({ action, to, asked });

const TO_WAIT = [step("ASK_CUSTOMER", "AWAITING_CUSTOMER"), step("ASK_INTERNALLY", "AWAITING_INTERNAL")];

/** The settlement was undone, so that what was decided no longer fits what is open. */
const UNDONE = step("REOPEN", "OPEN", false);

/** The customer repaid it, or what was charged back, while somebody worked on it. */
const REPAID = step("SETTLE", "SETTLED", false);

/**
 * Every step there is; what is not here is forbidden. CONFIRMED and VOIDED lead nowhere: when the clearing of such a one is
 * undone later, a new deduction is opened. A rule settles what was CAPTURED, or decides it and leaves the rest to people.
 * DECIDED leads to DENIED by a chargeback, and through PENDING_APPROVAL where the matrix asks for one; any other settlement,
 * a reversal too, goes through SETTLEMENT_PENDING to SETTLED. DENIED and SETTLED follow the chargeback by themselves: it is
 * paid, and open again when that is undone.
 */
const STEPS: Readonly<Record<DeductionState, readonly ReturnType<typeof step>[]>> = {
  CAPTURED: [step("TAKE_UP", "OPEN"), step("AUTO_RESOLVE", "AUTO_RESOLVED", false), step("DECIDE", "DECIDED", false), step("VOID", "VOIDED"), REPAID],
  OPEN: [step("RESEARCH", "RESEARCH"), ...TO_WAIT, step("DECIDE", "DECIDED"), step("VOID", "VOIDED"), REPAID],
  RESEARCH: [...TO_WAIT, step("DECIDE", "DECIDED"), step("PUT_BACK", "OPEN"), REPAID],
  AWAITING_CUSTOMER: [step("RESEARCH", "RESEARCH"), step("DECIDE", "DECIDED"), REPAID],
  AWAITING_INTERNAL: [step("RESEARCH", "RESEARCH"), step("DECIDE", "DECIDED"), REPAID],
  AUTO_RESOLVED: [step("CONFIRM", "CONFIRMED"), UNDONE],
  DECIDED: [step("REQUEST_APPROVAL", "PENDING_APPROVAL"), step("SUBMIT", "SETTLEMENT_PENDING"), step("DENY", "DENIED"), REPAID, UNDONE],
  PENDING_APPROVAL: [step("APPROVE", "SETTLEMENT_PENDING"), step("SEND_BACK", "RESEARCH"), REPAID, UNDONE],
  SETTLEMENT_PENDING: [step("SETTLE", "SETTLED"), step("DENY", "DENIED"), step("FAIL", "OPEN", false), UNDONE],
  SETTLED: [UNDONE, step("CONFIRM", "CONFIRMED"), step("DENY", "DENIED", false)],
  DENIED: [step("SETTLE", "SETTLED", false), step("DISPUTE_AGAIN", "DISPUTED_AGAIN"), UNDONE],
  DISPUTED_AGAIN: [step("RESEARCH", "RESEARCH"), step("DENY", "DENIED"), step("DECIDE", "DECIDED"), REPAID, UNDONE],
  CONFIRMED: [],
  VOIDED: [],
};

/** All steps as one table, as it is published. */
export const TRANSITIONS: readonly Transition[] = (Object.keys(STEPS) as DeductionState[]).flatMap((from) => STEPS[from].map((it) => ({ from, ...it })));

/** Where an action leads from a state; null where it is forbidden there. */
export const nextState = (from: DeductionState, action: DeductionAction): DeductionState | null => STEPS[from].find((it) => it.action === action)?.to ?? null;

/** Whether a person may ask for an action in a state. What the books do by themselves there, nobody asks for. */
export const isAsked = (from: DeductionState, action: DeductionAction): boolean => STEPS[from].some((it) => it.action === action && it.asked);

/**
 * The steps that a settlement of a decided deduction takes it: on to wait for the rest while something is open; then to
 * DENIED while the customer owes what was charged back; else it is settled. None while it waits already and still something
 * is open.
 */
export function stepsOfSettlement(from: DeductionState, leftMinor: bigint, owedAgain: boolean): readonly DeductionAction[] {
  const waits = from === DeductionState.SETTLEMENT_PENDING;
  if (leftMinor > 0n) return waits ? [] : [DeductionAction.SUBMIT];
  if (owedAgain) return [DeductionAction.DENY];
  return waits ? [DeductionAction.SETTLE] : [DeductionAction.SUBMIT, DeductionAction.SETTLE];
}

/**
 * The step that a case takes by itself when the customer repaid something, or that was undone: so much of it is open, and so
 * much of what was charged back. Null when it stays where it is.
 */
export function stepOfRepayment(state: DeductionState, openMinor: bigint, owedMinor: bigint): DeductionAction | null {
  // Whoever looks at the customer's answer decides whether we stand by the denial.
  if (openMinor > 0n || (owedMinor > 0n && state === DeductionState.DISPUTED_AGAIN)) return null;
  const action = owedMinor > 0n ? DeductionAction.DENY : DeductionAction.SETTLE;
  return nextState(state, action) === null ? null : action;
}

/** Whether anything is left to do. A settled one may still be reopened by its clearing. */
export const isOver = (state: DeductionState): boolean => state === "CONFIRMED" || state === "VOIDED";

/** Where nothing is open: what comes there was settled, charged back or never was. Lists of open deductions leave these out by name. */
export const NOTHING_OPEN_IN = ["SETTLED", "AUTO_RESOLVED", "DENIED", "CONFIRMED", "VOIDED"] as const satisfies readonly DeductionState[];

/** Whether the clock of our own work runs: it stands still only while the customer has the ball, and when there is no more work. */
export const clockRuns = (state: DeductionState): boolean =>
  state !== "AWAITING_CUSTOMER" && state !== "SETTLED" && state !== "AUTO_RESOLVED" && state !== "DENIED" && !isOver(state);
