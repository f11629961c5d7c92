import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { ApplyPaymentDocument, CasesOfDocument, CaseOfDocument, SetUnearnedDiscountPolicyDocument, type SetUnearnedDiscountPolicyInput, UnearnedDiscountPoliciesDocument } from "../kit/gql.ts";
import { closePeriod, moveToFirstOpenDay } from "../ledger/period-kit.ts";
import { statementNames } from "../kit/statements.ts";
import { brokenRules, keepItemHistory } from "../openitems/rules-of-books.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp();
  await keepItemHistory(app.db);
});
beforeEach(async () => {
  books = await Books.open(app);
  await books.terms({ code: "2/10n30", description: "2 % 10 days, net 30", netDays: 30, discounts: [{ days: 10, basisPoints: 200 }] });
});
afterEach(async () => {
  expect((await books.control()).agrees).toBe(true);
  const [company] = await app.db.source.query("select id from company where code = $1", [books.company.code]);
  expect(await brokenRules(app.db, company.id)).toEqual([]);
});
afterAll(() => app.close());

const set = async (input: Partial<SetUnearnedDiscountPolicyInput>, as = books.company.as.controller) =>
  (await app.query(as, SetUnearnedDiscountPolicyDocument, { input: { effectiveOn: "2026-03-01", ...input } })).setUnearnedDiscountPolicy;
const parts = (applications: readonly { readonly kind: string; readonly amount: { readonly amount: string } }[]) => applications.map(({ kind, amount }) => [kind, amount.amount]);
const journalOf = async () => {
  const { journalEntries } = await app.query(books.company.as.controller, "{ journalEntries(first: 50) { edges { node { kind lines { account debit { amount } credit { amount } } } } } }");
  const lines = journalEntries.edges.map(({ node }: any) => [node.kind, Object.fromEntries(node.lines.map((it: any) => [it.account, it.debit?.amount ?? `-${it.credit.amount}`]))]);
  return Object.fromEntries(lines.filter(([kind]: [string]) => kind !== "INVOICE"));
};

/** 980.00 on 2026-03-13 for 1,000.00 of 2026-03-01 with 2/10 net 30. */
async function case1(more: object = {}) {
  const customer = await books.customer(more);
  const [invoice] = await books.bill(customer.account, { number: `I-${customer.account}`, total: "1000.00", termsCode: "2/10n30" });
  return { ...customer, invoice: invoice!, pay: () => books.pay({ account: customer.account, amount: "980.00", receivedOn: "2026-03-13", lines: [{ reference: `I-${customer.account}` }] }) };
}

