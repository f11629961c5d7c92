import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { CustomerHabitsDocument, type CustomerHabitsQueryVariables, HabitRowsDocument, type HabitRowsQueryVariables } from "../kit/gql.ts";

let now = new Date("2026-04-15T12:00:00Z");
let app: TestApp;
let books: Books;
let customer: { id: string; account: string };
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => now } });
});
beforeEach(async () => {
  now = new Date("2026-04-15T12:00:00Z");
  books = await Books.open(app);
  customer = await books.customer({ name: "Maple Markets" });
});
afterEach(async () => {
  expect((await books.control()).agrees).toBe(true);
});
afterAll(() => app.close());

async function habits(variables: Partial<CustomerHabitsQueryVariables> = {}) {
  const { node } = await app.query(books.company.as.collector, CustomerHabitsDocument, { id: customer.id, ...variables });
  if (!node || !("habits" in node)) throw new Error("There is no such customer.");
  return node.habits;
}

const rows = async (variables: HabitRowsQueryVariables = {}) => (await app.query(books.company.as.biReader, HabitRowsDocument, variables)).habitRows;

const bill = (number: string, total: string, invoicedOn: string, dueOn: string, more: object = {}) => books.bill(customer.account, { number, total, invoicedOn, dueOn, ...more });

async function pay(reference: string, amount: string, receivedOn: string, more: object = {}): Promise<void> {
  const { userErrors } = await books.pay({ account: customer.account, amount, receivedOn, lines: [{ reference, net: amount }], ...more });
  expect(userErrors).toEqual([]);
}

async function case19(): Promise<void> {
  await bill("I1", "1000.00", "2026-01-01", "2026-01-31");
  await bill("I2", "10000.00", "2026-01-10", "2026-02-09");
  await bill("I3", "500.00", "2026-01-15", "2026-02-14");
  await bill("I4", "4000.00", "2026-02-01", "2026-03-03");
  await pay("I1", "1000.00", "2026-01-28");
  await pay("I2", "10000.00", "2026-02-24");
  await pay("I3", "500.00", "2026-02-14");
  const partial = { lines: [{ reference: "I4", net: "2000.00", partial: true }] };
  await pay("I4", "2000.00", "2026-03-03", partial);
  await pay("I4", "2000.00", "2026-03-23");
}

const CASE_19 = {
  averageDaysToPay: "38.00", weightedDaysToPay: "42.06", averageDaysBeyondTerms: "8.00", medianDaysBeyondTerms: "7.50", weightedDaysBeyondTerms: "12.06",
  averageDaysLate: "8.75", averageDaysLateWhenLate: "17.50", onTimeRate: "50.00", onTimeAmountRate: "22.58",
};

describe("case 19: payment habits", () => {
  beforeEach(case19);

  test("every figure to the hundredth, through the graph", async () => {
    const found = await habits();
    expect(found).toMatchObject(Object.fromEntries(Object.entries(CASE_19).map(([name, value]) => [name, { value, reason: null }])));
    expect(found).toMatchObject({
      asOf: "2026-04-15", windowFrom: "2025-04-16", knownAt: "2026-04-15T12:00:00Z", currency: "USD", paidCount: 4, cashCount: 5, paid: { amount: "15500.00", currency: "USD" },
      lateCount: 2, earlyCount: 1, daysToPaySum: 152, daysBeyondTermsSum: 32, daysLateSum: 35, invoiced: { amount: "15500.00" }, deducted: { amount: "0.00" },
      deductionRate: { value: "0.00" }, discountTakenRate: { value: null, reason: "NO_DISCOUNT_OFFERED" },
    });
  });

  test("the flat rows say the same as numbers", async () => {
    expect(await rows({ minimumSample: 1 })).toEqual([
      expect.objectContaining({
        ...Object.fromEntries(Object.entries(CASE_19).map(([name, value]) => [name, Number(value)])),
        company: books.company.code, customerId: customer.id, accountNumber: customer.account, customerName: "Maple Markets", currency: "USD", asOf: "2026-04-15",
        sampleReason: null, paid: "15500.00", paidValue: 15500, paidCount: 4, lateCount: 2, discountTakenRate: null, deductionRate: 0,
      }),
    ]);
    expect(await rows()).toMatchObject([{ sampleReason: "INSUFFICIENT_SAMPLE", paidCount: 4, averageDaysToPay: null, onTimeRate: null }]);
  });

  test("four are too few for a sample of five", async () => {
    expect(await habits({ minimumSample: 5 })).toMatchObject({ paidCount: 4, lateCount: 2, averageDaysToPay: { value: null, reason: "INSUFFICIENT_SAMPLE" }, deductionRate: { value: null, reason: "INSUFFICIENT_SAMPLE" } });
  });

  test("before its last money came, an invoice is no paid one, and its part payment counts by amount", async () => {
    const found = await habits({ asOf: "2026-03-22" });
    expect(found).toMatchObject({ paidCount: 3, cashCount: 4, averageDaysToPay: { value: "34.00" }, weightedDaysBeyondTerms: { value: "10.89" }, paid: { amount: "13500.00" } });
  });

  test("a window holds what counts in it: one month to 2026-03-23 has the two payments of March alone", async () => {
    expect(await habits({ asOf: "2026-03-23", windowMonths: 1 })).toMatchObject({ windowFrom: "2026-02-24", paidCount: 2, cashCount: 3 });
    expect(await habits({ asOf: "2026-03-31", windowMonths: 1 })).toMatchObject({ windowFrom: "2026-03-01", paidCount: 1, cashCount: 2, averageDaysToPay: { value: "50.00" }, invoiced: { amount: "0.00" }, deductionRate: { value: null, reason: "NOTHING_INVOICED" } });
  });

  test("as known before the books learned of it, nothing was paid; asked again with its moment, a figure stays", async () => {
    expect(await habits({ knownAt: "2026-04-15T11:00:00Z" })).toMatchObject({ paidCount: 0, invoiced: { amount: "0.00" }, averageDaysToPay: { value: null, reason: "INSUFFICIENT_SAMPLE" } });
    const before = await habits({ asOf: "2026-04-15" });
    now = new Date("2026-04-16T12:00:00Z");
    await bill("I5", "10.00", "2026-02-01", "2026-02-10");
    await pay("I5", "10.00", "2026-03-10");
    expect(await habits({ asOf: "2026-04-15", knownAt: before.knownAt })).toEqual(before);
    expect(await habits({ asOf: "2026-04-15" })).toMatchObject({ paidCount: 5, lateCount: 3 });
  });
});

