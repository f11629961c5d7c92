import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";

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

const ledger = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await books.control()).lines.map(({ account, ledger: { amount } }) => [account, amount]));

describe("case 1: 2/10 net 30, paid on day 12 with the discount taken", () => {
  const invoice = { number: "INV-1", total: "1000.00", termsCode: "2/10n30" };
  const terms = (graceDays: number) => ({ code: "2/10n30", description: "2 % 10 days, net 30", netDays: 30, graceDays, discounts: [{ days: 10, basisPoints: 200 }] });
  const lines = [{ reference: "INV-1", net: "980.00" }];

  test("without grace it is closed by cash and a deduction for an unearned discount", async () => {
    await books.terms(terms(0));
    const { id, account } = await books.customer();
    await books.bill(account, invoice);
    const { payment } = await books.pay({ account, amount: "980.00", receivedOn: "2026-03-13", lines });
    expect(payment).toMatchObject({ status: "APPLIED", unapplied: { amount: "0.00" }, deductions: [{ reason: "UNEARNED_DISCOUNT", source: "SHORT_PAY", amount: { amount: "20.00" }, invoice: { number: "INV-1" }, remittanceLine: { lineNo: 1 } }] });
    expect(await books.of(id)).toMatchObject({
      balances: [{ total: { amount: "20.00", currency: "USD" }, invoices: { amount: "0.00" }, deductions: { amount: "20.00" }, unapplied: { amount: "0.00" } }],
      openItems: { edges: [{ node: { kind: "DEDUCTION", number: null, open: { amount: "20.00" } } }] },
      invoices: { edges: [{ node: { status: "SETTLED", applications: [{ kind: "CASH", amount: { amount: "980.00" } }, { kind: "DEDUCTION", amount: { amount: "20.00" } }] } }] },
    });
    expect(await ledger()).toEqual({ AR_CONTROL: "0.00", DEDUCTIONS_RECEIVABLE: "20.00", UNAPPLIED_CASH: "0.00" });
  });

  test("with three days of grace the discount is earned and nothing is left", async () => {
    await books.terms(terms(3));
    const { id, account } = await books.customer();
    await books.bill(account, invoice);
    const { payment } = await books.pay({ account, amount: "980.00", receivedOn: "2026-03-13", lines });
    expect(payment).toMatchObject({ deductions: [], applications: [{ kind: "CASH", amount: { amount: "980.00" } }, { kind: "EARNED_DISCOUNT", amount: { amount: "20.00" } }] });
    expect(await books.of(id)).toMatchObject({ balances: [] });
  });

  test("with a policy that leaves short pays open there is no deduction", async () => {
    await books.terms(terms(0));
    const { id, account } = await books.customer({ shortPayPolicy: "LEAVE_OPEN" });
    await books.bill(account, invoice);
    expect((await books.pay({ account, amount: "980.00", receivedOn: "2026-03-13", lines })).payment!.deductions).toEqual([]);
    expect(await books.of(id)).toMatchObject({ balances: [{ invoices: { amount: "20.00" } }], deductions: { edges: [] } });
  });
});

describe("case 2: discount tiers of 10 % and 5 %", () => {
  test.each([
    ["990.00", "2010-12-12", { applied: "990.00", discount: "110.00", left: undefined, unapplied: "0.00" }],
    ["1000.00", "2010-12-12", { applied: "990.00", discount: "110.00", left: undefined, unapplied: "10.00" }],
    ["1000.00", "2010-12-13", { applied: "1000.00", discount: "52.63", left: "47.37", unapplied: "0.00" }],
    ["1000.00", "2010-12-18", { applied: "1000.00", discount: undefined, left: "100.00", unapplied: "0.00" }],
    ["990.00", "2010-12-18", { applied: "990.00", discount: undefined, left: "110.00", unapplied: "0.00" }],
  ])("%s on %s", async (amount, receivedOn, expected) => {
    await books.terms({ code: "10/10,5/15", description: "10 % 10 days, 5 % 15 days, net 30", netDays: 30, discounts: [{ days: 10, basisPoints: 1_000 }, { days: 15, basisPoints: 500 }] });
    const { id, account } = await books.customer({ shortPayPolicy: "LEAVE_OPEN" });
    await books.bill(account, { number: "R-1", total: "1100.00", termsCode: "10/10,5/15", invoicedOn: "2010-12-02" });
    const { payment } = await books.pay({ account, amount, receivedOn, lines: [{ reference: "R-1" }] });
    const by = (kind: string) => payment!.applications.find((it) => it.kind === kind)?.amount.amount;
    const left = (await books.of(id)).openItems!.edges!.find((edge) => edge!.node!.kind === "INVOICE")?.node!.open.amount;
    expect({ applied: by("CASH"), discount: by("EARNED_DISCOUNT"), left, unapplied: payment!.unapplied.amount }).toEqual(expected);
  });
});

