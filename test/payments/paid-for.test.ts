import { one } from "../domain/bai2-builder.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { ApplyPaymentDocument, LoadBankFileDocument, PaidForDocument, type RecordPaymentInput } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";

type Party = { readonly id: string; readonly account: string };

let app: TestApp;
let books: Books;
let parent: Party;
let child: Party;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
  parent = await books.customer({ name: "Parent Holding" });
  child = await books.customer({ name: "Child Stores", shortPayPolicy: "OPEN_DEDUCTION" });
  await books.bill(parent.account, { number: "P-1", total: "500.00" });
  await books.bill(child.account, { number: "C-1", total: "300.00", purchaseOrder: "PO-9" });
});
afterEach(async () => {
  expect((await books.control()).agrees).toBe(true);
});
afterAll(() => app.close());

const link = (more: object = {}) => books.pays({ payerId: parent.id, customerId: child.id, startsOn: "2026-03-01", endsOn: "2026-03-31", ...more });
const pay = (input: Partial<RecordPaymentInput> & { readonly amount: string }) => books.pay({ account: parent.account, ...input });
const seen = async (id: string) => {
  const { node } = await app.query(books.company.as.collector, PaidForDocument, { id });
  if (!node || !("applications" in node)) throw new Error("There is no such payment.");
  return node;
};
const balance = async ({ id }: Party) => {
  const [it] = (await books.of(id)).balances;
  return it ? [it.total.amount, it.invoices.amount, it.deductions.amount, it.unapplied.amount] : [];
};
/** What the journal says of each customer: its entries, each with its lines. */
const booked = async () => {
  const { journalEntries } = await app.query(books.company.as.controller, `{ journalEntries(from: "2026-03-20", to: "2026-03-20") { edges { node { kind customer { accountNumber } lines { account debit { amount } credit { amount } } } } } }`);
  return journalEntries.edges.map(({ node }: { node: { kind: string; customer: { accountNumber: string }; lines: { account: string; debit: { amount: string } | null; credit: { amount: string } | null }[] } }) => [
    node.customer.accountNumber, node.kind, Object.fromEntries(node.lines.map(({ account, debit, credit }) => [account, debit?.amount ?? `-${credit!.amount}`])),
  ]);
};

test("a payer pays its own invoice and one of a customer it pays for: each balance is its own customer's, and both hear of it", async () => {
  await link();
  await app.caughtUp();
  const [applied, changed] = [
    subscribe(app.url, books.company.as.collector, `subscription ($customerId: ID) { paymentApplied(customerId: $customerId) { application { amount { amount } invoice { number } customer { name } } } }`, { customerId: parent.id }),
    subscribe(app.url, books.company.as.collector, `subscription ($customerId: ID) { invoiceChanged(customerId: $customerId) { invoice { number open { amount } } } }`, { customerId: child.id }),
  ];
  await Promise.all([applied.next(), changed.next()]);
  const { payment, userErrors } = await pay({ amount: "800.00", lines: [{ reference: "P-1", net: "500.00" }, { reference: "C-1", net: "300.00" }] });
  expect(userErrors).toEqual([]);
  expect(await seen(payment!.id)).toMatchObject({
    status: "APPLIED", unapplied: { amount: "0.00" }, customer: { accountNumber: parent.account },
    applications: [
      { kind: "CASH", amount: { amount: "500.00" }, customer: { accountNumber: parent.account }, invoice: { number: "P-1" } },
      { kind: "CASH", amount: { amount: "300.00" }, customer: { accountNumber: child.account }, invoice: { number: "C-1" } },
    ],
  });
  expect([await balance(parent), await balance(child)]).toEqual([[], []]);
  expect(await applied.take(2)).toEqual([
    { paymentApplied: { application: { amount: { amount: "500.00" }, invoice: { number: "P-1" }, customer: { name: "Parent Holding" } } } },
    { paymentApplied: { application: { amount: { amount: "300.00" }, invoice: { number: "C-1" }, customer: { name: "Child Stores" } } } },
  ]);
  expect(await changed.next()).toEqual({ invoiceChanged: { invoice: { number: "C-1", open: { amount: "0.00" } } } });
  await Promise.all([applied.close(), changed.close()]);
  expect(await booked()).toEqual(expect.arrayContaining([
    [parent.account, "PAYMENT", { BANK: "800.00", AR_CONTROL: "-500.00", PAID_FOR_OTHERS: "-300.00" }],
    [child.account, "APPLICATION", { PAID_FOR_OTHERS: "300.00", AR_CONTROL: "-300.00" }],
  ]));
});

test("what is short on a customer's invoice is that customer's deduction, and the discount is that of its terms", async () => {
  await link();
  await books.terms({ code: "2/30", description: "2 % 30 days", netDays: 60, discounts: [{ days: 30, basisPoints: 200 }] });
  await books.bill(child.account, { number: "C-2", total: "100.00", termsCode: "2/30" });
  await books.reason({ account: parent.account, customerCode: "77", reason: "DAMAGE", effectiveFrom: "2026-01-01" });
  const { payment } = await pay({ amount: "378.00", lines: [{ reference: "C-1", net: "280.00", gross: "300.00", deduction: "20.00", customerCode: "77" }, { reference: "C-2", net: "98.00" }] });
  const { applications, deductions } = await seen(payment!.id);
  expect(applications.map(({ kind, amount, customer }) => [kind, amount.amount, customer.accountNumber])).toEqual([
    ["CASH", "280.00", child.account], ["CASH", "98.00", child.account], ["EARNED_DISCOUNT", "2.00", child.account], ["DEDUCTION", "20.00", child.account],
  ]);
  expect(deductions).toEqual([{ reason: "DAMAGE", amount: { amount: "20.00" }, customer: { accountNumber: child.account }, invoice: { number: "C-1" } }]);
  expect([await balance(parent), await balance(child)]).toEqual([["500.00", "500.00", "0.00", "0.00"], ["20.00", "0.00", "20.00", "0.00"]]);
});

