import { companyIdByCode } from "../../src/companies/company.sql.ts";
import { Case6 } from "../deductions/case-6.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { PromotionsDocument, RecordPromotionDocument, type RecordPromotionInput } from "../kit/gql.ts";
import { brokenRules, keepItemHistory } from "../openitems/rules-of-books.ts";

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

const record = async (input: Partial<RecordPromotionInput> = {}): Promise<string> => {
  const usual = { account: it6.customer.account, code: "SPRING-26", description: "Ten percent off in spring", validFrom: "2026-03-01", validTo: "2026-03-10", currency: "USD", accrued: "250.00" };
  const { promotion, userErrors } = (await app.query(it6.books.company.as.controller, RecordPromotionDocument, { input: { ...usual, ...input } })).recordPromotion;
  expect(userErrors).toEqual([]);
  return promotion!.id;
};
const left = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await app.query(it6.books.company.as.analyst, PromotionsDocument)).promotions!.edges!.map((it) => [it!.node!.code, it!.node!.left.amount]));
const part = (amount: string, promotionId?: string) => ({ kind: "PROMOTION" as const, amount, ...(promotionId && { promotionId }) });

test("a deduction is settled against a promotion, which has as much less left, and has it back when that is undone", async () => {
  const { analyst, id } = it6;
  await it6.approved();
  const promotionId = await record();
  expect((await analyst.preview(id, [part("200.00", promotionId)])).lines!.map(({ account, amount }) => [account, amount.amount]).sort()).toEqual([["ACCRUED_TRADE_PROMOTION", "200.00"], ["DEDUCTIONS_RECEIVABLE", "-200.00"]]);
  expect(await left()).toEqual({ "SPRING-26": "250.00" });
  const { deduction, userErrors } = await analyst.settle(id, [part("150.00", promotionId), part("40.00", promotionId), part("10.00")]);
  expect(userErrors).toEqual([]);
  const promotion = { id: promotionId, code: "SPRING-26", left: { amount: "60.00" } };
  expect(deduction).toMatchObject({ open: { amount: "0.00" }, case: { state: "SETTLED" }, settlements: [{ parts: [{ kind: "PROMOTION", promotion }, { kind: "PROMOTION", promotion }, { kind: "PROMOTION", promotion: null }] }] });
  expect(await left()).toEqual({ "SPRING-26": "60.00" });
  expect((await analyst.undo(deduction!.settlements[0]!.id)).userErrors).toEqual([]);
  expect(await left()).toEqual({ "SPRING-26": "250.00" });
  await analyst.decide(id, "200.00");
  await analyst.work(id, "REQUEST_APPROVAL");
  await it6.controller.work(id, "APPROVE");
  await analyst.settle(id, [part("200.00", promotionId)]);
  expect(await left()).toEqual({ "SPRING-26": "50.00" });
});

test("a promotion that ran on the day the deduction was taken settles it, though it did not on the day of the invoice", async () => {
  await it6.approved();
  const promotionId = await record({ validFrom: "2026-03-20", validTo: "2026-03-20" });
  expect((await it6.analyst.settle(it6.id, [part("200.00", promotionId)])).userErrors).toEqual([]);
});

test.each<[string, Partial<RecordPromotionInput>, readonly string[], string, readonly string[]]>([
  ["ran between the two days", { validFrom: "2026-03-02", validTo: "2026-03-19" }, ["200.00"], "DATE_INVALID", ["parts", "0", "promotionId"]],
  ["ran after both", { validFrom: "2026-03-21", validTo: "2026-12-31" }, ["200.00"], "DATE_INVALID", ["parts", "0", "promotionId"]],
  ["is in another currency", { currency: "EUR" }, ["200.00"], "VALUE_INVALID", ["parts", "0", "promotionId"]],
  ["has a cent less left", { accrued: "199.99" }, ["200.00"], "CREDIT_EXCEEDED", ["parts", "0", "amount"]],
  ["has less left than two parts take together", { accrued: "199.99" }, ["100.00", "100.00"], "CREDIT_EXCEEDED", ["parts", "1", "amount"]],
])("nothing is settled against a promotion that %s", async (_name, input, amounts, code, field) => {
  await it6.approved();
  const promotionId = await record(input);
  const { deduction, userErrors } = await it6.analyst.settle(it6.id, amounts.map((amount) => part(amount, promotionId)));
  expect([deduction, userErrors]).toMatchObject([null, [{ code, field }]]);
  expect(Object.values(await left())).toEqual([input.accrued ?? "250.00"]);
});

test("nothing is settled against a promotion of another customer, and a promotion settles nothing but its own kind of part", async () => {
  await it6.approved();
  const other = await it6.books.customer();
  const [foreign, own] = [await record({ account: other.account, code: "OTHER" }), await record()];
  expect((await it6.analyst.settle(it6.id, [part("200.00", foreign)])).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["parts", "0", "promotionId"] }]);
  expect((await it6.analyst.settle(it6.id, [{ kind: "GOODWILL", amount: "200.00", promotionId: own }])).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["parts", "0", "promotionId"] }]);
  expect((await it6.analyst.settle(it6.id, [part("200.00", it6.id)])).userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["parts.0.promotionId"] }]);
});

test("of settlements that come at the same moment, no more take of a promotion than it has", async () => {
  const { analyst, id, customer } = it6;
  await analyst.work(id, "TAKE_UP");
  await analyst.split(id, "60.00", "60.00", "80.00");
  const parts = (await analyst.all(customer.id)).filter((it) => it.open.amount !== "0.00");
  for (const it of parts) {
    await analyst.decide(it.id, it.open.amount);
    await analyst.work(it.id, "REQUEST_APPROVAL");
    await it6.controller.work(it.id, "APPROVE");
  }
  const promotionId = await record({ accrued: "139.99" });
  const done = await Promise.all(parts.map((it) => analyst.settle(it.id, [part(it.open.amount, promotionId)])));
  const refused = done.filter(({ userErrors }) => userErrors.length > 0);
  expect(refused.length).toBeGreaterThan(0);
  for (const { userErrors } of refused) expect(userErrors).toMatchObject([{ code: "CREDIT_EXCEEDED" }]);
  const taken = done.reduce((sum, { deduction }) => sum + (deduction ? Number(deduction.amount.amount) : 0), 0);
  expect(await left()).toEqual({ "SPRING-26": (139.99 - taken).toFixed(2) });
  expect(taken).toBeGreaterThan(0);
});
