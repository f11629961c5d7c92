import type { ColumnMap } from "./column-map.ts";
import { isCurrency, minorFromDecimal } from "./money.ts";
import { Refusal } from "./refusal.ts";
import type { RowCells } from "./row-cells.ts";

/**
 * A function that reads the amount and the currency of a row, or gives null and notes what is wrong with either.
 * Faults: an unknown currency, a text that is not a plain decimal with the map's decimal mark, zero, a negative amount where the map declares no
 * credits, more decimals than the currency has, more than a document may carry. Nothing is rounded.
 */
export function amountReader(map: ColumnMap): (row: RowCells) => { readonly currency: string; readonly minor: bigint } | null {
  const column = map.columns.amount;
  const shape = map.decimalMark === "," ? /^-?\d+(,\d+)?$/ : /^-?\d+(\.\d+)?$/;
  return (row) => {
    const currency = currencyOf(row, map);
    const text = row.text(column);
    if (text === "") return row.fault(column, "It is empty.");
    if (!shape.test(text)) return row.fault(column, `It is not an amount written like 1250${map.decimalMark}50.`);
    if (!/[1-9]/.test(text)) return row.fault(column, "An item of zero is not an item.");
    if (text.startsWith("-") && map.credits === "none") return row.fault(column, "It is negative, and the map declares no credits.");
    return currency === null ? null : amountOf(row, column, text.replace(",", "."), currency);
  };
}

function currencyOf(row: RowCells, map: ColumnMap): string | null {
  if ("constant" in map.currency) return map.currency.constant;
  const { column } = map.currency;
  const code = row.text(column);
  if (code === "") return row.fault(column, "It is empty.");
  return isCurrency(code) ? code : row.fault(column, "It is not an ISO 4217 currency code.");
}

function amountOf(row: RowCells, column: string, decimal: string, currency: string): { currency: string; minor: bigint } | null {
  try {
    return { currency, minor: minorFromDecimal(decimal, currency) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return row.fault(column, error.message);
  }
}
