import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { decimalFromMinor } from "../../src/domain/money.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { DeductionOpenedDocument, InvoicesDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";
import { BankDesk, bankText, remittance } from "../payments/bank-file-kit.ts";
import { ended, faultsOfBooks, importBook, type ReadImport, rowsOf, startImport, totalsOf } from "./books.ts";

const DATA = join(import.meta.dirname, "../../../shared/data");
const MAPS = join(import.meta.dirname, "../../src/imports/maps");
const there = existsSync(DATA);
if (!there) console.warn(`SKIPPED: the import of the IBM and HighRadius books, because ${DATA} is not there.`);
const onRealData = there ? test : test.skip;

const cents = (decimal: string): string => decimal.replace(".", "").replace(/^0+(?=\d)/, "");
const json = (path: string) => JSON.parse(readFileSync(join(DATA, path), "utf8"));

let t: TestApp;
let company: FoundedCompany;
beforeAll(async () => void (t = await openTestApp()));
afterAll(() => t.close());

/** Every invoice that is not open, and everything that it must have and lacks. */
const paidWithout = () => rowsOf(t, company, `
  , paid as (select i.*, o.id as item_id from invoice i join open_item o on o.company_id = i.company_id and o.document_id = i.id, company where i.company_id = company.id and o.open_minor = 0)
  select paid.id, payment.id as payment, a.id as application, billed.id as billed, settled.id as settled from paid
    left join application a on a.company_id = paid.company_id and a.debit_item_id = paid.item_id and a.kind = 'CASH' and a.amount_minor = paid.total_minor
    left join payment on payment.company_id = a.company_id and payment.id = a.payment_id and payment.customer_id = paid.customer_id and payment.source = 'IMPORT'
    left join journal_entry billed on billed.company_id = paid.company_id and billed.document_id = paid.id and billed.kind = 'INVOICE'
    left join journal_entry settled on settled.company_id = a.company_id and settled.id = a.entry_id and settled.document_id = payment.id
   where payment.id is null or a.id is null or billed.id is null or settled.id is null`);

describe("the IBM book", () => {
  const content = there ? readFileSync(join(DATA, "ibm-ar/WA_Fn-UseC_-Accounts-Receivable.csv")) : "";
  const map = readFileSync(join(MAPS, "ibm-ar.json"), "utf8");

  onRealData("imports whole: 2,466 invoices of 100 customers over 147,703.18, all paid", async () => {
    company = await t.company();
    const run = await importBook(t, company, content, { map });
    expect(run).toMatchObject({ status: "POSTED", rejects: [], counts: { rows: 2466, duplicates: 0, rejects: 0, warnings: 0, posted: 2466, invoices: 2466 } });
    expect(await totalsOf(t, company)).toMatchObject({
      customers: 100, invoices: 2466, payments: run.counts["payments"], applications: 2466, invoiced: { USD: "14770318" }, paid: { USD: "14770318" }, open: { USD: "0" },
    });
    const [{ count }] = (await rowsOf<{ count: number }>(t, company, `select count(*)::int from (
      select distinct i.customer_id, a.effective_on from invoice i join open_item o on o.document_id = i.id join application a on a.debit_item_id = o.id, company where i.company_id = company.id) x`)) as [{ count: number }];
    expect(run.counts["payments"]).toBe(count);
    expect([await paidWithout(), await faultsOfBooks(t, company)]).toEqual([[], []]);
  });

  onRealData("imported again is a no-op", async () => {
    const before = await totalsOf(t, company);
    const again = await startImport(t, company, content, { map });
    expect(again.existing).toBe(true);
    expect(await ended(t, company, again.id!)).toMatchObject({ status: "POSTED", counts: { posted: 2466 } });
    expect(await totalsOf(t, company)).toEqual(before);
  });
});

