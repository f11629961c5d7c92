import { type Answering, statement } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { Conditions, type List, type Page, type PageArgs, readPage, readPages } from "../db/page.ts";
import type { Tx } from "../db/transaction.ts";
import type { BankFileNote } from "../domain/bank-file.ts";
import type { BankFileFormat, BankFileStatus } from "./bank-file-format.ts";
import type { StoredReport } from "./bank-file-json.ts";

/** A bank file as the graph shows it. */
export interface BankFileRow {
  readonly companyId: string;
  readonly id: string;
  readonly name: string;
  readonly format: BankFileFormat;
  readonly status: BankFileStatus;
  readonly errorMessage: string | null;
  readonly errorLine: number | null;
  readonly accounts: readonly StoredReport[];
  readonly notes: readonly BankFileNote[];
  readonly lineCount: number;
  readonly receiptCount: number;
  readonly postedCount: number;
  /** Who loaded it. */
  readonly memberId: string;
  readonly recordedAt: string;
}

const COLUMNS = `bank_file.company_id as "companyId", bank_file.id, bank_file.name, bank_file.format, bank_file.status, bank_file.error_message as "errorMessage",
  bank_file.error_line as "errorLine", bank_file.accounts, bank_file.notes, bank_file.line_count as "lineCount", bank_file.receipt_count as "receiptCount",
  bank_file.receipt_count - (select count(*) from bank_line line where line.company_id = bank_file.company_id and line.file_id = bank_file.id
                               and line.payment_id is null and line.skip_reason is null)::int as "postedCount",
  bank_file.member_id as "memberId", bank_file.recorded_at as "recordedAt"`;

const FILES: List<BankFileRow> = {
  name: "bankFiles.page",
  columns: COLUMNS,
  from: "bank_file",
  order: [{ sql: "bank_file.id", cast: "uuid" }],
  descending: true,
  keys: (row) => [row.id],
};

/** A company's bank files, latest first. */
export const readBankFiles = (on: Answering, companyId: string, args: PageArgs): Promise<Page<BankFileRow>> =>
  readPage(on, FILES, new Conditions().add("bank_file.company_id = ?", companyId), args);

export const bankFilesByKeys = statement<BankFileRow, [readonly string[], readonly string[]]>(
  "bankFiles.byKeys",
  `select ${COLUMNS} from bank_file join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on bank_file.company_id = key.company_id and bank_file.id = key.id`,
);

/** Bank files of all companies whose posting has not come to its end, oldest first. */
export const unfinishedBankFiles = statement<{ companyId: string; id: string }, []>(
  "bankFiles.unfinished",
  `select company_id as "companyId", id from bank_file where status = 'POSTING' order by id`,
);

/** The file with the same bank lines that was not refused. */
export const sameBankFile = statement<{ id: string; name: string; inputDigest: string }, [string, string]>(
  "bankFiles.same",
  `select id, name, input_digest as "inputDigest" from bank_file where company_id = $1 and digest = $2 and status <> 'REFUSED'`,
);

/** Adds a bank file to be posted, unless the same bank lines are there. */
export const insertBankFile = statement<{ id: string }, [string, string, string, BankFileFormat, string, string, string, string, number, number, string, string]>(
  "bankFiles.insert",
  `insert into bank_file (company_id, id, name, format, digest, input_digest, accounts, notes, line_count, receipt_count, member_id, recorded_at, status)
   values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9, $10, $11, $12, 'POSTING')
   on conflict (company_id, digest) where status <> 'REFUSED' do nothing returning id`,
);

/** Keeps a refused bank file with its fault, and nothing of what is in it. */
export const insertRefusedFile = statement<object, [string, string, string, BankFileFormat, string, string, string, number | null, string, string]>(
  "bankFiles.insertRefused",
  `insert into bank_file (company_id, id, name, format, digest, input_digest, error_message, error_line, member_id, recorded_at, accounts, notes, status)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '[]', '[]', 'REFUSED')`,
);

/** Ends the posting of a file of which nothing is left to post. */
export const finishBankFile = statement<object, [string, string]>(
  "bankFiles.finish",
  `update bank_file set status = 'POSTED', error_message = null, error_line = null
    where company_id = $1 and id = $2 and status = 'POSTING'
      and not exists (select from bank_line line where line.company_id = $1 and line.file_id = $2 and line.payment_id is null and line.skip_reason is null)`,
);

/** Leaves word with a file of which lines could not be posted. */
export const noteStandstill = statement<object, [string, string, string, number]>(
  "bankFiles.noteStandstill",
  `update bank_file set error_message = $3, error_line = $4 where company_id = $1 and id = $2 and status = 'POSTING'`,
);

