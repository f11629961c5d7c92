import { DATE_ORDERS, DATE_SEPARATORS, type DatePattern } from "./date-pattern.ts";
import {
  type Path, type Properties, entriesOf, listAt, nullable, objectAt, oneOf, oneOfEach, refuseMap, textAt,
} from "./map-properties.ts";
import { isCurrency } from "./money.ts";

/** The dates of an open item that a check may count between. */
export const ITEM_DATES = ["invoicedOn", "dueOn", "clearedOn"] as const;

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
 */
export type ColumnCheck =
  | { readonly kind: "days"; readonly column: string; readonly from: ItemDate; readonly to: ItemDate; readonly atLeast: number | null }
  | { readonly kind: "same"; readonly column: string; readonly as: "accountNumber" | "invoiceNumber" };
export type ItemDate = (typeof ITEM_DATES)[number];

/** Where each fact of an open item stands, by the header's name of the column; null where the file does not have it. */
export interface ItemColumns {
  readonly accountNumber: string;
  readonly customerName: string | null;
  readonly invoiceNumber: string;
  /** The first of these columns that is not empty holds the invoice date. */
  readonly invoicedOn: readonly string[];
  readonly dueOn: string;
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
  readonly delimiter: string;
  readonly dates: DatePattern;
  readonly decimalMark: "." | ",";
  /** `negative` when an amount below zero is a credit; `none` when the file has no credits, and an amount below zero is a fault. */
  readonly credits: "none" | "negative";
  readonly currency: { readonly column: string } | { readonly constant: string };
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
  const map = objectAt(json, [], known);
  const read: ColumnMap = {
    name: mapName(textAt(map, "name", [])),
    description: textAt(map, "description", []),
    delimiter: oneOf([",", ";", "\t", "|"], map, "delimiter", []),
    dates: readDates(map["dates"]),
    decimalMark: oneOf([".", ","], map, "decimalMark", []),
    credits: oneOf(["none", "negative"], map, "credits", []),
    currency: readCurrency(map["currency"]),
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
  return [...new Set([...Object.values(plain).flat(), ...flags].filter((column) => column != null))];
}

function mapName(name: string): string {
  return /^[a-z0-9][a-z0-9-]{0,59}$/.test(name) ? name : refuseMap(["name"], "at most 60 lower-case letters, digits and hyphens");
}

function readDates(value: unknown): DatePattern {
  const path = ["dates"];
  const dates = objectAt(value, path, ["order", "separator", "leadingZeros"]);
  const { leadingZeros } = dates;
  if (typeof leadingZeros !== "boolean") return refuseMap([...path, "leadingZeros"], "true or false");
  const separator = oneOf(DATE_SEPARATORS, dates, "separator", path);
  if (separator === "" && !leadingZeros) return refuseMap([...path, "leadingZeros"], "true where nothing separates the parts of a date");
  return { order: oneOf(DATE_ORDERS, dates, "order", path), separator, leadingZeros };
}

function readCurrency(value: unknown): ColumnMap["currency"] {
  const path = ["currency"];
  const currency = objectAt(value, path, ["column", "constant"]);
  if ("column" in currency === "constant" in currency) return refuseMap(path, "either a column or a constant");
  if ("column" in currency) return { column: textAt(currency, "column", path) };
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
    dueOn: textAt(columns, "dueOn", path),
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
  if (oneOf(["days", "same"], check, "kind", path) === "same") {
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
  const used = new Set([...facts, ...map.checks.map((check) => check.column)]);
  const both = map.ignored.find((column) => used.has(column));
  if (both !== undefined) refuseMap(["ignored"], `without "${both}", which the map reads`);
}
