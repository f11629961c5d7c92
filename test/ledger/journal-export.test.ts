import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { ExportJournalDocument, JournalEntriesDocument, type JournalEntriesQueryVariables, JournalExportsDocument, MapAccountDocument, type MapAccountInput } from "../kit/gql.ts";
import { credit, debit } from "../memos/books.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
});
afterAll(() => app.close());

const makeExport = async (to: string, idempotencyKey?: string) => {
  const answer = (await app.query(books.company.as.controller, ExportJournalDocument, { input: { to, ...(idempotencyKey && { idempotencyKey }) } })).exportJournal;
  expect(answer.userErrors).toEqual([]);
  return answer.export;
};
const map = async (input: MapAccountInput) => (await app.query(books.company.as.controller, MapAccountDocument, { input })).mapAccount;
const entries = async (variables: JournalEntriesQueryVariables = {}) => (await app.query(books.company.as.biReader, JournalEntriesDocument, { first: 200, ...variables })).journalEntries!.edges!.map((edge) => edge!.node!);

const get = (path: string, token: string | null = books.company.as.controller) => fetch(`${app.url}${path}`, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
const file = async (path: string): Promise<string> => {
  const response = await get(path);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  return response.text();
};
/** The rows of a file by their columns. No cell of these tests holds a comma but the one that says so. */
const rows = (text: string): Record<string, string>[] => {
  const [header, ...lines] = text.trimEnd().split("\r\n").map((line) => line.split(","));
  return lines.map((cells) => Object.fromEntries(header!.map((name, index) => [name, cells[index]!])));
};

test("an export holds every entry up to its day once, with totals that are equal, and can be fetched again as it was", async () => {
  const { account } = await books.customer();
  await books.bill(account, { number: "E-1", total: "110.00", tax: "10.00", lines: [{ description: "Goods", amount: "100.00" }] }, { number: "E-2", total: "50.00", currency: "EUR" }, { number: "E-3", total: "70.00", invoicedOn: "2026-04-01", dueOn: "2026-04-30" });
  await books.pay({ account, amount: "110.00", reference: "CHK 9", lines: [{ reference: "E-1", net: "110.00" }] });
  await credit(books, { account, number: "CM-1", total: "5.00" });
  await map({ account: "AR_CONTROL", number: "1200" });

  const made = await makeExport("2026-03-31");
  expect(made).toMatchObject({
    number: 1, from: "2026-03-01", to: "2026-03-31", entryCount: 4, exportedBy: books.company.subjects.controller,
    totals: [{ debit: { amount: "50.00", currency: "EUR" }, credit: { amount: "50.00" } }, { debit: { amount: "225.00", currency: "USD" }, credit: { amount: "225.00" } }],
  });
  const text = await file(made!.path);
  const lines = rows(text);
  expect(lines.filter(({ document_number }) => document_number === "E-1")).toMatchObject([
    { export_number: "1", effective_on: "2026-03-01", kind: "INVOICE", customer_account: account, account: "AR_CONTROL", account_number: "1200", currency: "USD", debit: "110.00", credit: "", functional_currency: "USD", functional_debit: "110.00", functional_credit: "" },
    { account: "SALES", account_number: "", debit: "", credit: "100.00", functional_credit: "100.00" },
    { account: "SALES_TAX_PAYABLE", debit: "", credit: "10.00" },
  ]);
  expect(lines.filter(({ currency }) => currency === "EUR")).toMatchObject([{ debit: "50.00", functional_debit: "" }, { credit: "50.00", functional_credit: "" }]);
  expect(lines.filter(({ kind }) => kind === "PAYMENT")).toMatchObject([{ document_number: "CHK 9", account: "BANK", debit: "110.00" }, { account: "AR_CONTROL", credit: "110.00" }]);

  // What changes afterwards changes nothing of it.
  expect(await map({ account: "AR_CONTROL", number: "1300" })).toMatchObject({ accountNumbers: [{ account: "AR_CONTROL", number: "1300" }] });
  await books.pay({ account, amount: "1.00" });
  expect(await file(made!.path)).toBe(text);

  const exported = await entries({ exportId: made!.id });
  expect(exported.map(({ id }) => id)).toEqual([...new Set(lines.map(({ entry_id }) => entry_id))]);
  expect(exported.every((entry) => entry.export!.number === 1)).toBe(true);
});

test("a late entry comes with the next export, and an entry that was exported never again", async () => {
  const { account } = await books.customer();
  await books.bill(account, { number: "L-1", total: "10.00" });
  await makeExport("2026-03-31");
  expect(await makeExport("2026-03-31")).toBeNull();
  await books.bill(account, { number: "L-2", total: "20.00" });
  await books.bill(account, { number: "L-3", total: "30.00", invoicedOn: "2026-04-10", dueOn: "2026-04-30" });
  const second = await makeExport("2026-04-30");
  expect(second).toMatchObject({ number: 2, from: "2026-03-01", to: "2026-04-30", entryCount: 2, totals: [{ debit: { amount: "50.00" } }] });
  expect(rows(await file(second!.path)).map(({ document_number }) => document_number)).toEqual(["L-2", "L-2", "L-3", "L-3"]);
  expect(await entries({ exported: false })).toEqual([]);
  const { journalExports } = await app.query(books.company.as.biReader, JournalExportsDocument, {});
  expect(journalExports!.edges!.map((edge) => edge!.node!.number)).toEqual([2, 1]);
});

test("exports and postings at once lose nothing and give nothing twice", async () => {
  const customers = await Promise.all([books.customer(), books.customer(), books.customer()]);
  const payments = Array.from({ length: 24 }, (_, index) => books.pay({ account: customers[index % 3]!.account, amount: `${index + 1}.00` }));
  const during = await Promise.all(Array.from({ length: 6 }, () => makeExport("2026-03-31")));
  await Promise.all(payments);
  const made = [...during, await makeExport("2026-03-31")].filter((it) => it !== null);
  const all = (await Promise.all(made.map(({ path }) => file(path)))).flatMap(rows);
  expect(all.map(({ entry_id, account }) => `${entry_id} ${account}`).sort()).toEqual((await entries()).flatMap(({ id, lines }) => lines.map(({ account }) => `${id} ${account}`)).sort());
  expect(all.reduce((sum, { debit }) => sum + Number(debit), 0)).toBe((24 * 25) / 2);
  expect(made.map(({ number }) => number).sort((a, b) => a - b)).toEqual(made.map((_, index) => index + 1));
  expect(made.reduce((sum, { entryCount }) => sum + entryCount, 0)).toBe(24);
});

test("one key makes one export", async () => {
  const { account } = await books.customer();
  await books.bill(account, { number: "K-1", total: "10.00" });
  const [first, again] = [await makeExport("2026-03-31", "k"), await makeExport("2026-03-31", "k")];
  expect(again).toEqual(first);
});

test("a file longer than one read is whole and in order", async () => {
  const { account } = await books.customer();
  await books.bill(account, { number: "B-1", total: "1.00" });
  const copies = `with made as (
      insert into journal_entry (company_id, id, kind, document_id, customer_id, effective_on, recorded_at)
      select entry.company_id, gen_random_uuid(), kind, document_id, customer_id, effective_on, entry.recorded_at from journal_entry entry join company on company.id = entry.company_id, generate_series(1, 2500) where company.code = $1
      returning company_id, id)
    insert into journal_line (company_id, entry_id, line_no, account, currency, amount_minor) select company_id, id, n, 'SALES', 'USD', case n when 1 then 1 else -1 end from made, generate_series(1, 2) as n`;
  await app.db.run("test.copies", copies, [books.company.code]);
  const made = await makeExport("2026-03-31");
  const ids = rows(await file(made!.path)).map(({ entry_id }) => entry_id);
  expect([made!.entryCount, ids.length, new Set(ids).size]).toEqual([2501, 5002, 2501]);
});

test("what a spreadsheet would take for a formula is text in the file", async () => {
  const { account } = await books.customer();
  await books.pay({ account, amount: "1.00", reference: `=HYPERLINK("http://x","y")` });
  const made = await makeExport("2026-03-31");
  expect(await file(made!.path)).toContain(`,"'=HYPERLINK(""http://x"",""y"")",`);
});

test("the journal is read by day, account and whether it was exported, each entry with its document", async () => {
  const { account } = await books.customer();
  await books.bill(account, { number: "J-1", total: "10.00" });
  await makeExport("2026-03-31");
  await books.pay({ account, amount: "4.00" });
  await debit(books, { account, number: "DM-1", total: "3.00" });
  await credit(books, { account, number: "CM-2", invoice: "J-1", total: "2.00" });
  const short = (found: Awaited<ReturnType<typeof entries>>) => found.map(({ kind, documentNumber, document }) => [kind, documentNumber, document!.__typename]);
  expect(short(await entries())).toEqual([["INVOICE", "J-1", "Invoice"], ["PAYMENT", null, "Payment"], ["DEBIT_MEMO", "DM-1", "DebitMemo"], ["CREDIT_MEMO", "CM-2", "CreditMemo"]]);
  expect(short(await entries({ exported: true }))).toEqual([["INVOICE", "J-1", "Invoice"]]);
  expect(short(await entries({ account: "BANK" }))).toEqual([["PAYMENT", null, "Payment"]]);
  expect(short(await entries({ from: "2026-03-02", to: "2026-03-24" }))).toEqual([["PAYMENT", null, "Payment"]]);
  expect((await entries({ account: "RETURNS_AND_ALLOWANCES" }))[0]).toMatchObject({ customer: { accountNumber: account }, export: null, lines: [{ account: "RETURNS_AND_ALLOWANCES", debit: { amount: "2.00" }, credit: null, functionalDebit: { currency: "USD" } }, { account: "AR_CONTROL", debit: null, credit: { amount: "2.00" } }] });
});

describe("an export is handed out", () => {
  test("to those who may read the ledger of its company, and to nobody else", async () => {
    const { account } = await books.customer();
    await books.bill(account, { number: "S-1", total: "10.00" });
    const { path } = (await makeExport("2026-03-31"))!;
    const other = await app.company();
    const status = async (token: string | null, asked = path) => (await get(asked, token)).status;
    expect([await status(books.company.as.biReader), await status(null), await status(books.company.as.clerk), await status(other.as.controller)]).toEqual([200, 401, 403, 404]);
    expect([await status(books.company.as.controller, "/exports/nothing.csv"), await status(books.company.as.controller, `/exports/${books.company.companyId}.csv`)]).toEqual([404, 404]);
  });

  test("and made and numbered by the controller alone", async () => {
    for (const member of ["biReader", "clerk", "bookkeeping", "administrator"] as const) {
      expect((await app.ask(books.company.as[member], ExportJournalDocument, { input: { to: "2026-03-31" } })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    }
    expect(await map({ account: "BANK", number: " " })).toMatchObject({ accountNumbers: null, userErrors: [{ code: "VALUE_INVALID", field: ["number"] }] });
  });
});
