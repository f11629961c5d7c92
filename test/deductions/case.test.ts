import { companyIdByCode } from "../../src/companies/company.sql.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { brokenRules, keepItemHistory } from "../openitems/rules-of-books.ts";
import { Analyst } from "./analyst.ts";

let app: TestApp;
let books: Books;
let [analyst, controller]: Analyst[] = [];
let customer: { id: string; account: string };
beforeAll(async () => {
  app = await openTestApp();
  await keepItemHistory(app.db);
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  [analyst, controller] = [new Analyst(books), new Analyst(books, "controller")];
  customer = await books.customer();
  await books.reason({ account: customer.account, customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
});
afterEach(async () => {
  const [company] = await companyIdByCode(app.db, books.company.code);
  expect(await brokenRules(app.db, company!.id)).toEqual([]);
});

/** Case 6: five invoices, three paid, one of them short by 200.00 with code 22. */
async function case6(): Promise<string> {
  const bills = { A: "1250.00", B: "3400.00", C: "980.50", D: "2210.75", E: "415.00" };
  await books.bill(customer.account, ...Object.entries(bills).map(([number, total]) => ({ number, total })));
  const { payment, userErrors } = await books.pay({
    account: customer.account, amount: "5430.50",
    lines: [{ reference: "A", net: "1250.00" }, { reference: "B", gross: "3400.00", deduction: "200.00", customerCode: "22" }, { reference: "C", net: "980.50" }],
  });
  expect(userErrors).toEqual([]);
  return payment!.deductions[0]!.id;
}
const balance = async (): Promise<string> => (await books.of(customer.id)).balances[0]!.total.amount;

test("case 7: 200.00 in part: 120.00 credited, 80.00 charged back and repaid", async () => {
  const id = await case6();
  expect(await balance()).toBe("2825.75");
  expect((await analyst!.of(id)).case).toMatchObject({ state: "CAPTURED", allowedActions: ["TAKE_UP"], blockers: [{ action: "VOID", code: "STILL_OPEN" }] });
  await analyst!.work(id, "TAKE_UP");
  expect((await analyst!.decide(id, "120.00")).deduction!.case).toMatchObject({ state: "DECIDED", verdict: "PARTIAL", valid: { amount: "120.00" } });
  const [parent, valid, invalid] = await analyst!.all(customer.id);
  expect([parent, valid, invalid]).toMatchObject([
    { id, open: { amount: "0.00" }, case: { allowedActions: [] } },
    { source: "SPLIT", open: { amount: "120.00" }, case: { state: "DECIDED", verdict: "VALID", allowedActions: ["REQUEST_APPROVAL"], blockers: expect.arrayContaining([expect.objectContaining({ action: "SUBMIT", code: "APPROVAL_NEEDED" })]) } },
    { source: "SPLIT", open: { amount: "80.00" }, case: { state: "DECIDED", verdict: "INVALID" } },
  ]);
  expect(await balance()).toBe("2825.75");

  const credit = [{ kind: "CREDIT_MEMO", amount: "120.00" }] as const;
  expect((await analyst!.settle(valid!.id, [...credit])).userErrors).toMatchObject([{ code: "BLOCKED", message: expect.stringContaining("approved by CONTROLLER") }]);
  await analyst!.work(valid!.id, "REQUEST_APPROVAL");
  expect((await analyst!.work(valid!.id, "APPROVE")).userErrors).toMatchObject([{ code: "FORBIDDEN" }]);
  expect((await controller!.work(valid!.id, "APPROVE")).deduction!.case).toMatchObject({ state: "SETTLEMENT_PENDING", approvedBy: expect.any(String) });
  expect((await analyst!.preview(valid!.id, [...credit])).lines).toEqual([{ account: "RETURNS_AND_ALLOWANCES", amount: { amount: "120.00" } }, { account: "DEDUCTIONS_RECEIVABLE", amount: { amount: "-120.00" } }]);
  expect((await analyst!.settle(valid!.id, [...credit])).deduction).toMatchObject({ open: { amount: "0.00" }, case: { state: "SETTLED" } });
  expect(await balance()).toBe("2705.75");

  expect((await analyst!.settle(invalid!.id, [{ kind: "CHARGEBACK", amount: "80.00", number: "CB-1", dueOn: "2026-05-01" }])).deduction).toMatchObject({ open: { amount: "0.00" }, case: { state: "DENIED" } });
  expect(await balance()).toBe("2705.75");
  expect((await books.pay({ account: customer.account, amount: "80.00", receivedOn: "2026-05-01", lines: [{ reference: "CB-1", net: "80.00" }] })).userErrors).toEqual([]);
  expect(await balance()).toBe("2625.75");
  const settled = await analyst!.of(invalid!.id);
  expect(settled).toMatchObject({ case: { state: "SETTLED" } });
  expect(settled.activities.at(-1)).toEqual({ action: "SETTLE", from: "DENIED", to: "SETTLED", by: null, note: null });
});

/** A deduction of 200.00, taken up; the invoice it was taken from is B. */
async function taken(): Promise<string> {
  const id = await case6();
  await analyst!.work(id, "TAKE_UP");
  return id;
}
/** Decided by the analyst and approved by the controller. */
async function approved(valid = "200.00"): Promise<string> {
  const id = await taken();
  await analyst!.decide(id, valid);
  await analyst!.work(id, "REQUEST_APPROVAL");
  await controller!.work(id, "APPROVE");
  return id;
}

test("two analysts decide the same case: one wins, the other is told how it stands", async () => {
  const id = await taken();
  const { version } = (await analyst!.of(id)).case;
  const answers = await Promise.all([analyst!.decide(id, "200.00", version), new Analyst(books, "controller").decide(id, "0.00", version)]);
  const [won, lost] = answers[0]!.userErrors.length === 0 ? answers : [answers[1]!, answers[0]!];
  expect(won!.deduction!.case).toMatchObject({ state: "DECIDED", version: version + 1 });
  expect(lost).toMatchObject({ deduction: null, current: { case: { state: "DECIDED", version: version + 1 } }, userErrors: [{ code: "CONFLICT", field: ["expectedVersion"], message: expect.stringContaining("is DECIDED") }] });
});

test("whoever decided does not approve, even who may approve others", async () => {
  const id = await taken();
  await controller!.decide(id, "200.00");
  expect((await controller!.work(id, "REQUEST_APPROVAL")).userErrors).toMatchObject([{ code: "BLOCKED", message: expect.stringContaining("within your own limit") }]);
});

test.each([
  ["WRITE_OFF", { TOLERANCE_WRITE_OFF: "200.00" }],
  ["DISCOUNT", { DISCOUNTS_ALLOWED: "200.00" }],
  ["PROMOTION", { ACCRUED_TRADE_PROMOTION: "200.00" }],
  ["GOODWILL", { RETURNS_AND_ALLOWANCES: "200.00" }],
  ["BAD_DEBT", { ALLOWANCE_FOR_CREDIT_LOSSES: "200.00" }],
] as const)("settled by %s, undone, and settled by a credit memo", async (kind, booked) => {
  const id = await approved();
  const parts = [{ kind, amount: "200.00" }] as const;
  const { lines } = await analyst!.preview(id, [...parts]);
  expect(Object.fromEntries(lines!.map((it) => [it.account, it.amount.amount]))).toEqual({ ...booked, DEDUCTIONS_RECEIVABLE: "-200.00" });
  const { deduction } = await analyst!.settle(id, [...parts], { idempotencyKey: kind });
  expect(deduction).toMatchObject({ open: { amount: "0.00" }, case: { state: "SETTLED" } });
  expect((await analyst!.settle(id, [...parts], { idempotencyKey: kind })).userErrors).toEqual([]);
  expect(await balance()).toBe("2625.75");

  expect((await analyst!.undo(deduction!.settlements[0]!.id)).deduction).toMatchObject({ open: { amount: "200.00" }, case: { state: "OPEN", verdict: null }, settlements: [{ undone: true }, { undoes: deduction!.settlements[0]!.id }] });
  expect(await balance()).toBe("2825.75");
  expect((await analyst!.undo(deduction!.settlements[0]!.id)).userErrors).toMatchObject([{ code: "CONFLICT" }]);
  await analyst!.decide(id, "200.00");
  await analyst!.work(id, "REQUEST_APPROVAL");
  await controller!.work(id, "APPROVE");
  const again = await analyst!.settle(id, [{ kind: "CREDIT_MEMO", amount: "200.00", tax: "20.00", number: "CM-7" }]);
  expect(again.deduction).toMatchObject({ case: { state: "SETTLED" } });
  expect((await analyst!.undo(again.deduction!.settlements.at(-1)!.id)).deduction).toMatchObject({ open: { amount: "200.00" } });
  expect(await balance()).toBe("2825.75");
});

test("what never was a deduction opens its invoice again", async () => {
  const id = await taken();
  await analyst!.decide(id, "0.00");
  const { deduction } = await analyst!.settle(id, [{ kind: "REVERSAL", amount: "200.00" }]);
  expect(deduction).toMatchObject({ open: { amount: "0.00" }, case: { state: "SETTLED" } });
  const { openItems } = await books.of(customer.id);
  expect(openItems!.edges!.map((it) => [it!.node!.number, it!.node!.open.amount]).sort()).toEqual([["B", "200.00"], ["D", "2210.75"], ["E", "415.00"]]);
  expect(await balance()).toBe("2825.75");
  expect((await analyst!.undo(deduction!.settlements[0]!.id)).deduction).toMatchObject({ open: { amount: "200.00" } });
});

test("a chargeback of which something was paid is not undone", async () => {
  const id = await taken();
  await analyst!.decide(id, "0.00");
  const { deduction } = await analyst!.settle(id, [{ kind: "CHARGEBACK", amount: "200.00", number: "CB-9" }]);
  await books.pay({ account: customer.account, amount: "50.00", receivedOn: "2026-05-01", lines: [{ reference: "CB-9", net: "50.00", partial: true }] });
  expect((await analyst!.undo(deduction!.settlements[0]!.id)).userErrors).toMatchObject([{ code: "CONFLICT", message: expect.stringContaining("5000 minor units are settled already") }]);
});

test("what a deduction is split or merged into was not taken again: the customer's deduction rate stays", async () => {
  const rate = async () => (await app.query(books.company.as.collector, `query ($id: ID!) { node(id: $id) { ... on Customer { habits(asOf: "2026-06-30", minimumSample: 1) { deductionRate { value } } } } }`, { id: customer.id })).node.habits;
  const id = await taken();
  const before = await rate();
  expect(JSON.stringify(before)).toMatch(/\d/);
  await analyst!.split(id, "120.00", "50.00", "30.00");
  const [, , b, c] = await analyst!.all(customer.id);
  await analyst!.merge(b!.id, c!.id);
  expect(await rate()).toEqual(before);
});

test("parts and whole: split in three, two of them merged again, no sum changed", async () => {
  const id = await taken();
  expect((await analyst!.split(id, "120.00", "50.00", "29.99")).userErrors).toMatchObject([{ code: "TOTAL_MISMATCH" }]);
  expect((await analyst!.split(id, "120.00", "50.00", "30.00")).deduction).toMatchObject({ open: { amount: "0.00" } });
  const [, a, b, c] = await analyst!.all(customer.id);
  expect([a, b, c].map((it) => it!.open.amount)).toEqual(["120.00", "50.00", "30.00"]);
  const merged = await analyst!.merge(b!.id, c!.id);
  expect(merged.deduction).toMatchObject({ source: "MERGE", amount: { amount: "80.00" }, open: { amount: "80.00" } });
  expect(await balance()).toBe("2825.75");
  expect((await analyst!.merge(a!.id, a!.id)).userErrors).toMatchObject([{ code: "VALUE_INVALID" }]);
  expect((await analyst!.decide(id, "0.00")).userErrors).toMatchObject([{ code: "BLOCKED" }]);
});

test("everything done is on record, with who and why", async () => {
  const id = await taken();
  await analyst!.note(id, "The POD shows 8 cases.");
  expect((await analyst!.work(id, "ASK_CUSTOMER")).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["followUpOn"] }]);
  expect((await analyst!.work(id, "ASK_CUSTOMER", { followUpOn: "2099-01-31", note: "Sent the POD." })).deduction!.case).toMatchObject({ state: "AWAITING_CUSTOMER", followUpOn: "2099-01-31" });
  expect((await analyst!.of(id)).activities).toMatchObject([
    { action: "TAKE_UP", from: "CAPTURED", to: "OPEN", by: expect.any(String) }, { action: "NOTE", note: "The POD shows 8 cases." }, { action: "ASK_CUSTOMER", from: "OPEN", to: "AWAITING_CUSTOMER", note: "Sent the POD." },
  ]);
  expect((await new Analyst(books, "collector").work(id, "RESEARCH")).userErrors).toMatchObject([{ code: "FORBIDDEN", message: expect.stringContaining("DEDUCTIONS_ANALYST") }]);
});
