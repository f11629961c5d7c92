import { grantOf, type Role } from "../../src/domain/actor.ts";
import { allowedActions, type ApprovalLimit, blockersOf, blockersOfSettlement, type CaseFacts, type CaseWorker, limitOfWorker, needsApproval, verdictOf } from "../../src/domain/case-guards.ts";
import type { DeductionAction } from "../../src/domain/deduction-case.ts";

const facts = (change: Partial<CaseFacts> = {}): CaseFacts => ({
  state: "OPEN", reason: "SHORTAGE", currency: "USD", minor: 20_000n, openMinor: 20_000n, verdict: null, validMinor: null, decidedBy: null, researched: true, ...change,
});
const worker = (memberId: string, ...roles: Role[]): CaseWorker => ({ memberId, ...grantOf(roles) });
const analyst = worker("ann", "DEDUCTIONS_ANALYST");
const controller = worker("cora", "CONTROLLER");
const collector = worker("carl", "COLLECTOR");
const limit = (role: Role, maxMinor: bigint | null, reason: ApprovalLimit["reason"] = null, currency = "USD"): ApprovalLimit => ({ role, reason, currency, maxMinor });

/** What stands in the way, by code; an empty list means that it may be done. */
test.each<[string, DeductionAction, CaseFacts, CaseWorker, ApprovalLimit[], string[]]>([
  ["an analyst decides what was researched", "DECIDE", facts(), analyst, [], []],
  ["nothing was found out yet", "DECIDE", facts({ researched: false }), analyst, [], ["NOTHING_RESEARCHED"]],
  ["a collector decides", "DECIDE", facts(), collector, [], ["PERMISSION"]],
  ["it is settled already", "DECIDE", facts({ state: "SETTLED" }), analyst, [], ["STATE"]],
  ["a collector, and it is settled", "DECIDE", facts({ state: "SETTLED" }), collector, [], ["PERMISSION", "STATE"]],
  ["the customer may keep some, and the analyst has no limit", "SUBMIT", facts({ state: "DECIDED", validMinor: 1n }), analyst, [], ["APPROVAL_NEEDED"]],
  ["within the analyst's limit", "SUBMIT", facts({ state: "DECIDED", validMinor: 5_000n }), analyst, [limit("DEDUCTIONS_ANALYST", 5_000n)], []],
  ["a cent above the analyst's limit", "SUBMIT", facts({ state: "DECIDED", validMinor: 5_001n }), analyst, [limit("DEDUCTIONS_ANALYST", 5_000n)], ["APPROVAL_NEEDED"]],
  ["a limit of another currency does not count", "SUBMIT", facts({ state: "DECIDED", validMinor: 100n }), analyst, [limit("DEDUCTIONS_ANALYST", 5_000n, null, "EUR")], ["APPROVAL_NEEDED"]],
  ["a limit of the reason counts before one of any", "SUBMIT", facts({ state: "DECIDED", validMinor: 100n }), analyst, [limit("DEDUCTIONS_ANALYST", 5_000n), limit("DEDUCTIONS_ANALYST", 50n, "SHORTAGE")], ["APPROVAL_NEEDED"]],
  ["a limit of another reason does not", "SUBMIT", facts({ state: "DECIDED", validMinor: 100n }), analyst, [limit("DEDUCTIONS_ANALYST", 5_000n), limit("DEDUCTIONS_ANALYST", 50n, "PRICE")], []],
  ["nothing was found valid, and it is reversed", "SUBMIT", facts({ state: "DECIDED", validMinor: 0n }), analyst, [], []],
  ["the last of it", "SETTLE", facts({ state: "SETTLEMENT_PENDING", validMinor: 100n }), analyst, [], []],
  ["nothing is left", "SETTLE", facts({ state: "SETTLEMENT_PENDING", openMinor: 0n, validMinor: 100n }), analyst, [], ["NOTHING_OPEN"]],
  ["what was approved is charged back", "DENY", facts({ state: "SETTLEMENT_PENDING", validMinor: 100n }), analyst, [], ["WRONG_VERDICT"]],
  ["a part was charged back, now the rest", "DENY", facts({ state: "SETTLEMENT_PENDING", validMinor: 0n }), analyst, [], []],
  ["the customer answered, and we stand by it", "DENY", facts({ state: "DISPUTED_AGAIN", validMinor: 0n, openMinor: 0n }), analyst, [], []],
  ["the books settle a denied one, nobody else", "SETTLE", facts({ state: "DENIED", openMinor: 0n }), analyst, [], ["STATE"]],
  ["the books deny a settled one again, nobody else", "DENY", facts({ state: "SETTLED", openMinor: 0n }), analyst, [], ["STATE"]],
  ["a reversal needs no approval", "REQUEST_APPROVAL", facts({ state: "DECIDED", validMinor: 0n }), analyst, [], ["NO_APPROVAL_NEEDED"]],
  ["nothing was found valid", "DENY", facts({ state: "DECIDED", validMinor: 0n }), analyst, [], []],
  ["some was found valid", "DENY", facts({ state: "DECIDED", validMinor: 1n }), analyst, [], ["WRONG_VERDICT"]],
  ["approval is asked for where it takes one", "REQUEST_APPROVAL", facts({ state: "DECIDED", validMinor: 100n }), analyst, [], []],
  ["and not where it does not", "REQUEST_APPROVAL", facts({ state: "DECIDED", validMinor: 100n }), analyst, [limit("DEDUCTIONS_ANALYST", null)], ["NO_APPROVAL_NEEDED"]],
  ["a controller approves", "APPROVE", facts({ state: "PENDING_APPROVAL", validMinor: 9_999_999n, decidedBy: "ann" }), controller, [], []],
  ["whoever decided approves", "APPROVE", facts({ state: "PENDING_APPROVAL", validMinor: 100n, decidedBy: "cora" }), controller, [], ["OWN_DECISION"]],
  ["a controller above the limit", "APPROVE", facts({ state: "PENDING_APPROVAL", validMinor: 101n, decidedBy: "ann" }), controller, [limit("CONTROLLER", 100n)], ["ABOVE_LIMIT"]],
  ["an analyst approves", "APPROVE", facts({ state: "PENDING_APPROVAL", validMinor: 100n, decidedBy: "bob" }), analyst, [], ["PERMISSION", "ABOVE_LIMIT"]],
  ["money was taken", "VOID", facts(), analyst, [], ["STILL_OPEN"]],
  ["nothing is open", "VOID", facts({ openMinor: 0n }), analyst, [], []],
  ["settled in part", "CONFIRM", facts({ state: "SETTLED", openMinor: 1n }), analyst, [], ["STILL_OPEN"]],
])("%s: %s", (_name, action, its, who, limits, expected) => {
  expect(blockersOf(action, its, who, limits).map(({ code }) => code)).toEqual(expected);
});

