import { type Answering, statement } from "../db/database.ts";
import { type List, type Page, type PageArgs, readPages } from "../db/page.ts";
import type { Tx } from "../db/transaction.ts";
import type { DocumentFacts } from "./book-facts.ts";
import type { RowNote, StagedName, StagedRow } from "./row-stager.ts";

const insertRows = statement<object, [string, string, ...unknown[][]]>(
  "imports.stageRows",
  `insert into import_row (company_id, import_id, line_no, document_key, number, account_number, account_key, customer_name, currency, amount_minor,
                           invoiced_on, due_on, cleared_on, terms_code, segment, disputed, purchase_order, sales_order, shipment, post_group)
   select $1, $2, * from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::date[], $12::date[],
                                $13::date[], $14::text[], $15::text[], $16::boolean[], $17::text[], $18::text[], $19::text[], $20::text[])`,
);

/** Puts rows into the queue of an import. */
export async function stageRows(tx: Tx, companyId: string, importId: string, rows: readonly StagedRow[]): Promise<void> {
  if (rows.length === 0) return;
  await insertRows(
    tx, companyId, importId, rows.map((it) => it.line), rows.map((it) => it.documentKey), rows.map((it) => it.number), rows.map((it) => it.accountNumber),
    rows.map((it) => it.accountKey), rows.map((it) => it.customerName), rows.map((it) => it.currency), rows.map((it) => it.minor),
    rows.map((it) => it.invoicedOn), rows.map((it) => it.dueOn), rows.map((it) => it.clearedOn), rows.map((it) => it.termsCode),
    rows.map((it) => it.segment), rows.map((it) => it.disputed), rows.map((it) => it.purchaseOrder), rows.map((it) => it.salesOrder),
    rows.map((it) => it.shipment), rows.map((it) => it.postGroup),
  );
}

const insertNotes = statement<object, [string, string, ...unknown[][]]>(
  "imports.note",
  `insert into import_reject (company_id, import_id, line_no, fault_no, column_name, value, reason, warning)
   select $1, $2, * from unnest($3::int[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::boolean[])`,
);

/** Keeps faults and warnings for people to read. */
export async function keepNotes(tx: Tx, companyId: string, importId: string, notes: readonly RowNote[]): Promise<void> {
  if (notes.length === 0) return;
  await insertNotes(
    tx, companyId, importId, notes.map((it) => it.line), notes.map((it) => it.noteNo), notes.map((it) => it.column),
    notes.map((it) => it.value), notes.map((it) => it.reason), notes.map((it) => it.warning),
  );
}

const insertNames = statement<object, [string, string, ...unknown[][]]>(
  "imports.stageNames",
  `insert into import_name (company_id, import_id, account_key, name, name_key) select $1, $2, * from unnest($3::text[], $4::text[], $5::text[])`,
);

/** Keeps the names that accounts go by until their customers are there. */
export async function stageNames(tx: Tx, companyId: string, importId: string, names: readonly StagedName[]): Promise<void> {
  if (names.length === 0) return;
  await insertNames(tx, companyId, importId, names.map((it) => it.accountKey), names.map((it) => it.name), names.map((it) => it.nameKey));
}

export const clearRows = statement<object, [string, string]>("imports.clearRows", `delete from import_row where company_id = $1 and import_id = $2`);
export const clearNames = statement<object, [string, string]>("imports.clearNames", `delete from import_name where company_id = $1 and import_id = $2`);
export const clearNotes = statement<object, [string, string]>("imports.clearNotes", `delete from import_reject where company_id = $1 and import_id = $2`);

export const clearSkips = statement<object, [string, string]>("imports.clearSkips", `delete from import_skip where company_id = $1 and import_id = $2`);

/** Adds to the rows that were passed over for each reason. */
export const countSkips = statement<object, [string, string, readonly string[], readonly number[]]>(
  "imports.countSkips",
  `insert into import_skip (company_id, import_id, reason, row_count) select $1, $2, * from unnest($3::text[], $4::int[])
   on conflict (company_id, import_id, reason) do update set row_count = import_skip.row_count + excluded.row_count`,
);

