import { accountKey, documentKey } from "./account-number.ts";
import { amountReader, otherAmountReader } from "./amount-cell.ts";
import type { RowClearing } from "./clearing-groups.ts";
import { type ColumnCheck, type ColumnMap, type DateRule, type OpenFlag, type TruthColumn, columnsRead } from "./column-map.ts";
import { dateReader, patternText } from "./date-pattern.ts";
import { addDays, type BusinessDate, daysBetween } from "./dates.ts";
import { wholeOfFloat } from "./float-cell.ts";
import { LONGEST_NAME, type RowCells, type RowFault, optionalText, requiredText, rowCells } from "./row-cells.ts";
import { ruleFits } from "./row-rules.ts";

/** One open or paid item of an open-item book, as its file states it. */
export interface BookRow {
  readonly line: number;
  /** The key of the number, or `row:` and the digest of all cells where the row has no number. No number can have a key with small letters in it. */
  readonly documentKey: string;
  readonly number: string | null;
  /** The account number as it is spelled in this row; accounts are told apart by their key only. */
  readonly accountNumber: string;
  readonly accountKey: string;
  readonly customerName: string | null;
  readonly currency: string;
  /** Minor units; negative for a credit, never zero. */
  readonly minor: bigint;
  readonly invoicedOn: BusinessDate;
  readonly dueOn: BusinessDate;
  /** The day it was paid in full; null while it is open. */
  readonly clearedOn: BusinessDate | null;
  readonly termsCode: string | null;
  readonly segment: string | null;
  readonly disputed: boolean;
  readonly purchaseOrder: string | null;
  readonly salesOrder: string | null;
  readonly shipment: string | null;
}

/** Something odd in a row that is taken all the same. */
export interface RowWarning extends RowFault {
  readonly rule: DateRule;
}

/**
 * A row read in full; or everything that is wrong with it; or the map's reason to pass it over. `clearing` is there where other rows of the file
 * decide what becomes of it.
 */
export type RowOutcome =
  | { readonly row: BookRow; readonly warnings: readonly RowWarning[]; readonly clearing?: RowClearing }
  | { readonly faults: readonly RowFault[] }
  | { readonly skipped: string };

interface ItemDates {
  readonly invoicedOn: BusinessDate | null;
  readonly dueOn: BusinessDate | null;
  readonly clearedOn: BusinessDate | null;
}

/**
 * A reader of the rows of one file: it takes the line on which a row begins and its cells, and gives the item or all faults of the row.
 * `digest` makes the key of a row without an invoice number out of its cells. Cells are text: nothing that looks like a formula is evaluated.
 * Refuses a header that does not fit the map.
 */
export function bookRowReader(
  map: ColumnMap,
  header: readonly string[],
  digest: (text: string) => string,
): (line: number, cells: readonly string[]) => RowOutcome {
  const cellsOf = rowCells(header, columnsRead(map), map.ignored);
  const datesOf = itemDatesReader(map);
  const amountOf = amountReader(map);
  const otherAmountOf = otherAmountReader(map);
  const { columns } = map;
  return (line, cells) => {
    const row = cellsOf(line, cells);
    if (row.faults.length > 0) return { faults: row.faults };
    const rule = map.rules.find((it) => ruleFits(it, row.text(it.column)));
    if (rule?.action === "skip") return { skipped: rule.reason };
    if (rule) return { faults: [{ line, column: rule.column, value: row.text(rule.column), reason: rule.reason }] };
    const accountNumber = numberOf(row, columns.accountNumber, map.floats, requiredText);
    const number = numberOf(row, columns.invoiceNumber, map.floats, optionalText);
    const customerName = optionalText(row, columns.customerName, LONGEST_NAME);
    const amount = amountOf(row);
    const dates = datesOf(row);
    const rest = {
      termsCode: optionalText(row, columns.termsCode),
      segment: optionalText(row, columns.segment),
      disputed: columns.disputed ? isDisputed(row, columns.disputed) : false,
      purchaseOrder: optionalText(row, columns.purchaseOrder),
      salesOrder: optionalText(row, columns.salesOrder),
      shipment: optionalText(row, columns.shipment),
    };
    if (columns.openFlag) checkOpenFlag(row, columns.openFlag, columns.clearedOn!);
    for (const check of map.checks) {
      if (check.kind === "open" || check.kind === "zero") checkAmount(row, check, amount, dates.clearedOn, otherAmountOf);
      else checkColumn(row, check, dates, { accountNumber, invoiceNumber: number });
    }
    const warnings = oddDates(row, map, dates);
    const { invoicedOn, dueOn, clearedOn } = dates;
    if (row.faults.length > 0 || !accountNumber || !amount || !invoicedOn || !dueOn) return { faults: row.faults };
    const key = number === null ? `row:${digest(JSON.stringify(cells.map((cell) => cell.trim())))}` : documentKey(number);
    const account = { accountNumber, accountKey: accountKey(accountNumber), customerName };
    const read = { row: { line, documentKey: key, number, ...account, ...amount, invoicedOn, dueOn, clearedOn, ...rest }, warnings };
    const clearing = map.clearing && clearingOf(row, map.clearing.group, map.clearing.kind);
    return clearing ? { ...read, clearing } : read;
  };
}

