import { type Path, type Properties, nullable, objectAt, oneOf, refuseMap, textAt } from "./map-properties.ts";
import { isCurrency } from "./money.ts";
import { CodeList } from "./standard-reasons.ts";

const REQUIRED = ["paymentReference", "reference"] as const;
const AMOUNTS = ["gross", "discount", "deduction", "net"] as const;
const OPTIONAL = [...AMOUNTS, "code", "account", "payer", "partial", "claim", "text", "order"] as const;
const NEGATIVES = ["none", "minus", "parentheses", "both"] as const;
const SIGNS = ["positive", "negative"] as const;
const DELIMITERS = [",", ";", "\t", "|"] as const;
const GROUPINGS = [",", ".", " ", "'"] as const;
const PROPERTIES = ["name", "columns", "delimiter", "decimal", "grouping", "negative", "discountSign", "deductionSign", "currency", "codeList"] as const;

/** The facts of a remittance line that a column may hold. */
export type RemittanceColumn = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

/** The facts that are amounts. */
export type RemittanceAmount = (typeof AMOUNTS)[number];

/**
 * How one kind of remittance file writes what it says: data, one per sender. It declares all that the values cannot tell by themselves, and a file
 * whose values contradict it is refused.
 */
export interface RemittanceMap {
  /** What people call the map. */
  readonly name: string;
  /** The header's name of each column. The two references must be there, and `gross` or `net`; other columns of the file are not read. */
  readonly columns: Readonly<Record<(typeof REQUIRED)[number], string> & Partial<Record<(typeof OPTIONAL)[number], string>>>;
  readonly delimiter: (typeof DELIMITERS)[number];
  readonly decimal: "." | ",";
  /** The mark between groups of three digits; null when the file writes none. */
  readonly grouping: (typeof GROUPINGS)[number] | null;
  /** How an amount below zero is written; `none` when the file has none. */
  readonly negative: (typeof NEGATIVES)[number];
  /** Whether a discount of 20.00 is written 20.00 or -20.00. */
  readonly discountSign: (typeof SIGNS)[number];
  /** Whether a deduction of 20.00 is written 20.00 or -20.00. */
  readonly deductionSign: (typeof SIGNS)[number];
  /** The one currency that the file can be in; null when the payment decides. */
  readonly currency: string | null;
  /** The public list that its reason codes are of; null for codes of the customer's own. */
  readonly codeList: CodeList | null;
}

/** A remittance map from parsed JSON. Refuses one that lacks a property, has one too many or contradicts itself, naming the property by its path. */
export function readRemittanceMap(json: unknown): RemittanceMap {
  const map = objectAt(json, [], PROPERTIES);
  const decimal = oneOf([".", ","], map, "decimal", []);
  const negative = oneOf(NEGATIVES, map, "negative", []);
  const read: RemittanceMap = {
    name: textAt(map, "name", []),
    columns: columnsAt(map, ["columns"]),
    delimiter: oneOf(DELIMITERS, map, "delimiter", []),
    decimal,
    grouping: nullable(map, "grouping", () => oneOf(GROUPINGS, map, "grouping", [])),
    negative,
    discountSign: oneOf(SIGNS, map, "discountSign", []),
    deductionSign: oneOf(SIGNS, map, "deductionSign", []),
    currency: nullable(map, "currency", (code) => (typeof code === "string" && isCurrency(code) ? code : refuseMap(["currency"], "an ISO 4217 code"))),
    codeList: nullable(map, "codeList", () => oneOf(Object.values(CodeList), map, "codeList", [])),
  };
  if (read.grouping === decimal) refuseMap(["grouping"], `another mark than the decimal mark "${decimal}"`);
  for (const sign of ["discountSign", "deductionSign"] as const) {
    if (read[sign] === "negative" && negative === "none") refuseMap(["negative"], `other than "none" when ${sign} is "negative"`);
  }
  return read;
}

function columnsAt(map: Properties, path: Path): RemittanceMap["columns"] {
  const columns = objectAt(map["columns"], path, [...REQUIRED, ...OPTIONAL]);
  const given = OPTIONAL.filter((column) => columns[column] !== undefined && columns[column] !== null);
  const names = new Map<string, string>();
  for (const column of [...REQUIRED, ...given]) {
    const header = textAt(columns, column, path);
    if (names.has(header)) refuseMap([...path, column], `a column of its own; "${header}" is ${names.get(header)} already`);
    names.set(header, column);
  }
  if (!given.includes("gross") && !given.includes("net")) refuseMap([...path, "net"], "given when gross is not");
  const optional = Object.fromEntries(given.map((column) => [column, textAt(columns, column, path)]));
  return { paymentReference: textAt(columns, "paymentReference", path), reference: textAt(columns, "reference", path), ...optional };
}
