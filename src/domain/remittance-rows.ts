import { decimalFromMinor, minorFromDecimal } from "./money.ts";
import { Refusal } from "./refusal.ts";
import type { RemittanceAmount, RemittanceColumn, RemittanceMap } from "./remittance-map.ts";
import type { Remittance, RemittanceLine } from "./remittance.ts";
import { LONGEST_NAME, LONGEST_REFERENCE } from "./row-cells.ts";

/** A row of a delimited file after tokenizing: the physical line it starts on, counted from 1, and its cells. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

const PARTIAL: Readonly<Record<string, boolean>> = {
  "": false, n: false, no: false, false: false, "0": false,
  y: true, yes: true, true: true, "1": true, x: true, partial: true, "partial payment": true, installment: true,
};

/**
 * The remittances of a file, one for each payment reference, in the order in which they first appear; the rows of one payment need not stand together.
 * Refuses, with the line and the column in the message: a header without a column of the map, a row with more or fewer cells than the header, an amount
 * that is missing or not written as the map declares, a line that pays more than its gross less discount and deduction, a reference that a
 * spreadsheet would run as a formula, and a payment that names two accounts or two payers. Rows without any content are passed over.
 */
export function remittancesFromRows(map: RemittanceMap, currency: string, header: readonly string[], rows: Iterable<Row>): Remittance[] {
  if (map.currency !== null && map.currency !== currency) {
    throw new Refusal("CURRENCY_MISMATCH", `The map "${map.name}" is for ${map.currency}; the payment is in ${currency}.`);
  }
  const columns = header.map((name) => name.replace(/^\uFEFF/, "").trim());
  refuseHeader(map, columns);
  const remittances = new Map<string, { paymentReference: string; accountNumber: string | null; payerName: string | null; lines: RemittanceLine[] }>();
  for (const row of rows) {
    if (row.cells.every((cell) => cell.trim() === "")) continue;
    const cells = new RemittanceCells(map, currency, columns, row);
    const paymentReference = cells.reference("paymentReference") ?? cells.refuse("paymentReference", "it is empty");
    const remittance = remittances.get(paymentReference) ?? { paymentReference, accountNumber: null, payerName: null, lines: [] };
    remittances.set(paymentReference, remittance);
    remittance.accountNumber = same(cells, "account", remittance.accountNumber, cells.reference("account"));
    remittance.payerName = same(cells, "payer", remittance.payerName, cells.text("payer"));
    remittance.lines.push(lineOf(cells, row.line));
  }
  return [...remittances.values()];
}

function refuseHeader(map: RemittanceMap, columns: readonly string[]): void {
  for (const name of Object.values(map.columns)) {
    const found = columns.filter((column) => column === name).length;
    if (found === 1) continue;
    const fault = found === 0 ? "lacks" : "has more than once";
    throw new Refusal("FILE_INVALID", `The header on line 1 ${fault} the column "${name}" of the map "${map.name}".`, { line: 1 });
  }
}

function lineOf(cells: RemittanceCells, line: number): RemittanceLine {
  const reference = cells.reference("reference");
  const gross = cells.amount("gross");
  const discountMinor = cells.taken("discount");
  const deductionMinor = cells.taken("deduction");
  const takenOff = discountMinor + deductionMinor;
  const explained = gross === null ? null : gross - takenOff;
  const netMinor = netOf(cells, reference, explained, takenOff);
  if (explained !== null && explained < netMinor) {
    const { show } = cells;
    cells.refuse("net", `it pays ${show(netMinor)}, and gross less discount and deduction explains only ${show(explained)}`);
  }
  return {
    line, reference, grossMinor: gross, discountMinor, deductionMinor, netMinor, customerCode: cells.reference("code"), text: cells.text("text"),
    partial: cells.flag("partial"), claimNumber: cells.reference("claim"), ...cells.stated(),
  };
}

/** What the line adds to the payment. Only a line that names no invoice may leave its gross out and be worth what it takes off. */
function netOf(cells: RemittanceCells, reference: string | null, explained: bigint | null, takenOff: bigint): bigint {
  const standsAlone = reference === null && explained === null && takenOff > 0n;
  if (cells.has("net")) {
    const net = cells.amount("net") ?? cells.refuse("net", "it is empty");
    if (standsAlone && net !== -takenOff) cells.refuse("net", `it says ${cells.show(net)}, and what is taken off without an invoice is ${cells.show(takenOff)}`);
    return net;
  }
  return explained ?? (standsAlone ? -takenOff : cells.refuse("gross", "it is empty"));
}

/** The one value that the rows of a payment may state; an empty cell states nothing. */
function same(cells: RemittanceCells, column: RemittanceColumn, before: string | null, now: string | null): string | null {
  if (before !== null && now !== null && before !== now) cells.refuse(column, `an earlier row of the same payment says "${before}"`);
  return before ?? now;
}

