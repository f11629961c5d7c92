import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { IssueCreditMemoDocument, MemosDocument } from "../kit/gql.ts";
import { applyCredit, credit, debit, memosOf } from "./books.ts";

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
  const drift = await app.db.run("test.drift", `select item.id from open_item item where item.open_minor <> item.original_minor - coalesce((select sum(amount_minor) from application where item.id in (debit_item_id, credit_item_id)), 0)`, []);
  expect(drift).toEqual([]);
});
afterAll(() => app.close());

/** What an account moved by, over all entries of the company; debits are positive. */
const ledger = async (): Promise<Record<string, string>> => {
  const rows = await app.db.run<{ account: string; minor: bigint }>(
    "test.ledger",
    `select line.account, sum(line.amount_minor)::bigint as minor from journal_line line join company on company.id = line.company_id where company.code = $1 group by line.account having sum(line.amount_minor) <> 0`,
    [books.company.code],
  );
  return Object.fromEntries(rows.map(({ account, minor }) => [account, (Number(minor) / 100).toFixed(2)]));
};

test("case 8: a credit memo on a partly paid invoice settles the open part, and the rest is a credit on account", async () => {
  const { id, account } = await books.customer();
  await books.bill(account, { number: "INV-8", total: "1200.00" });
  await books.pay({ account, amount: "900.00", lines: [{ reference: "INV-8", net: "900.00", partial: true }] });
  expect(await memosOf(books, id)).toMatchObject({ balances: [{ total: { amount: "300.00" } }] });

  const { creditMemo, userErrors } = await credit(books, { account, number: "CM-1", invoice: "inv-8", total: "500.00" });
  expect(userErrors).toEqual([]);
  expect(creditMemo).toMatchObject({
    number: "CM-1", reason: "RETURN", total: { amount: "500.00" }, open: { amount: "200.00" }, invoice: { number: "INV-8", status: "SETTLED", open: { amount: "0.00" } },
    applications: [{ kind: "CREDIT", amount: { amount: "300.00" }, payment: null, invoice: { number: "INV-8" }, creditMemo: { number: "CM-1" } }],
  });
  expect(await memosOf(books, id)).toMatchObject({
    balances: [{ total: { amount: "-200.00" }, invoices: { amount: "0.00" }, unapplied: { amount: "0.00" }, credits: { amount: "200.00" } }],
    openItems: { edges: [{ node: { kind: "CREDIT_MEMO", number: "CM-1", original: { amount: "500.00" }, open: { amount: "200.00" } } }] },
    invoices: { edges: [{ node: { number: "INV-8", open: { amount: "0.00" }, creditMemos: [{ number: "CM-1" }] } }] },
  });
  expect(await ledger()).toEqual({ BANK: "900.00", SALES: "-1200.00", RETURNS_AND_ALLOWANCES: "500.00", ON_ACCOUNT_CASH: "-200.00" });
});

test("a credit memo keeps its lines and takes back the tax on them", async () => {
  const { account } = await books.customer();
  await books.bill(account, { number: "T-1", total: "110.00", tax: "10.00", lines: [{ description: "Ten cases", amount: "60.00" }, { description: "Four crates", amount: "40.00" }] });
  const { creditMemo } = await credit(books, { account, number: "CM-2", invoice: "T-1", reason: "DAMAGE", lines: [{ invoiceLineNo: 2, description: "Two crates broken", amount: "20.00" }], tax: "2.00", total: "22.00" });
  expect(creditMemo).toMatchObject({
    tax: { amount: "2.00" }, open: { amount: "0.00" }, invoice: { status: "PARTLY_SETTLED", open: { amount: "88.00" } },
    lines: [{ lineNo: 1, invoiceLineNo: 2, description: "Two crates broken", amount: { amount: "20.00" } }],
  });
  expect(await ledger()).toEqual({ AR_CONTROL: "88.00", SALES: "-100.00", SALES_TAX_PAYABLE: "-8.00", RETURNS_AND_ALLOWANCES: "20.00" });
});

