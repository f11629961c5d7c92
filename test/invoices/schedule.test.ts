import { openTestApp, type TestApp } from "../kit/app.ts";
import { type Bill, Books } from "../kit/books.ts";
import { AgreeArrangementDocument, type AgreeArrangementInput, ArrangementsDocument, type CreateTermsInput, InvoiceScheduleDocument, InvoiceSchedulesDocument, IssueInvoiceDocument, TermsInFullDocument } from "../kit/gql.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
});
afterEach(async () => {
  expect((await books.control()).agrees).toBe(true);
});
afterAll(() => app.close());

const THIRDS: CreateTermsInput = {
  code: "3x30", description: "In three, every 30 days",
  installments: [{ kind: "SHARE", share: 1, of: 3, netDays: 30 }, { kind: "SHARE", share: 1, of: 3, netDays: 60 }, { kind: "BALANCE", netDays: 90 }],
};

/** The schedule of an invoice that was just issued. */
async function scheduleOf(id: string) {
  const { node } = await app.query(books.company.as.collector, InvoiceScheduleDocument, { id });
  if (!node || !("installments" in node)) throw new Error("There is no such invoice.");
  return node;
}

async function issued(account: string, bill: Bill) {
  const [invoice] = await books.bill(account, bill);
  return scheduleOf(invoice!.id);
}

const agree = async (input: AgreeArrangementInput) => (await app.query(books.company.as.controller, AgreeArrangementDocument, { input })).agreeArrangement;

describe("case 10: terms of an invoice of 2026-01-31", () => {
  test.each<[string, Partial<CreateTermsInput>, string]>([
    ["net 30", { netDays: 30 }, "2026-03-02"],
    ["one month", { months: 1 }, "2026-02-28"],
    ["30 days to the end of the month", { netDays: 30, endOfMonth: true }, "2026-03-31"],
    ["end of the month and 60 days", { endOfMonth: true, daysAfter: 60 }, "2026-04-01"],
    ["the 31st of the next month", { proximoDay: 31, proximoMonths: 1 }, "2026-02-28"],
    ["10th prox with cutoff 25", { proximoDay: 10, proximoMonths: 1, cutoffDay: 25 }, "2026-03-10"],
  ])("%s is due %s", async (_rule, rule, dueOn) => {
    await books.terms({ code: "T", description: "T", ...rule });
    const { account } = await books.customer();
    expect(await issued(account, { number: "J-1", total: "10.00", termsCode: "T", invoicedOn: "2026-01-31" })).toMatchObject({ dueOn, installments: [{ no: 1, dueOn, amount: { amount: "10.00" } }] });
  });
});

