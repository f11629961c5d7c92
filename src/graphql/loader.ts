import type { Database } from "../db/database.ts";

/** A row by its key, which always starts with its company. */
export interface RowKey {
  readonly companyId: string;
  readonly id: string;
}

export const textOfKey = ({ companyId, id }: RowKey): string => `${companyId}:${id}`;

/** How to load many values at once, in any order, into a map by `textOfKey`; a key without a value is left out. */
export type Loader<Value> = (keys: readonly RowKey[], db: Database) => Promise<ReadonlyMap<string, Value>>;

/** The same for a question: how to load what is answered to it for many keys at once. The question is plain JSON. */
export type AskedLoader<Asked, Value> = (keys: readonly RowKey[], asked: Asked, db: Database) => Promise<ReadonlyMap<string, Value>>;

/** The two arrays that a statement takes keys as. */
export const keyColumns = (keys: readonly RowKey[]): [string[], string[]] => [keys.map((key) => key.companyId), keys.map((key) => key.id)];

/** Rows by the key that a function finds in each. */
export const byKey = <Row>(rows: readonly Row[], keyOf: (row: Row) => RowKey): Map<string, Row> => new Map(rows.map((row) => [textOfKey(keyOf(row)), row]));

/** Lists of rows by the key that a function finds in each, in the order they came. */
export function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => RowKey): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = textOfKey(keyOf(row));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