describe("nobody gets back more than was billed", () => {
  test.each([
    ["the whole invoice", { lines: [{ description: "All", amount: "100.00" }], tax: "10.00", total: "110.00" }, ["total"]],
    ["the tax", { lines: [{ description: "Part", amount: "10.00" }], tax: "9.01", total: "19.01" }, ["tax"]],
    ["a line", { lines: [{ invoiceLineNo: 1, description: "First", amount: "50.00" }], total: "50.00" }, ["lines", "0", "amount"]],
    ["a line in two lines", { lines: [{ invoiceLineNo: 2, description: "Second", amount: "30.00" }, { invoiceLineNo: 2, description: "again", amount: "10.01" }], total: "40.01" }, ["lines", "1", "amount"]],
  ])("%s", async (_what, input, field) => {
    const { account } = await books.customer();
    await books.bill(account, { number: "L-1", total: "110.00", tax: "10.00", lines: [{ description: "First", amount: "60.00" }, { description: "Second", amount: "40.00" }] });
    expect((await credit(books, { account, number: "C-1", invoice: "L-1", lines: [{ invoiceLineNo: 1, description: "First", amount: "10.01" }], tax: "1.00", total: "11.01" })).userErrors).toEqual([]);
    const { creditMemo, userErrors } = await credit(books, { account, number: "C-2", invoice: "L-1", ...input });
    expect({ creditMemo, userErrors }).toMatchObject({ creditMemo: null, userErrors: [{ code: "CREDIT_EXCEEDED", field }] });
  });
});

test("a credit on account settles invoices and debit memos later, each use on its day, and never more than it has left", async () => {
  const { id, account } = await books.customer();
  const [, second] = await books.bill(account, { number: "A-1", total: "100.00" }, { number: "A-2", total: "70.00" });
  const charge = await debit(books, { account, number: "DM-1", total: "15.00", reason: "NSF_FEE" });
  const { creditMemo } = await credit(books, { account, number: "CM-3", total: "90.00" });
  expect(creditMemo).toMatchObject({ open: { amount: "90.00" }, invoice: null, applications: [] });

  const used = await applyCredit(books, { creditMemoId: creditMemo!.id, appliedOn: "2026-04-02", lines: [{ documentId: second!.id }, { documentId: charge.debitMemo!.id, amount: "10.00" }] });
  expect(used).toMatchObject({ userErrors: [], creditMemo: { open: { amount: "10.00" }, version: 2, applications: [{ invoice: { number: "A-2" }, effectiveOn: "2026-04-02", amount: { amount: "70.00" } }, { debitMemo: { number: "DM-1" }, amount: { amount: "10.00" } }] } });
  expect(await applyCredit(books, { creditMemoId: creditMemo!.id, lines: [{ documentId: charge.debitMemo!.id, amount: "5.01" }] })).toMatchObject({ userErrors: [{ code: "ITEM_CLOSED" }], current: { __typename: "DebitMemo", open: { amount: "5.00" } } });
  expect(await applyCredit(books, { creditMemoId: creditMemo!.id, lines: [{ documentId: charge.debitMemo!.id }, { documentId: charge.debitMemo!.id, amount: "1.00" }] })).toMatchObject({ userErrors: [{ code: "ITEM_CLOSED" }] });
  expect(await applyCredit(books, { creditMemoId: creditMemo!.id, lines: [{ documentId: (await books.bill(account, { number: "A-3", total: "50.00" }))[0]!.id, amount: "10.01" }] })).toMatchObject({ userErrors: [{ code: "CREDIT_EXCEEDED" }], current: { __typename: "CreditMemo", open: { amount: "10.00" } } });
  expect(await memosOf(books, id)).toMatchObject({ balances: [{ total: { amount: "145.00" }, invoices: { amount: "150.00" }, debitMemos: { amount: "5.00" }, credits: { amount: "10.00" } }] });
  expect(await ledger()).toMatchObject({ AR_CONTROL: "155.00", ON_ACCOUNT_CASH: "-10.00", LATE_CHARGES_AND_INTEREST: "-15.00" });
});

