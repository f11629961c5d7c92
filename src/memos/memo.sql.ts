import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage, readPages } from "../db/page.ts";
import type { Tx } from "../db/transaction.ts";

/** Which way a memo goes: it takes off what a customer owes, or adds to it. */
export type MemoKind = "CREDIT" | "DEBIT";

/** A memo to be written. Its open item is written apart. */
export interface NewMemoRow {
  readonly id: string;
  readonly kind: MemoKind;
  readonly customerId: string;
  readonly number: string;
  readonly documentKey: string;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
  readonly issuedOn: string;
  /** Null for a credit memo. */
  readonly dueOn: string | null;
  readonly reason: string;
  readonly invoiceId: string | null;
}

const insert = statement<object, [string, string | null, string, ...unknown[][]]>(
  "memos.insert",
  `insert into memo (company_id, batch_id, recorded_at, id, kind, customer_id, number, document_key, currency, total_minor, tax_minor, issued_on, due_on, reason, invoice_id)
   select $1, $2, $3, * from unnest($4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::bigint[], $12::date[], $13::date[], $14::text[], $15::uuid[])`,
);

/** Writes memos. A number that is there already is refused by the database. */
export async function insertMemos(tx: Tx, companyId: string, batchId: string | null, rows: readonly NewMemoRow[]): Promise<void> {
  if (rows.length === 0) return;
  await insert(
    tx, companyId, batchId, tx.recordedAt,
    rows.map((it) => it.id), rows.map((it) => it.kind), rows.map((it) => it.customerId), rows.map((it) => it.number), rows.map((it) => it.documentKey),
    rows.map((it) => it.currency), rows.map((it) => it.totalMinor), rows.map((it) => it.taxMinor), rows.map((it) => it.issuedOn),
    rows.map((it) => it.dueOn), rows.map((it) => it.reason), rows.map((it) => it.invoiceId),
  );
}

/** A line of a memo to be written. */
export interface NewMemoLine {
  readonly invoiceLineNo: number | null;
  readonly description: string;
  readonly minor: bigint;
}

const insertLines = statement<object, [string, string, ...unknown[][]]>(
  "memos.insertLines",
  `insert into memo_line (company_id, memo_id, line_no, invoice_line_no, description, amount_minor)
   select $1, $2, * from unnest($3::smallint[], $4::smallint[], $5::text[], $6::bigint[])`,
);

export async function insertMemoLines(tx: Tx, companyId: string, memoId: string, lines: readonly NewMemoLine[]): Promise<void> {
  await insertLines(tx, companyId, memoId, lines.map((_, index) => index + 1), lines.map((it) => it.invoiceLineNo), lines.map((it) => it.description), lines.map((it) => it.minor));
}

/** A memo as the graph shows it. */
export interface MemoRow extends Omit<NewMemoRow, "documentKey"> {
  readonly companyId: string;
  readonly itemId: string;
  readonly openMinor: bigint;
  readonly version: number;
  readonly effectiveOn: string;
  readonly recordedAt: string;
}

const COLUMNS = `memo.company_id as "companyId", memo.id, memo.kind, memo.customer_id as "customerId", memo.number, memo.currency, memo.total_minor as "totalMinor",
  memo.tax_minor as "taxMinor", memo.issued_on as "issuedOn", memo.due_on as "dueOn", memo.reason, memo.invoice_id as "invoiceId", memo.recorded_at as "recordedAt",
  item.id as "itemId", item.open_minor as "openMinor", item.version, item.effective_on as "effectiveOn"`;

const FROM = `memo join open_item item on item.company_id = memo.company_id and item.document_id = memo.id and item.installment_no = 1`;

const MEMOS: List<MemoRow> = {
  name: "memos.page",
  columns: COLUMNS,
  from: FROM,
  order: [
    { sql: "memo.issued_on", cast: "date" },
    { sql: "memo.id", cast: "uuid" },
  ],
  descending: true,
  keys: (row) => [row.issuedOn, row.id],
};

