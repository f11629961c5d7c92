import { applyCredit, credit } from "../memos/books.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { AgreeArrangementDocument, type CreateTermsInput } from "../kit/gql.ts";

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

const terms = (more: Partial<CreateTermsInput> = {}): CreateTermsInput => ({ code: "2/10n30", description: "2 % 10 days, net 30", netDays: 30, discounts: [{ days: 10, basisPoints: 200 }], ...more });
const parts = (applications: readonly { readonly kind: string; readonly amount: { readonly amount: string } }[]) => applications.map(({ kind, amount }) => [kind, amount.amount]);
const openOf = async (id: string) => (await books.of(id)).balances.map(({ invoices, deductions }) => [invoices.amount, deductions.amount])[0] ?? ["0.00", "0.00"];

describe("case 3: a discount on a partial payment", () => {
  test("allowed, the part earns its share, and what comes late earns nothing", async () => {
    await books.terms(terms());
    const { id, account } = await books.customer();
    await books.bill(account, { number: "I-3", total: "5000.00", termsCode: "2/10n30" });
    const first = await books.pay({ account, amount: "1960.00", receivedOn: "2026-03-09", lines: [{ reference: "I-3", partial: true }] });
    expect(parts(first.payment!.applications)).toEqual([["CASH", "1960.00"], ["EARNED_DISCOUNT", "40.00"]]);
    expect(await openOf(id)).toEqual(["3000.00", "0.00"]);
    const second = await books.pay({ account, amount: "3000.00", receivedOn: "2026-03-29", lines: [{ reference: "I-3" }] });
    expect(parts(second.payment!.applications)).toEqual([["CASH", "3000.00"]]);
    expect(await openOf(id)).toEqual(["0.00", "0.00"]);
  });

  test("not allowed, the part earns nothing", async () => {
    await books.terms(terms({ discountOnPartial: false }));
    const { id, account } = await books.customer();
    await books.bill(account, { number: "I-3", total: "5000.00", termsCode: "2/10n30" });
    const { payment } = await books.pay({ account, amount: "1960.00", receivedOn: "2026-03-09", lines: [{ reference: "I-3", partial: true }] });
    expect(parts(payment!.applications)).toEqual([["CASH", "1960.00"]]);
    expect(await openOf(id)).toEqual(["3040.00", "0.00"]);
  });
});

describe("case 4: lines 800.00, freight 50.00 and tax 68.00 at 2 %", () => {
  const bill = { number: "I-4", total: "918.00", tax: "68.00", freight: "50.00", termsCode: "2/10n30", lines: [{ description: "Goods", amount: "800.00" }] };

  test.each([["LINES", "902.00", "16.00"], ["LINES_AND_TAX", "900.64", "17.36"], ["TOTAL", "899.64", "18.36"]] as const)("base %s: %s pays it, with %s of discount", async (discountBase, amount, discount) => {
    await books.terms(terms({ discountBase }));
    const { id, account } = await books.customer();
    await books.bill(account, bill);
    const { payment } = await books.pay({ account, amount, receivedOn: "2026-03-11", lines: [{ reference: "I-4" }] });
    expect(parts(payment!.applications)).toEqual([["CASH", amount], ["EARNED_DISCOUNT", discount]]);
    expect(await openOf(id)).toEqual(["0.00", "0.00"]);
  });

  test.each([["without a word", {}], ["with the discount stated", { discount: "18.36" }]])("2 %% of everything, where lines alone count, is 2.36 too much and a deduction: %s", async (_how, stated) => {
    await books.terms(terms({ discountBase: "LINES" }));
    const { id, account } = await books.customer();
    await books.bill(account, bill);
    const { payment } = await books.pay({ account, amount: "899.64", receivedOn: "2026-03-11", lines: [{ reference: "I-4", net: "899.64", ...stated }] });
    expect(payment!.deductions).toMatchObject([{ reason: "UNEARNED_DISCOUNT", amount: { amount: "2.36" } }]);
    expect(parts(payment!.applications)).toEqual([["CASH", "899.64"], ["EARNED_DISCOUNT", "16.00"], ["DEDUCTION", "2.36"]]);
    expect(await openOf(id)).toEqual(["0.00", "2.36"]);
  });
});