test("a credit of one customer settles nothing of another, and nothing in another currency", async () => {
  const [one, other] = [await books.customer(), await books.customer()];
  const [foreign] = await books.bill(other.account, { number: "F-1", total: "50.00" });
  const [euros] = await books.bill(one.account, { number: "F-2", total: "50.00", currency: "EUR" });
  const { creditMemo } = await credit(books, { account: one.account, number: "CM-4", total: "20.00" });
  expect((await applyCredit(books, { creditMemoId: creditMemo!.id, lines: [{ documentId: foreign!.id }] })).userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
  expect((await applyCredit(books, { creditMemoId: creditMemo!.id, lines: [{ documentId: euros!.id }] })).userErrors).toMatchObject([{ code: "CURRENCY_MISMATCH" }]);
  expect((await credit(books, { account: one.account, number: "CM-5", invoice: "F-1", total: "5.00" })).userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["invoice"] }]);
});

describe("two credits at once for one invoice that both saw at the same version", () => {
  test("one credit memo of 500.00 is issued to the invoice of 1,000.00, and the other is a conflict that shows it as it is now", async () => {
    const { account } = await books.customer();
    await books.bill(account, { number: "R-1", total: "1000.00" });
    const answers = await Promise.all(["CM-6", "CM-7"].map((number) => credit(books, { account, number, invoice: "R-1", total: "500.00", expectedVersion: 1 })));
    expect(answers.filter(({ creditMemo }) => creditMemo !== null)).toMatchObject([{ creditMemo: { open: { amount: "0.00" } }, userErrors: [] }]);
    expect(answers.filter(({ creditMemo }) => creditMemo === null)).toMatchObject([{ userErrors: [{ code: "CONFLICT", field: ["expectedVersion"] }], current: { __typename: "Invoice", number: "R-1", version: 2, open: { amount: "500.00" } } }]);
  });

  test("one credit on account of 500.00 is applied, and the other is a conflict; one event tells of the change", async () => {
    const { account } = await books.customer();
    const [invoice] = await books.bill(account, { number: "R-2", total: "1000.00" });
    const credits = [await credit(books, { account, number: "CM-8", total: "500.00" }), await credit(books, { account, number: "CM-9", total: "500.00" })];
    const answers = await Promise.all(credits.map(({ creditMemo }) => applyCredit(books, { creditMemoId: creditMemo!.id, lines: [{ documentId: invoice!.id, expectedVersion: 1 }] })));
    expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? "done").sort()).toEqual(["CONFLICT", "done"]);
    expect(answers.find(({ current }) => current)).toMatchObject({ current: { number: "R-2", open: { amount: "500.00" } } });
    const events = await app.db.run("test.events", `select event.amount_minor from event join company on company.id = event.company_id where company.code = $1 and kind = 'INVOICE_CHANGED' order by event.epoch, event.xid, event.id`, [books.company.code]);
    expect(events).toEqual([{ amount_minor: 100_000n }, { amount_minor: 50_000n }]);
  });

  test("one credit used twice at once without a version is used once", async () => {
    const { account } = await books.customer();
    const bills = await books.bill(account, { number: "R-3", total: "80.00" }, { number: "R-4", total: "80.00" });
    const { creditMemo } = await credit(books, { account, number: "CM-10", total: "80.00" });
    const answers = await Promise.all(bills.map(({ id }) => applyCredit(books, { creditMemoId: creditMemo!.id, lines: [{ documentId: id, amount: "80.00" }] })));
    expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? "done").sort()).toEqual(["CREDIT_EXCEEDED", "done"]);
  });
});

