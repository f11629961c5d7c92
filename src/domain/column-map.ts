import { DATE_ORDERS, DATE_SEPARATORS, type DatePattern } from "./date-pattern.ts";
import {
  type Path, type Properties, entriesOf, listAt, nullable, objectAt, oneOf, oneOfEach, refuseMap, textAt,
} from "./map-properties.ts";
import { type Clearing, readClearing, readRule, type RowRule } from "./row-rules.ts";
import { isCurrency } from "./money.ts";

/** The dates of an open item that a check may count between. */
export const ITEM_DATES = ["invoicedOn", "dueOn", "clearedOn"] as const;

/** How a file holds its rows, and how it writes the codes of currencies. */
const FORMATS = ["csv", "jsonl"] as const;
const LETTERS = ["upper", "lower"] as const;
const UNITS = ["major", "minor"] as const;

/** Orders of dates that are odd but happen in real books. */
export const DATE_RULES = ["dueBeforeInvoiced", "clearedBeforeInvoiced"] as const;
export type DateRule = (typeof DATE_RULES)[number];

/** A column that says open or paid in so many words. The cleared date decides; a flag that contradicts it is a fault. */
export interface OpenFlag {
  readonly column: string;
  readonly open: readonly string[];
  readonly paid: readonly string[];
}

/** A column that says whether an item is disputed; a value in neither list is a fault. */
export interface TruthColumn {
  readonly column: string;
  readonly true: readonly string[];
  readonly false: readonly string[];
}

/**
 * A column whose value follows from the others and must agree with them, so that a file read with the wrong map is found out.
 * `days`: calendar days from one date of the item to another, not less than `atLeast` where that is given.
 * `same`: another spelling of the account or invoice number. An empty cell states nothing and agrees.
 * `open`: what is open of the item as an amount: all of it while the item is open, nothing once it is cleared. A part of it was paid on days that the
 * file does not tell, so that the item cannot be taken. `zero`: an amount that must be zero or empty, such as what was credited.
 */
export type ColumnCheck =
  | { readonly kind: "days"; readonly column: string; readonly from: ItemDate; readonly to: ItemDate; readonly atLeast: number | null }
  | { readonly kind: "same"; readonly column: string; readonly as: "accountNumber" | "invoiceNumber" }
  | { readonly kind: "open"; readonly column: string }
  | { readonly kind: "zero"; readonly column: string };
export type ItemDate = (typeof ITEM_DATES)[number];

/** Where each fact of an open item stands, by the header's name of the column; null where the file does not have it. */
export interface ItemColumns {
  readonly accountNumber: string;
  readonly customerName: string | null;
  readonly invoiceNumber: string;
  /** The first of these columns that is not empty holds the invoice date. */
  readonly invoicedOn: readonly string[];
  /** The column of the due date; or, where the file has none, the days after the invoice date that the author of the map knows of. */
  readonly dueOn: string | { readonly daysAfterInvoice: number };
  /** The day the item was paid in full; an empty cell means that the item is open. */
  readonly clearedOn: string | null;
  readonly amount: string;
  readonly termsCode: string | null;
  readonly segment: string | null;
  readonly purchaseOrder: string | null;
  readonly salesOrder: string | null;
  readonly shipment: string | null;
  readonly openFlag: OpenFlag | null;
  readonly disputed: TruthColumn | null;
}

/**
 * How one kind of file states an open-item book. A map is data: it declares everything that the values cannot tell by themselves (order of dates,
 * decimal mark, sign, currency), and a file whose values contradict it is refused.
 */
export interface ColumnMap {
  /** What people call the map on a command line: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly description: string;
  /** `jsonl`: one JSON object on each line, whose properties are the columns. */
  readonly format: "csv" | "jsonl";
  /** What stands between the cells of a row; null in JSON lines. */
  readonly delimiter: string | null;
  readonly dates: DatePattern;
  readonly decimalMark: "." | ",";
  /** `negative` when an amount below zero is a credit; `none` when the file has no credits, and an amount below zero is a fault. */
  readonly credits: "none" | "negative";
  /** `letters` tells whether a column writes the codes in capital or in small letters. */
  readonly currency: { readonly column: string; readonly letters: "upper" | "lower" } | { readonly constant: string };
  /** `minor` when amounts are whole numbers of the smallest unit of their currency, such as cents. */
  readonly amounts: "major" | "minor";
  /** Columns that a program wrote as floating-point numbers: `2960623488.0`, `2309.7899999999995`. A cell that is not written so is a fault. */
  readonly floats: readonly string[];
  /** What becomes of rows with certain values; the first that fits decides. */
  readonly rules: readonly RowRule[];
  /** How rows that cleared each other are told; null where each row speaks for itself. */
  readonly clearing: Clearing | null;
  readonly columns: ItemColumns;
  readonly checks: readonly ColumnCheck[];
  /** Columns that are not read. They may be absent; any other column that the map does not name is a fault. */
  readonly ignored: readonly string[];
  /** The odd orders of dates that only earn a warning. One that is not listed is a fault. */
  readonly warnings: readonly DateRule[];
}

