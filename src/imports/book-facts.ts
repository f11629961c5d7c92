import type { ColumnMap } from "../domain/column-map.ts";
import { decimalFromMinor } from "../domain/money.ts";
import type { RowFault } from "../domain/row-cells.ts";

/** What makes a document the same document: a row that differs in one of these from the book is at fault. */
export interface DocumentFacts {
  readonly accountKey: string;
  readonly accountNumber: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly invoicedOn: string;
  readonly dueOn: string;
}

/** The facts of a row that differ from those of the same document in the book, each as a fault of its column. Empty when they agree. */
export function contradictions(line: number, stated: DocumentFacts, held: DocumentFacts, map: ColumnMap): RowFault[] {
  const { columns, currency } = map;
  const faults: RowFault[] = [];
  const differ = (column: string, value: string, inBook: string): void => {
    faults.push({ line, column, value, reason: `The book holds this document with ${inBook}.` });
  };
  if (stated.accountKey !== held.accountKey) differ(columns.accountNumber, stated.accountNumber, `the account ${held.accountNumber}`);
  if (stated.currency !== held.currency) differ("column" in currency ? currency.column : "(currency)", stated.currency, held.currency);
  else if (stated.minor !== held.minor) differ(columns.amount, decimalFromMinor(stated.minor, stated.currency), decimalFromMinor(held.minor, held.currency));
  if (stated.invoicedOn !== held.invoicedOn) differ(columns.invoicedOn[0]!, stated.invoicedOn, `the invoice date ${held.invoicedOn}`);
  if (stated.dueOn !== held.dueOn) differ(typeof columns.dueOn === "string" ? columns.dueOn : "(due date)", stated.dueOn, `the due date ${held.dueOn}`);
  return faults;
}
