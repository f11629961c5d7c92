import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { SetWriteOffToleranceDocument, type SetWriteOffToleranceInput, TolerancesDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";

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

const set = async (input: Partial<SetWriteOffToleranceInput>, as = books.company.as.controller) =>
  (await app.query(as, SetWriteOffToleranceDocument, { input: { currency: "USD", effectiveOn: "2026-03-01", ...input } })).setWriteOffTolerance;
const parts = (applications: readonly { readonly kind: string; readonly amount: { readonly amount: string } }[]) => applications.map(({ kind, amount }) => [kind, amount.amount]);

/** Lines 800.00, freight 50.00 and tax 68.00 with 2 % on lines alone; and a payment that took 2 % of everything. */
async function overtaken(lines: object = {}) {
  await books.terms({ code: "2/10n30", description: "2 % of lines", netDays: 30, discountBase: "LINES", discounts: [{ days: 10, basisPoints: 200 }] });
  const customer = await books.customer();
  await books.bill(customer.account, { number: "I-4", total: "918.00", tax: "68.00", freight: "50.00", termsCode: "2/10n30", lines: [{ description: "Goods", amount: "800.00" }] });
  return { ...customer, pay: () => books.pay({ account: customer.account, amount: "899.64", receivedOn: "2026-03-11", lines: [{ reference: "I-4", ...lines }] }) };
}

describe("case 4: 899.64 for 918.00 of which 16.00 is discount takes 2.36 too much", () => {
  test.each<[string, Partial<SetWriteOffToleranceInput>, string]>([
    ["a tolerance of 2.36", { amount: "2.36" }, "WRITE_OFF"],
    ["a tolerance of 5.00 and half a percent", { amount: "5.00", basisPoints: 50 }, "WRITE_OFF"],
    ["a tolerance of 2.35", { amount: "2.35" }, "DEDUCTION"],
    ["a tolerance of 5.00 and a quarter of a percent, which is 2.295", { amount: "5.00", basisPoints: 25 }, "DEDUCTION"],
    ["a tolerance in another currency", { amount: "5.00", currency: "EUR" }, "DEDUCTION"],
    ["a tolerance from the next day on", { amount: "5.00", effectiveOn: "2026-03-12" }, "DEDUCTION"],
  ])("%s", async (_tolerance, input, kind) => {
    expect((await set(input)).userErrors).toEqual([]);
    const { id, pay } = await overtaken();
    const { payment } = await pay();
    expect(parts(payment!.applications)).toEqual([["CASH", "899.64"], ["EARNED_DISCOUNT", "16.00"], [kind, "2.36"]]);
    expect(payment!.deductions).toHaveLength(kind === "DEDUCTION" ? 1 : 0);
    const { balances, invoices } = await books.of(id);
    expect(balances.map(({ deductions }) => deductions.amount)).toEqual(kind === "DEDUCTION" ? ["2.36"] : []);
    expect(invoices!.edges![0]!.node).toMatchObject({ status: "SETTLED", open: { amount: "0.00" }, applications: [{ kind: "CASH" }, { kind: "EARNED_DISCOUNT" }, { kind }] });
  });

  test("written off with the discount stated, it is an expense, and live clients hear that the invoice is closed", async () => {
    await set({ amount: "2.36" });
    const { pay } = await overtaken({ net: "899.64", discount: "18.36" });
    await app.caughtUp();
    const live = subscribe(app.url, books.company.as.collector, `subscription { invoiceChanged { invoice { number status open { amount } } } }`);
    await live.next();
    expect((await pay()).payment).toMatchObject({ status: "APPLIED", exception: null, deductions: [] });
    expect(await live.next()).toEqual({ invoiceChanged: { invoice: { number: "I-4", status: "SETTLED", open: { amount: "0.00" } } } });
    await live.close();
    const { journalEntries } = await app.query(books.company.as.controller, `{ journalEntries(account: TOLERANCE_WRITE_OFF) { edges { node { lines { account debit { amount } credit { amount } } } } } }`);
    expect(journalEntries.edges.map(({ node }: { node: { lines: object[] } }) => node.lines)).toEqual([
      expect.arrayContaining([
        { account: "BANK", debit: { amount: "899.64" }, credit: null }, { account: "DISCOUNTS_ALLOWED", debit: { amount: "16.00" }, credit: null },
        { account: "TOLERANCE_WRITE_OFF", debit: { amount: "2.36" }, credit: null }, { account: "AR_CONTROL", debit: null, credit: { amount: "918.00" } },
      ]),
    ]);
  });
});

test("a customer's own tolerance counts instead of the company's, until it is taken back", async () => {
  const { id, account } = await books.customer();
  const short = async (number: string) => {
    await books.bill(account, { number, total: "100.00" });
    return parts((await books.pay({ account, amount: "99.00", lines: [{ reference: number }] })).payment!.applications)[1]![0];
  };
  expect(await short("A")).toBe("DEDUCTION");
  await set({ amount: "1.00" });
  expect(await short("B")).toBe("WRITE_OFF");
  expect((await set({ customerId: id, amount: "0" })).customer!.writeOffTolerances).toMatchObject([{ scope: "CUSTOMER", amount: { amount: "0.00" } }]);
  expect(await short("C")).toBe("DEDUCTION");
  const { company, customer } = await set({ customerId: id });
  expect(customer!.writeOffTolerances).toEqual(company!.writeOffTolerances);
  expect(company!.writeOffTolerances).toMatchObject([{ scope: "COMPANY", amount: { amount: "1.00", currency: "USD" }, basisPoints: 10_000, effectiveOn: "2026-03-01", recordedBy: books.company.subjects.controller }]);
  expect(await short("D")).toBe("WRITE_OFF");
  const { node } = await app.query(books.company.as.biReader, TolerancesDocument, { id, on: "2026-02-28" });
  expect(node).toEqual({ writeOffTolerances: [] });
});

test("a write-off is no cash: what was written off counts neither as paid nor as deducted in payment habits, and ages no more", async () => {
  await set({ amount: "1.00" });
  const { id, account } = await books.customer();
  await books.bill(account, { number: "A", total: "100.00" });
  await books.pay({ account, amount: "99.50", lines: [{ reference: "A" }] });
  const { node } = await app.query(books.company.as.collector, `query ($id: ID!) { node(id: $id) { ... on Customer { habits(asOf: "2026-04-30") { paid { amount } paidCount deducted { amount } } } } }`, { id });
  expect(node).toMatchObject({ habits: { paid: { amount: "99.50" }, deducted: { amount: "0.00" } } });
  const { aging } = await app.query(books.company.as.controller, `{ aging(asOf: "2026-04-30") { lines { currency } } }`);
  expect(aging.lines).toEqual([]);
});

describe("a tolerance is refused", () => {
  test.each<[string, Partial<SetWriteOffToleranceInput>, string, string]>([
    ["below nothing", { amount: "-0.01" }, "AMOUNT_INVALID", "amount"],
    ["with more decimals than the currency has", { amount: "0.001" }, "AMOUNT_INVALID", "amount"],
    ["in no currency", { amount: "1", currency: "USX" }, "CURRENCY_UNKNOWN", "currency"],
    ["of more than all of the invoice", { amount: "1", basisPoints: 10_001 }, "VALUE_INVALID", "basisPoints"],
    ["of less than nothing of the invoice", { amount: "1", basisPoints: -1 }, "VALUE_INVALID", "basisPoints"],
  ])("%s", async (_fault, input, code, field) => {
    expect(await set(input)).toMatchObject({ company: null, userErrors: [{ code, field: [field] }] });
  });

  test("from those who take the cash", async () => {
    const { errors } = await app.ask(books.company.as.clerk, SetWriteOffToleranceDocument, { input: { currency: "USD", amount: "1.00" } });
    expect(errors?.[0]?.extensions?.["code"]).toBe("FORBIDDEN");
  });

  test("under a key that was used for another", async () => {
    for (const _time of [1, 2]) expect((await set({ amount: "1.00", idempotencyKey: "k" })).userErrors).toEqual([]);
    expect(await set({ amount: "2.00", idempotencyKey: "k" })).toMatchObject({ userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED" }] });
  });
});
