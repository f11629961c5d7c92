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

/**
 * Every step there is; what is not here is forbidden. CONFIRMED and VOIDED lead nowhere: when the clearing of such a one is
 * undone later, a new deduction is opened. DECIDED leads to DENIED by a chargeback, and through PENDING_APPROVAL where the
 * matrix asks for one; SETTLEMENT_PENDING then leads there too, once the chargeback is posted.
 */
const STEPS: Readonly<Record<DeductionState, readonly ReturnType<typeof step>[]>> = {
  CAPTURED: [step("TAKE_UP", "OPEN"), step("AUTO_RESOLVE", "AUTO_RESOLVED", false), step("VOID", "VOIDED")],
  OPEN: [step("RESEARCH", "RESEARCH"), ...TO_WAIT, step("DECIDE", "DECIDED"), step("VOID", "VOIDED")],
  RESEARCH: [...TO_WAIT, step("DECIDE", "DECIDED"), step("PUT_BACK", "OPEN")],
  AWAITING_CUSTOMER: [step("RESEARCH", "RESEARCH"), step("DECIDE", "DECIDED")],
  AWAITING_INTERNAL: [step("RESEARCH", "RESEARCH"), step("DECIDE", "DECIDED")],
  AUTO_RESOLVED: [step("CONFIRM", "CONFIRMED"), step("REOPEN", "OPEN", false)],
  DECIDED: [step("REQUEST_APPROVAL", "PENDING_APPROVAL"), step("SUBMIT", "SETTLEMENT_PENDING"), step("DENY", "DENIED")],
  PENDING_APPROVAL: [step("APPROVE", "SETTLEMENT_PENDING"), step("SEND_BACK", "RESEARCH")],
  SETTLEMENT_PENDING: [step("SETTLE", "SETTLED"), step("DENY", "DENIED"), step("FAIL", "OPEN", false)],
  SETTLED: [step("REOPEN", "OPEN", false), step("CONFIRM", "CONFIRMED")],
  DENIED: [step("SETTLE", "SETTLED", false), step("DISPUTE_AGAIN", "DISPUTED_AGAIN")],
  DISPUTED_AGAIN: [step("RESEARCH", "RESEARCH"), step("DENY", "DENIED"), step("DECIDE", "DECIDED")],
  CONFIRMED: [],
  VOIDED: [],
};

/** All steps as one table, as it is published. */
export const TRANSITIONS: readonly Transition[] = (Object.keys(STEPS) as DeductionState[]).flatMap((from) => STEPS[from].map((it) => ({ from, ...it })));

/** Where an action leads from a state; null where it is forbidden there. */
export const nextState = (from: DeductionState, action: DeductionAction): DeductionState | null => STEPS[from].find((it) => it.action === action)?.to ?? null;

/** Whether anything is left to do. A settled one may still be reopened by its clearing. */
export const isOver = (state: DeductionState): boolean => state === "CONFIRMED" || state === "VOIDED";

/** Where nothing is open: what comes there was settled, charged back or never was. Lists of open deductions leave these out by name. */
export const NOTHING_OPEN_IN = ["SETTLED", "AUTO_RESOLVED", "DENIED", "CONFIRMED", "VOIDED"] as const satisfies readonly DeductionState[];

/** Whether the clock of our own work runs: it stands still only while the customer has the ball, and when there is no more work. */
export const clockRuns = (state: DeductionState): boolean =>
  state !== "AWAITING_CUSTOMER" && state !== "SETTLED" && state !== "AUTO_RESOLVED" && state !== "DENIED" && !isOver(state);
