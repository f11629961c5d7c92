import { setTimeout } from "node:timers/promises";
import type { FoundedCompany } from "../kit/company.ts";
import type { TestApp } from "../kit/app.ts";

/** The columns of the small books that these tests make up. */
export const HEADER = "account,name,invoice,invoiced,due,cleared,currency,amount";

/** A map of those books; `change` replaces properties. */
export const mapText = (change: object = {}): string =>
  JSON.stringify({
    name: "small-book", description: "Small books of tests.", delimiter: ",",
    dates: { order: "YMD", separator: "-", leadingZeros: true },
    decimalMark: ".", credits: "none", currency: { column: "currency" },
    columns: {
      accountNumber: "account", customerName: "name", invoiceNumber: "invoice", invoicedOn: "invoiced", dueOn: "due", clearedOn: "cleared", amount: "amount",
    },
    checks: [], ignored: [], warnings: ["dueBeforeInvoiced", "clearedBeforeInvoiced"],
    ...change,
  });

/** Lines under the header of a small book. */
export const book = (...lines: readonly string[]): string => [HEADER, ...lines, ""].join("\n");

/** An import as these tests read it. */
export interface ReadImport {
  readonly id: string;
  readonly status: string;
  readonly errorMessage: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly skips: readonly { readonly reason: string; readonly rows: number }[];
  readonly rejects: readonly { readonly line: number; readonly column: string; readonly value: string; readonly reason: string; readonly warning: boolean }[];
}

/** What `importBook` answered with, before the work began. */
export interface Asked {
  readonly id: string | null;
  readonly existing: boolean | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string; readonly field: readonly string[] | null }[];
}

const START = `mutation ($input: ImportBookInput!) { importBook(input: $input) { existing import { id } userErrors { code message field } } }`;
const LOOK = `query ($id: ID!) { import(id: $id) { errorMessage finishedAt } }`;
const READ = `query ($id: ID!) { import(id: $id) {
  id status errorMessage counts { rows duplicates rejects skipped warnings alreadyKnown posted invoices payments } skips { reason rows }
  rejects(first: 200) { edges { node { line column value reason warning } } }
} }`;

/** Uploads a file as the controller and answers with its id. */
export async function upload({ url }: TestApp, { code, as }: FoundedCompany, content: string | Uint8Array, name = "book.csv"): Promise<string> {
  const response = await fetch(`${url}/files?name=${name}&company=${code}`, {
    method: "POST", headers: { authorization: `Bearer ${as.controller}`, "content-type": "application/octet-stream" }, body: content,
  });
  return ((await response.json()) as { id: string }).id;
}

/** Uploads a book and asks for its import. */
export async function startImport(t: TestApp, company: FoundedCompany, content: string | Uint8Array, { map = mapText(), acceptGood = false } = {}): Promise<Asked> {
  const input = { company: company.code, fileId: await upload(t, company, content), map, acceptGood };
  const { importBook } = await t.query(company.as.controller, START, { input });
  return { id: importBook.import?.id ?? null, existing: importBook.existing, userErrors: importBook.userErrors };
}

/** Reads an import once it is posted, refused or stands still. */
export async function ended(t: TestApp, company: FoundedCompany, id: string): Promise<ReadImport> {
  for (let wait = 10; ; wait = Math.min(wait * 2, 500)) {
    const { import: run } = await t.query(company.as.controller, LOOK, { id });
    if (run.finishedAt || run.errorMessage) break;
    await setTimeout(wait);
  }
  const { import: { rejects, ...run } } = await t.query(company.as.controller, READ, { id });
  return { ...run, rejects: rejects.edges.map(({ node }: { node: object }) => node) };
}

/** Imports a book and waits for its end. */
export async function importBook(t: TestApp, company: FoundedCompany, content: string | Uint8Array, options: { map?: string; acceptGood?: boolean } = {}): Promise<ReadImport> {
  const { id, userErrors } = await startImport(t, company, content, options);
  if (id === null) throw new Error(`The import was refused: ${JSON.stringify(userErrors)}`);
  return ended(t, company, id);
}

/** Rows of a statement about one company, whose key is `$1`. */
export async function rowsOf<Row extends object>({ db }: Pick<TestApp, "db">, { code }: Pick<FoundedCompany, "code">, sql: string): Promise<Row[]> {
  return db.run<Row>("", `with company as (select id from company where code = $1) ${sql}`, [code]);
}

/** What the books of a company come to: rows of each kind, and the open and paid sums of each currency. */
export async function totalsOf(t: Pick<TestApp, "db">, company: Pick<FoundedCompany, "code">): Promise<object> {
  const [totals] = await rowsOf(t, company, `
    select (select count(*) from customer c where c.company_id = company.id)::int as customers,
           (select count(*) from invoice i where i.company_id = company.id)::int as invoices,
           (select count(*) from payment p where p.company_id = company.id)::int as payments,
           (select count(*) from application a where a.company_id = company.id)::int as applications,
           (select count(*) from journal_entry e where e.company_id = company.id)::int as entries,
           (select count(*) from event e where e.company_id = company.id and e.batch_id is not null)::int as events,
           (select json_object_agg(currency, sum) from (select currency, sum(total_minor)::text from invoice i where i.company_id = company.id group by 1 order by 1) x) as invoiced,
           (select json_object_agg(currency, sum) from (select currency, sum(amount_minor)::text from payment p where p.company_id = company.id group by 1 order by 1) x) as paid,
           (select json_object_agg(currency, sum) from (select currency, sum(open_minor)::text from open_item o where o.company_id = company.id group by 1 order by 1) x) as open
      from company`);
  return totals!;
}

/** What must hold of any books, as a list of what does not: entries in balance, control accounts equal to items, items equal to applications. */
export async function faultsOfBooks(t: Pick<TestApp, "db">, company: Pick<FoundedCompany, "code">): Promise<object[]> {
  return rowsOf(t, company, `
    , lines as (select line.* from journal_line line, company where line.company_id = company.id)
    , items as (select item.* from open_item item, company where item.company_id = company.id)
    , applied as (select application.* from application, company where application.company_id = company.id)
    select 'entry out of balance' as fault, entry_id::text as what from lines group by entry_id, currency having sum(amount_minor) <> 0
    union all
    select 'journal and open items differ', coalesce(journal.account, item.account) || ' ' || coalesce(journal.currency, item.currency)
      from (select account, currency, sum(amount_minor) as sum from lines where account in ('AR_CONTROL', 'DEDUCTIONS_RECEIVABLE', 'UNAPPLIED_CASH', 'UNIDENTIFIED_CASH') group by 1, 2) journal
      full join (select case kind when 'INVOICE' then 'AR_CONTROL' when 'DEDUCTION' then 'DEDUCTIONS_RECEIVABLE' else case when customer_id is null then 'UNIDENTIFIED_CASH' else 'UNAPPLIED_CASH' end end as account,
                        currency, sum(case kind when 'PAYMENT' then -open_minor else open_minor end) as sum from items group by 1, 2) item
        on item.account = journal.account and item.currency = journal.currency
     where coalesce(journal.sum, 0) <> coalesce(item.sum, 0)
    union all
    select 'open amount and applications differ', items.id::text
      from items
      left join (select item_id, sum(amount_minor) as sum from (select debit_item_id as item_id, amount_minor from applied union all select credit_item_id, amount_minor from applied) x group by 1) used
        on used.item_id = items.id
     where items.open_minor <> items.original_minor - coalesce(used.sum, 0)`);
}
