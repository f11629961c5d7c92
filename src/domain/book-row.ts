import { accountKey, documentKey } from "./account-number.ts";
import { amountReader } from "./amount-cell.ts";
import { type ColumnCheck, type ColumnMap, type DateRule, type OpenFlag, type TruthColumn, factColumns } from "./column-map.ts";
import { dateReader, patternText } from "./date-pattern.ts";
import { type BusinessDate, daysBetween } from "./dates.ts";
import { LONGEST_NAME, type RowCells, type RowFault, optionalText, requiredText, rowCells } from "./row-cells.ts";

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

/** A row read in full, or everything that is wrong with it. */
export type RowOutcome = { readonly row: BookRow; readonly warnings: readonly RowWarning[] } | { readonly faults: readonly RowFault[] };

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
  const cellsOf = rowCells(header, [...factColumns(map), ...map.checks.map((check) => check.column)], map.ignored);
  const datesOf = itemDatesReader(map);
  const amountOf = amountReader(map);
  const { columns } = map;
  return (line, cells) => {
    const row = cellsOf(line, cells);
    if (row.faults.length > 0) return { faults: row.faults };
    const accountNumber = requiredText(row, columns.accountNumber);
    const number = optionalText(row, columns.invoiceNumber);
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
    for (const check of map.checks) checkColumn(row, check, dates, { accountNumber, invoiceNumber: number });
    const warnings = oddDates(row, map, dates);
    const { invoicedOn, dueOn, clearedOn } = dates;
    if (row.faults.length > 0 || !accountNumber || !amount || !invoicedOn || !dueOn) return { faults: row.faults };
    const key = number === null ? `row:${digest(JSON.stringify(cells.map((cell) => cell.trim())))}` : documentKey(number);
    const account = { accountNumber, accountKey: accountKey(accountNumber), customerName };
    return { row: { line, documentKey: key, number, ...account, ...amount, invoicedOn, dueOn, clearedOn, ...rest }, warnings };
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
    if (row.text(dueOn) === "") row.fault(dueOn, "It is empty.");
    return { invoicedOn: invoiced[first] ?? null, dueOn: dateOf(row, dueOn), clearedOn: clearedOn === null ? null : dateOf(row, clearedOn) };
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

function checkColumn(row: RowCells, check: ColumnCheck, dates: ItemDates, numbers: Record<"accountNumber" | "invoiceNumber", string | null>): void {
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
  if (invoicedOn && dueOn && dueOn < invoicedOn) report("dueBeforeInvoiced", map.columns.dueOn, `It is before the invoice date ${invoicedOn}.`);
  if (invoicedOn && clearedOn && clearedOn < invoicedOn) {
    report("clearedBeforeInvoiced", map.columns.clearedOn!, `It is before the invoice date ${invoicedOn}.`);
  }
  return warnings;
}
