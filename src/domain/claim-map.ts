import { DATE_ORDERS, DATE_SEPARATORS, type DatePattern } from "./date-pattern.ts";
import { nullable, objectAt, oneOf, type Properties, refuseMap, textAt } from "./map-properties.ts";
import { isCurrency } from "./money.ts";
import { CodeList } from "./standard-reasons.ts";

const COLUMNS = ["number", "invoice", "order", "shipment", "code", "text", "eventOn", "item", "description", "quantity", "unit", "unitPrice"] as const;
const PROPERTIES = ["name", "columns", "delimiter", "decimal", "dates", "currency", "codeList"] as const;
const DELIMITERS = [",", ";", "\t", "|"] as const;

/** The facts of a claim's line that a column may hold, beside its amount. */
export type ClaimColumn = (typeof COLUMNS)[number] | "amount";

/** How one kind of CSV file writes claims, one line to a row: data, one map per sender. */
export interface ClaimMap {
  /** What people call the map. */
  readonly name: string;
  /** The header's name of each column; the amount must be there. Other columns of the file are not read. */
  readonly columns: Readonly<Partial<Record<ClaimColumn, string>> & { readonly amount: string }>;
  readonly delimiter: (typeof DELIMITERS)[number];
  readonly decimal: "." | ",";
  /** How the days of events are written; null when the file has none. */
  readonly dates: DatePattern | null;
  /** The currency of every claim in it; null for that of the customer. */
  readonly currency: string | null;
  /** The public list that its codes are of; null for codes of the customer's own. */
  readonly codeList: CodeList | null;
}

/** A claim map from parsed JSON. Refuses one that lacks a property, has one too many or contradicts itself, naming the property by its path. */
export function readClaimMap(json: unknown): ClaimMap {
  const map = objectAt(json, [], PROPERTIES);
  const columns = objectAt(map["columns"], ["columns"], [...COLUMNS, "amount"]);
  const names = Object.fromEntries(["amount" as const, ...COLUMNS.filter((it) => columns[it] !== undefined && columns[it] !== null)].map((it) => [it, textAt(columns, it, ["columns"])]));
  if (new Set(Object.values(names)).size !== Object.keys(names).length) refuseMap(["columns"], "a column of its own for each");
  const dates = nullable(map, "dates", datesOf);
  if (dates === null && names["eventOn"] !== undefined) refuseMap(["dates"], "given when eventOn is");
  return {
    name: textAt(map, "name", []),
    columns: names as ClaimMap["columns"],
    delimiter: oneOf(DELIMITERS, map, "delimiter", []),
    decimal: oneOf([".", ","], map, "decimal", []),
    dates,
    currency: nullable(map, "currency", (code) => (typeof code === "string" && isCurrency(code) ? code : refuseMap(["currency"], "an ISO 4217 code"))),
    codeList: nullable(map, "codeList", () => oneOf(Object.values(CodeList), map, "codeList", [])),
  };
}

function datesOf(value: unknown): DatePattern {
  const path = ["dates"];
  const dates: Properties = objectAt(value, path, ["order", "separator", "leadingZeros"]);
  const { leadingZeros } = dates;
  if (typeof leadingZeros !== "boolean") return refuseMap([...path, "leadingZeros"], "true or false");
  const separator = DATE_SEPARATORS.find((it) => it === dates["separator"]) ?? refuseMap([...path, "separator"], `one of ${JSON.stringify(DATE_SEPARATORS)}`);
  if (separator === "" && !leadingZeros) return refuseMap([...path, "separator"], "a mark where there are no leading zeros");
  return { order: oneOf(DATE_ORDERS, dates, "order", path), separator, leadingZeros, time: false };
}
