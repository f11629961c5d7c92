import { type Answering, statement } from "../db/database.ts";
import { type List, type Page, type PageArgs, Conditions, readPage } from "../db/page.ts";
import type { ExportedLine } from "../domain/journal-csv.ts";
import type { Account } from "../domain/posting.ts";
import { DOCUMENT_NUMBER } from "./journal-entry.sql.ts";

/** An export as the graph shows it. */
export interface ExportRow {
  readonly companyId: string;
  readonly id: string;
  readonly number: number;
  readonly fromOn: string;
  readonly toOn: string;
  readonly entryCount: number;
  readonly exportedBy: string | null;
  readonly recordedAt: string;
}

const COLUMNS = `export.company_id as "companyId", export.id, export.number, export.from_on as "fromOn", export.to_on as "toOn", export.entry_count as "entryCount",
  known.name as "exportedBy", export.recorded_at as "recordedAt"`;
const FROM = `journal_export export left join company_member known on known.company_id = export.company_id and known.member_id = export.member_id`;

const EXPORTS: List<ExportRow> = {
  name: "exports.page", columns: COLUMNS, from: FROM, order: [{ sql: "export.number", cast: "int" }], descending: true, keys: (row) => [String(row.number)],
};

/** A company's exports, latest first. */
export const readExports = (on: Answering, companyId: string, args: PageArgs): Promise<Page<ExportRow>> => readPage(on, EXPORTS, new Conditions().add("export.company_id = ?", companyId), args);

export const exportsByKeys = statement<ExportRow, [readonly string[], readonly string[]]>(
  "exports.byKeys",
  `select ${COLUMNS} from ${FROM} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on export.company_id = key.company_id and export.id = key.id`,
);

/** What an export debits and credits in one currency. */
export interface ExportTotalRow {
  readonly companyId: string;
  readonly exportId: string;
  readonly currency: string;
  readonly debitMinor: bigint;
  readonly creditMinor: bigint;
}

export const totalsByExports = statement<ExportTotalRow, [readonly string[], readonly string[]]>(
  "exports.totals",
  `select total.company_id as "companyId", total.export_id as "exportId", total.currency, total.debit_minor as "debitMinor", total.credit_minor as "creditMinor"
     from journal_export_total total join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on total.company_id = key.company_id and total.export_id = key.id
    order by total.currency`,
);

/** Makes the exports of a company take turns. Assigns no transaction id. */
export const lockExports = statement<object, [string]>("exports.lock", `select pg_advisory_xact_lock(period_lock_key($1), 1)`);

/**
 * Takes every entry up to a day that no export holds into a new one, in order of day and making. What is being posted
 * meanwhile is not seen and stays for the next.
 */
export const takeEntries = statement<{ count: bigint; fromOn: string | null; next: number }, [string, string, string]>(
  "exports.takeEntries",
  `with taken as (
     insert into journal_export_entry (company_id, entry_id, export_id, place)
     select entry.company_id, entry.id, $2, row_number() over (order by entry.effective_on, entry.id)
       from journal_entry entry
      where entry.company_id = $1 and entry.effective_on <= $3::date
        and not exists (select from journal_export_entry earlier where earlier.company_id = $1 and earlier.entry_id = entry.id)
     returning entry_id
   )
   select count(*) as count, min(entry.effective_on) as "fromOn", (select coalesce(max(number), 0) + 1 from journal_export where company_id = $1) as next
     from taken join journal_entry entry on entry.company_id = $1 and entry.id = taken.entry_id`,
);

export const insertExport = statement<object, [string, string, number, string, string, number, string | null, string]>(
  "exports.insert",
  `insert into journal_export (company_id, id, number, from_on, to_on, entry_count, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export const insertTotals = statement<object, [string, string]>(
  "exports.insertTotals",
  `insert into journal_export_total (company_id, export_id, currency, debit_minor, credit_minor)
   select $1, $2, line.currency, coalesce(sum(line.amount_minor) filter (where line.amount_minor > 0), 0), -coalesce(sum(line.amount_minor) filter (where line.amount_minor < 0), 0)
     from journal_export_entry taken join journal_line line on line.company_id = taken.company_id and line.entry_id = taken.entry_id
    where taken.company_id = $1 and taken.export_id = $2 group by line.currency`,
);

/** Keeps the account numbers of the day with an export. */
export const keepAccountNumbers = statement<object, [string, string]>(
  "exports.keepAccountNumbers",
  `insert into journal_export_account (company_id, export_id, account, number) select company_id, $2, account, number from account_number where company_id = $1`,
);

/** The lines of an export's entries from one place on, so many entries at a time. */
export const exportedLines = statement<ExportedLine & { readonly place: number }, [string, string, number, number]>(
  "exports.lines",
  `select taken.place, export.number as "exportNumber", entry.id as "entryId", entry.effective_on as "effectiveOn", entry.recorded_at as "recordedAt", entry.kind,
          ${DOCUMENT_NUMBER} as "documentNumber", customer.account_number as "customerAccount", line.account, mapped.number as "accountNumber",
          line.currency, line.amount_minor as minor, company.functional_currency as "functionalCurrency", line.functional_minor as "functionalMinor"
     from journal_export export
     join company on company.id = export.company_id
     join journal_export_entry taken on taken.company_id = export.company_id and taken.export_id = export.id and taken.place > $3 and taken.place <= $3 + $4
     join journal_entry entry on entry.company_id = taken.company_id and entry.id = taken.entry_id
     join journal_line line on line.company_id = entry.company_id and line.entry_id = entry.id
     left join customer on customer.company_id = entry.company_id and customer.id = entry.customer_id
     left join journal_export_account mapped on mapped.company_id = export.company_id and mapped.export_id = export.id and mapped.account = line.account
    where export.company_id = $1 and export.id = $2
    order by taken.place, line.line_no`,
);

/** A company's own number of an account. */
export interface AccountNumberRow {
  readonly account: Account;
  readonly number: string;
}

export const accountNumbersOfCompany = statement<AccountNumberRow, [string]>("accounts.numbers", `select account, number from account_number where company_id = $1 order by account`);

export const mapAccount = statement<object, [string, Account, string, string]>(
  "accounts.map",
  `insert into account_number (company_id, account, number, recorded_at) values ($1, $2, $3, $4) on conflict (company_id, account) do update set number = excluded.number, recorded_at = excluded.recorded_at`,
);
