import { openTestApp, type TestApp } from "../kit/app.ts";
import { ApprovalLimitsDocument, SetApprovalLimitDocument, type SetApprovalLimitInput } from "../kit/gql.ts";
import { Analyst } from "./analyst.ts";
import { Case6 } from "./case-6.ts";

let app: TestApp;
let it6: Case6;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  it6 = await Case6.open(app);
});

const set = async (input: Omit<SetApprovalLimitInput, "currency"> & { currency?: string }) =>
  (await app.query(it6.books.company.as.administrator, SetApprovalLimitDocument, { input: { currency: "USD", effectiveOn: "2026-01-01", ...input } })).setApprovalLimit;

/** Somebody of the company with one more role. */
async function director(): Promise<Analyst> {
  const { company } = it6.books;
  const subject = `${company.code}-director`;
  await app.query(company.as.administrator, `mutation ($input: GrantRoleInput!) { grantRole(input: $input) { userErrors { message } } }`, { input: { subject, role: "FINANCE_DIRECTOR" } });
  return new Analyst(it6.books, "controller", await app.token(subject));
}

test("whoever may approve is refused above the limit, with the name of the role that has it", async () => {
  const { analyst, controller, id } = it6;
  await set({ role: "CONTROLLER", amount: "199.99" });
  await it6.decided("200.00");
  await analyst.work(id, "REQUEST_APPROVAL");
  expect((await controller.work(id, "APPROVE")).userErrors).toEqual([{ code: "BLOCKED", message: "It is above your limit; FINANCE_DIRECTOR may approve it.", field: null }]);
  expect((await controller.of(id)).case.blockers).toEqual(expect.arrayContaining([{ action: "APPROVE", code: "ABOVE_LIMIT", message: "It is above your limit; FINANCE_DIRECTOR may approve it." }]));
  expect((await (await director()).work(id, "APPROVE")).deduction).toMatchObject({ case: { state: "SETTLEMENT_PENDING" } });
});

test.each<[string, Omit<SetApprovalLimitInput, "currency">[], string, boolean]>([
  ["an analyst has none by itself", [], "0.01", false],
  ["as much as the limit", [{ role: "DEDUCTIONS_ANALYST", amount: "120.00" }], "120.00", true],
  ["a cent more", [{ role: "DEDUCTIONS_ANALYST", amount: "119.99" }], "120.00", false],
  ["the reason's own is higher", [{ role: "DEDUCTIONS_ANALYST", amount: "1.00" }, { role: "DEDUCTIONS_ANALYST", reason: "SHORTAGE", amount: "120.00" }], "120.00", true],
  ["the reason's own is lower", [{ role: "DEDUCTIONS_ANALYST", reason: "SHORTAGE", amount: "1.00" }, { role: "DEDUCTIONS_ANALYST", amount: "120.00" }], "120.00", false],
  ["of another reason", [{ role: "DEDUCTIONS_ANALYST", reason: "PRICE", amount: "120.00" }], "120.00", false],
  ["of another role", [{ role: "CONTROLLER", amount: "120.00" }], "120.00", false],
  ["any amount", [{ role: "DEDUCTIONS_ANALYST" }], "200.00", true],
  ["taken back on the same day", [{ role: "DEDUCTIONS_ANALYST", amount: "120.00" }, { role: "DEDUCTIONS_ANALYST", amount: "0" }], "120.00", false],
  ["only from a later day on", [{ role: "DEDUCTIONS_ANALYST", amount: "120.00", effectiveOn: "2199-01-01" }], "120.00", false],
])("an analyst lets the customer keep so much without anybody else: %s", async (_name, limits, valid, alone) => {
  for (const limit of limits) expect((await set(limit)).userErrors).toEqual([]);
  const { analyst, customer } = it6;
  await it6.decided(valid);
  const found = (await analyst.all(customer.id)).find((it) => it.case.verdict === "VALID")!;
  const { userErrors } = await analyst.settle(found.id, [{ kind: "GOODWILL", amount: valid }]);
  expect(userErrors.map(({ code }) => code)).toEqual(alone ? [] : ["BLOCKED"]);
});

test("limits are facts with their day, set by whoever grants roles and by nobody who approves", async () => {
  const { books } = it6;
  expect((await set({ role: "CONTROLLER", amount: "100.00" })).limits).toEqual([{ role: "CONTROLLER", reason: null, currency: "USD", amount: { amount: "100.00" }, effectiveOn: "2026-01-01" }]);
  await set({ role: "CONTROLLER", amount: "300.00", effectiveOn: "2026-07-01" });
  await set({ role: "CONTROLLER", reason: "PRICE", currency: "EUR", effectiveOn: "2026-07-01" });
  const on = async (day: string) => (await app.query(books.company.as.collector, ApprovalLimitsDocument, { on: day })).approvalLimits.map((it) => `${it.currency} ${it.role} ${it.reason} ${it.amount?.amount}`);
  expect(await on("2025-12-31")).toEqual([]);
  expect(await on("2026-06-30")).toEqual(["USD CONTROLLER null 100.00"]);
  expect(await on("2026-07-01")).toEqual(["EUR CONTROLLER PRICE undefined", "USD CONTROLLER null 300.00"]);

  expect((await set({ role: "COLLECTOR", amount: "1.00" })).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["role"] }]);
  expect((await set({ role: "CONTROLLER", amount: "-1.00" })).userErrors).toMatchObject([{ code: "AMOUNT_INVALID", field: ["amount"] }]);
  expect((await set({ role: "CONTROLLER", currency: "USX" })).userErrors).toMatchObject([{ code: "CURRENCY_UNKNOWN", field: ["currency"] }]);
  expect((await app.ask(books.company.as.controller, SetApprovalLimitDocument, { input: { role: "CONTROLLER", currency: "USD" } })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  await expect(app.db.run("test.change", "update approval_limit set max_minor = 1", [])).rejects.toThrow();
});
