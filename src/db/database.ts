import type pg from "pg";
import type { DataSource } from "typeorm";
import type { Clock } from "../domain/clock.ts";

/** What answers a statement: a pool, or the one connection of a transaction. */
export interface Answering {
  run<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
}

/**
 * The database of this process: reads go to any free connection, writes through `transact`.
 * Embedded, there is one connection, and a read waits for an open transaction.
 */
export class Database implements Answering {
  constructor(
    readonly source: DataSource,
    readonly clock: Clock,
    readonly embedded: boolean,
  ) {}

  async run<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    const pool = (this.source.driver as unknown as { readonly master: pg.Pool }).master;
    return (await pool.query<Row>({ name, text, values: values as unknown[] })).rows;
  }
}

/**
 * Declares a statement once, by name: prepared on each connection at its first use, and named in the logs of PostgreSQL.
 * `Row` is what the select list promises.
 */
export function statement<Row extends object, Values extends readonly unknown[]>(name: string, text: string) {
  const named = `/* ${name} */ ${text}`;
  return (on: Answering, ...values: Values): Promise<Row[]> => on.run<Row>(name, named, values);
}

/** The only row of a result that must have one. */
export function only<Row>(rows: readonly Row[]): Row {
  if (rows.length !== 1) throw new Error(`Expected one row and found ${rows.length}.`);
  return rows[0]!;
}
