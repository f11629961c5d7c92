import { Refusal } from "./refusal.ts";

/** A cell that cannot be taken, or a whole row under the column `(row)`: where it stands, what it says and why not, in a sentence for the rejects file. */
export interface RowFault {
  /** The line of the file on which the row begins, counted from 1; the header is line 1. */
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** One row under its header. Faults are collected, not thrown, so that a file at fault is told all of them at once. */
export interface RowCells {
  readonly line: number;
  readonly faults: RowFault[];
  /** The cell of a column without the blanks around it; empty for a column that the file may leave out. */
  text(column: string): string;
  /** Notes that the cell of the column is at fault, and gives null to return in place of a value. */
  fault(column: string, reason: string): null;
}

/** The longest account number, document number, code or reference, in characters, and the longest name. Longer cells are a sign of a broken file. */
export const LONGEST_REFERENCE = 100;
export const LONGEST_NAME = 300;

/**
 * A function that lays the cells of a row under the header. It notes a fault under `(row)` when the row has more or fewer cells than the header.
 * Refuses a header that lacks one of the columns read, names a column twice, or has one that is neither read nor ignored. A byte order mark before the
 * first name and blanks around names do not count.
 */
export function rowCells(header: readonly string[], read: readonly string[], ignored: readonly string[]) {
  const names = header.map((name) => name.trim());
  refuseHeader(names, read, ignored);
  const positions = new Map(names.map((name, index) => [name, index]));
  return (line: number, cells: readonly string[]): RowCells => {
    const faults: RowFault[] = [];
    const text = (column: string): string => cells[positions.get(column) ?? -1]?.trim() ?? "";
    const fault = (column: string, reason: string): null => {
      faults.push({ line, column, value: text(column), reason });
      return null;
    };
    if (cells.length !== names.length) {
      faults.push({ line, column: "(row)", value: cells.join(" | "), reason: `The row has ${cells.length} cells and the header ${names.length}.` });
    }
    return { line, faults, text, fault };
  };
}

/** The text of a column, or null when the map has no such column or the cell is empty. Faults: more than `longest` characters, control characters. */
export function optionalText(row: RowCells, column: string | null, longest = LONGEST_REFERENCE): string | null {
  const text = column === null ? "" : row.text(column);
  if (text === "") return null;
  if (text.length > longest) return row.fault(column!, `It is longer than ${longest} characters.`);
  if (/(?![\t\r\n])\p{Cc}/u.test(text)) return row.fault(column!, "It has control characters in it.");
  return text;
}

/** The text of a column that must not be empty; null after a fault. */
export function requiredText(row: RowCells, column: string): string | null {
  return row.text(column) === "" ? row.fault(column, "It is empty.") : optionalText(row, column);
}

function refuseHeader(names: readonly string[], read: readonly string[], ignored: readonly string[]): void {
  const quoted = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(", ");
  const missing = read.filter((column) => !names.includes(column));
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  const unknown = names.filter((name) => !read.includes(name) && !ignored.includes(name));
  const faults = [
    missing.length > 0 && `it lacks ${quoted(missing)}`,
    twice.length > 0 && `it names ${quoted([...new Set(twice)])} more than once`,
    unknown.length > 0 && `it has ${quoted([...new Set(unknown)])}, which the map does not name`,
  ].filter((fault) => fault !== false);
  if (faults.length > 0) throw new Refusal("FILE_INVALID", `The header does not fit the map: ${faults.join("; ")}.`, { line: 1 });
}