describe("what counts", () => {
  test("money that waited on account counts by the day it was received", async () => {
    await bill("W1", "100.00", "2026-03-01", "2026-03-31");
    const { payment } = await books.pay({ account: customer.account, amount: "55.00", receivedOn: "2026-03-10" });
    expect(payment).toMatchObject({ status: "UNAPPLIED" });
    const applyPayment = `mutation ($input: ApplyPaymentInput!) { applyPayment(input: $input) { userErrors { message } } }`;
    const input = { paymentId: payment!.id, appliedOn: "2026-04-10", lines: [{ reference: "W1", net: "55.00", partial: true }] };
    expect(await app.query(books.company.as.clerk, applyPayment, { input })).toEqual({ applyPayment: { userErrors: [] } });
    await pay("W1", "45.00", "2026-04-05");
    // 55.00 were received 21 days before the due date and 45.00 five days after it; the last money came 35 days after the invoice.
    expect(await habits()).toMatchObject({ paidCount: 1, averageDaysToPay: { value: "35.00" }, averageDaysBeyondTerms: { value: "5.00" }, weightedDaysBeyondTerms: { value: "-9.30" }, onTimeAmountRate: { value: "55.00" } });
    expect(await habits({ asOf: "2026-04-09" })).toMatchObject({ paidCount: 0, cashCount: 1 });
  });

  test("what is paid within the due grace of its terms is on time, unless another grace is asked with; late is late either way", async () => {
    await books.terms({ code: "n30+5", description: "net 30, 5 days of grace", netDays: 30, dueGraceDays: 5 });
    for (const [number, total] of [["W1", "100.00"], ["W2", "300.00"]] as const) await books.bill(customer.account, { number, total, invoicedOn: "2026-02-01", termsCode: "n30+5" });
    await bill("W3", "600.00", "2026-02-01", "2026-03-03");
    await pay("W1", "100.00", "2026-03-08");
    await pay("W2", "300.00", "2026-03-09");
    await pay("W3", "600.00", "2026-03-08");
    expect(await habits()).toMatchObject({ paidCount: 3, lateCount: 3, onTimeRate: { value: "33.33" }, onTimeAmountRate: { value: "10.00" } });
    expect(await habits({ graceDays: 0 })).toMatchObject({ lateCount: 3, onTimeRate: { value: "0.00" } });
    expect(await habits({ graceDays: 5 })).toMatchObject({ lateCount: 3, onTimeRate: { value: "66.67" }, onTimeAmountRate: { value: "70.00" } });
  });

  test("discounts are told as offered, earned and taken without earning them, and deductions as a share of what was invoiced", async () => {
    await books.terms({ code: "2/10n30", description: "2 % 10 days, net 30", netDays: 30, graceDays: 0, discounts: [{ days: 10, basisPoints: 200 }] });
    await books.reason({ customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2026-01-01" });
    for (const [number, total] of [["D1", "1000.00"], ["D2", "2000.00"], ["D3", "1000.00"]] as const) await books.bill(customer.account, { number, total, invoicedOn: "2026-03-01", termsCode: "2/10n30" });
    await pay("D1", "980.00", "2026-03-09");
    await pay("D2", "1960.00", "2026-03-30");
    await books.pay({ account: customer.account, amount: "950.00", receivedOn: "2026-03-31", lines: [{ reference: "D3", gross: "1000.00", deduction: "50.00", customerCode: "22", net: "950.00" }] });
    expect(await habits()).toMatchObject({
      paidCount: 3, paid: { amount: "3890.00" }, discountOffered: { amount: "80.00" }, discountEarned: { amount: "20.00" }, discountUnearned: { amount: "40.00" },
      discountTakenRate: { value: "75.00" }, discountEarnedRate: { value: "33.33" }, discountUnearnedRate: { value: "66.67" },
      invoiced: { amount: "4000.00" }, deducted: { amount: "90.00" }, deductionRate: { value: "2.25" },
    });
    expect(await rows({ minimumSample: 1 })).toMatchObject([{ discountOfferedValue: 80, discountEarnedValue: 20, discountUnearnedValue: 40, invoicedValue: 4000, deductedValue: 90, deductionRate: 2.25 }]);
  });

  test("what was offered is a discount on the part of the invoice that its terms give it on", async () => {
    await books.terms({ code: "2/10lines", description: "2 % on lines", netDays: 30, graceDays: 0, discounts: [{ days: 10, basisPoints: 200 }], discountBase: "LINES" });
    const lines = [{ description: "Goods", amount: "800.00" }];
    await books.bill(customer.account, { number: "L1", total: "918.00", lines, freight: "50.00", tax: "68.00", invoicedOn: "2026-03-01", termsCode: "2/10lines" });
    await pay("L1", "902.00", "2026-03-09");
    expect(await habits()).toMatchObject({ paidCount: 1, discountOffered: { amount: "16.00" }, discountEarned: { amount: "16.00" }, discountTakenRate: { value: "100.00" } });
  });

  test("each currency has habits of its own; the customer's usual one when none is named", async () => {
    await bill("U1", "10.00", "2026-03-01", "2026-03-10");
    await bill("E1", "20.00", "2026-03-01", "2026-03-10", { currency: "EUR" });
    await pay("U1", "10.00", "2026-03-12");
    await pay("E1", "20.00", "2026-03-08", { currency: "EUR" });
    expect([await habits(), await habits({ currency: "EUR" }), await habits({ currency: "JPY" })]).toMatchObject([
      { currency: "USD", paidCount: 1, daysBeyondTermsSum: 2, paid: { amount: "10.00" } },
      { currency: "EUR", paidCount: 1, daysBeyondTermsSum: -2, daysLateSum: 0, earlyCount: 1, averageDaysLateWhenLate: { value: null, reason: "NOTHING_LATE" } },
      { currency: "JPY", paidCount: 0, paid: { amount: "0" } },
    ]);
    const both = await rows({ minimumSample: 1 });
    expect(both.map((row) => [row.currency, row.daysBeyondTermsSum])).toEqual([["EUR", -2], ["USD", 2]]);
    expect([await rows({ minimumSample: 1, limit: 1 }), await rows({ minimumSample: 1, limit: 1, offset: 1 })].flat()).toEqual(both);
    expect(await rows({ minimumSample: 1, currency: "USD" })).toEqual([both[1]]);
  });

  test("cash on deductions is no payment habit", async () => {
    await bill("S1", "100.00", "2026-03-01", "2026-03-31");
    await books.pay({ account: customer.account, amount: "80.00", receivedOn: "2026-03-20", lines: [{ reference: "S1", gross: "100.00", net: "80.00" }] });
    await books.pay({ account: customer.account, amount: "20.00", receivedOn: "2026-04-14" });
    expect(await habits()).toMatchObject({ paidCount: 1, cashCount: 1, paid: { amount: "80.00" }, averageDaysToPay: { value: "19.00" } });
  });
});

test.each([
  [{ windowMonths: 0 }, "VALUE_INVALID", "windowMonths"],
  [{ windowMonths: 601 }, "VALUE_INVALID", "windowMonths"],
  [{ minimumSample: 0 }, "VALUE_INVALID", "minimumSample"],
  [{ currency: "XXQ" }, "CURRENCY_UNKNOWN", "currency"],
])("a question that makes no sense is refused: %j", async (variables, refusal, field) => {
  const errors = [{ extensions: { code: "BAD_USER_INPUT", refusal, field: [field] } }];
  expect((await app.ask(books.company.as.collector, CustomerHabitsDocument, { id: customer.id, ...variables })).errors).toMatchObject(errors);
  expect((await app.ask(books.company.as.collector, HabitRowsDocument, variables)).errors).toMatchObject(errors);
});

test("nobody reads the habits of customers of a company they do not work in", async () => {
  const other = await app.company();
  expect(await app.query(other.as.controller, CustomerHabitsDocument, { id: customer.id })).toEqual({ node: null });
  expect((await app.ask(other.as.controller, HabitRowsDocument, { company: books.company.code })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});
