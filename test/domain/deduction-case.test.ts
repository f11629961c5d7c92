import { clockRuns, DeductionAction, DeductionState, isOver, nextState, TRANSITIONS } from "../../src/domain/deduction-case.ts";

/** What may follow what, written down from the description of the trade and not from the code. Whatever is missing is forbidden. */
const ALLOWED: Readonly<Record<DeductionState, Partial<Record<DeductionAction, DeductionState>>>> = {
  CAPTURED: { TAKE_UP: "OPEN", AUTO_RESOLVE: "AUTO_RESOLVED", VOID: "VOIDED" },
  OPEN: { RESEARCH: "RESEARCH", ASK_CUSTOMER: "AWAITING_CUSTOMER", ASK_INTERNALLY: "AWAITING_INTERNAL", DECIDE: "DECIDED", VOID: "VOIDED" },
  RESEARCH: { ASK_CUSTOMER: "AWAITING_CUSTOMER", ASK_INTERNALLY: "AWAITING_INTERNAL", DECIDE: "DECIDED", PUT_BACK: "OPEN" },
  AWAITING_CUSTOMER: { RESEARCH: "RESEARCH", DECIDE: "DECIDED" },
  AWAITING_INTERNAL: { RESEARCH: "RESEARCH", DECIDE: "DECIDED" },
  AUTO_RESOLVED: { CONFIRM: "CONFIRMED", REOPEN: "OPEN" },
  DECIDED: { REQUEST_APPROVAL: "PENDING_APPROVAL", SUBMIT: "SETTLEMENT_PENDING", DENY: "DENIED" },
  PENDING_APPROVAL: { APPROVE: "SETTLEMENT_PENDING", SEND_BACK: "RESEARCH" },
  SETTLEMENT_PENDING: { SETTLE: "SETTLED", DENY: "DENIED", FAIL: "OPEN" },
  SETTLED: { REOPEN: "OPEN", CONFIRM: "CONFIRMED" },
  DENIED: { SETTLE: "SETTLED", DISPUTE_AGAIN: "DISPUTED_AGAIN" },
  DISPUTED_AGAIN: { RESEARCH: "RESEARCH", DENY: "DENIED", DECIDE: "DECIDED" },
  CONFIRMED: {},
  VOIDED: {},
};

const every = Object.values(DeductionState).flatMap((from) => Object.values(DeductionAction).map((action) => [from, action, ALLOWED[from][action] ?? null] as const));

test.each(every.filter(([, , to]) => to !== null))("%s, %s: leads to %s", (from, action, to) => expect(nextState(from, action)).toBe(to));
test.each(every.filter(([, , to]) => to === null))("%s, %s: is forbidden", (from, action) => expect(nextState(from, action)).toBeNull());

test("the published table is all of it", () => {
  const written = (steps: readonly (readonly [DeductionState, DeductionAction, DeductionState | null])[]): string[] => steps.map((it) => it.join(" ")).sort();
  expect(written(TRANSITIONS.map(({ from, action, to }) => [from, action, to]))).toEqual(written(every.filter(([, , to]) => to !== null)));
});

const states = Object.values(DeductionState);

test("every state can be reached, and all but the two last can be left", () => {
  expect(states.filter((state) => state !== "CAPTURED" && !TRANSITIONS.some(({ to }) => to === state))).toEqual([]);
  expect(states.filter((state) => !TRANSITIONS.some(({ from }) => from === state))).toEqual(states.filter(isOver));
});

test("the clock of our work stands still while the customer has the ball, and not while we have it", () => {
  expect(states.filter(clockRuns)).toEqual(["CAPTURED", "OPEN", "RESEARCH", "AWAITING_INTERNAL", "DECIDED", "PENDING_APPROVAL", "SETTLEMENT_PENDING", "DISPUTED_AGAIN"]);
});
