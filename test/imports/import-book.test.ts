import { openTestApp, type TestApp } from "../kit/app.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { subscribe } from "../kit/live.ts";
import { book, ended, faultsOfBooks, HEADER, importBook, mapText, rowsOf, startImport, totalsOf, upload } from "./books.ts";

let t: TestApp;
let company: FoundedCompany;
beforeAll(async () => void (t = await openTestApp()));
beforeEach(async () => void (company = await t.company()));
afterAll(() => t.close());

const PAID_TWICE = [
  "00041,Acme Inc.,INV-1,2026-01-01,2026-01-31,2026-02-05,USD,100.00",
  "41,ACME Incorporated,INV-2,2026-01-10,2026-02-09,2026-02-05,USD,50.50",
  "41,Acme Inc.,INV-3,2026-01-10,2026-02-09,2026-02-05,CAD,70.00",
  "41,Acme Inc.,INV-4,2026-02-10,2026-03-12,,USD,25.00",
  "B7,Beta,,2026-02-11,2026-03-12,,JPY,2500",
];

describe("importing a book", () => {
  test("puts paid rows on the books as invoices and one payment per customer, clear date and currency", async () => {
    const run = await importBook(t, company, book(...PAID_TWICE, PAID_TWICE[0]!.replace("Acme Inc.", "The Acme Company")));
    expect(run).toMatchObject({
      status: "POSTED", errorMessage: null, rejects: [],
      counts: { rows: 6, duplicates: 1, rejects: 0, warnings: 0, alreadyKnown: 0, posted: 5, invoices: 5, payments: 2 },
    });
    expect(await totalsOf(t, company)).toMatchObject({
      customers: 2, invoices: 5, payments: 2, applications: 3, open: { USD: "2500", CAD: "0", JPY: "2500" }, paid: { USD: "15050", CAD: "7000" },
    });
    expect(await faultsOfBooks(t, company)).toEqual([]);
    expect(await rowsOf(t, company, `select p.source, p.currency, p.amount_minor::text as minor, p.received_on as day, p.deposited_on as deposited
      from payment p, company where p.company_id = company.id order by currency`)).toEqual([
      { source: "IMPORT", currency: "CAD", minor: "7000", day: "2026-02-05", deposited: "2026-02-05" },
      { source: "IMPORT", currency: "USD", minor: "15050", day: "2026-02-05", deposited: "2026-02-05" },
    ]);
  });

  test("makes every name of the file an alias of its customer, also those of repeated rows", async () => {
    await importBook(t, company, book(...PAID_TWICE, PAID_TWICE[0]!.replace("Acme Inc.", "The Acme Company")));
    const { customers } = await t.query(company.as.controller, `query ($company: String) { customers(company: $company) { edges { node { accountNumber name currency aliases } } } }`, { company: company.code });
    expect(customers.edges.map(({ node }: { node: object }) => node)).toEqual([
      { accountNumber: "00041", name: "Acme Inc.", currency: "USD", aliases: ["ACME Incorporated", "Acme Inc.", "The Acme Company"] },
      { accountNumber: "B7", name: "Beta", currency: "JPY", aliases: ["Beta"] },
    ]);
  });

  test("posts nothing when one row is at fault, and lists every fault of every row", async () => {
    const run = await importBook(t, company, book(PAID_TWICE[0]!, "41,Acme,INV-8,2026-02-30,2026-03-01,,USD,1.005", "41,Acme,INV-9,2026-02-01,2026-01-01,,USD,5.00", ",Acme"));
    expect(run).toMatchObject({ status: "REFUSED", counts: { rows: 4, rejects: 2, warnings: 1, posted: 0 } });
    expect(run.errorMessage).toBe("2 rows are at fault of 4, so nothing was posted. Mend the file, or import it again and accept the good rows.");
    expect(run.rejects).toEqual([
      { line: 3, column: "amount", value: "1.005", reason: `"1.005" has more than the 2 decimal places of USD.`, warning: false },
      { line: 3, column: "invoiced", value: "2026-02-30", reason: "It is not a day of the calendar written as YYYY-MM-DD.", warning: false },
      { line: 4, column: "due", value: "2026-01-01", reason: "It is before the invoice date 2026-02-01.", warning: true },
      { line: 5, column: "(row)", value: " | Acme", reason: "The row has 2 cells and the header 8.", warning: false },
    ]);
    expect(await totalsOf(t, company)).toMatchObject({ customers: 0, invoices: 0, payments: 0, entries: 0, events: 0 });
  });

  test("posts the good rows when told to, and a refused file may be imported again", async () => {
    const content = book(PAID_TWICE[0]!, "42,Gamma,INV-9,2026-02-01,2026-03-01,,USD,0.00");
    expect(await importBook(t, company, content)).toMatchObject({ status: "REFUSED" });
    const again = await importBook(t, company, content, { acceptGood: true });
    expect(again).toMatchObject({ status: "POSTED", counts: { rows: 2, rejects: 1, posted: 1, invoices: 1, payments: 1 }, rejects: [{ line: 3, column: "amount" }] });
    expect(await totalsOf(t, company)).toMatchObject({ customers: 1, invoices: 1, payments: 1 });
  });

  test.each([
    ["a header that does not fit", "account,amount\n1,2\n", `Line 1: The header does not fit the map: it lacks "name", "invoice", "invoiced", "due", "cleared", "currency".`],
    ["a file without rows", `${HEADER}\n`, "The file has a header and no rows."],
    ["quotes that do not match", `${HEADER}\n1,A"B,x\n`, "Line 2: A quote stands inside a cell that is not quoted."],
  ])("refuses %s and says why", async (_name, content, message) => {
    expect(await importBook(t, company, content, { acceptGood: true })).toMatchObject({ status: "REFUSED", errorMessage: message });
  });

  test("refuses at once a map that is none, a file that is not there, and those who may not import", async () => {
    expect((await startImport(t, company, "x", { map: "{" })).userErrors).toMatchObject([{ code: "MAP_INVALID", field: ["map"] }]);
    expect((await startImport(t, company, "x", { map: mapText({ credits: "some" }) })).userErrors).toMatchObject([{ code: "MAP_INVALID", field: ["credits"] }]);
    const other = await t.company();
    const fileId = await upload(t, other, book(PAID_TWICE[0]!));
    const mutation = `mutation ($input: ImportBookInput!) { importBook(input: $input) { import { id } userErrors { code field } } }`;
    const input = { company: company.code, fileId, map: mapText() };
    expect((await t.query(company.as.controller, mutation, { input })).importBook).toEqual({ import: null, userErrors: [{ code: "NOT_FOUND", field: ["fileId"] }] });
    expect((await t.ask(company.as.clerk, mutation, { input })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });

  test("is told to subscribers once, whatever it posted, and shows in the list of imports of its company only", async () => {
    await t.caughtUp();
    const live = subscribe(t.url, company.as.biReader, `subscription ($company: String) { importFinished(company: $company) { cursor import { id status counts { posted } } } }`, { company: company.code });
    const received = subscribe(t.url, company.as.biReader, `subscription ($company: String) { invoiceChanged(company: $company) { cursor invoice { id } } }`, { company: company.code });
    const { invoiceChanged: start } = (await received.next()) as { invoiceChanged: { cursor: string } };
    await live.next();
    const refused = await importBook(t, company, book("1,A,X,2026-01-01,2026-01-01,,USD,0"));
    const posted = await importBook(t, company, book(...PAID_TWICE));
    expect((await live.take(2)).map(({ importFinished }) => importFinished.import)).toEqual([
      { id: refused.id, status: "REFUSED", counts: { posted: 0 } }, { id: posted.id, status: "POSTED", counts: { posted: 5 } },
    ]);
    await Promise.all([live.close(), received.close()]);
    await t.caughtUp();
    const replayed = subscribe(t.url, company.as.biReader, `subscription ($company: String, $after: String) { invoiceChanged(company: $company, after: $after) { invoice { id } } }`, { company: company.code, after: start.cursor });
    expect(await replayed.next()).toEqual({ invoiceChanged: { invoice: null } });
    await replayed.close();

    const list = `query ($company: String) { imports(company: $company) { edges { node { id name mapName } } } }`;
    expect((await t.query(company.as.clerk, list, { company: company.code })).imports.edges.map(({ node }: { node: object }) => node)).toEqual([
      { id: posted.id, name: "book.csv", mapName: "small-book" }, { id: refused.id, name: "book.csv", mapName: "small-book" },
    ]);
    const other = await t.company();
    const look = `query ($id: ID!) { import(id: $id) { id } node(id: $id) { id } }`;
    expect(await t.query(other.as.administrator, look, { id: posted.id })).toEqual({ import: null, node: null });
    expect(await t.query(company.as.clerk, look, { id: posted.id })).toEqual({ import: { id: posted.id }, node: { id: posted.id } });
  });
});

describe("importing a book again", () => {
  test("with the same content and map changes nothing and answers with the first import", async () => {
    const first = await importBook(t, company, book(...PAID_TWICE));
    const before = await totalsOf(t, company);
    const again = await startImport(t, company, book(...PAID_TWICE));
    expect(again).toEqual({ id: first.id, existing: true, userErrors: [] });
    expect(await ended(t, company, first.id)).toEqual(first);
    expect(await totalsOf(t, company)).toEqual(before);
  });

  test("with newer rows posts what is new: further invoices, and payments of those that were open", async () => {
    await importBook(t, company, book(...PAID_TWICE));
    const newer = [...PAID_TWICE.slice(0, 3), PAID_TWICE[3]!.replace(",,USD", ",2026-03-10,USD"), "41,Acme,INV-5,2026-03-01,2026-03-31,2026-03-10,USD,5.00"];
    const run = await importBook(t, company, book(...newer));
    expect(run).toMatchObject({ status: "POSTED", counts: { rows: 5, alreadyKnown: 3, posted: 2, invoices: 1, payments: 1, rejects: 0 } });
    expect(await totalsOf(t, company)).toMatchObject({ customers: 2, invoices: 6, payments: 3, applications: 5, open: { USD: "0", JPY: "2500" }, paid: { USD: "18050" } });
    expect(await faultsOfBooks(t, company)).toEqual([]);
  });

  test("with other facts for a document rejects the row and names each fact that differs", async () => {
    await importBook(t, company, book(...PAID_TWICE));
    const run = await importBook(t, company, book("B7,Acme,INV-1,2026-01-02,2026-01-31,,USD,100.01", "41,Acme,INV-2,2026-01-10,2026-02-10,,CAD,50.50", "41,Acme,INV-4,2026-02-10,2026-03-12,,USD,25.00"));
    expect(run).toMatchObject({ status: "REFUSED", counts: { rows: 3, rejects: 2, posted: 0 } });
    expect(run.rejects.map(({ line, column, value, reason }) => [line, column, value, reason])).toEqual([
      [2, "account", "B7", "The book holds this document with the account 00041."],
      [2, "amount", "100.01", "The book holds this document with 100.00."],
      [2, "invoiced", "2026-01-02", "The book holds this document with the invoice date 2026-01-01."],
      [3, "currency", "CAD", "The book holds this document with USD."],
      [3, "due", "2026-02-10", "The book holds this document with the due date 2026-02-09."],
    ]);
  });

  test("an invoice cleared before its own date is settled on its date, and cash is never applied before its item exists", async () => {
    await importBook(t, company, book("41,Acme,INV-1,2026-02-01,2026-02-28,2026-01-20,USD,10.00"));
    expect(await rowsOf(t, company, `select e.kind, e.effective_on as day, l.account, l.amount_minor::text as minor
      from journal_entry e join journal_line l on l.company_id = e.company_id and l.entry_id = e.id, company where e.company_id = company.id order by e.effective_on, e.kind, l.account`)).toEqual([
      { kind: "PAYMENT", day: "2026-01-20", account: "BANK", minor: "1000" }, { kind: "PAYMENT", day: "2026-01-20", account: "UNAPPLIED_CASH", minor: "-1000" },
      { kind: "APPLICATION", day: "2026-02-01", account: "AR_CONTROL", minor: "-1000" }, { kind: "APPLICATION", day: "2026-02-01", account: "UNAPPLIED_CASH", minor: "1000" },
      { kind: "INVOICE", day: "2026-02-01", account: "AR_CONTROL", minor: "1000" }, { kind: "INVOICE", day: "2026-02-01", account: "SALES", minor: "-1000" },
    ]);
    expect(await faultsOfBooks(t, company)).toEqual([]);
  });
});