describe("case 1: 2/10 net 30, paid on day 12 with the discount taken", () => {
  const PAID = { BANK: "980.00" };
  test.each<[string, Partial<SetUnearnedDiscountPolicyInput> | null, [string, string][], object, [string, string][]]>([
    ["nothing decided", null, [["DEDUCTION", "20.00"]], { PAYMENT: { ...PAID, DEDUCTIONS_RECEIVABLE: "20.00", AR_CONTROL: "-1000.00" } }, [["0.00", "20.00"]]],
    ["OPEN_DEDUCTION", { rule: "OPEN_DEDUCTION" }, [["DEDUCTION", "20.00"]], { PAYMENT: { ...PAID, DEDUCTIONS_RECEIVABLE: "20.00", AR_CONTROL: "-1000.00" } }, [["0.00", "20.00"]]],
    ["ALLOW within 2 days", { rule: "ALLOW", extraDays: 2 }, [["DISCOUNT", "20.00"]], { PAYMENT: { ...PAID, DISCOUNTS_ALLOWED: "20.00", AR_CONTROL: "-1000.00" } }, []],
    ["ALLOW within 1 day", { rule: "ALLOW", extraDays: 1 }, [["DEDUCTION", "20.00"]], { PAYMENT: { ...PAID, DEDUCTIONS_RECEIVABLE: "20.00", AR_CONTROL: "-1000.00" } }, [["0.00", "20.00"]]],
    ["LEAVE_OPEN", { rule: "LEAVE_OPEN" }, [], { PAYMENT: { ...PAID, AR_CONTROL: "-980.00" } }, [["20.00", "0.00"]]],
    ["WRITE_OFF_BELOW 20.00", { rule: "WRITE_OFF_BELOW", limit: "20.00", limitCurrency: "USD" }, [["WRITE_OFF", "20.00"]], { PAYMENT: { ...PAID, TOLERANCE_WRITE_OFF: "20.00", AR_CONTROL: "-1000.00" } }, []],
    ["WRITE_OFF_BELOW 19.99", { rule: "WRITE_OFF_BELOW", limit: "19.99", limitCurrency: "USD" }, [["DEDUCTION", "20.00"]], { PAYMENT: { ...PAID, DEDUCTIONS_RECEIVABLE: "20.00", AR_CONTROL: "-1000.00" } }, [["0.00", "20.00"]]],
    ["a policy from the next day on", { rule: "ALLOW", effectiveOn: "2026-03-14" }, [["DEDUCTION", "20.00"]], { PAYMENT: { ...PAID, DEDUCTIONS_RECEIVABLE: "20.00", AR_CONTROL: "-1000.00" } }, [["0.00", "20.00"]]],
  ])("grace 0, %s", async (_policy, input, closing, journal, open) => {
    if (input) expect((await set(input)).userErrors).toEqual([]);
    const { id, pay } = await case1();
    const { payment, userErrors } = await pay();
    expect(userErrors).toEqual([]);
    expect(parts(payment!.applications)).toEqual([["CASH", "980.00"], ...closing]);
    expect(await journalOf()).toEqual(journal);
    expect((await books.of(id)).balances.map(({ invoices, deductions }) => [invoices.amount, deductions.amount])).toEqual(open);
  });

  test("grace 3: the discount is earned, whatever the policy", async () => {
    await books.terms({ code: "2/10g3", description: "2 % 10 days, 3 days of grace", netDays: 30, discounts: [{ days: 10, basisPoints: 200 }], graceDays: 3 });
    await set({ rule: "CHARGE_BACK" });
    const { id, account } = await books.customer();
    await books.bill(account, { number: "I-1", total: "1000.00", termsCode: "2/10g3" });
    const { payment } = await books.pay({ account, amount: "980.00", receivedOn: "2026-03-13", lines: [{ reference: "I-1" }] });
    expect(parts(payment!.applications)).toEqual([["CASH", "980.00"], ["EARNED_DISCOUNT", "20.00"]]);
    expect((await books.of(id)).balances).toEqual([]);
  });

  test("grace 0, CHARGE_BACK: the deduction is denied by the published steps at once, and the customer owes a debit memo of the same day", async () => {
    const { id, account, pay } = await case1();
    await set({ customerId: id, rule: "CHARGE_BACK" });
    const { payment } = await pay();
    expect(parts(payment!.applications)).toEqual([["CASH", "980.00"], ["DEDUCTION", "20.00"]]);
    expect(await journalOf()).toEqual({
      PAYMENT: { BANK: "980.00", DEDUCTIONS_RECEIVABLE: "20.00", AR_CONTROL: "-1000.00" },
      RESOLUTION: { AR_CONTROL: "20.00", DEDUCTIONS_RECEIVABLE: "-20.00" },
    });
    const { deductions } = await app.query(books.company.as.analyst, CasesOfDocument, { customerId: id });
    const [{ node: deduction }] = deductions!.edges as [{ node: any }];
    expect(deduction).toMatchObject({ reason: "UNEARNED_DISCOUNT", open: { amount: "0.00" }, case: { state: "DENIED", verdict: "INVALID", valid: { amount: "0.00" }, decidedBy: null }, settlements: [{ parts: [{ kind: "CHARGEBACK", amount: { amount: "20.00" } }], settledOn: "2026-03-13" }] });
    const { node } = await app.query(books.company.as.analyst, CaseOfDocument, { id: deduction.id }) as any;
    expect(node.activities.map(({ action, from, to, by }: any) => [action, from, to, by])).toEqual([["TAKE_UP", "CAPTURED", "OPEN", null], ["DECIDE", "OPEN", "DECIDED", null], ["DENY", "DECIDED", "DENIED", null]]);
    const { debitMemos } = await app.query(books.company.as.analyst, "query ($id: ID) { debitMemos(customerId: $id) { edges { node { number issuedOn dueOn open { amount } } } } }", { id });
    expect(debitMemos.edges).toEqual([{ node: { number: expect.stringMatching(/^CB-/), issuedOn: "2026-03-13", dueOn: "2026-03-13", open: { amount: "20.00" } } }]);
    const repaid = await books.pay({ account, amount: "20.00", receivedOn: "2026-04-02", lines: [{ reference: debitMemos.edges[0].node.number }] });
    expect(repaid.userErrors).toEqual([]);
    expect((await app.query(books.company.as.analyst, CaseOfDocument, { id: deduction.id }) as any).node.case.state).toBe("SETTLED");
  });
});

