import { openTestApp, type TestApp } from "../kit/app.ts";
import { ApproveDeductionsDocument, SetApprovalLimitDocument } from "../kit/gql.ts";
import { statementsOf } from "../kit/statements.ts";
import { Case6 } from "./case-6.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const approve = async ({ books }: Case6, deductionIds: string[], note: string | null = null) => (await app.query(books.company.as.controller, ApproveDeductionsDocument, { input: { deductionIds, note } })).approveDeductions;

test("of many decisions each is approved or refused by itself, and the answer says why", async () => {
  const it6 = await Case6.open(app);
  const { analyst, controller, books, customer, id } = it6;
  await app.query(books.company.as.administrator, SetApprovalLimitDocument, { input: { role: "CONTROLLER", currency: "USD", amount: "100.00", effectiveOn: "2026-01-01" } });
  await app.query(books.company.as.administrator, SetApprovalLimitDocument, { input: { role: "CONTROLLER", reason: "PRICE", currency: "USD", effectiveOn: "2026-01-01" } });
  await analyst.work(id, "TAKE_UP");
  await analyst.split(id, "110.00", "60.00", "20.00", "10.00");
  const [, high, fine, own, open] = (await analyst.all(customer.id)).map((it) => it.id);
  for (const part of [high!, fine!]) {
    await analyst.decide(part, (await analyst.of(part)).open.amount);
    await analyst.work(part, "REQUEST_APPROVAL");
  }
  await controller.decide(own!, "20.00");
  await analyst.work(own!, "REQUEST_APPROVAL");

  const { approvals, userErrors } = await approve(it6, [high!, open!, fine!, own!], "Seen in the meeting.");
  expect(userErrors).toEqual([]);
  expect(approvals!.map(({ deduction, approved, blockers }) => [deduction.open.amount, approved, deduction.case.state, blockers.map(({ code }) => code)])).toEqual([
    ["110.00", false, "PENDING_APPROVAL", ["ABOVE_LIMIT"]],
    ["10.00", false, "OPEN", ["STATE"]],
    ["60.00", true, "SETTLEMENT_PENDING", []],
    ["20.00", false, "PENDING_APPROVAL", ["OWN_DECISION"]],
  ]);
  expect((await analyst.of(fine!)).activities.at(-1)).toMatchObject({ action: "APPROVE", note: "Seen in the meeting." });
  expect((await analyst.of(fine!)).case.approvedBy).toBeTruthy();
});

test("the whole is refused where it names too many, one twice, none, or what is not there; and to who may not approve", async () => {
  const it6 = await Case6.open(app);
  const other = await Case6.open(app);
  expect((await approve(it6, [it6.id, it6.id])).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["deductionIds"] }]);
  expect((await approve(it6, Array.from({ length: 1_001 }, () => it6.id))).userErrors).toMatchObject([{ code: "LIMIT_EXCEEDED" }]);
  expect((await approve(it6, [])).userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
  expect((await approve(it6, [it6.id, other.id])).userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
  expect((await app.ask(it6.books.company.as.analyst, ApproveDeductionsDocument, { input: { deductionIds: [it6.id] } })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});

test("cases and limits are read once for all of them", async () => {
  const it6 = await Case6.open(app);
  const { analyst, customer, id } = it6;
  await analyst.work(id, "TAKE_UP");
  await analyst.split(id, ...Array.from({ length: 20 }, () => "10.00"));
  const ids = (await analyst.all(customer.id)).slice(1).map((it) => it.id);
  const sent = (await statementsOf(() => approve(it6, ids))).map(({ name }) => name);
  // Twice in the command, before the customers are locked and after, and once for the answer.
  expect(sent.filter((name) => name === "cases.byKeys")).toHaveLength(3);
  expect(sent.filter((name) => name === "limits.ofCurrencies")).toHaveLength(2);
});