test("who may is named", () => {
  expect(blockersOf("DECIDE", facts(), collector, [])[0]!.message).toBe("That takes the permission deduction:work, which DEDUCTIONS_ANALYST or CONTROLLER has.");
  expect(blockersOf("SUBMIT", facts({ state: "DECIDED", validMinor: 100n }), analyst, [])[0]!.message).toContain("approved by CONTROLLER");
  expect(blockersOf("APPROVE", facts({ state: "PENDING_APPROVAL", validMinor: 101n, decidedBy: "ann" }), controller, [limit("CONTROLLER", 100n)])[0]!.message).toBe("It is above your limit; FINANCE_DIRECTOR may approve it.");
  expect(blockersOf("APPROVE", facts({ state: "PENDING_APPROVAL", validMinor: 101n, decidedBy: "ann" }), controller, [limit("CONTROLLER", 100n), limit("FINANCE_DIRECTOR", 100n)])[0]!.message).toContain("nobody may approve it");
  expect(blockersOf("TAKE_UP", facts({ state: "DECIDED" }), analyst, [])[0]!.message).toBe("A deduction that is DECIDED does not allow TAKE_UP; that goes from CAPTURED.");
});

test.each<[CaseWorker, CaseFacts, DeductionAction[]]>([
  [analyst, facts({ state: "CAPTURED" }), ["TAKE_UP"]],
  [analyst, facts(), ["RESEARCH", "ASK_CUSTOMER", "ASK_INTERNALLY", "DECIDE"]],
  [analyst, facts({ researched: false }), ["RESEARCH", "ASK_CUSTOMER", "ASK_INTERNALLY"]],
  [analyst, facts({ state: "DECIDED", validMinor: 100n }), ["REQUEST_APPROVAL"]],
  [analyst, facts({ state: "DECIDED", validMinor: 0n }), ["SUBMIT", "DENY"]],
  [analyst, facts({ state: "SETTLEMENT_PENDING", validMinor: 100n }), ["SETTLE"]],
  [analyst, facts({ state: "SETTLEMENT_PENDING", validMinor: 0n }), ["SETTLE", "DENY"]],
  [analyst, facts({ state: "DENIED", validMinor: 0n, openMinor: 0n }), ["DISPUTE_AGAIN"]],
  [analyst, facts({ state: "DISPUTED_AGAIN", validMinor: 0n, openMinor: 0n }), ["RESEARCH", "DENY"]],
  [controller, facts({ state: "PENDING_APPROVAL", validMinor: 100n, decidedBy: "ann" }), ["APPROVE", "SEND_BACK"]],
  [analyst, facts({ state: "PENDING_APPROVAL", validMinor: 100n, decidedBy: "bob" }), []],
  [collector, facts(), []],
  [controller, facts({ state: "CONFIRMED", openMinor: 0n }), []],
])("what may be done is what nothing stands in the way of (%#)", (who, its, expected) => {
  expect(allowedActions(its, who, [])).toEqual(expected);
});