function itemDatesReader(map: ColumnMap): (row: RowCells) => ItemDates {
  const read = dateReader(map.dates);
  const shape = patternText(map.dates);
  const dateOf = (row: RowCells, column: string): BusinessDate | null => {
    const text = row.text(column);
    return text === "" ? null : (read(text) ?? row.fault(column, `It is not a day of the calendar written as ${shape}.`));
  };
  const { invoicedOn, dueOn, clearedOn } = map.columns;
  return (row) => {
    const invoiced = invoicedOn.map((column) => dateOf(row, column));
    const first = invoicedOn.findIndex((column) => row.text(column) !== "");
    if (first < 0) row.fault(invoicedOn[0]!, invoicedOn.length === 1 ? "It is empty." : `It is empty, and so is ${invoicedOn.slice(1).join(", ")}.`);
    const invoicedDay = invoiced[first] ?? null;
    if (typeof dueOn === "string" && row.text(dueOn) === "") row.fault(dueOn, "It is empty.");
    const declared = (days: number): BusinessDate | null => invoicedDay && addDays(invoicedDay, days);
    const due = typeof dueOn === "string" ? dateOf(row, dueOn) : declared(dueOn.daysAfterInvoice);
    return { invoicedOn: invoicedDay, dueOn: due, clearedOn: clearedOn === null ? null : dateOf(row, clearedOn) };
  };
}

function isDisputed(row: RowCells, flag: TruthColumn): boolean {
  return wordOf(row, flag.column, flag.true, flag.false) === true;
}

function checkOpenFlag(row: RowCells, flag: OpenFlag, clearedColumn: string): void {
  const open = wordOf(row, flag.column, flag.open, flag.paid);
  const cleared = row.text(clearedColumn);
  if (open === true && cleared !== "") row.fault(flag.column, `It says open, but ${clearedColumn} is ${cleared}.`);
  if (open === false && cleared === "") row.fault(flag.column, `It says paid, but ${clearedColumn} is empty.`);
}

/** True or false by the list that has the cell's value; null, with a fault, when neither has it. */
function wordOf(row: RowCells, column: string, yes: readonly string[], no: readonly string[]): boolean | null {
  const text = row.text(column);
  if (yes.includes(text)) return true;
  return no.includes(text) ? false : row.fault(column, `The map knows only ${[...yes, ...no].map((word) => `"${word}"`).join(", ")} here.`);
}

/** The number of an account or a document, in the style that the map declares for its column. */
function numberOf(row: RowCells, column: string, floats: readonly string[], read: (row: RowCells, column: string) => string | null): string | null {
  const text = read(row, column);
  if (text === null || !floats.includes(column)) return text;
  return wholeOfFloat(text) ?? row.fault(column, "It is not a whole number written as a floating-point number like 2960623488.0.");
}

function clearingOf(row: RowCells, group: readonly string[], kind: string): RowClearing | null {
  return row.text(group[0]!) === "" ? null : { group: group.map((column) => row.text(column)).join(" "), kind: row.text(kind) };
}

type AmountCheck = Extract<ColumnCheck, { readonly kind: "open" | "zero" }>;
type OtherCheck = Extract<ColumnCheck, { readonly kind: "same" | "days" }>;

function checkAmount(
  row: RowCells,
  { kind, column }: AmountCheck,
  item: { readonly currency: string; readonly minor: bigint } | null,
  clearedOn: BusinessDate | null,
  amountOf: ReturnType<typeof otherAmountReader>,
): void {
  if (item === null || (kind === "zero" && row.text(column) === "")) return;
  const minor = amountOf(row, column, item.currency);
  if (minor === null) return;
  if (kind === "zero") {
    if (minor !== 0n) row.fault(column, "It is not zero, and the file does not tell on which day that happened.");
  } else if (clearedOn !== null ? minor !== 0n : minor === 0n) {
    row.fault(column, clearedOn !== null ? "Something is open, but the item is cleared." : "Nothing is open, and the file does not tell on which day it was paid.");
  } else if (clearedOn === null && minor !== item.minor) {
    row.fault(column, "A part of the item is settled, and the file does not tell on which day.");
  }
}

function checkColumn(row: RowCells, check: OtherCheck, dates: ItemDates, numbers: Record<"accountNumber" | "invoiceNumber", string | null>): void {
  const text = row.text(check.column);
  if (text === "") return;
  if (check.kind === "same") {
    const [keyOf, other] = [check.as === "accountNumber" ? accountKey : documentKey, numbers[check.as]];
    if (other !== null && keyOf(text) !== keyOf(other)) row.fault(check.column, `It contradicts the ${check.as} ${other}.`);
    return;
  }
  if (!/^-?\d{1,6}$/.test(text)) return void row.fault(check.column, "It is not a whole number of days.");
  const [from, to] = [dates[check.from], dates[check.to]];
  if (from === null || to === null) return;
  const days = Math.max(daysBetween(from, to), check.atLeast ?? -Infinity);
  if (Number(text) !== days) row.fault(check.column, `From ${from} to ${to} it should be ${days}.`);
}

/** Warnings for the odd orders of dates that the map allows; a fault for one that it does not. */
function oddDates(row: RowCells, map: ColumnMap, dates: ItemDates): RowWarning[] {
  const { invoicedOn, dueOn, clearedOn } = dates;
  const warnings: RowWarning[] = [];
  const report = (rule: DateRule, column: string, reason: string): void => {
    if (!map.warnings.includes(rule)) row.fault(column, reason);
    else warnings.push({ rule, line: row.line, column, value: row.text(column), reason });
  };
  if (invoicedOn && dueOn && dueOn < invoicedOn) report("dueBeforeInvoiced", map.columns.dueOn as string, `It is before the invoice date ${invoicedOn}.`);
  if (invoicedOn && clearedOn && clearedOn < invoicedOn) {
    report("clearedBeforeInvoiced", map.columns.clearedOn!, `It is before the invoice date ${invoicedOn}.`);
  }
  return warnings;
}