describe("case 11: an invoice in three parts", () => {
  test.each([
    ["USD", "1000.00", ["333.33", "333.33", "333.34"]],
    ["JPY", "1000", ["333", "333", "334"]],
    ["KWD", "1000.000", ["333.333", "333.333", "333.334"]],
  ])("%s %s: each part is an open item with its due date, and the balance takes the remainder", async (currency, total, parts) => {
    await books.terms(THIRDS);
    const { id, account } = await books.customer({ currency });
    const invoice = await issued(account, { number: "P-1", total, currency, termsCode: "3x30" });
    const dueOn = ["2026-03-31", "2026-04-30", "2026-05-30"];
    expect(invoice).toMatchObject({ status: "OPEN", version: 1, dueOn: "2026-05-30", open: { amount: total } });
    expect(invoice.installments).toEqual(parts.map((amount, index) => ({ no: index + 1, dueOn: dueOn[index], graceUntil: dueOn[index], amount: { amount }, open: { amount } })));
    expect((await books.of(id)).openItems!.edges!.map((edge) => [edge!.node!.dueOn, edge!.node!.open.amount])).toEqual(parts.map((amount, index) => [dueOn[index], amount]));
  });

  test("cash settles the part that fell due first, and the lists add the parts up", async () => {
    await books.terms(THIRDS);
    const { account } = await books.customer();
    const { id } = await issued(account, { number: "P-2", total: "1000.00", termsCode: "3x30" });
    const { payment } = await books.pay({ account, amount: "500.00", lines: [{ reference: "P-2" }] });
    expect(payment).toMatchObject({ status: "APPLIED", deductions: [], applications: [{ amount: { amount: "333.33" } }, { amount: { amount: "166.67" } }] });
    expect(await scheduleOf(id)).toMatchObject({ status: "PARTLY_SETTLED", version: 3, open: { amount: "500.00" }, installments: [{ open: { amount: "0.00" } }, { open: { amount: "166.66" } }, { open: { amount: "333.34" } }] });
    const listed = async (openOnly: boolean) => (await app.query(books.company.as.collector, InvoiceSchedulesDocument, { openOnly })).invoices!.edges!.map((edge) => edge!.node!.open.amount);
    expect(await listed(true)).toEqual(["500.00"]);
    expect((await books.pay({ account, amount: "500.00" })).payment).toMatchObject({ status: "APPLIED", exception: null });
    expect([await listed(true), await listed(false)]).toEqual([[], ["0.00"]]);
  });

  test("one that is paid short leaves the later ones as they are", async () => {
    await books.terms(THIRDS);
    const { id, account } = await books.customer();
    await books.reason({ account, customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
    await books.bill(account, { number: "P-3", total: "1000.00", termsCode: "3x30" });
    const { payment } = await books.pay({ account, amount: "300.00", lines: [{ reference: "P-3", gross: "333.33", deduction: "33.33", customerCode: "22" }] });
    expect(payment!.deductions).toMatchObject([{ reason: "SHORTAGE", amount: { amount: "33.33" }, invoice: { number: "P-3" } }]);
    expect(await books.of(id)).toMatchObject({ balances: [{ invoices: { amount: "666.67" }, deductions: { amount: "33.33" } }] });
  });
});

test("terms say everything they were agreed with", async () => {
  await books.terms({
    code: "FULL", description: "All of it", cutoffDay: 20, graceDays: 2, dueGraceDays: 5, discountBase: "LINES", discountOnPartial: false,
    discounts: [{ proximoDay: 31, proximoMonths: 1, basisPoints: 100 }, { days: 10, basisPoints: 300 }],
    installments: [{ kind: "FIXED", amount: "500.00", currency: "USD" }, { kind: "BALANCE", endOfMonth: true, daysAfter: 30 }],
  });
  const plain = { netDays: 0, months: 0, endOfMonth: false, daysAfter: 0, proximoDay: null, proximoMonths: 0, cutoffDay: null };
  const { terms } = await app.query(books.company.as.biReader, TermsInFullDocument, {});
  expect(terms).toEqual([{
    ...plain, code: "FULL", cutoffDay: 20, graceDays: 2, dueGraceDays: 5, discountBase: "LINES", discountOnPartial: false,
    discounts: [{ days: 10, proximoDay: null, proximoMonths: 0, basisPoints: 300 }, { days: null, proximoDay: 31, proximoMonths: 1, basisPoints: 100 }],
    installments: [
      { ...plain, kind: "FIXED", share: null, of: null, amount: { amount: "500.00", currency: "USD" } },
      { ...plain, kind: "BALANCE", share: null, of: null, amount: null, endOfMonth: true, daysAfter: 30 },
    ],
  }]);
});

test("an invoice says what its terms meant: base, parts, grace", async () => {
  await books.terms({ code: "T", description: "T", netDays: 30, graceDays: 1, dueGraceDays: 5, discountBase: "LINES_AND_TAX", discountOnPartial: false, discounts: [{ days: 10, basisPoints: 200 }] });
  const { account } = await books.customer();
  const bill = { number: "S-1", total: "918.00", tax: "68.00", freight: "50.00", termsCode: "T", lines: [{ description: "Goods", amount: "800.00" }] };
  expect(await issued(account, bill)).toMatchObject({
    graceDays: 1, dueGraceDays: 5, discountBase: "LINES_AND_TAX", discountOnPartial: false, discountable: { amount: "868.00" }, arrangement: null,
    discounts: [{ discountOn: "2026-03-11", basisPoints: 200, amount: { amount: "17.36" } }], installments: [{ dueOn: "2026-03-31", graceUntil: "2026-04-05" }],
  });
});

test.each([
  ["an own due date beside installments", { termsCode: "3x30", dueOn: "2026-04-01" }, "VALUE_INVALID", "dueOn"],
  ["a fixed installment of another currency", { termsCode: "FIX" }, "CURRENCY_MISMATCH", "termsCode"],
])("%s is refused", async (_rule, wrong, code, field) => {
  await books.terms(THIRDS);
  await books.terms({ code: "FIX", description: "F", installments: [{ kind: "FIXED", amount: "5.00", currency: "EUR" }, { kind: "BALANCE" }] });
  const { account } = await books.customer();
  const input = { account, number: "R-1", total: "10.00", currency: "USD", invoicedOn: "2026-03-01", lines: [{ description: "Goods", amount: "10.00" }], ...wrong };
  expect((await app.query(books.company.as.controller, IssueInvoiceDocument, { input })).issueInvoice).toMatchObject({ invoice: null, userErrors: [{ code, field: [field] }] });
});

describe("extended terms", () => {
  const usual: CreateTermsInput = { code: "2/10n30", description: "2 % 10 days, net 30", netDays: 30, discounts: [{ days: 10, basisPoints: 200 }] };
  const extended = { kind: "EXTENDED_TERMS" as const, effectiveFrom: "2026-03-01", effectiveTo: "2026-03-31", approver: "Dana", note: "Store opening" };

  test("win over the terms for invoices of their period, beside the usual discounts, and the invoice says so", async () => {
    await books.terms(usual);
    const { id, account } = await books.customer({ termsCode: "2/10n30" });
    const bill = (number: string, invoicedOn: string) => issued(account, { number, total: "10.00", dueOn: null, invoicedOn });
    const before = await bill("E-0", "2026-03-15");
    const { arrangement, userErrors } = await agree({ account, ...extended, netDays: 75 });
    expect(userErrors).toEqual([]);
    expect(arrangement).toMatchObject({ ...extended, netDays: 75, termsCode: null, graceDays: null });
    expect(await bill("E-1", "2026-03-15")).toMatchObject({ dueOn: "2026-05-29", termsCode: "2/10n30", discounts: [{ discountOn: "2026-03-25" }], arrangement: { kind: "EXTENDED_TERMS", approver: "Dana", netDays: 75 } });
    expect(await bill("E-2", "2026-04-01")).toMatchObject({ dueOn: "2026-05-01", arrangement: null });
    expect(await scheduleOf(before.id)).toMatchObject({ dueOn: "2026-04-14", arrangement: null });
    const { node } = await app.query(books.company.as.collector, ArrangementsDocument, { id });
    expect(node).toMatchObject({ arrangements: [{ id: arrangement!.id, netDays: 75 }] });
  });

  test("may be other terms; of two for one day the one agreed last counts", async () => {
    await books.terms(usual);
    await books.terms(THIRDS);
    const { account } = await books.customer({ termsCode: "2/10n30" });
    await agree({ account, ...extended, netDays: 75 });
    await agree({ account, ...extended, termsCode: "3x30" });
    const invoice = await issued(account, { number: "E-3", total: "1000.00", termsCode: "2/10n30" });
    expect(invoice).toMatchObject({ termsCode: "3x30", discounts: [], arrangement: { termsCode: "3x30" } });
    expect(invoice.installments).toHaveLength(3);
  });

  test.each<[string, Partial<AgreeArrangementInput>, string, string]>([
    ["that say nothing", {}, "VALUE_INVALID", "netDays"],
    ["that say two things", { netDays: 60, termsCode: "2/10n30" }, "VALUE_INVALID", "termsCode"],
    ["by terms that are not there", { termsCode: "N99" }, "NOT_FOUND", "termsCode"],
    ["that end before they begin", { netDays: 60, effectiveTo: "2026-02-01" }, "DATE_INVALID", "effectiveTo"],
    ["of an unknown account", { netDays: 60, account: "NOBODY" }, "NOT_FOUND", "account"],
    ["that nobody approved", { netDays: 60, approver: " " }, "VALUE_INVALID", "approver"],
  ])("%s are refused", async (_rule, wrong, code, field) => {
    await books.terms(usual);
    const { account } = await books.customer();
    expect(await agree({ account, ...extended, ...wrong })).toMatchObject({ arrangement: null, userErrors: [{ code, field: [field] }] });
  });

  test("agreed again under one key are agreed once; a clerk may not agree any", async () => {
    const { id, account } = await books.customer();
    const input = { account, ...extended, netDays: 60, idempotencyKey: "a-1" };
    expect(await agree(input)).toEqual(await agree(input));
    const { node } = await app.query(books.company.as.collector, ArrangementsDocument, { id });
    expect(node).toMatchObject({ arrangements: [{ netDays: 60 }] });
    expect((await app.ask(books.company.as.clerk, AgreeArrangementDocument, { input })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });
});