/** Whether the customer keeps each part, and whether the last of it is charged back; and what stands in the way. */
test.each<[string, boolean[], boolean, CaseFacts, CaseWorker, string[]]>([
  ["a valid one is conceded", [true, true], false, facts({ state: "SETTLEMENT_PENDING", validMinor: 100n }), analyst, []],
  ["a valid one is conceded before it is approved", [true], false, facts({ state: "DECIDED", validMinor: 100n }), analyst, ["APPROVAL_NEEDED"]],
  ["a valid one is charged back", [false], true, facts({ state: "DECIDED", validMinor: 100n }), controller, ["WRONG_VERDICT"]],
  ["a part of a valid one is charged back", [false], false, facts({ state: "DECIDED", validMinor: 100n }), controller, ["WRONG_VERDICT"]],
  ["an approved one is reversed", [false], false, facts({ state: "SETTLEMENT_PENDING", validMinor: 100n }), controller, ["WRONG_VERDICT"]],
  ["an invalid one is charged back", [false], true, facts({ state: "DECIDED", validMinor: 0n }), analyst, []],
  ["an invalid one is reversed", [false], false, facts({ state: "DECIDED", validMinor: 0n }), analyst, []],
  ["an invalid one is conceded", [true], false, facts({ state: "DECIDED", validMinor: 0n }), controller, ["WRONG_VERDICT"]],
  ["the rest of an invalid one is conceded", [true], false, facts({ state: "SETTLEMENT_PENDING", validMinor: 0n }), controller, ["WRONG_VERDICT"]],
  ["some of it is conceded and some is not", [true, false], true, facts({ state: "DECIDED", validMinor: 0n }), controller, ["WRONG_VERDICT"]],
  ["it is not decided", [true], false, facts(), controller, ["STATE"]],
  ["it is charged back already", [false], true, facts({ state: "DENIED", validMinor: 0n, openMinor: 0n }), controller, ["STATE"]],
  ["a collector settles", [true], false, facts({ state: "SETTLEMENT_PENDING", validMinor: 100n }), collector, ["PERMISSION"]],
])("%s", (_name, concedes, denies, its, who, expected) => expect(blockersOfSettlement({ concedes, denies }, its, who, []).map(({ code }) => code)).toEqual(expected));

test("the highest limit of somebody's roles counts; a machine without a role decides nothing alone", () => {
  const both = worker("x", "DEDUCTIONS_ANALYST", "CONTROLLER");
  expect(limitOfWorker(both, facts(), [limit("DEDUCTIONS_ANALYST", 10n), limit("CONTROLLER", 50n)])).toBe(50n);
  expect(limitOfWorker(both, facts(), [limit("DEDUCTIONS_ANALYST", 10n)])).toBeNull();
  expect(needsApproval(facts({ validMinor: 1n }), { memberId: "key", roles: [], permissions: analyst.permissions }, [])).toBe(true);
});

test.each<[bigint, bigint, string]>([[0n, 200n, "INVALID"], [200n, 200n, "VALID"], [120n, 200n, "PARTIAL"]])("%d of %d is %s", (valid, minor, verdict) => expect(verdictOf(valid, minor)).toBe(verdict));
