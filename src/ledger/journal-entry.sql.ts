import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage } from "../db/page.ts";
import type { Account, EntryKind } from "../domain/posting.ts";

/** What people call the document of an entry: the number of the invoice or memo, or the reference of the payment. */
export const DOCUMENT_NUMBER = `coalesce(
  (select invoice.number from invoice where invoice.company_id = entry.company_id and invoice.id = entry.document_id),
  (select memo.number from memo where memo.company_id = entry.company_id and memo.id = entry.document_id),
  (select payment.reference from payment where payment.company_id = entry.company_id and payment.id = entry.document_id))`;

/** A journal entry as the graph shows it. */
export interface EntryRow {
  readonly companyId: string;
  readonly id: string;
  readonly kind: EntryKind;
  readonly documentId: string;
  readonly documentNumber: string | null;
  readonly customerId: string | null;
  readonly exportId: string | null;
  readonly effectiveOn: string;
  readonly recordedAt: string;
}

const ENTRIES: List<EntryRow> = {
  name: "journal.page",
  columns: `entry.company_id as "companyId", entry.id, entry.kind, entry.document_id as "documentId", ${DOCUMENT_NUMBER} as "documentNumber", entry.customer_id as "customerId",
    taken.export_id as "exportId", entry.effective_on as "effectiveOn", entry.recorded_at as "recordedAt"`,
  from: `journal_entry entry left join journal_export_entry taken on taken.company_id = entry.company_id and taken.entry_id = entry.id`,
  order: [
    { sql: "entry.effective_on", cast: "date" },
    { sql: "entry.id", cast: "uuid" },
  ],
  descending: false,
  keys: (row) => [row.effectiveOn, row.id],
};

/** What a list of entries may be narrowed to; null means any. */
export interface EntryFilter {
  readonly from: string | null;
  readonly to: string | null;
  readonly account: Account | null;
  readonly exported: boolean | null;
  readonly exportId: string | null;
}

/** A company's journal, by day and in the order of making. */
export function readEntries(on: Answering, companyId: string, { from, to, account, exported, exportId }: EntryFilter, args: PageArgs): Promise<Page<EntryRow>> {
  const conditions = new Conditions()
    .add("entry.company_id = ?", companyId)
    .addIf(from, "entry.effective_on >= ?::date")
    .addIf(to, "entry.effective_on <= ?::date")
    .addIf(account, "exists (select from journal_line line where line.company_id = entry.company_id and line.entry_id = entry.id and line.account = ?)")
    .addIf(exported, "(taken.entry_id is not null) = ?::boolean")
    .addIf(exportId, "taken.export_id = ?::uuid");
  return readPage(on, ENTRIES, conditions, args);
}

/** A line of an entry. */
export interface LineRow {
  readonly companyId: string;
  readonly entryId: string;
  readonly lineNo: number;
  readonly account: Account;
  readonly currency: string;
  readonly minor: bigint;
  readonly functionalCurrency: string;
  readonly functionalMinor: bigint | null;
}

export const linesByEntries = statement<LineRow, [readonly string[], readonly string[]]>(
  "journal.lines",
  `select line.company_id as "companyId", line.entry_id as "entryId", line.line_no as "lineNo", line.account, line.currency, line.amount_minor as minor,
          company.functional_currency as "functionalCurrency", line.functional_minor as "functionalMinor"
     from journal_line line join company on company.id = line.company_id
     join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on line.company_id = key.company_id and line.entry_id = key.id
    order by line.entry_id, line.line_no`,
);