/** The cells of one row by what they mean. Every refusal names the column and the line. */
class RemittanceCells {
  readonly #map: RemittanceMap;
  readonly #currency: string;
  readonly #columns: readonly string[];
  readonly #row: Row;

  constructor(map: RemittanceMap, currency: string, columns: readonly string[], row: Row) {
    this.#map = map;
    this.#currency = currency;
    this.#columns = columns;
    this.#row = row;
    const [expected, found] = [columns.length, row.cells.length];
    if (expected === found) return;
    const where = found < expected ? `from column "${columns[found]}" on nothing is there` : `there is more after column "${columns.at(-1)}"`;
    throw new Refusal("FILE_INVALID", `Line ${row.line} must have ${expected} cells like the header, and has ${found}: ${where}.`, { line: row.line });
  }

  refuse(column: RemittanceColumn, fault: string): never {
    const name = this.#map.columns[column] ?? column;
    const value = this.#cell(column) === "" ? "" : ` ("${this.#cell(column)}")`;
    throw new Refusal("FILE_INVALID", `Column "${name}" on line ${this.#row.line}${value}: ${fault}.`, { line: this.#row.line });
  }

  has(column: RemittanceColumn): boolean {
    return this.#map.columns[column] !== undefined;
  }

  readonly show = (minor: bigint): string => decimalFromMinor(minor, this.#currency);

  text(column: RemittanceColumn, longest = LONGEST_NAME): string | null {
    const text = this.#cell(column);
    if (text.length > longest) this.refuse(column, `it is longer than ${longest} characters`);
    return text === "" ? null : text;
  }

  /** A number or code to look something up by. Spreadsheets run a cell that begins with =, + or @, and no reference begins so. */
  reference(column: RemittanceColumn): string | null {
    const text = this.text(column, LONGEST_REFERENCE);
    return text !== null && /^[=+@]/.test(text) ? this.refuse(column, `it begins with "${text[0]}" like a formula`) : text;
  }

  /** What only some maps tell. */
  stated(): Pick<RemittanceLine, "codeList" | "purchaseOrder"> {
    const { codeList } = this.#map;
    return { ...(codeList && { codeList }), ...(this.has("order") && { purchaseOrder: this.reference("order") }) };
  }

  flag(column: RemittanceColumn): boolean {
    return PARTIAL[this.#cell(column).toLowerCase()] ?? this.refuse(column, "it is neither yes nor no");
  }

  /** An amount as the map writes it, with its sign; null when the cell is empty or the file has no such column. */
  amount(column: RemittanceAmount): bigint | null {
    const text = this.#cell(column);
    if (text === "") return null;
    const { negative, decimal } = this.#map;
    const inside = /^\((.*)\)$/.exec(text)?.[1];
    const minus = text.startsWith("-");
    if (inside !== undefined && negative !== "parentheses" && negative !== "both") this.refuse(column, "the map declares no amounts in parentheses");
    if (minus && negative !== "minus" && negative !== "both") this.refuse(column, "the map declares no amounts with a minus sign");
    const digits = inside ?? (minus ? text.slice(1) : text);
    try {
      const minor = minorFromDecimal(this.#plain(digits), this.#currency);
      return inside !== undefined || minus ? -minor : minor;
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "AMOUNT_INVALID") throw error;
      return this.refuse(column, `it is not an amount in ${this.#currency} written like 1250${decimal}50`);
    }
  }

  /** What was taken off, as a positive amount. The map says which sign the file gives it; the other sign would be money given back. */
  taken(column: "discount" | "deduction"): bigint {
    const minor = this.amount(column) ?? 0n;
    const sign = column === "discount" ? this.#map.discountSign : this.#map.deductionSign;
    const taken = sign === "negative" ? -minor : minor;
    return taken < 0n ? this.refuse(column, `the map declares that money taken off is ${sign}`) : taken;
  }

  /** Digits with the map's marks as a plain decimal; anything else comes back as a text that is no amount. */
  #plain(text: string): string {
    const { decimal, grouping } = this.#map;
    const [whole = "", ...fractions] = text.split(decimal);
    const groups = grouping === null ? [whole] : whole.split(grouping);
    const [first = "", ...others] = groups;
    const sound = others.length === 0 ? /^\d+$/.test(first) : /^\d{1,3}$/.test(first) && others.every((group) => /^\d{3}$/.test(group));
    return sound ? [groups.join(""), ...fractions].join(".") : "";
  }

  #cell(column: RemittanceColumn): string {
    const name = this.#map.columns[column];
    return name === undefined ? "" : (this.#row.cells[this.#columns.indexOf(name)] ?? "").trim();
  }
}