/** A column map from parsed JSON. Refuses one that lacks a property, has one too many or contradicts itself, naming the property by its path. */
export function readColumnMap(json: unknown): ColumnMap {
  const known = ["name", "description", "delimiter", "dates", "decimalMark", "credits", "currency", "columns", "checks", "ignored", "warnings"];
  const map = objectAt(json, [], [...known, "format", "amounts", "floats", "rules", "clearing"]);
  const format = nullable(map, "format", () => oneOf(FORMATS, map, "format", [])) ?? "csv";
  const read: ColumnMap = {
    name: mapName(textAt(map, "name", [])),
    description: textAt(map, "description", []),
    format,
    delimiter: format === "csv" ? oneOf([",", ";", "\t", "|"], map, "delimiter", []) : nullable(map, "delimiter", () => refuseMap(["delimiter"], "left out of a map of JSON lines")),
    dates: readDates(map["dates"]),
    decimalMark: oneOf([".", ","], map, "decimalMark", []),
    credits: oneOf(["none", "negative"], map, "credits", []),
    currency: readCurrency(map["currency"]),
    amounts: nullable(map, "amounts", () => oneOf(UNITS, map, "amounts", [])) ?? "major",
    floats: nullable(map, "floats", () => listAt(map, "floats", [])) ?? [],
    rules: nullable(map, "rules", () => entriesOf(map, "rules", []).map(readRule)) ?? [],
    clearing: nullable(map, "clearing", readClearing),
    columns: readColumns(map["columns"]),
    checks: entriesOf(map, "checks", []).map(readCheck),
    ignored: listAt(map, "ignored", []),
    warnings: oneOfEach(DATE_RULES, map, "warnings", []),
  };
  refuseContradictions(read);
  return read;
}

/** The columns that hold facts of the item, each once, without those of the checks. */
export function factColumns(map: ColumnMap): string[] {
  const { openFlag, disputed, ...plain } = map.columns;
  const flags = [openFlag?.column, disputed?.column, "column" in map.currency ? map.currency.column : null];
  // Declared days stand where a column could: they are the only value here that is no text.
  return [...new Set([...Object.values(plain).flat(), ...flags].filter((column) => typeof column === "string"))];
}

/** Every column that is read: of facts, checks, rules and clearing. */
export function columnsRead(map: ColumnMap): string[] {
  const { clearing } = map;
  const others = [...map.checks, ...map.rules].map(({ column }) => column);
  return [...new Set([...factColumns(map), ...others, ...(clearing ? [...clearing.group, clearing.kind] : [])])];
}

function mapName(name: string): string {
  return /^[a-z0-9][a-z0-9-]{0,59}$/.test(name) ? name : refuseMap(["name"], "at most 60 lower-case letters, digits and hyphens");
}

function readDates(value: unknown): DatePattern {
  const path = ["dates"];
  const dates = objectAt(value, path, ["order", "separator", "leadingZeros", "time"]);
  const { leadingZeros, time = false } = dates;
  if (typeof time !== "boolean") return refuseMap([...path, "time"], "true or false");
  if (typeof leadingZeros !== "boolean") return refuseMap([...path, "leadingZeros"], "true or false");
  const separator = oneOf(DATE_SEPARATORS, dates, "separator", path);
  if (separator === "" && !leadingZeros) return refuseMap([...path, "leadingZeros"], "true where nothing separates the parts of a date");
  return { order: oneOf(DATE_ORDERS, dates, "order", path), separator, leadingZeros, time };
}

function readCurrency(value: unknown): ColumnMap["currency"] {
  const path = ["currency"];
  const currency = objectAt(value, path, ["column", "constant", "letters"]);
  if ("column" in currency === "constant" in currency) return refuseMap(path, "either a column or a constant");
  if ("column" in currency) {
    const letters = nullable(currency, "letters", () => oneOf(LETTERS, currency, "letters", path)) ?? "upper";
    return { column: textAt(currency, "column", path), letters };
  }
  if ("letters" in currency) return refuseMap([...path, "letters"], "left out where the currency is a constant");
  const constant = textAt(currency, "constant", path);
  return isCurrency(constant) ? { constant } : refuseMap([...path, "constant"], "an ISO 4217 currency code");
}

