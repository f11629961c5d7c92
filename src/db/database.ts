import type pg from "pg";
import type { DataSource } from "typeorm";
import type { Clock } from "../domain/clock.ts";
import { parameters } from "./list-value.ts";

/** What answers a statement: a pool, or the one connection of a transaction. */
export interface Answering {
  run<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
}

/** A query took longer than it may. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";

  constructor() {
    super("This query took longer than the limit. Ask for less at once.");
  }
}

/** PostgreSQL's code for a statement that was canceled, by `statement_timeout` or by a person. */
const CANCELED = "57014";

/**
 * The database of this process: reads go to any free connection, writes through `transact`.
 * Embedded, there is one connection, and a read waits for an open transaction.
 */
export class Database implements Answering {
  constructor(
    readonly source: DataSource,
    readonly clock: Clock,
    readonly embedded: boolean,
    /** Connections whose statements are canceled when they run too long; null where there are none, as embedded. */
    private readonly readers: pg.Pool | null = null,
    private readonly deadline: number = Infinity,
  ) {}

  /**
   * The same database for reads that must end by a moment (in milliseconds, as `Date.now()` counts). On a server a statement
   * is canceled when it alone runs longer than any query may; everywhere, none begins after the deadline. The embedded
   * database runs in this very thread, so a statement that has begun there cannot be stopped.
   */
  until(deadline: number): Database {
    return new Database(this.source, this.clock, this.embedded, this.readers, deadline);
  }

  async run<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    const { master } = this.source.driver as unknown as { readonly master: pg.Pool };
    if (this.deadline === Infinity) return (await master.query<Row>({ name, text, values: parameters(values) })).rows;
    if (Date.now() >= this.deadline) throw new TimedOut();
    try {
      return (await (this.readers ?? master).query<Row>({ name, text, values: parameters(values) })).rows;
    } catch (error) {
      throw (error as { code?: string }).code === CANCELED ? new TimedOut() : error;
    }
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
