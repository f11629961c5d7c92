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
});