/** How many rows of an import were passed over for a reason. */
export interface SkipRow {
  readonly companyId: string;
  readonly importId: string;
  readonly reason: string;
  readonly rows: number;
}

export const skipsByImports = statement<SkipRow, [readonly string[], readonly string[]]>(
  "imports.skips",
  `select skip.company_id as "companyId", skip.import_id as "importId", skip.reason, skip.row_count as rows
     from import_skip skip join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on skip.company_id = key.company_id and skip.import_id = key.id
    order by skip.row_count desc, skip.reason`,
);

/** Lets PostgreSQL count the queue, which was empty a moment ago, before it plans statements on it. */
export const countQueue = statement<object, []>("imports.analyze", `analyze import_row, import_name`);

/** A staged row whose document is in the book with another account, currency, amount or date: its facts, and those of the book. */
export interface ContradictingRow extends DocumentFacts {
  readonly line: number;
  readonly heldAccountKey: string;
  readonly heldAccountNumber: string;
  readonly heldCurrency: string;
  readonly heldMinor: bigint;
  readonly heldInvoicedOn: string;
  readonly heldDueOn: string;
}

/** The next rows, after a line, that contradict the book. Each looks its document up by itself (posting.sql.ts says why). */
export const contradictingRows = statement<ContradictingRow, [string, string, number, number]>(
  "imports.contradictions",
  `select row.line_no as line, row.account_key as "accountKey", row.account_number as "accountNumber", row.currency, row.amount_minor as minor,
          row.invoiced_on as "invoicedOn", row.due_on as "dueOn", customer.account_key as "heldAccountKey", customer.account_number as "heldAccountNumber",
          invoice.currency as "heldCurrency", invoice.total_minor as "heldMinor", invoice.invoiced_on as "heldInvoicedOn", invoice.due_on as "heldDueOn"
     from import_row row
    cross join lateral (select * from invoice where company_id = row.company_id and document_key = row.document_key limit 1) as invoice
    cross join lateral (select account_key, account_number from customer where company_id = row.company_id and id = invoice.customer_id limit 1) as customer
    where row.company_id = $1 and row.import_id = $2 and row.line_no > $3
      and (row.account_key, row.currency, row.amount_minor, row.invoiced_on, row.due_on)
          is distinct from (customer.account_key, invoice.currency, invoice.total_minor, invoice.invoiced_on, invoice.due_on)
    order by row.line_no limit $4`,
);

export const dropRows = statement<object, [string, string, readonly number[]]>(
  "imports.dropRows",
  `delete from import_row where company_id = $1 and import_id = $2 and line_no = any($3::int[])`,
);

/** Takes out of the queue what the book holds already with nothing to add: still open in the file, or settled in the book. */
export const dropKnown = statement<{ line: number }, [string, string]>(
  "imports.dropKnown",
  `delete from import_row row
    where row.company_id = $1 and row.import_id = $2
      and (select row.cleared_on is null or item.open_minor = 0
             from invoice join open_item item on item.company_id = invoice.company_id and item.document_id = invoice.id
            where invoice.company_id = row.company_id and invoice.document_key = row.document_key limit 1)
   returning row.line_no as line`,
);

/** A fault or a warning as the graph shows it. */
export interface NoteRow {
  readonly line: number;
  readonly noteNo: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
  readonly warning: boolean;
}

const NOTES: List<NoteRow> = {
  name: "imports.notes",
  columns: `note.line_no as line, note.fault_no as "noteNo", note.column_name as "column", note.value, note.reason, note.warning`,
  from: "import_reject note",
  order: [
    { sql: "note.line_no", cast: "int" },
    { sql: "note.fault_no", cast: "int" },
  ],
  descending: false,
  keys: (row) => [String(row.line), String(row.noteNo)],
};

/** The faults and warnings of each of many imports, by line. */
export const readNotesOfImports = (on: Answering, imports: readonly { companyId: string; id: string }[], args: PageArgs): Promise<Page<NoteRow>[]> =>
  readPages(on, NOTES, { company: "note.company_id", id: "note.import_id" }, imports, (conditions) => conditions, args);