/** A line of a bank file as the graph shows it. */
export interface BankLineRow {
  readonly companyId: string;
  readonly id: string;
  readonly fileId: string;
  readonly lineNo: number;
  readonly account: string;
  readonly currency: string;
  readonly typeCode: string;
  readonly direction: "CREDIT" | "DEBIT";
  readonly minor: bigint;
  readonly bookedOn: string;
  readonly valueOn: string | null;
  readonly bankReference: string | null;
  readonly customerReference: string | null;
  readonly text: string;
  readonly skipReason: string | null;
  readonly paymentId: string | null;
}

const LINE = `line.company_id as "companyId", line.id, line.file_id as "fileId", line.line_no as "lineNo", line.account, line.currency, line.type_code as "typeCode",
  line.direction, line.amount_minor as minor, line.booked_on as "bookedOn", line.value_on as "valueOn", line.bank_reference as "bankReference",
  line.customer_reference as "customerReference", line.description as text, line.skip_reason as "skipReason", line.payment_id as "paymentId"`;

const LINES: List<BankLineRow> = {
  name: "bankLines.page",
  columns: LINE,
  from: "bank_line line",
  order: [{ sql: "line.line_no", cast: "int" }],
  descending: false,
  keys: (row) => [String(row.lineNo)],
};

/** The lines of each of many bank files, in the order of the file. */
export const readLinesOfFiles = (on: Answering, files: readonly { companyId: string; id: string }[], args: PageArgs): Promise<Page<BankLineRow>[]> =>
  readPages(on, LINES, { company: "line.company_id", id: "line.file_id" }, files, (conditions) => conditions, args);

export const bankLinesByKeys = statement<BankLineRow, [readonly string[], readonly string[]]>(
  "bankLines.byKeys",
  `select ${LINE} from bank_line line join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on line.company_id = key.company_id and line.id = key.id`,
);

/** A receipt of a bank file that waits to be posted, with its remittance as it was kept. */
export interface WaitingLine extends BankLineRow {
  readonly remittance: unknown;
}

/** The next receipts of a file that have no payment yet, after a line of it. */
export const waitingLines = statement<WaitingLine, [string, string, number, number]>(
  "bankLines.waiting",
  `select ${LINE}, line.remittance from bank_line line
    where line.company_id = $1 and line.file_id = $2 and line.line_no > $3 and line.payment_id is null and line.skip_reason is null
    order by line.line_no limit $4`,
);

/** Holds a line until the transaction ends, and tells whether somebody has posted it. Comes after the lock of its customer. */
export const lockLine = statement<{ paymentId: string | null }, [string, string]>(
  "bankLines.lock",
  `select payment_id as "paymentId" from bank_line where company_id = $1 and id = $2 for update`,
);

export const markPosted = statement<object, [string, string, string]>(
  "bankLines.markPosted",
  `update bank_line set payment_id = $3 where company_id = $1 and id = $2 and payment_id is null`,
);

const insertLines = statement<object, [string, string, ...unknown[][]]>(
  "bankLines.insert",
  `insert into bank_line (company_id, file_id, id, line_no, account, currency, type_code, direction, amount_minor, booked_on, value_on, bank_reference, customer_reference,
                          description, skip_reason, remittance)
   select $1, $2, line.* from unnest($3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::date[], $11::date[], $12::text[], $13::text[],
                                     $14::text[], $15::text[], $16::jsonb[]) as line`,
);

/** A line of a bank file to be kept, with its remittance as JSON text. */
export type NewBankLine = Omit<BankLineRow, "companyId" | "id" | "fileId" | "paymentId"> & { readonly remittance: string | null };

const ROWS = 5_000;

/** Keeps the lines of a bank file. */
export async function insertBankLines(tx: Tx, companyId: string, fileId: string, lines: readonly NewBankLine[]): Promise<void> {
  for (let from = 0; from < lines.length; from += ROWS) {
    const rows = lines.slice(from, from + ROWS);
    await insertLines(
      tx, companyId, fileId, rows.map(newId), rows.map((it) => it.lineNo), rows.map((it) => it.account), rows.map((it) => it.currency), rows.map((it) => it.typeCode),
      rows.map((it) => it.direction), rows.map((it) => it.minor), rows.map((it) => it.bookedOn), rows.map((it) => it.valueOn), rows.map((it) => it.bankReference),
      rows.map((it) => it.customerReference), rows.map((it) => it.text), rows.map((it) => it.skipReason), rows.map((it) => it.remittance),
    );
  }
}