describe("a debit memo", () => {
  test("is paid by its number, in any spelling, and short-paid like an invoice", async () => {
    const { id, account } = await books.customer();
    await books.bill(account, { number: "P-1", total: "100.00" });
    const { debitMemo } = await debit(books, { account, number: "DM-0042", total: "40.00", invoice: "P-1", reason: "PRICE_CORRECTION", dueOn: "2026-04-30" });
    expect(debitMemo).toMatchObject({ dueOn: "2026-04-30", invoice: { number: "P-1" }, open: { amount: "40.00" } });
    const { payment } = await books.pay({ account, amount: "135.00", receivedOn: "2026-03-26", lines: [{ reference: "P-1", net: "100.00" }, { reference: " dm-0042", gross: "40.00", deduction: "5.00", net: "35.00" }] });
    expect(payment).toMatchObject({ status: "APPLIED", deductions: [{ amount: { amount: "5.00" }, invoice: null }] });
    expect(await memosOf(books, id)).toMatchObject({ balances: [{ total: { amount: "5.00" }, debitMemos: { amount: "0.00" }, deductions: { amount: "5.00" } }], debitMemos: { edges: [{ node: { open: { amount: "0.00" }, applications: [{ kind: "CASH" }, { kind: "DEDUCTION" }] } }] } });
    expect(await books.pay({ account, amount: "1.00", lines: [{ reference: "DM-0042" }] })).toMatchObject({ userErrors: [{ code: "ITEM_CLOSED" }], current: { __typename: "DebitMemo" } });
  });

  test("is paid by its amount, where it alone has so much open", async () => {
    const { account } = await books.customer();
    await debit(books, { account, number: "DM-2", total: "35.00", reason: "NSF_FEE" });
    expect((await books.pay({ account, amount: "35.00", receivedOn: "2026-03-26" })).payment).toMatchObject({ status: "APPLIED", exception: null });
  });

  test("may carry the number of an invoice, and then the invoice is meant", async () => {
    const { account } = await books.customer();
    await books.bill(account, { number: "N-7", total: "10.00" });
    await debit(books, { account, number: "N-7", total: "20.00" });
    expect((await books.pay({ account, amount: "10.00", receivedOn: "2026-03-26", lines: [{ reference: "N-7", net: "10.00" }] })).payment).toMatchObject({ applications: [{ invoice: { number: "N-7", status: "SETTLED" } }] });
  });
});

test("one number is one memo of its kind, and one key is one memo", async () => {
  const { account } = await books.customer();
  const input = { account, number: "CM-11", total: "5.00", idempotencyKey: "k" };
  const [first, again] = [await credit(books, input), await credit(books, input)];
  expect(again.creditMemo!.id).toBe(first.creditMemo!.id);
  expect((await credit(books, { account, number: "cm-11", total: "5.00" })).userErrors).toMatchObject([{ code: "DUPLICATE", field: ["number"] }]);
  expect((await debit(books, { account, number: "CM-11", total: "5.00" })).userErrors).toEqual([]);
  const { creditMemos, debitMemos } = await app.query(books.company.as.biReader, MemosDocument, { number: "cm-11", openOnly: true });
  expect([creditMemos, debitMemos]).toMatchObject([{ edges: [{ node: { number: "CM-11" } }] }, { edges: [{ node: { number: "CM-11" } }] }]);
});

describe("what is refused", () => {
  test.each([
    ["no reason", { reason: "UNIDENTIFIED" as const }, "VALUE_INVALID", ["reason"]],
    ["a negative line", { lines: [{ description: "x", amount: "-5.00" }], total: "-5.00" }, "AMOUNT_INVALID", ["lines", "0", "amount"]],
    ["a total that is not the sum", { total: "6.00", lines: [{ description: "x", amount: "5.00" }] }, "TOTAL_MISMATCH", ["total"]],
    ["a day that has not come", { issuedOn: "2199-01-01" }, "DATE_INVALID", ["issuedOn"]],
    ["a memo before its invoice", { invoice: "Q-1", issuedOn: "2026-02-28" }, "DATE_INVALID", ["issuedOn"]],
    ["an unknown invoice", { invoice: "Q-2" }, "NOT_FOUND", ["invoice"]],
    ["a line the invoice does not have", { invoice: "Q-1", lines: [{ invoiceLineNo: 9, description: "x", amount: "5.00" }] }, "NOT_FOUND", ["lines", "0", "invoiceLineNo"]],
  ])("%s", async (_rule, input, code, field) => {
    const { account } = await books.customer();
    await books.bill(account, { number: "Q-1", total: "100.00" });
    expect(await credit(books, { account, number: "CM-12", total: "5.00", ...input })).toMatchObject({ creditMemo: null, userErrors: [{ code, field }] });
  });

  test("whoever takes cash issues no credit memos", async () => {
    const input = { account: "1", number: "CM-13", currency: "USD", issuedOn: "2026-03-25", reason: "RETURN" as const, lines: [{ description: "x", amount: "5.00" }], total: "5.00" };
    for (const member of ["clerk", "bookkeeping", "collector"] as const) {
      expect((await app.ask(books.company.as[member], IssueCreditMemoDocument, { input })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    }
  });
});
