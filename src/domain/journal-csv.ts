import { decimalFromMinor } from "./money.ts";
import type { BusinessDate } from "./dates.ts";

/** A line of an exported entry, as the file states it. */
export interface ExportedLine {
  readonly exportNumber: number;
  readonly entryId: string;
  readonly effectiveOn: BusinessDate;
  readonly recordedAt: string;
  readonly kind: string;
  readonly documentNumber: string | null;
  readonly customerAccount: string | null;
  readonly account: string;
  readonly accountNumber: string | null;
  readonly currency: string;
  /** Positive is a debit. */
  readonly minor: bigint;
  readonly functionalCurrency: string;
  /** Null where no rate was known. */
  readonly functionalMinor: bigint | null;
}

/** The first line of the file. */
export const JOURNAL_CSV_HEADER =
  "export_number,entry_id,effective_on,recorded_at,kind,document_number,customer_account,account,account_number,currency,debit,credit,functional_currency,functional_debit,functional_credit\r\n";

/** A cell of text. What a spreadsheet would take for a formula gets an apostrophe in front, and so does nothing. */
function cell(text: string | null): string {
  if (text === null) return "";
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Debit and credit of an amount, one of them empty. Neither is ever negative. */
function sides(minor: bigint | null, currency: string): [string, string] {
  if (minor === null) return ["", ""];
  return minor > 0n ? [decimalFromMinor(minor, currency), ""] : ["", decimalFromMinor(-minor, currency)];
}

/** A line of the file, after the header's columns. */
export function journalCsvLine(line: ExportedLine): string {
  const texts = [String(line.exportNumber), line.entryId, line.effectiveOn, line.recordedAt, line.kind, line.documentNumber, line.customerAccount, line.account, line.accountNumber, line.currency];
  const amounts = [...sides(line.minor, line.currency), line.functionalCurrency, ...sides(line.functionalMinor, line.functionalCurrency)];
  return `${[...texts.map(cell), ...amounts].join(",")}\r\n`;
}