describe("case 4 after a credit memo of lines 100.00 and tax 8.00: 810.00 is due", () => {
  const bill = { number: "I-4", total: "918.00", tax: "68.00", freight: "50.00", termsCode: "2/10n30", lines: [{ description: "Goods", amount: "800.00" }] };
  const memo = { number: "CM-4", total: "108.00", tax: "8.00", issuedOn: "2026-03-05", lines: [{ description: "Returned goods", amount: "100.00" }] };
  const given = async (more: Partial<CreateTermsInput>, invoice: string | null = "I-4") => {
    await books.terms(terms(more));
    const customer = await books.customer();
    const [issued] = await books.bill(customer.account, bill);
    const { creditMemo, userErrors } = await credit(books, { account: customer.account, ...memo, invoice });
    expect(userErrors).toEqual([]);
    if (!invoice) expect((await applyCredit(books, { creditMemoId: creditMemo!.id, lines: [{ documentId: issued!.id }] })).userErrors).toEqual([]);
    return customer;
  };

  test.each<[string, Partial<CreateTermsInput>, string, string]>([
    ["lines, of which 700.00 are left", { discountBase: "LINES" }, "796.00", "14.00"],
    ["lines, and parts earn nothing", { discountBase: "LINES", discountOnPartial: false }, "796.00", "14.00"],
    ["lines and tax, of which 760.00 are left", { discountBase: "LINES_AND_TAX" }, "794.80", "15.20"],
    ["everything", { discountBase: "TOTAL" }, "793.80", "16.20"],
    ["everything, and parts earn nothing", { discountBase: "TOTAL", discountOnPartial: false }, "793.80", "16.20"],
  ])("2 %% of %s", async (_base, more, amount, discount) => {
    const { id, account } = await given(more);
    const { payment } = await books.pay({ account, amount, receivedOn: "2026-03-11", lines: [{ reference: "I-4" }] });
    expect(parts(payment!.applications)).toEqual([["CASH", amount], ["EARNED_DISCOUNT", discount]]);
    expect(await openOf(id)).toEqual(["0.00", "0.00"]);
  });

  test("taken late it is known as a discount", async () => {
    const { account } = await given({ discountBase: "LINES" });
    const { payment } = await books.pay({ account, amount: "796.00", receivedOn: "2026-03-20", lines: [{ reference: "I-4" }] });
    expect(payment!.deductions).toMatchObject([{ reason: "UNEARNED_DISCOUNT", amount: { amount: "14.00" } }]);
  });

  test("a credit given for something else pays, and what stays open earns its share of the discount that was offered", async () => {
    const { account } = await given({ discountBase: "LINES" }, null);
    const { payment } = await books.pay({ account, amount: "795.88", receivedOn: "2026-03-11", lines: [{ reference: "I-4" }] });
    expect(parts(payment!.applications)).toEqual([["CASH", "795.88"], ["EARNED_DISCOUNT", "14.12"]]);
  });
});