test("what is left of the cash stands with the payer, and a later use of it may settle what the customer owes", async () => {
  await link({ endsOn: null });
  const { payment } = await pay({ amount: "350.00", lines: [{ reference: "C-1", net: "350.00" }] });
  expect([await balance(parent), await balance(child)]).toEqual([["450.00", "500.00", "0.00", "50.00"], []]);
  await books.bill(child.account, { number: "C-3", total: "50.00" });
  const { applyPayment } = await app.query(books.company.as.clerk, ApplyPaymentDocument, { input: { paymentId: payment!.id, lines: [{ reference: "C-3", net: "50.00" }] } });
  expect(applyPayment.userErrors).toEqual([]);
  expect([await balance(parent), await balance(child)]).toEqual([["500.00", "500.00", "0.00", "0.00"], []]);
});

describe("without the relationship on the day of the payment", () => {
  test.each<[string, (() => Promise<void>) | null]>([
    ["because there is none", null],
    ["because it begins later", () => link({ startsOn: "2026-03-21" })],
    ["because it ended before", () => link({ endsOn: "2026-03-19" })],
    ["because it goes the other way", () => books.pays({ payerId: child.id, customerId: parent.id, startsOn: "2026-03-01" })],
  ])("a typed payment is refused, which says whose invoice it is and what would let it: %s", async (_why, setUp) => {
    await setUp?.();
    expect(await pay({ amount: "300.00", lines: [{ reference: "C-1" }] })).toMatchObject({
      payment: null,
      userErrors: [{ code: "VALUE_INVALID", field: ["lines", "0", "reference"], message: `Invoice C-1 is of account ${child.account}, and account ${parent.account} does not pay for it on that day: addPayingRelationship would let it.` }],
    });
    expect([await balance(parent), await balance(child)]).toEqual([["500.00", "500.00", "0.00", "0.00"], ["300.00", "300.00", "0.00", "0.00"]]);
  });
});

describe("own items come first", () => {
  test("an order of both is the payer's own", async () => {
    await link();
    await books.bill(parent.account, { number: "P-2", total: "40.00", purchaseOrder: "PO-9" });
    const { payment } = await pay({ amount: "40.00", lines: [{ reference: "PO-9" }] });
    expect((await seen(payment!.id)).applications).toMatchObject([{ invoice: { number: "P-2" } }]);
  });

  test("an order of the customer alone is the customer's", async () => {
    await link();
    const { payment } = await pay({ amount: "300.00", lines: [{ reference: "PO-9" }] });
    expect((await seen(payment!.id)).applications).toMatchObject([{ invoice: { number: "C-1" }, customer: { accountNumber: child.account } }]);
  });

  test.each<[string, string, string[], string | null]>([
    ["that the payer alone has open is its own", "500.00", ["P-1"], null],
    ["that both have open is the payer's own", "222.00", ["P-2"], null],
    ["that a customer alone has open is that one's", "300.00", ["C-1"], null],
    ["that two customers have open is a question", "111.00", [], "AMOUNT_AMBIGUOUS"],
    ["that nobody has open is a question", "123.45", [], "NO_REMITTANCE"],
  ])("an amount %s", async (_rule, amount, numbers, exception) => {
    await link();
    const other = await books.customer();
    await books.pays({ payerId: parent.id, customerId: other.id, startsOn: "2026-01-01" });
    await books.bill(parent.account, { number: "P-2", total: "222.00" });
    await books.bill(child.account, { number: "C-2", total: "222.00" }, { number: "C-3", total: "111.00" });
    await books.bill(other.account, { number: "O-1", total: "111.00" });
    const { payment } = await pay({ amount });
    const { applications, exception: why } = await seen(payment!.id);
    expect(applications.map(({ invoice }) => invoice!.number)).toEqual(numbers);
    expect(why).toBe(exception);
  });
});

describe("a bank file", () => {
  const load = async (minor: bigint, text: string, advice: string | null) => {
    const remittances = advice === null ? [] : [{ name: "advice.csv", content: `payment_reference,account,reference,gross,discount,deduction,code,net,claim,text\r\n${advice}` }];
    const input = { name: "b.bai", content: `${one(["142", minor, `,BANKREF,TRACE1,${text}`]).join("\n")}\n`, format: "BAI2" as const, remittances };
    const { loadBankFile } = await app.query(books.company.as.clerk, LoadBankFileDocument, { input });
    expect(loadBankFile.userErrors).toEqual([]);
    const { payments } = await app.query(books.company.as.clerk, `{ payments { edges { node { id } } } }`);
    return seen(payments.edges[0].node.id);
  };
  const days = { startsOn: "2020-01-01", endsOn: null };

  test("whose text names the payer, and whose advice names the invoice of a customer it pays for, is the payer's", async () => {
    await link(days);
    expect(await load(300_00n, "PAYER:Parent Holding", "TRACE1,,C-1,300.00,,,,300.00,,")).toMatchObject({
      customer: { accountNumber: parent.account }, exception: null, applications: [{ invoice: { number: "C-1" }, customer: { accountNumber: child.account } }],
    });
  });

  test("that states the account of a payer without the relationship leaves the cash unapplied, and says why", async () => {
    expect(await load(300_00n, "PAYER:Parent Holding", `TRACE1,${parent.account},C-1,300.00,,,,300.00,,`)).toMatchObject({
      customer: { accountNumber: parent.account }, status: "UNAPPLIED", exception: "PAYER_NOT_LINKED", applications: [],
    });
  });
});
