import { clockRuns, DeductionAction, DeductionState, isAsked, isOver, nextState, stepOfRepayment, stepsOfSettlement, TRANSITIONS } from "../../src/domain/deduction-case.ts";

/** What may follow what, written down from the description of the trade and not from the code. Whatever is missing is forbidden. */
const ALLOWED: Readonly<Record<DeductionState, Partial<Record<DeductionAction, DeductionState>>>> = {
  CAPTURED: { TAKE_UP: "OPEN", AUTO_RESOLVE: "AUTO_RESOLVED", DECIDE: "DECIDED", VOID: "VOIDED", SETTLE: "SETTLED" },
  OPEN: { RESEARCH: "RESEARCH", ASK_CUSTOMER: "AWAITING_CUSTOMER", ASK_INTERNALLY: "AWAITING_INTERNAL", DECIDE: "DECIDED", VOID: "VOIDED", SETTLE: "SETTLED" },
  RESEARCH: { ASK_CUSTOMER: "AWAITING_CUSTOMER", ASK_INTERNALLY: "AWAITING_INTERNAL", DECIDE: "DECIDED", PUT_BACK: "OPEN", SETTLE: "SETTLED" },
  AWAITING_CUSTOMER: { RESEARCH: "RESEARCH", DECIDE: "DECIDED", SETTLE: "SETTLED" },
  AWAITING_INTERNAL: { RESEARCH: "RESEARCH", DECIDE: "DECIDED", SETTLE: "SETTLED" },
  AUTO_RESOLVED: { CONFIRM: "CONFIRMED", REOPEN: "OPEN" },
  DECIDED: { REQUEST_APPROVAL: "PENDING_APPROVAL", SUBMIT: "SETTLEMENT_PENDING", DENY: "DENIED", SETTLE: "SETTLED", REOPEN: "OPEN" },
  PENDING_APPROVAL: { APPROVE: "SETTLEMENT_PENDING", SEND_BACK: "RESEARCH", SETTLE: "SETTLED", REOPEN: "OPEN" },
  SETTLEMENT_PENDING: { SETTLE: "SETTLED", DENY: "DENIED", FAIL: "OPEN", REOPEN: "OPEN" },
  SETTLED: { REOPEN: "OPEN", CONFIRM: "CONFIRMED", DENY: "DENIED" },
  DENIED: { SETTLE: "SETTLED", DISPUTE_AGAIN: "DISPUTED_AGAIN", REOPEN: "OPEN" },
  DISPUTED_AGAIN: { RESEARCH: "RESEARCH", DENY: "DENIED", DECIDE: "DECIDED", SETTLE: "SETTLED", REOPEN: "OPEN" },
  CONFIRMED: {},
  VOIDED: {},
};

/** What nobody asks for: it follows from what happens in the ledger. */
const BY_ITSELF = [
  "CAPTURED AUTO_RESOLVE", "CAPTURED DECIDE", "AUTO_RESOLVED REOPEN", "DECIDED REOPEN", "PENDING_APPROVAL REOPEN", "SETTLEMENT_PENDING REOPEN", "SETTLED REOPEN", "DENIED REOPEN", "DISPUTED_AGAIN REOPEN",
  "SETTLEMENT_PENDING FAIL", "SETTLED DENY", "DENIED SETTLE", "DISPUTED_AGAIN SETTLE", "OPEN SETTLE", "RESEARCH SETTLE", "AWAITING_CUSTOMER SETTLE", "AWAITING_INTERNAL SETTLE",
  "CAPTURED SETTLE", "DECIDED SETTLE", "PENDING_APPROVAL SETTLE",
];

const every = Object.values(DeductionState).flatMap((from) => Object.values(DeductionAction).map((action) => [from, action, ALLOWED[from][action] ?? null] as const));

test.each(every.filter(([, , to]) => to !== null))("%s, %s: leads to %s", (from, action, to) => expect(nextState(from, action)).toBe(to));
test.each(every.filter(([, , to]) => to === null))("%s, %s: is forbidden", (from, action) => expect(nextState(from, action)).toBeNull());

test("the published table is all of it", () => {
  const written = (steps: readonly (readonly [DeductionState, DeductionAction, DeductionState | null])[]): string[] => steps.map((it) => it.join(" ")).sort();
  expect(written(TRANSITIONS.map(({ from, action, to }) => [from, action, to]))).toEqual(written(every.filter(([, , to]) => to !== null)));
});