describe("case 5: 1,800.00 for 2,000.00 at 10 % within 10 days, three days late, and nothing says what for", () => {
  const offer = (graceDays: number) => ({ ...terms({ code: "10/10n30", graceDays, discounts: [{ days: 10, basisPoints: 1_000 }] }) });
  const invoice = { number: "I-5", total: "2000.00", termsCode: "10/10n30", invoicedOn: "2003-01-01" };
  const payment = { amount: "1800.00", receivedOn: "2003-01-14" };

  test("with five days of grace it matches, and the discount is given", async () => {
    await books.terms(offer(5));
    const { id, account } = await books.customer();
    await books.bill(account, invoice);
    const paid = (await books.pay({ account, ...payment })).payment!;
    expect(paid).toMatchObject({ status: "APPLIED", exception: null, deductions: [] });
    expect(parts(paid.applications)).toEqual([["CASH", "1800.00"], ["EARNED_DISCOUNT", "200.00"]]);
    expect(await openOf(id)).toEqual(["0.00", "0.00"]);
  });

  test("without grace nothing is applied: a person sees that the discount is late", async () => {
    await books.terms(offer(0));
    const { id, account } = await books.customer();
    await books.bill(account, invoice);
    expect((await books.pay({ account, ...payment })).payment).toMatchObject({ status: "UNAPPLIED", exception: "DISCOUNT_LATE", deductions: [], applications: [] });
    expect(await openOf(id)).toEqual(["2000.00", "0.00"]);
  });

  test.each([
    ["in force that day, it is given", "2003-01-14", "APPLIED", null],
    ["that has ended, it is late", "2003-01-13", "UNAPPLIED", "DISCOUNT_LATE"],
  ])("with extra grace agreed %s", async (_rule, effectiveTo, status, exception) => {
    await books.terms(offer(0));
    const { account } = await books.customer();
    await books.bill(account, invoice);
    const input = { account, kind: "EXTRA_DISCOUNT_GRACE" as const, effectiveFrom: "2003-01-01", effectiveTo, approver: "Dana", graceDays: 3 };
    expect((await app.query(books.company.as.controller, AgreeArrangementDocument, { input })).agreeArrangement.userErrors).toEqual([]);
    expect((await books.pay({ account, ...payment })).payment).toMatchObject({ status, exception });
  });
});

test("case 12: 2 % of JPY 12,345 is 247, of KWD 12.345 is 0.247, of USD 12.25 is 0.25", async () => {
  await books.terms(terms());
  for (const [currency, total, amount, discount] of [["JPY", "12345", "12098", "247"], ["KWD", "12.345", "12.098", "0.247"], ["USD", "12.25", "12.00", "0.25"]] as const) {
    const { account } = await books.customer({ currency });
    await books.bill(account, { number: `I-${currency}`, total, currency, termsCode: "2/10n30" });
    const { payment } = await books.pay({ account, amount, currency, receivedOn: "2026-03-11", lines: [{ reference: `I-${currency}` }] });
    expect(parts(payment!.applications)).toEqual([["CASH", amount], ["EARNED_DISCOUNT", discount]]);
  }
});

describe("a discount on an invoice with installments", () => {
  const halves = terms({ netDays: 0, installments: [{ kind: "SHARE", share: 1, of: 2, netDays: 30 }, { kind: "BALANCE", netDays: 60 }] });

  test("is the discount of the whole when the whole is paid in time", async () => {
    await books.terms(halves);
    const { id, account } = await books.customer();
    await books.bill(account, { number: "I-7", total: "1000.01", termsCode: "2/10n30" });
    const { payment } = await books.pay({ account, amount: "980.01", receivedOn: "2026-03-11", lines: [{ reference: "I-7" }] });
    expect(payment).toMatchObject({ unapplied: { amount: "0.00" }, deductions: [] });
    expect(await openOf(id)).toEqual(["0.00", "0.00"]);
  });

  test("taken late is one deduction", async () => {
    await books.terms(halves);
    const { id, account } = await books.customer();
    await books.bill(account, { number: "I-7", total: "1000.00", termsCode: "2/10n30" });
    const { payment } = await books.pay({ account, amount: "980.00", receivedOn: "2026-03-20", lines: [{ reference: "I-7" }] });
    expect(payment!.deductions).toMatchObject([{ reason: "UNEARNED_DISCOUNT", amount: { amount: "20.00" } }]);
    expect(await openOf(id)).toEqual(["0.00", "20.00"]);
  });
});