describe("the HighRadius book", () => {
  const content = there ? readFileSync(join(DATA, "highradius/highradius_50k_rebuilt_give60.csv")) : "";
  const map = readFileSync(join(MAPS, "highradius-book.json"), "utf8");
  let run: ReadImport;

  onRealData("imports whole: 36,091 invoices of 677 customers and 10,311 payments, without its 868 repeated rows", async () => {
    const expected = json("expected/highradius_give60.json");
    company = await t.company();
    run = await importBook(t, company, content, { map });
    const rows = expected.deduplicated.rows;
    expect(run).toMatchObject({
      status: "POSTED",
      counts: { rows: expected.rows, duplicates: expected.exact_duplicate_extra_rows, rejects: 0, warnings: 77, alreadyKnown: 0, posted: rows, invoices: 36_091, payments: 10_311 },
    });
    const { USD, CAD } = expected.deduplicated;
    expect(await totalsOf(t, company)).toMatchObject({
      customers: 677, invoices: 36_091, payments: 10_311, applications: 28_940,
      events: 36_091 + 10_311 + 28_940,
      invoiced: { USD: cents(USD.total), CAD: cents(CAD.total) },
      paid: { USD: cents(USD.paid), CAD: cents(CAD.paid) },
      open: { USD: cents(USD.open), CAD: cents(CAD.open) },
    });
  }, 120_000);

  onRealData("warns of 76 rows due and 1 cleared before their invoice date", () => {
    const columns = run.rejects.map(({ column, warning }) => `${column} ${warning}`);
    expect([columns.filter((it) => it === "due_in_date true").length, columns.filter((it) => it === "clear_date true").length, columns.length]).toEqual([76, 1, 77]);
  });

  onRealData("owes and has paid, customer by customer, what the expected figures say", async () => {
    const lines: Record<string, string>[] = parse(readFileSync(join(DATA, "expected/highradius_give60_per_customer_dedup.csv")), { columns: true });
    const found = await rowsOf<Record<string, string>>(t, company, `
      , items as (select o.* from open_item o, company where o.company_id = company.id)
      select customer.account_key as account, items.currency,
             coalesce(sum(items.open_minor) filter (where items.kind = 'INVOICE'), 0)::text as open,
             coalesce(sum(items.original_minor) filter (where items.kind = 'PAYMENT'), 0)::text as paid,
             (count(*) filter (where items.kind = 'INVOICE' and items.open_minor = 0))::text as rows
        from items join customer on customer.company_id = items.company_id and customer.id = items.customer_id group by 1, 2`);
    const text = (account: string, currency: string, open: string, paid: string, rows: string): string => [account, currency, open, paid, rows].join(" ");
    expect(found.map((it) => text(it["account"]!, it["currency"]!, it["open"]!, it["paid"]!, it["rows"]!)).sort()).toEqual(
      lines.map((it) => text(it["cust_number"]!.replace(/^0+/, ""), it["currency"]!, cents(it["open_amount"]!), cents(it["paid_amount"]!), it["paid_rows"]!)).sort(),
    );
  });

  onRealData("has a payment, an application and journal entries for every paid row, and books in balance", async () => {
    expect([await paidWithout(), await faultsOfBooks(t, company)]).toEqual([[], []]);
    const aliases = `select count(distinct a.name)::int as names from customer_alias a, company where a.company_id = company.id`;
    expect(await rowsOf(t, company, aliases)).toEqual([{ names: json("expected/highradius_give60.json").distinct_names }]);
  });

  onRealData("imported again is a no-op, and a part of it under another name finds everything known", async () => {
    const before = await totalsOf(t, company);
    expect(await startImport(t, company, content, { map })).toMatchObject({ existing: true });
    const part = String(content).split("\n").slice(0, 5_001).join("\n");
    expect(await importBook(t, company, part, { map })).toMatchObject({ status: "POSTED", counts: { rows: 5_000, rejects: 0, posted: 0, invoices: 0, payments: 0 } });
    expect(await totalsOf(t, company)).toEqual(before);
  });

  onRealData("then a bank file short-pays one of its open invoices, and the deduction is pushed", async () => {
    const books = new Books(t, company);
    const { invoices } = await t.query(company.as.collector, InvoicesDocument, { openOnly: true, first: 1 });
    const { number, open } = invoices!.edges![0]!.node!;
    await t.caughtUp();
    const live = subscribe(t.url, company.as.analyst, DeductionOpenedDocument, {});
    await live.next();
    const net = BigInt(cents(open.amount)) - 10n;
    const advice = remittance(`TRACE-1,,${number},${open.amount},0,0.10,22,${decimalFromMinor(net, open.currency)},,`);
    await new BankDesk(t, books).post(bankText({ minor: net, customer: "TRACE-1" }), advice);
    expect((await live.next()).deductionOpened.deduction).toMatchObject({ source: "SHORT_PAY", customerCode: "22", amount: { amount: "0.10" }, invoice: { number } });
    expect((await books.control()).agrees).toBe(true);
    await live.close();
  });
});
