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

test("two memos of one settlement do not share a number, nor does one with a memo on the books", async () => {
  const { analyst, id } = it6;
  await it6.approved();
  const twice = [{ kind: "CREDIT_MEMO", amount: "50.00", number: "CM-1" }, { kind: "CREDIT_MEMO", amount: "60.00", number: " cm-1 " }] as const;
  expect((await analyst.settle(id, [...twice])).userErrors).toMatchObject([{ code: "DUPLICATE", field: ["parts", "1", "number"] }]);
  expect((await analyst.settle(id, [twice[0]])).userErrors).toEqual([]);
  expect((await analyst.settle(id, [{ kind: "GOODWILL", amount: "1.00" }, twice[0]])).userErrors).toMatchObject([{ code: "DUPLICATE", field: ["parts", "1", "number"] }]);
  expect((await analyst.settle(id, [{ kind: "CREDIT_MEMO", amount: "50.00", number: "CM-2" }, { kind: "CREDIT_MEMO", amount: "60.00" }])).userErrors).toEqual([]);
});

/** What the log tells of the customer's invoices, by invoice. */
const told = async (kind: string): Promise<{ minor: string; effectiveOn: string }[]> =>
  app.db.run("test.told", `select event.amount_minor::text as minor, event.effective_on as "effectiveOn" from event join company on company.id = event.company_id where company.code = $1 and event.kind = $2 order by event.id`, [it6.books.company.code, kind]);

test("an invoice that two parts open again is told of once, with both", async () => {
  const { analyst, id } = it6;
  await it6.decided("0.00");
  const before = (await told("INVOICE_CHANGED")).length;
  const { deduction } = await analyst.settle(id, [{ kind: "REVERSAL", amount: "120.00" }, { kind: "REVERSAL", amount: "80.00" }]);
  expect((await told("INVOICE_CHANGED")).slice(before).map(({ minor }) => minor)).toEqual(["20000"]);
  await analyst.undo(deduction!.settlements[0]!.id);
  expect((await told("INVOICE_CHANGED")).slice(before).map(({ minor }) => minor)).toEqual(["20000", "20000"]);
});

test("what is settled on a day of a closed period counts, and is told, from the first open day", async () => {
  const { analyst, id, books } = it6;
  await it6.approved();
  const send = (mutation: string, type: string, input: object) => app.query(books.company.as.controller, `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { message } } }`, { input });
  await send("setClosedPeriodPolicy", "SetClosedPeriodPolicyInput", { postIntoClosedPeriod: "FIRST_OPEN_DAY" });
  await send("closePeriod", "ClosePeriodInput", { from: "2026-04-01", to: "2026-04-30" });
  const { deduction } = await analyst.settle(id, [{ kind: "CREDIT_MEMO", amount: "200.00" }], { settledOn: "2026-04-10" });
  expect(deduction!.settlements).toMatchObject([{ settledOn: "2026-05-01" }]);
  expect((await told("CREDIT_APPLIED")).map(({ effectiveOn }) => effectiveOn)).toEqual(["2026-05-01"]);
  expect((await told("CREDIT_MEMO_ISSUED")).map(({ effectiveOn }) => effectiveOn)).toEqual(["2026-05-01"]);
});

test("a part of a deduction, and what parts of one invoice were merged into, is reversed onto the invoice behind it", async () => {
  const { analyst, id, customer } = it6;
  await analyst.work(id, "TAKE_UP");
  await analyst.split(id, "120.00", "50.00", "30.00");
  const [, a, b, c] = await analyst.all(customer.id);
  const merged = (await analyst.merge(b!.id, c!.id)).deduction!;
  for (const { id: part, amount } of [a!, merged]) {
    await analyst.decide(part, "0.00");
    expect((await analyst.settle(part, [{ kind: "REVERSAL", amount: amount.amount }])).userErrors).toEqual([]);
  }
  expect((await it6.books.of(customer.id)).openItems!.edges!.map((it) => [it!.node!.number, it!.node!.open.amount]).sort()).toEqual([["B", "200.00"], ["D", "2210.75"], ["E", "415.00"]]);
  expect(await it6.balance()).toBe("2825.75");
});

test("what was merged of several invoices, or of a claim, is about none of them and is not reversed onto one", async () => {
  const { analyst, books, customer, id } = it6;
  const short = { account: customer.account, amount: "405.00", receivedOn: "2026-03-22", lines: [{ reference: "E", gross: "415.00", deduction: "10.00", customerCode: "22", claimNumber: "CL-1" }] };
  const other = (await books.pay(short)).payment!.deductions[0]!.id;
  const merged = (await analyst.merge(id, other)).deduction!;
  expect(await app.query(books.company.as.analyst, `query ($id: ID!) { node(id: $id) { ... on Deduction { takenOn customerCode claimNumber invoice { number } } } }`, { id: merged.id })).toEqual({
    node: { takenOn: "2026-03-20", customerCode: "22", claimNumber: null, invoice: null },
  });
  await it6.decided("0.00", merged.id);
  expect((await analyst.settle(merged.id, [{ kind: "REVERSAL", amount: "10.00" }])).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["parts", "0", "kind"], message: expect.stringContaining("several invoices") }]);
  expect((await analyst.settle(merged.id, [{ kind: "CHARGEBACK", amount: "210.00" }])).userErrors).toEqual([]);

  const claim = { account: customer.account, amount: "2200.75", receivedOn: "2026-03-22", lines: [{ reference: "D", net: "2210.75" }, { net: "-10.00", claimNumber: "CL-2" }] };
  const claimed = (await books.pay(claim)).payment!.deductions[0]!.id;
  await it6.decided("0.00", claimed);
  expect((await analyst.settle(claimed, [{ kind: "REVERSAL", amount: "10.00" }])).userErrors).toMatchObject([{ code: "VALUE_INVALID", message: expect.stringContaining("closed no invoice") }]);
});

test("the journal says of a settlement, a split and an undoing which deduction they are about", async () => {
  const { analyst, books, customer, id } = it6;
  await analyst.work(id, "TAKE_UP");
  await analyst.split(id, "150.00", "50.00");
  const [, child] = await analyst.all(customer.id);
  await analyst.decide(child!.id, "0.00");
  const { deduction } = await analyst.settle(child!.id, [{ kind: "REVERSAL", amount: "150.00" }]);
  await analyst.undo(deduction!.settlements[0]!.id);
  const { journalEntries } = await app.query(books.company.as.controller, `{ journalEntries(account: DEDUCTIONS_RECEIVABLE) { edges { node { kind document { id } } } } }`);
  expect(journalEntries.edges.flatMap(({ node }: { node: { kind: string; document: { id: string } } }) => (node.kind === "RESOLUTION" ? [node.document.id] : []))).toEqual([id, child!.id, child!.id]);
});

test("a preview books nothing and refuses what the settlement would refuse", async () => {
  const { analyst, id } = it6;
  await it6.decided("0.00");
  const { case: before } = await analyst.of(id);
  expect((await analyst.preview(id, [{ kind: "CHARGEBACK", amount: "200.00" }])).lines).toEqual([{ account: "AR_CONTROL", amount: { amount: "200.00" } }, { account: "DEDUCTIONS_RECEIVABLE", amount: { amount: "-200.00" } }]);
  expect(await analyst.preview(id, [{ kind: "GOODWILL", amount: "200.00" }])).toMatchObject({ lines: null, userErrors: [{ code: "BLOCKED" }] });
  expect((await analyst.of(id)).case).toEqual(before);
});
