import type { BookRow } from "./book-row.ts";
import type { RowFault } from "./row-cells.ts";

/** What a row is to the rows before it: the first of its document, the same facts again (to be counted and skipped), or other facts for the same document. */
export type Repetition =
  | { readonly kind: "first" }
  | { readonly kind: "again"; readonly firstLine: number }
  | { readonly kind: "contradiction"; readonly firstLine: number; readonly fault: RowFault };

/**
 * What a row says about its document, as one text. Rows with equal texts state the same facts. The line, the spelling of the numbers and the
 * customer's name are left out: a name is an alias of the account, and one customer goes by many.
 */
export function bookFacts(row: BookRow): string {
  const { accountKey, currency, minor, invoicedOn, dueOn, clearedOn, termsCode, segment, disputed, purchaseOrder, salesOrder, shipment } = row;
  const references = [purchaseOrder, salesOrder, shipment];
  return JSON.stringify([accountKey, currency, String(minor), invoicedOn, dueOn, clearedOn, termsCode, segment, disputed, ...references]);
}

/**
 * A function that is shown the rows of one file in their order and tells what each is to the rows before it. It keeps a line number and the digest of
 * the facts per document, not the rows, so that a million of them fit. `numberColumn` is the column that a fault names. Rows without a number repeat
 * each other when all their cells are the same: nothing tells two such documents apart.
 */
export function bookDuplicates(numberColumn: string, digest: (text: string) => string): (row: BookRow) => Repetition {
  const positions = new Map<string, number>();
  const lines: number[] = [];
  const prints: string[] = [];
  return (row) => {
    const print = digest(bookFacts(row));
    const position = positions.get(row.documentKey);
    if (position === undefined) {
      positions.set(row.documentKey, lines.length);
      lines.push(row.line);
      prints.push(print);
      return { kind: "first" };
    }
    const firstLine = lines[position]!;
    if (prints[position] === print) return { kind: "again", firstLine };
    const reason = `Line ${firstLine} states this document already, with other facts.`;
    return { kind: "contradiction", firstLine, fault: { line: row.line, column: numberColumn, value: row.number ?? "", reason } };
  };
}
