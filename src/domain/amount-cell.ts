import type { ColumnMap } from "./column-map.ts";
import { decimalOfFloat } from "./float-cell.ts";
import { isCurrency, LARGEST_AMOUNT, minorFromDecimal } from "./money.ts";
import { Refusal } from "./refusal.ts";
import type { RowCells } from "./row-cells.ts";

/**
 * A function that reads the amount and the currency of a row, or gives null and notes what is wrong with either.
 * Faults: an unknown currency, a text that is not a plain decimal with the map's decimal mark, zero, a negative amount where the map declares no
 * credits, more decimals than the currency has, more than a document may carry. Nothing is rounded.
 */
export function amountReader(map: ColumnMap): (row: RowCells) => { readonly currency: string; readonly minor: bigint } | null {
  const column = map.columns.amount;
  const read = amountCellReader(map);
  return (row) => {
    const currency = currencyOf(row, map);
    if (row.text(column) === "") return row.fault(column, "It is empty.");
    const decimal = read(row, column);
    if (decimal === null) return null;
    if (!/[1-9]/.test(decimal)) return row.fault(column, "An item of zero is not an item.");
    if (decimal.startsWith("-") && map.credits === "none") return row.fault(column, "It is negative, and the map declares no credits.");
    return currency === null ? null : amountOf(row, column, decimal, map.amounts, currency);
  };
}

/** A function that reads another amount of a row in the currency of its item, zero included; null after a fault. */
export function otherAmountReader(map: ColumnMap): (row: RowCells, column: string, currency: string) => bigint | null {
  const read = amountCellReader(map);
  return (row, column, currency) => {
    const decimal = read(row, column);
    return decimal === null ? null : (amountOf(row, column, decimal, map.amounts, currency)?.minor ?? null);
  };
}

/** A function that gives the plain decimal of a cell in the style that the map declares for its column, or null after a fault. */
function amountCellReader({ decimalMark, amounts, floats }: ColumnMap): (row: RowCells, column: string) => string | null {
  const shape = amounts === "minor" ? /^-?\d+$/ : decimalMark === "," ? /^-?\d+(,\d+)?$/ : /^-?\d+(\.\d+)?$/;
  const example = amounts === "minor" ? "a whole number of minor units like 125050" : `an amount written like 1250${decimalMark}50`;
  return (row, column) => {
    const text = row.text(column);
    if (floats.includes(column)) return decimalOfFloat(text) ?? row.fault(column, "It is not written as a floating-point number like 1250.5.");
    return shape.test(text) ? text.replace(",", ".") : row.fault(column, `It is not ${example}.`);
  };
}

function currencyOf(row: RowCells, map: ColumnMap): string | null {
  if ("constant" in map.currency) return map.currency.constant;
  const { column, letters } = map.currency;
  const text = row.text(column);
  if (text === "") return row.fault(column, "It is empty.");
  if (letters === "lower" && text !== text.toLowerCase()) return row.fault(column, "It is not written in small letters.");
  const code = letters === "lower" ? text.toUpperCase() : text;
  return isCurrency(code) ? code : row.fault(column, "It is not an ISO 4217 currency code.");
}

function amountOf(row: RowCells, column: string, decimal: string, unit: ColumnMap["amounts"], currency: string): { currency: string; minor: bigint } | null {
  if (unit === "minor") {
    const minor = BigInt(decimal);
    if (minor > LARGEST_AMOUNT || -minor > LARGEST_AMOUNT) return row.fault(column, "It is larger than one document may carry.");
    return { currency, minor };
  }
  try {
    return { currency, minor: minorFromDecimal(decimal, currency) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return row.fault(column, error.message);
  }
}