test("a discount that was allowed late closes the invoice, and says so on it", async () => {
  const { id, invoice, pay } = await case1();
  await set({ rule: "ALLOW", limit: "20.00", limitCurrency: "USD" });
  await pay();
  const { node } = await app.query(books.company.as.analyst, "query ($id: ID!) { node(id: $id) { ... on Invoice { status open { amount } applications { kind amount { amount } } } } }", { id: invoice.id });
  expect(node).toEqual({ status: "SETTLED", open: { amount: "0.00" }, applications: [{ kind: "CASH", amount: { amount: "980.00" } }, { kind: "DISCOUNT", amount: { amount: "20.00" } }] });
  expect((await books.of(id)).balances).toEqual([]);
});

test("a customer's own policy counts instead of the company's, until it is taken back; both say who decided and when", async () => {
  const { id } = await books.customer();
  await set({ rule: "LEAVE_OPEN" });
  const own = await set({ customerId: id, rule: "WRITE_OFF_BELOW", limit: "5.00", limitCurrency: "USD", effectiveOn: "2026-03-10" });
  expect(own.customer!.unearnedDiscountPolicy).toMatchObject({ scope: "CUSTOMER", rule: "WRITE_OFF_BELOW", extraDays: null, limit: { amount: "5.00", currency: "USD" }, effectiveOn: "2026-03-10", recordedBy: books.company.subjects.controller });
  const on = async (day: string, of = id) => ((await app.query(books.company.as.collector, UnearnedDiscountPoliciesDocument, { id: of, on: day })).node as any).unearnedDiscountPolicy;
  expect(await on("2026-03-09")).toMatchObject({ scope: "COMPANY", rule: "LEAVE_OPEN" });
  expect(await on("2026-02-28")).toBeNull();
  expect((await set({ customerId: id })).customer!.unearnedDiscountPolicy).toMatchObject({ scope: "CUSTOMER", rule: "WRITE_OFF_BELOW" });
  expect((await set({ customerId: id, effectiveOn: "2026-03-11" })).customer!.unearnedDiscountPolicy).toMatchObject({ scope: "COMPANY", rule: "LEAVE_OPEN" });
  expect((await set({})).company!.unearnedDiscountPolicy).toBeNull();
});

test.each<[string, Partial<SetUnearnedDiscountPolicyInput>, string, string[]]>([
  ["a write-off without a limit", { rule: "WRITE_OFF_BELOW" }, "VALUE_INVALID", ["limit"]],
  ["a limit without its currency", { rule: "ALLOW", limit: "5.00" }, "VALUE_INVALID", ["limitCurrency"]],
  ["a limit in no currency", { rule: "ALLOW", limit: "5.00", limitCurrency: "XXQ" }, "CURRENCY_UNKNOWN", ["limitCurrency"]],
  ["a limit finer than cents", { rule: "ALLOW", limit: "5.001", limitCurrency: "USD" }, "AMOUNT_INVALID", ["limit"]],
  ["extra days of a chargeback", { rule: "CHARGE_BACK", extraDays: 5 }, "VALUE_INVALID", ["extraDays"]],
])("%s is refused", async (_what, input, code, field) => {
  expect((await set(input)).userErrors).toEqual([{ code, message: expect.any(String), field }]);
});