test("case 6: three of five invoices are paid, one short with a code the customer uses", async () => {
  const { id, account } = await books.customer();
  await books.reason({ account, customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
  await books.bill(account, { number: "A", total: "1250.00" }, { number: "B", total: "3400.00" }, { number: "C", total: "980.50" }, { number: "D", total: "2210.75" }, { number: "E", total: "415.00" });
  expect(await books.of(id)).toMatchObject({ balances: [{ total: { amount: "8256.25" } }] });
  const { payment } = await books.pay({
    account, amount: "5430.50",
    lines: [{ reference: "A", net: "1250.00" }, { reference: "B", gross: "3400.00", deduction: "200.00", customerCode: "22" }, { reference: "C", net: "980.50" }],
  });
  expect(payment).toMatchObject({
    unapplied: { amount: "0.00" },
    deductions: [{ reason: "SHORTAGE", customerCode: "22", amount: { amount: "200.00" }, invoice: { number: "B" } }],
  });
  expect(await books.of(id)).toMatchObject({ balances: [{ total: { amount: "2825.75" }, invoices: { amount: "2625.75" }, deductions: { amount: "200.00" }, unapplied: { amount: "0.00" } }] });
  expect(await ledger()).toMatchObject({ AR_CONTROL: "2625.75", DEDUCTIONS_RECEIVABLE: "200.00" });
});

test("cash of an unknown payer is kept apart from cash of a known one", async () => {
  const { payment } = await books.pay({ amount: "70.00", payerName: "Somebody" });
  expect(payment).toMatchObject({ status: "UNIDENTIFIED", exception: "PAYER_UNKNOWN", customer: null, unapplied: { amount: "70.00" } });
  expect(await ledger()).toEqual({ UNIDENTIFIED_CASH: "-70.00" });
});

test("a deduction that names no invoice opens beside the invoice it pays in full", async () => {
  const { id, account } = await books.customer();
  await books.bill(account, { number: "N-1", total: "1000.00" });
  const lines = [{ reference: "N-1", net: "1000.00" }, { net: "-100.00", claimNumber: "CL-9" }];
  const { payment } = await books.pay({ account, amount: "900.00", lines });
  expect(payment).toMatchObject({
    status: "APPLIED",
    deductions: [{ source: "REMITTANCE_LINE", reason: "UNIDENTIFIED", claimNumber: "CL-9", invoice: null, amount: { amount: "100.00" } }],
    applications: [{ kind: "CASH", amount: { amount: "1000.00" } }, { kind: "CLAIM", amount: { amount: "-100.00" } }],
  });
  expect(await books.of(id)).toMatchObject({ balances: [{ total: { amount: "100.00" } }] });
});

test("a reason code means what it meant on the day of deposit, the customer's own meaning before the company's", async () => {
  const { account } = await books.customer();
  await books.reason({ customerCode: "07", reason: "DAMAGE", effectiveFrom: "2020-01-01" });
  await books.reason({ account, customerCode: "7", reason: "PRICE", effectiveFrom: "2026-03-21" });
  await books.bill(account, { number: "M-1", total: "100.00" }, { number: "M-2", total: "100.00" });
  const short = (reference: string, receivedOn: string) => books.pay({ account, amount: "90.00", receivedOn, lines: [{ reference, gross: "100.00", deduction: "10.00", customerCode: "7" }] });
  expect((await short("M-1", "2026-03-20")).payment!.deductions).toMatchObject([{ reason: "DAMAGE" }]);
  expect((await short("M-2", "2026-03-21")).payment!.deductions).toMatchObject([{ reason: "PRICE" }]);
});

describe("what is refused leaves nothing behind", () => {
  test.each([
    ["an unknown account", { account: "NOBODY", amount: "10.00" }, "NOT_FOUND", ["account"]],
    ["an unknown currency", { amount: "10.00", currency: "USX" }, "CURRENCY_UNKNOWN", ["currency"]],
    ["an amount of nothing", { amount: "0.00" }, "AMOUNT_INVALID", ["amount"]],
    ["a negative amount", { amount: "-1.00" }, "AMOUNT_INVALID", ["amount"]],
    ["more decimals than the currency has", { amount: "10.005" }, "AMOUNT_INVALID", ["amount"]],
    ["a day that has not come", { amount: "10.00", receivedOn: "2199-01-01" }, "DATE_INVALID", ["receivedOn"]],
    ["lines that do not add up", { amount: "10.00", lines: [{ reference: "X-1", net: "9.00" }] }, "TOTAL_MISMATCH", ["lines"]],
    ["an invoice the customer does not have", { amount: "10.00", lines: [{ reference: "X-2" }] }, "NOT_FOUND", ["lines", "0", "reference"]],
    ["an invoice in another currency", { amount: "100.00", currency: "CAD", lines: [{ reference: "X-1" }] }, "NOT_FOUND", ["lines", "0", "reference"]],
    ["a negative discount", { amount: "10.00", lines: [{ reference: "X-1", discount: "-1.00" }] }, "AMOUNT_INVALID", ["lines", "0", "discount"]],
    ["less explained than unpaid", { amount: "100.00", lines: [{ reference: "X-1", gross: "90.00", net: "100.00" }] }, "TOTAL_MISMATCH", ["lines", "0", "net"]],
  ])("%s", async (_rule, input, code, field) => {
    const { id, account } = await books.customer();
    await books.bill(account, { number: "X-1", total: "100.00" });
    const before = await books.of(id);
    const { payment, userErrors } = await books.pay({ account, ...input });
    expect({ payment, userErrors }).toEqual({ payment: null, userErrors: [{ code, message: expect.any(String), field }] });
    expect(await books.of(id)).toEqual(before);
  });

  test("a date that is no date is refused by its type", async () => {
    const { errors } = await app.ask(books.company.as.clerk, `mutation { recordPayment(input: { amount: "1.00", currency: "USD", receivedOn: "2026-02-30" }) { userErrors { code } } }`);
    expect(errors).toMatchObject([{ message: expect.stringContaining("2026-02-30"), extensions: { code: expect.stringMatching(/BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED/) } }]);
  });
});

describe("one idempotency key", () => {
  test("gives the first answer again to the same input, and records once", async () => {
    const { id, account } = await books.customer();
    const input = { account, amount: "55.00", idempotencyKey: "k-1" };
    const [first, second] = [await books.pay(input), await books.pay(input)];
    expect(second.payment!.id).toBe(first.payment!.id);
    expect((await books.of(id)).payments!.edges).toHaveLength(1);
  });

  test("is refused with another input", async () => {
    const { account } = await books.customer();
    await books.pay({ account, amount: "55.00", idempotencyKey: "k-1" });
    expect((await books.pay({ account, amount: "56.00", idempotencyKey: "k-1" })).userErrors).toMatchObject([{ code: "IDEMPOTENCY_KEY_REUSED", field: ["idempotencyKey"] }]);
  });

  test("sent twice at the same moment records once", async () => {
    const { id, account } = await books.customer();
    const answers = await Promise.all(Array.from({ length: 5 }, () => books.pay({ account, amount: "12.00", idempotencyKey: "k-2" })));
    expect(new Set(answers.map(({ payment }) => payment!.id)).size).toBe(1);
    expect((await books.of(id)).payments!.edges).toHaveLength(1);
  });
});
