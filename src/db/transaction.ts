import type pg from "pg";
import type { EntityManager } from "typeorm";
import { parameters } from "./list-value.ts";
import type { Answering, Database } from "./database.ts";

declare const inside: unique symbol;

/**
 * An open transaction. Only `transact` makes one; a function that takes it runs inside. Statements run in the order they are
 * given; those that need no answer of each other are given together (`Promise.all`), and travel together.
 */
export interface Tx extends Answering {
  readonly [inside]: true;
  /** TypeORM, for single rows. */
  readonly manager: EntityManager;
  /** The moment that every fact of this transaction is recorded at. */
  readonly recordedAt: string;
}

/**
 * PostgreSQL's codes for "try the whole transaction again": serialization failure, deadlock, and a unique key that somebody
 * else wrote between this command's look and its write. The next look finds that row, and the command says so in its own words.
 */
const REPEAT = new Set(["40001", "40P01", "23505"]);
const ATTEMPTS = 5;

/**
 * Announces the write, then dates it, then shows its date: three steps of one statement, in this order. Both locks are shared,
 * so nobody ever waits for them; they are there to be read in `pg_locks`. Their keys are moments in microseconds, doubled: even
 * for an announcement, odd for the date that all facts of the transaction carry (see `knownAt`).
 */
const BEGIN = `
  with announced as materialized (
    select pg_advisory_xact_lock_shared((extract(epoch from clock_timestamp()) * 1000000)::bigint * 2)
  ), dated as materialized (
    select coalesce($1::timestamptz, clock_timestamp()) as at from announced
  ), shown as materialized (
    select at, pg_advisory_xact_lock_shared((extract(epoch from at) * 1000000)::bigint * 2 + 1) from dated
  )
  select at as "recordedAt" from shown`;

/**
 * Runs one command in one transaction. What another command's writing caused repeats the whole of `work`; any other error,
 * a refusal included, rolls everything back and is thrown on.
 */
export async function transact<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(db, work);
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (attempt >= ATTEMPTS || !code || !REPEAT.has(code)) throw error;
    }
  }
}

async function once<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const runner = db.source.createQueryRunner();
  try {
    const client = (await runner.connect()) as pg.PoolClient;
    const sending = new Sending(client, db.embedded);
    await runner.startTransaction();
    try {
      const [begun] = await sending.run<{ recordedAt: string }>("begin", BEGIN, [db.clock.now()]);
      const done = await work({ run: sending.run, manager: runner.manager, recordedAt: begun!.recordedAt } as Tx);
      await sending.close();
      await runner.commitTransaction();
      return done;
    } catch (error) {
      await sending.close();
      await runner.rollbackTransaction();
      throw error;
    }
  } finally {
    await runner.release();
  }
}

/** PostgreSQL's code for a statement of a transaction in which an earlier one failed. */
const ABORTED = "25P02";

/**
 * The statements of one transaction. They are sent as they are given, one behind the other; the embedded database cannot be
 * sent several at once, and there each begins when the one before it is done. When the command has ended, well or not, none
 * begins any more, and the transaction ends when the last that began is answered: a command that failed while others of its
 * statements were under way leaves nothing behind.
 */
class Sending {
  #over = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: pg.PoolClient,
    private readonly oneByOne: boolean,
  ) {}

  readonly run = <Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> => {
    const answer = this.oneByOne ? this.#last.then(() => this.#send<Row>(name, text, values)) : this.#send<Row>(name, text, values);
    this.#last = Promise.allSettled([this.#last, answer]);
    return answer;
  };

  /** Lets nothing begin any more, and waits for what has begun. */
  async close(): Promise<void> {
    this.#over = true;
    await this.#last;
  }

  async #send<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    if (this.#over) throw new Error(`${name} was given to a transaction that is over.`);
    try {
      return (await this.client.query<Row>({ name, text, values: parameters(values) })).rows;
    } catch (error) {
      // Those behind a statement that failed fail in the same breath. They say so a turn later, so that a command that gave
      // them together hears what was wrong, and not what followed from it.
      if ((error as { code?: string }).code === ABORTED) await new Promise(setImmediate);
      throw error;
    }
  }
}
