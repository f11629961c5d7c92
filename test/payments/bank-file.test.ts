import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { DeductionOpenedDocument, PaymentAppliedDocument, PaymentReceivedDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";
import { BankDesk, bankText, remittance } from "./bank-file-kit.ts";

let app: TestApp;
let books: Books;
let desk: BankDesk;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
  desk = new BankDesk(app, books);
});
afterEach(async () => {
  expect((await books.control()).agrees).toBe(true);
});
afterAll(() => app.close());

/** The one payment of a file with one receipt. */
const paymentOf = async (...file: Parameters<BankDesk["post"]>) => {
  const lines = await desk.post(...file);
  expect(lines).toHaveLength(1);
  return lines[0]!.payment!;
};

describe("case 6: a bank file and its remittance pay three of five invoices, one short with a code the customer uses", () => {
  const content = bankText({ minor: 543_050n, bank: "B-77", customer: "CHK-1001", text: "LOCKBOX DEPOSIT" });
  const advice = remittance("CHK-1001,,A,1250.00,,,,1250.00,,", "CHK-1001,,B,3400.00,,200.00,22,3200.00,CL-5,2 cases short", "CHK-1001,,C,980.50,,,,980.50,,");

  test("to the cent, with every link from the bank's line to the deduction", async () => {
    const { id, account } = await books.customer();
    await books.reason({ account, customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
    await books.bill(account, { number: "A", total: "1250.00" }, { number: "B", total: "3400.00" }, { number: "C", total: "980.50" }, { number: "D", total: "2210.75" }, { number: "E", total: "415.00" });
    const [line] = await desk.post(content, advice);
    expect(line).toMatchObject({
      lineNo: 4, account: "4711", amount: { amount: "5430.50", currency: "USD" }, direction: "CREDIT", typeCode: "142", bookedOn: "2026-03-30", bankReference: "B-77",
      customerReference: "CHK-1001", text: "LOCKBOX DEPOSIT", skipReason: null,
    });
    expect(line!.payment).toMatchObject({
      status: "APPLIED", source: "BANK_FILE", exception: null, reference: "CHK-1001", receivedOn: "2026-03-30", depositedOn: "2026-03-30", unapplied: { amount: "0.00" },
      customer: { id }, bankLine: { id: line!.id },
      deductions: [{ reason: "SHORTAGE", source: "SHORT_PAY", customerCode: "22", claimNumber: "CL-5", amount: { amount: "200.00" }, invoice: { number: "B" }, remittanceLine: { lineNo: 2, net: { amount: "3200.00" } } }],
    });
    expect(await books.of(id)).toMatchObject({
      balances: [{ total: { amount: "2825.75" }, invoices: { amount: "2625.75" }, deductions: { amount: "200.00" }, unapplied: { amount: "0.00" } }],
      openItems: { edges: expect.arrayContaining([["D", "2210.75"], ["E", "415.00"], [null, "200.00"]].map(([number, amount]) => ({ node: expect.objectContaining({ number, open: { amount } }) }))) },
    });
  });

  test("and a client that listens hears of one receipt, three applications and one deduction", async () => {
    const { account } = await books.customer();
    await books.reason({ account, customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
    await books.bill(account, { number: "A", total: "1250.00" }, { number: "B", total: "3400.00" }, { number: "C", total: "980.50" });
    const listen = [PaymentReceivedDocument, PaymentAppliedDocument, DeductionOpenedDocument].map((document) => subscribe<Record<string, Record<string, unknown>>, object>(app.url, books.company.as.collector, document as never, {}));
    await Promise.all(listen.map((live) => live.next()));
    await desk.post(content, advice);
    const [received, applied, opened] = listen;
    expect(await received!.next()).toMatchObject({ paymentReceived: { payment: { reference: "CHK-1001", amount: { amount: "5430.50" }, customer: { accountNumber: account } } } });
    expect((await applied!.take(3)).map((push) => push["paymentApplied"]!["application"])).toMatchObject([
      { amount: { amount: "1250.00" }, invoice: { number: "A" } }, { amount: { amount: "3200.00" }, invoice: { number: "B" } }, { amount: { amount: "980.50" }, invoice: { number: "C" } },
    ]);
    expect(await opened!.next()).toMatchObject({ deductionOpened: { deduction: { reason: "SHORTAGE", amount: { amount: "200.00" }, invoice: { number: "B" } } } });
    // One payment more: whatever a stream brings next belongs to it, so nothing else came of the first file.
    await desk.post(bankText({ minor: 100n, text: "NOBODY" }));
    expect(await received!.next()).toMatchObject({ paymentReceived: { payment: { amount: { amount: "1.00" } } } });
    await Promise.all(listen.map((live) => live.close()));
  });
});

describe("case 1: 2/10 net 30, paid on day 12 with the discount taken", () => {
  test.each([
    [0, { applications: [{ kind: "CASH" }, { kind: "DEDUCTION" }], deductions: [{ reason: "UNEARNED_DISCOUNT", amount: { amount: "20.00" } }] }],
    [3, { applications: [{ kind: "CASH" }, { kind: "EARNED_DISCOUNT", amount: { amount: "20.00" } }], deductions: [] }],
  ])("with %s days of grace", async (graceDays, expected) => {
    await books.terms({ code: "2/10n30", description: "2 % 10 days, net 30", netDays: 30, graceDays, discounts: [{ days: 10, basisPoints: 200 }] });
    const { account } = await books.customer();
    await books.bill(account, { number: "INV-1", total: "1000.00", termsCode: "2/10n30", invoicedOn: "2026-03-18" });
    const payment = await paymentOf(bankText({ minor: 98_000n, customer: "W1" }), remittance("W1,,INV-1,1000.00,20.00,,,980.00,,"));
    expect(payment).toMatchObject({ status: "APPLIED", ...expected });
  });
});

test("a remittance line that names no invoice opens a deduction of its own, beside the invoice that is paid in full", async () => {
  const { id, account } = await books.customer();
  await books.bill(account, { number: "N-1", total: "1000.00" });
  const payment = await paymentOf(bankText({ minor: 90_000n, customer: "W1" }), remittance("W1,,N-1,,,,,1000.00,,", "W1,,,,,100.00,AD,-100.00,CL-9,ad allowance"));
  expect(payment).toMatchObject({
    status: "APPLIED",
    deductions: [{ source: "REMITTANCE_LINE", customerCode: "AD", claimNumber: "CL-9", invoice: null, amount: { amount: "100.00" }, remittanceLine: { lineNo: 2 } }],
    applications: [{ kind: "CASH", amount: { amount: "1000.00" } }, { kind: "CLAIM", amount: { amount: "-100.00" } }],
  });
  expect(await books.of(id)).toMatchObject({ deductions: { edges: [{ node: { payment: { reference: "W1" } } }] } });
});

describe("a receipt without a remittance", () => {
  test("is applied where one item alone has its amount open", async () => {
    const { account } = await books.customer({ aliases: ["ACME FOODS"] });
    await books.bill(account, { number: "U-1", total: "70.00" }, { number: "U-2", total: "71.00" });
    const payment = await paymentOf(bankText({ minor: 7_000n, text: "ORIG CO NAME:Acme Foods ORIG ID:99" }));
    expect(payment).toMatchObject({ payerName: "Acme Foods", status: "APPLIED", applications: [{ amount: { amount: "70.00" }, invoice: { number: "U-1" } }] });
  });

  test("stays unapplied where two items have its amount open, and says so", async () => {
    const { id, account } = await books.customer({ aliases: ["ACME FOODS"] });
    await books.bill(account, { number: "U-1", total: "70.00" }, { number: "U-2", total: "70.00" });
    const payment = await paymentOf(bankText({ minor: 7_000n, text: "ACME FOODS  20260330" }));
    expect(payment).toMatchObject({ customer: { id }, status: "UNAPPLIED", exception: "AMOUNT_AMBIGUOUS", applications: [] });
  });

  test("is for the one invoice that the bank's text names, also when it pays it short", async () => {
    const { id, account } = await books.customer();
    await books.bill(account, { number: "INV-0042", total: "100.00" }, { number: "INV-0043", total: "90.00" });
    const payment = await paymentOf(bankText({ minor: 9_000n, text: "PAYMENT OF inv-0042, THANK YOU" }));
    expect(payment).toMatchObject({ customer: { id }, status: "APPLIED", deductions: [{ reason: "UNIDENTIFIED", amount: { amount: "10.00" }, invoice: { number: "INV-0042" } }] });
  });
});

describe("the payer is known", () => {
  const noise = { minor: 500n };
  test.each<[string, (account: string) => Parameters<BankDesk["post"]>]>([
    ["by the account that the remittance states, however it is spelled", (account) => [bankText({ ...noise, customer: "P1" }), remittance(`P1,00 ${account},X-1,,,,,5.00,,`)]],
    ["by the invoices that the remittance names", () => [bankText({ ...noise, customer: "P1" }), remittance("P1,,INV-9001,,,,,4.00,,", "P1,,UNHEARD,,,,,1.00,,")]],
    ["by the customer reference of the bank", (account) => [bankText({ ...noise, customer: account })]],
    ["by a name in the bank's text that is an alias", () => [bankText({ ...noise, text: "PAYER: Brünner-Foods;REF:1" })]],
    ["by an invoice that the bank's text names", () => [bankText({ ...noise, text: "RE:INV-9001" })]],
  ])("%s", async (_rule, file) => {
    const { id, account } = await books.customer({ aliases: ["BRUNNER FOODS"] });
    await books.customer({ aliases: ["BRUNNER FOODS INC"] });
    await books.bill(account, { number: "INV-9001", total: "4.00" });
    expect(await paymentOf(...file(account))).toMatchObject({ customer: { id } });
  });

  test("by the payer's name on the remittance, in a file of another map", async () => {
    const { id } = await books.customer({ aliases: ["Delta Toys"] });
    const map = { name: "short", columns: { paymentReference: "no", reference: "doc", net: "paid", payer: "who" }, delimiter: ";", decimal: ",", negative: "none", discountSign: "positive", deductionSign: "positive" };
    const advice = { name: "advice.csv", content: "no;who;doc;paid\nW1;DELTA TOYS;X;5,00\n", map: JSON.stringify(map) };
    expect(await paymentOf(bankText({ ...noise, customer: "W1" }), advice)).toMatchObject({ customer: { id }, payerName: "DELTA TOYS", exception: "REFERENCE_UNKNOWN" });
  });

  test.each([
    ["nothing tells", "A STRANGER"],
    ["a name belongs to two customers", "PAYER:TWINS"],
    ["the text names invoices of two customers", "INV-9001 INV-9002"],
  ])("not when %s: the money waits as unidentified, with its remittance", async (_rule, text) => {
    const [one, two] = [await books.customer({ aliases: ["TWINS"] }), await books.customer({ aliases: ["Twins"] })];
    await books.bill(one.account, { number: "INV-9001", total: "4.00" });
    await books.bill(two.account, { number: "INV-9002", total: "4.00" });
    const payment = await paymentOf(bankText({ ...noise, customer: "W1", text }), remittance("W1,,UNHEARD,,,,,5.00,,"));
    expect(payment).toMatchObject({ customer: null, status: "UNIDENTIFIED", exception: "PAYER_UNKNOWN", remittance: [{ reference: "UNHEARD" }] });
  });
});

test("money that is not from a customer is kept with the reason, and nothing is posted for it", async () => {
  const { bankFile } = await desk.load({ content: bankText({ minor: 100n }, { minor: 4_000n, code: "275" }, { minor: 900n, code: "475" }) });
  expect(bankFile).toMatchObject({
    status: "POSTED", lineCount: 3, receiptCount: 1, postedCount: 1, skippedCount: 2, notes: [],
    accounts: [{ account: "4711", asOf: "2026-03-30", opening: null, credits: { amount: "41.00", currency: "USD" }, debits: { amount: "9.00" } }],
  });
  const [, sweep, check] = await desk.lines(bankFile!.id);
  expect(sweep).toMatchObject({ direction: "CREDIT", payment: null, skipReason: expect.stringContaining("our own money") });
  expect(check).toMatchObject({ direction: "DEBIT", amount: { amount: "9.00" }, payment: null, skipReason: expect.stringContaining("out of the account") });
});
