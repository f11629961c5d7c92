/** What must stand in quotes in an array of PostgreSQL: signs that have a meaning there, spaces, nothing, and the word for null. */
const QUOTED = /^$|[\s"\\{},]|^null$/i;
const ESCAPED = /["\\]/g;

function element(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "object") throw new TypeError("A list in a statement holds texts, numbers and booleans; JSON is given as text.");
  if (typeof value !== "string") return String(value);
  return QUOTED.test(value) ? `"${value.replace(ESCAPED, "\\$&")}"` : value;
}

/**
 * A list of texts, numbers and booleans that goes to PostgreSQL as it writes an array itself. The driver would quote each of
 * the texts, and those of a large batch are ids, days and codes, nearly none of which needs it.
 */
export class ListValue {
  constructor(readonly values: readonly unknown[]) {}

  /** Called by the driver. */
  toPostgres(): string {
    return `{${this.values.map(element).join(",")}}`;
  }
}

/** The values of a statement, as the driver takes them. */
export const parameters = (values: readonly unknown[]): unknown[] => values.map((value) => (Array.isArray(value) ? new ListValue(value) : value));