function readColumns(value: unknown): ItemColumns {
  const path = ["columns"];
  const optional = ["customerName", "clearedOn", "termsCode", "segment", "purchaseOrder", "salesOrder", "shipment"] as const;
  const needed = ["accountNumber", "invoiceNumber", "invoicedOn", "dueOn", "amount"];
  const columns = objectAt(value, path, [...needed, ...optional, "openFlag", "disputed"]);
  const some = (key: (typeof optional)[number]): string | null => nullable(columns, key, () => textAt(columns, key, path));
  const invoicedOn = typeof columns["invoicedOn"] === "string" ? [textAt(columns, "invoicedOn", path)] : listAt(columns, "invoicedOn", path);
  if (invoicedOn.length === 0 || invoicedOn.includes("")) return refuseMap([...path, "invoicedOn"], "at least one column, each with a name");
  return {
    accountNumber: textAt(columns, "accountNumber", path),
    customerName: some("customerName"),
    invoiceNumber: textAt(columns, "invoiceNumber", path),
    invoicedOn,
    dueOn: readDueOn(columns, path),
    clearedOn: some("clearedOn"),
    amount: textAt(columns, "amount", path),
    termsCode: some("termsCode"),
    segment: some("segment"),
    purchaseOrder: some("purchaseOrder"),
    salesOrder: some("salesOrder"),
    shipment: some("shipment"),
    openFlag: nullable(columns, "openFlag", (flag) => {
      const { column, yes, no } = readFlag(flag, [...path, "openFlag"], "open", "paid");
      return { column, open: yes, paid: no };
    }),
    disputed: nullable(columns, "disputed", (flag) => {
      const { column, yes, no } = readFlag(flag, [...path, "disputed"], "true", "false");
      return { column, true: yes, false: no };
    }),
  };
}

function readDueOn(columns: Properties, path: Path): ItemColumns["dueOn"] {
  const { dueOn } = columns;
  if (typeof dueOn !== "object" || dueOn === null) return textAt(columns, "dueOn", path);
  const { daysAfterInvoice } = objectAt(dueOn, [...path, "dueOn"], ["daysAfterInvoice"]);
  const days = typeof daysAfterInvoice === "number" && Number.isInteger(daysAfterInvoice) && daysAfterInvoice >= 0 && daysAfterInvoice <= 3650;
  return days ? { daysAfterInvoice } : refuseMap([...path, "dueOn", "daysAfterInvoice"], "a whole number of days from 0 to 3650");
}

function readFlag(value: unknown, path: Path, yesKey: string, noKey: string): { column: string; yes: string[]; no: string[] } {
  const flag = objectAt(value, path, ["column", yesKey, noKey]);
  const [yes, no] = [listAt(flag, yesKey, path), listAt(flag, noKey, path)];
  if (yes.length === 0) return refuseMap([...path, yesKey], "at least one value");
  if (no.length === 0) return refuseMap([...path, noKey], "at least one value");
  const both = yes.find((word) => no.includes(word));
  if (both !== undefined) return refuseMap([...path, noKey], `without "${both}", which is a value of ${yesKey} already`);
  return { column: textAt(flag, "column", path), yes, no };
}

function readCheck(value: unknown, index: number): ColumnCheck {
  const path = ["checks", String(index)];
  const check: Properties = objectAt(value, path, ["kind", "column", "from", "to", "atLeast", "as"]);
  const column = textAt(check, "column", path);
  const kind = oneOf(["days", "same", "open", "zero"], check, "kind", path);
  if (kind === "open" || kind === "zero") {
    objectAt(value, path, ["kind", "column"]);
    return { kind, column };
  }
  if (kind === "same") {
    objectAt(value, path, ["kind", "column", "as"]);
    return { kind: "same", column, as: oneOf(["accountNumber", "invoiceNumber"], check, "as", path) };
  }
  objectAt(value, path, ["kind", "column", "from", "to", "atLeast"]);
  const atLeast = nullable(check, "atLeast", (least) =>
    typeof least === "number" && Number.isInteger(least) ? least : refuseMap([...path, "atLeast"], "a whole number of days"),
  );
  return { kind: "days", column, from: oneOf(ITEM_DATES, check, "from", path), to: oneOf(ITEM_DATES, check, "to", path), atLeast };
}

function refuseContradictions(map: ColumnMap): void {
  const facts = new Set(factColumns(map));
  if (map.columns.openFlag && !map.columns.clearedOn) refuseMap(["columns", "clearedOn"], "named where an open flag is, because the cleared date decides");
  map.checks.forEach((check, index) => {
    const path = ["checks", String(index)];
    if (facts.has(check.column)) refuseMap([...path, "column"], `a column of its own; "${check.column}" holds a fact already`);
    if (check.kind === "days" && !map.columns.clearedOn && (check.from === "clearedOn" || check.to === "clearedOn")) {
      refuseMap(path, "between dates of the map, which has no clearedOn");
    }
  });
  const used = new Set(columnsRead(map));
  const unread = map.floats.findIndex((column) => !used.has(column));
  if (unread >= 0) refuseMap(["floats", String(unread)], `a column that the map reads, and "${map.floats[unread]}" is none`);
  if (map.clearing && !map.columns.clearedOn) refuseMap(["clearing"], "left out where the map has no clearedOn");
  if (map.clearing && map.credits === "none") refuseMap(["credits"], '"negative" where rows clear each other');
  const both = map.ignored.find((column) => used.has(column));
  if (both !== undefined) refuseMap(["ignored"], `without "${both}", which the map reads`);
}
