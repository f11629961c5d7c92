import { companyIdByCode } from "../../src/companies/company.sql.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { brokenRules, keepItemHistory } from "../openitems/rules-of-books.ts";
import { Case6 } from "./case-6.ts";

let app: TestApp;
let it6: Case6;
beforeAll(async () => {
  app = await openTestApp();
  await keepItemHistory(app.db);
});
afterAll(() => app.close());
beforeEach(async () => {
  it6 = await Case6.open(app);
});
afterEach(async () => {
  const [company] = await companyIdByCode(app.db, it6.books.company.code);
  expect(await brokenRules(app.db, company!.id)).toEqual([]);
});

test("a settlement walks the published steps, and each is on record", async () => {
  const { analyst, id } = it6;
  await it6.decided("0.00");
  const { deduction } = await analyst.settle(id, [{ kind: "REVERSAL", amount: "200.00" }], { note: "It was paid on another line." });
  expect(deduction).toMatchObject({ case: { state: "SETTLED", version: 5 } });
  expect(await it6.steps()).toEqual(["TAKE_UP CAPTURED OPEN", "DECIDE OPEN DECIDED", "SUBMIT DECIDED SETTLEMENT_PENDING", "SETTLE SETTLEMENT_PENDING SETTLED"]);
  expect((await analyst.of(id)).activities.map(({ note }) => note)).toEqual([null, expect.any(String), "It was paid on another line.", null]);
  await analyst.undo(deduction!.settlements[0]!.id);
  expect((await it6.steps()).at(-1)).toBe("REOPEN SETTLED OPEN");
});

test("what is left of a denied deduction is charged back too, and what is left of a valid one is conceded", async () => {
  const { analyst, id } = it6;
  await it6.decided("0.00");
  expect((await analyst.settle(id, [{ kind: "CHARGEBACK", amount: "50.00", number: "CB-1" }])).deduction).toMatchObject({ open: { amount: "150.00" }, case: { state: "SETTLEMENT_PENDING", allowedActions: ["SETTLE", "DENY"] } });
  expect((await analyst.settle(id, [{ kind: "GOODWILL", amount: "50.00" }])).userErrors).toMatchObject([{ code: "BLOCKED", message: expect.stringContaining("Nothing of it was found valid") }]);
  expect((await analyst.settle(id, [{ kind: "CHARGEBACK", amount: "30.00", number: "CB-2" }])).deduction).toMatchObject({ open: { amount: "120.00" }, case: { state: "SETTLEMENT_PENDING" } });
  expect((await analyst.settle(id, [{ kind: "REVERSAL", amount: "120.00" }])).deduction).toMatchObject({ open: { amount: "0.00" }, case: { state: "DENIED" } });
  expect((await it6.steps()).slice(2)).toEqual(["SUBMIT DECIDED SETTLEMENT_PENDING", "SETTLE_PART SETTLEMENT_PENDING SETTLEMENT_PENDING", "DENY SETTLEMENT_PENDING DENIED"]);

  const valid = await Case6.open(app);
  await valid.approved();
  expect((await valid.analyst.settle(valid.id, [{ kind: "GOODWILL", amount: "1.00" }])).deduction).toMatchObject({ open: { amount: "199.00" }, case: { state: "SETTLEMENT_PENDING" } });
  expect((await valid.analyst.settle(valid.id, [{ kind: "CHARGEBACK", amount: "199.00" }])).userErrors).toMatchObject([{ code: "BLOCKED", message: expect.stringContaining("found valid") }]);
  expect((await valid.analyst.settle(valid.id, [{ kind: "DISCOUNT", amount: "199.00" }])).deduction).toMatchObject({ open: { amount: "0.00" }, case: { state: "SETTLED" } });
});

test("each part of a settlement is undone by itself, in whatever state the case is by then, until it is confirmed", async () => {
  const { analyst, id } = it6;
  await it6.decided("0.00");
  const settle = async (amount: string): Promise<string> => (await analyst.settle(id, [{ kind: "CHARGEBACK", amount }])).deduction!.settlements.at(-1)!.id;
  const [first, second] = [await settle("50.00"), await settle("30.00")];
  expect((await analyst.undo(first)).deduction).toMatchObject({ open: { amount: "170.00" }, case: { state: "OPEN", verdict: null } });
  await analyst.work(id, "RESEARCH");
  expect((await analyst.undo(second)).deduction).toMatchObject({ open: { amount: "200.00" }, case: { state: "RESEARCH" } });
  expect((await it6.steps()).slice(-3)).toEqual(["REOPEN SETTLEMENT_PENDING OPEN", "RESEARCH OPEN RESEARCH", "UNDO RESEARCH RESEARCH"]);
  expect(await it6.balance()).toBe("2825.75");

  await analyst.decide(id, "0.00");
  const third = await settle("20.00");
  await analyst.undo(third);
  await analyst.decide(id, "0.00");
  const [denied] = (await analyst.settle(id, [{ kind: "CHARGEBACK", amount: "200.00" }])).deduction!.settlements.slice(-1);
  await analyst.work(id, "DISPUTE_AGAIN", { note: "They sent a receiving report." });
  expect((await analyst.work(id, "DENY")).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["note"] }]);
  expect((await analyst.work(id, "DENY", { note: "It is of another order." })).deduction).toMatchObject({ case: { state: "DENIED", rounds: 1 } });
  await analyst.work(id, "DISPUTE_AGAIN", { note: "They sent the right one." });
  await analyst.work(id, "RESEARCH");
  expect((await analyst.undo(denied!.id)).deduction).toMatchObject({ open: { amount: "200.00" }, case: { state: "RESEARCH", rounds: 2 } });
  await analyst.decide(id, "200.00");
  await analyst.work(id, "REQUEST_APPROVAL");
  await it6.controller.work(id, "APPROVE");
  const done = await analyst.settle(id, [{ kind: "GOODWILL", amount: "200.00" }]);
  await analyst.work(id, "CONFIRM");
  expect((await analyst.undo(done.deduction!.settlements.at(-1)!.id)).userErrors).toMatchObject([{ code: "BLOCKED", message: expect.stringContaining("CONFIRMED") }]);
});

test("what was decided or approved before more came open again is decided anew", async () => {
  const { analyst, controller, id } = it6;
  await it6.approved();
  const part = (await analyst.settle(id, [{ kind: "GOODWILL", amount: "190.00" }])).deduction!.settlements[0]!.id;
  const rest = (await analyst.settle(id, [{ kind: "GOODWILL", amount: "5.00" }])).deduction!.settlements[1]!.id;
  await analyst.undo(rest);
  await analyst.decide(id, "10.00");
  await analyst.work(id, "REQUEST_APPROVAL");
  expect((await analyst.undo(part)).deduction).toMatchObject({ open: { amount: "200.00" }, case: { state: "OPEN", verdict: null, valid: null } });
  expect((await controller.work(id, "APPROVE")).userErrors).toMatchObject([{ code: "BLOCKED" }]);
});

test("a step that denies without a chargeback is refused while money is open", async () => {
  await it6.decided("0.00");
  expect((await it6.analyst.work(it6.id, "DENY", { note: "No." })).userErrors).toMatchObject([{ code: "BLOCKED", message: "A chargeback denies it: settle it so." }]);
});