describe("CHARGE_BACK", () => {
  const memosOf = async (id: string) => (await app.query(books.company.as.analyst, "query ($id: ID) { debitMemos(customerId: $id) { edges { node { number issuedOn open { amount } } } } }", { id })).debitMemos.edges.map(({ node }: any) => node);

  test("is the payer's affair, and the debit memo is owed by the one who was billed", async () => {
    const [payer, owner] = [await books.customer(), await books.customer()];
    await set({ customerId: payer.id, rule: "CHARGE_BACK" });
    await books.pays({ payerId: payer.id, customerId: owner.id, startsOn: "2026-03-01" });
    await books.bill(owner.account, { number: "C-1", total: "1000.00", termsCode: "2/10n30" });
    expect((await books.pay({ account: payer.account, amount: "980.00", receivedOn: "2026-03-13", lines: [{ reference: "C-1" }] })).userErrors).toEqual([]);
    expect(await memosOf(payer.id)).toEqual([]);
    expect(await memosOf(owner.id)).toMatchObject([{ open: { amount: "20.00" } }]);
  });

  test("acts when cash of a payment is used later, on the day it is used", async () => {
    const { id, account } = await books.customer();
    await set({ customerId: id, rule: "CHARGE_BACK" });
    const { payment } = await books.pay({ account, amount: "980.00", receivedOn: "2026-03-13", lines: [] });
    await books.bill(account, { number: "C-2", total: "1000.00", termsCode: "2/10n30" });
    const { applyPayment } = await app.query(books.company.as.clerk, ApplyPaymentDocument, { input: { paymentId: payment!.id, lines: [{ reference: "C-2" }], appliedOn: "2026-03-16" } });
    expect(applyPayment.userErrors).toEqual([]);
    expect(await memosOf(id)).toMatchObject([{ issuedOn: "2026-03-16", open: { amount: "20.00" } }]);
  });

  test("makes a debit memo of each discount of a payment for several invoices", async () => {
    const { id, account } = await books.customer();
    await set({ customerId: id, rule: "CHARGE_BACK" });
    await books.bill(account, { number: "C-3", total: "1000.00", termsCode: "2/10n30" }, { number: "C-4", total: "300.00", termsCode: "2/10n30" });
    await books.pay({ account, amount: "1274.00", receivedOn: "2026-03-13", lines: [{ reference: "C-3", net: "980.00" }, { reference: "C-4", net: "294.00" }] });
    expect((await memosOf(id)).map((it: any) => it.open.amount).sort()).toEqual(["20.00", "6.00"]);
  });

  test("counts from the first open day where the period of the payment is closed", async () => {
    const { id, pay } = await case1();
    await set({ customerId: id, rule: "CHARGE_BACK" });
    await moveToFirstOpenDay(books);
    expect((await closePeriod(books, "2026-03-01", "2026-03-31")).userErrors).toEqual([]);
    expect((await pay()).userErrors).toEqual([]);
    expect(await memosOf(id)).toMatchObject([{ issuedOn: "2026-04-01", open: { amount: "20.00" } }]);
  });
});

test("a clerk does not decide about it", async () => {
  await expect(set({ rule: "ALLOW" }, books.company.as.clerk)).rejects.toThrow(/credit:write/);
});

test("a payment without a discount question costs no statement more", async () => {
  await set({ rule: "CHARGE_BACK" });
  const { account, pay } = await case1();
  await books.bill(account, { number: "FULL", total: "50.00" });
  const ofUnearned = (names: readonly string[]) => names.filter((name) => name.startsWith("unearned") || name.startsWith("cases.") || name.startsWith("memos.insert"));
  expect(ofUnearned(await statementNames(() => books.pay({ account, amount: "50.00", lines: [{ reference: "FULL" }] })))).toEqual(["unearnedPolicies.inForce"]);
  expect(ofUnearned(await statementNames(pay))).toEqual(expect.arrayContaining(["unearnedPolicies.inForce", "unearnedDiscounts.insert", "memos.insert"]));
});