test("what the books do by themselves is not asked for, and everything else is", () => {
  expect(TRANSITIONS.filter(({ asked }) => !asked).map(({ from, action }) => `${from} ${action}`).sort()).toEqual([...BY_ITSELF].sort());
  expect(every.filter(([from, action]) => isAsked(from, action)).map(([from, action]) => `${from} ${action}`).sort()).toEqual(every.filter(([from, action, to]) => to !== null && !BY_ITSELF.includes(`${from} ${action}`)).map(([from, action]) => `${from} ${action}`).sort());
});

test.each<[DeductionState, bigint, boolean, DeductionAction[], DeductionState]>([
  ["DECIDED", 0n, false, ["SUBMIT", "SETTLE"], "SETTLED"],
  ["DECIDED", 0n, true, ["DENY"], "DENIED"],
  ["DECIDED", 1n, false, ["SUBMIT"], "SETTLEMENT_PENDING"],
  ["DECIDED", 1n, true, ["SUBMIT"], "SETTLEMENT_PENDING"],
  ["SETTLEMENT_PENDING", 0n, false, ["SETTLE"], "SETTLED"],
  ["SETTLEMENT_PENDING", 0n, true, ["DENY"], "DENIED"],
  ["SETTLEMENT_PENDING", 1n, false, [], "SETTLEMENT_PENDING"],
  ["SETTLEMENT_PENDING", 1n, true, [], "SETTLEMENT_PENDING"],
])("a settlement of one that is %s, with %d left and charged back: %s, walks the table by %j to %s", (from, left, owed, steps, to) => {
  expect(stepsOfSettlement(from, left, owed)).toEqual(steps);
  expect(steps.reduce<DeductionState | null>((state, action) => state && (isAsked(state, action) ? nextState(state, action) : null), from)).toBe(to);
});

const states = Object.values(DeductionState);

test("every state can be reached, and all but the two last can be left", () => {
  expect(states.filter((state) => state !== "CAPTURED" && !TRANSITIONS.some(({ to }) => to === state))).toEqual([]);
  expect(states.filter((state) => !TRANSITIONS.some(({ from }) => from === state))).toEqual(states.filter(isOver));
});

test("the clock of our work stands still while the customer has the ball, and not while we have it", () => {
  expect(states.filter(clockRuns)).toEqual(["CAPTURED", "OPEN", "RESEARCH", "AWAITING_INTERNAL", "DECIDED", "PENDING_APPROVAL", "SETTLEMENT_PENDING", "DISPUTED_AGAIN"]);
});

test.each<[DeductionState, bigint, bigint, DeductionAction | null]>([
  ["DENIED", 0n, 0n, "SETTLE"],
  ["DENIED", 0n, 1n, null],
  ["SETTLED", 0n, 1n, "DENY"],
  ["SETTLED", 0n, 0n, null],
  ["DISPUTED_AGAIN", 0n, 0n, "SETTLE"],
  ["RESEARCH", 0n, 0n, "SETTLE"],
  ["RESEARCH", 1n, 0n, null],
  ["CAPTURED", 0n, 0n, "SETTLE"],
  ["CAPTURED", 1n, 0n, null],
  ["SETTLEMENT_PENDING", 0n, 0n, "SETTLE"],
  ["SETTLEMENT_PENDING", 0n, 1n, "DENY"],
  ["DISPUTED_AGAIN", 0n, 1n, null],
  ["RESEARCH", 0n, 1n, null],
  ["CONFIRMED", 0n, 1n, null],
  ["VOIDED", 0n, 0n, null],
])("%s with %d open and %d owed on its chargebacks: by itself %s", (state, open, owed, expected) => expect(stepOfRepayment(state, open, owed)).toBe(expected));

test("a settlement that is undone opens every case again that a settlement can have brought somewhere and that is not over", () => {
  const decided = states.filter((state) => state !== "CAPTURED" && !isOver(state));
  const stays: DeductionState[] = ["OPEN", "RESEARCH", "AWAITING_CUSTOMER", "AWAITING_INTERNAL"];
  expect(decided.filter((state) => nextState(state, "REOPEN") === "OPEN")).toEqual(decided.filter((state) => !stays.includes(state)));
});