/** What a list of memos may be narrowed to; null means any. */
export interface MemoFilter {
  readonly kind: MemoKind;
  readonly customerId: string | null;
  readonly documentKey: string | null;
  readonly openOnly: boolean;
}

/** A company's memos of one kind, newest first. */
export function readMemos(on: Answering, companyId: string, filter: MemoFilter, args: PageArgs): Promise<Page<MemoRow>> {
  const conditions = new Conditions()
    .add("memo.company_id = ? and memo.kind = ?", companyId, filter.kind)
    .addIf(filter.customerId, "memo.customer_id = ?::uuid")
    .addIf(filter.documentKey, "memo.document_key = ?");
  if (filter.openOnly) conditions.add("item.open_minor > 0");
  return readPage(on, MEMOS, conditions, args);
}

/** The memos of one kind of each of many customers, newest first. */
export const readMemosOfCustomers = (on: Answering, kind: MemoKind, customers: readonly { companyId: string; id: string }[], args: PageArgs): Promise<Page<MemoRow>[]> =>
  readPages(on, MEMOS, { company: "memo.company_id", id: "memo.customer_id" }, customers, (conditions) => conditions.add("memo.kind = ?", kind), args);

const SELECT_BY = (column: string): string =>
  `select ${COLUMNS} from ${FROM} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on memo.company_id = key.company_id and memo.${column} = key.id order by memo.issued_on, memo.id`;

export const memosByKeys = statement<MemoRow, [readonly string[], readonly string[]]>("memos.byKeys", SELECT_BY("id"));
export const memosByInvoices = statement<MemoRow, [readonly string[], readonly string[]]>("memos.byInvoices", SELECT_BY("invoice_id"));

/** Which of these numbers a company has memos of already. */
export const memosByDocumentKeys = statement<{ kind: MemoKind; documentKey: string }, [string, readonly string[]]>(
  "memos.byDocumentKeys",
  `select kind, document_key as "documentKey" from memo where company_id = $1 and document_key = any($2::text[])`,
);

export interface MemoLineRow {
  readonly companyId: string;
  readonly memoId: string;
  readonly lineNo: number;
  readonly invoiceLineNo: number | null;
  readonly description: string;
  readonly minor: bigint;
  readonly currency: string;
}

export const linesByMemos = statement<MemoLineRow, [readonly string[], readonly string[]]>(
  "memos.lines",
  `select line.company_id as "companyId", line.memo_id as "memoId", line.line_no as "lineNo", line.invoice_line_no as "invoiceLineNo", line.description,
          line.amount_minor as minor, memo.currency
     from memo_line line join memo on memo.company_id = line.company_id and memo.id = line.memo_id
     join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on line.company_id = key.company_id and line.memo_id = key.id
    order by line.memo_id, line.line_no`,
);

/** What was credited against an invoice so far. */
export const creditedOfInvoice = statement<{ totalMinor: bigint; taxMinor: bigint }, [string, string]>(
  "memos.creditedOfInvoice",
  `select coalesce(sum(total_minor), 0)::bigint as "totalMinor", coalesce(sum(tax_minor), 0)::bigint as "taxMinor"
     from memo where company_id = $1 and invoice_id = $2 and kind = 'CREDIT'`,
);

/** The lines of an invoice with what was credited against each so far. */
export const creditedLines = statement<{ lineNo: number; minor: bigint; creditedMinor: bigint }, [string, string]>(
  "memos.creditedLines",
  `select line.line_no as "lineNo", line.amount_minor as minor,
          coalesce((select sum(credited.amount_minor) from memo join memo_line credited on credited.company_id = memo.company_id and credited.memo_id = memo.id
                     where memo.company_id = $1 and memo.invoice_id = $2 and memo.kind = 'CREDIT' and credited.invoice_line_no = line.line_no), 0)::bigint as "creditedMinor"
     from invoice_line line where line.company_id = $1 and line.invoice_id = $2`,
);
