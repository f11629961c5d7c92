import type { ClaimColumn, ClaimMap } from "./claim-map.ts";
import type { WrittenClaimLine } from "./claim.ts";
import { dateReader, patternText } from "./date-pattern.ts";
import { Refusal } from "./refusal.ts";
import type { Row } from "./remittance-rows.ts";
import type { FiledClaim } from "./x12-812.ts";

/** A row with its cells by what they mean. */
type Cells = (column: ClaimColumn) => string | null;

/** Eight decimals are the most that a count, a price or an amount has. */
const SCALE = 8;

/**
 * The claims of a file, one for each claim number, in the order in which they first appear; a row without a number is a claim
 * by itself. Rows of one claim state the same documents, or leave them out. Refuses, with the line and the column: a header without a column of the map, a row
 * of another length, an amount or a day that is not written as the map declares, and rows of one claim that contradict each other.
 */
export function claimsFromRows(map: ClaimMap, header: readonly string[], rows: Iterable<Row>): FiledClaim[] {
  const names = header.map((name) => name.replace(/^\uFEFF/, "").trim());
  for (const name of Object.values(map.columns)) {
    const found = names.filter((it) => it === name).length;
    if (found !== 1) throw new Refusal("FILE_INVALID", `The header on line 1 ${found === 0 ? "lacks" : "has more than once"} the column "${name}" of the map "${map.name}".`, { line: 1 });
  }
  const claims = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.cells.every((cell) => cell.trim() === "")) continue;
    if (row.cells.length !== names.length) throw new Refusal("FILE_INVALID", `Line ${row.line} must have ${names.length} cells like the header, and has ${row.cells.length}.`, { line: row.line });
    const key = cellsOf(map, names, row)("number") ?? `line ${row.line}`;
    claims.set(key, [...(claims.get(key) ?? []), row]);
  }
  return [...claims.values()].map((its) => claimOf(map, names, its));
}

const cellsOf = (map: ClaimMap, names: readonly string[], { cells }: Row): Cells => (column) => {
  const name = map.columns[column];
  return name === undefined ? null : cells[names.indexOf(name)]?.trim() || null;
};

function claimOf(map: ClaimMap, names: readonly string[], rows: readonly Row[]): FiledClaim {
  const read = rows.map((row) => ({ row, cells: cellsOf(map, names, row) }));
  const one = (column: ClaimColumn): string | null => {
    const [first, ...others] = read.flatMap(({ row, cells }) => (cells(column) === null ? [] : [{ row, value: cells(column)! }]));
    const other = others.find(({ value }) => value !== first!.value);
    if (other) refuse(map, other.row, column, other.value, `an earlier row of the same claim says "${first!.value}"`);
    return first?.value ?? null;
  };
  const lines = read.map(({ row, cells }): WrittenClaimLine => ({
    item: cells("item"), description: cells("description"), quantity: decimalAt(map, row, cells, "quantity"), unit: cells("unit"), unitPrice: decimalAt(map, row, cells, "unitPrice"),
    amount: decimalAt(map, row, cells, "amount") ?? refuse(map, row, "amount", "", "it is empty"),
  }));
  const codes = [...new Set(read.flatMap(({ cells }) => cells("code") ?? []))];
  return {
    line: rows[0]!.line, number: one("number"), customerCode: codes.length === 1 ? codes[0]! : null, comment: one("text") ?? (codes.length > 1 ? `Codes ${codes.join(", ")}` : null),
    amount: sumOf(lines.map(({ amount }) => amount)), currency: map.currency, invoices: [...new Set(read.flatMap(({ cells }) => cells("invoice") ?? []))], purchaseOrder: one("order"), shipment: one("shipment"),
    eventOn: eventOf(map, read.map(({ row, cells }) => ({ row, text: cells("eventOn") }))), lines,
  };
}

function eventOf({ dates, ...map }: ClaimMap, cells: readonly { readonly row: Row; readonly text: string | null }[]): string | null {
  const first = cells.find(({ text }) => text !== null);
  if (!first || !dates) return null;
  return dateReader(dates)(first.text!) ?? refuse({ dates, ...map }, first.row, "eventOn", first.text!, `it is no day written ${patternText(dates)}`);
}

function decimalAt(map: ClaimMap, row: Row, cells: Cells, column: "quantity" | "unitPrice" | "amount"): string | null {
  const text = cells(column);
  if (text === null) return null;
  const plain = map.decimal === "," ? text.replace(",", ".") : text;
  const shape = column === "amount" ? /^-?\d{1,12}(\.\d{1,8})?$/ : /^\d{1,12}(\.\d{1,8})?$/;
  return shape.test(plain) && (map.decimal === "." || !text.includes(".")) ? plain : refuse(map, row, column, text, `it is not a number written like 1250${map.decimal}50`);
}

/** The sum of plain decimals, exactly. */
function sumOf(decimals: readonly string[]): string {
  const sum = decimals.reduce((all, text) => {
    const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
    const units = BigInt(whole + fraction.padEnd(SCALE, "0"));
    return text.startsWith("-") ? all - units : all + units;
  }, 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(SCALE + 1, "0");
  return `${sum < 0n ? "-" : ""}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`;
}

function refuse(map: ClaimMap, { line }: Row, column: ClaimColumn, value: string, fault: string): never {
  throw new Refusal("FILE_INVALID", `Column "${map.columns[column] ?? column}" on line ${line}${value && ` ("${value}")`}: ${fault}.`, { line });
}
