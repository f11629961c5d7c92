import type pg from "pg";
import type { EntityManager } from "typeorm";
import type { Answering, Database } from "./database.ts";

declare const inside: unique symbol;

/** An open transaction. Only `transact` makes one; a function that takes it runs inside. */
export interface Tx extends Answering {
  readonly [inside]: true;
  /** TypeORM, for single rows. */
  readonly manager: EntityManager;
  /** The moment that every fact of this transaction is recorded at. */
  readonly recordedAt: string;
}

/** PostgreSQL's codes for "try the whole transaction again": serialization failure and deadlock. */
const REPEAT = new Set(["40001", "40P01"]);
const ATTEMPTS = 5;

/**
 * Announces the write before it dates it: the lock's key is the moment it was asked for, so that a reader can see how far
 * back the oldest running write may date its facts, and the facts are dated after the lock is held (see `knownAt`).
 */
const BEGIN = `
  with announced as materialized (
    select pg_advisory_xact_lock_shared((extract(epoch from coalesce($1::timestamptz, clock_timestamp())) * 1000000)::bigint)
  )
  select coalesce($1::timestamptz, clock_timestamp()) as "recordedAt" from announced`;

/**
 * Runs one command in one transaction. Deadlocks and serialization failures repeat the whole of `work`; any other error,
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
    const run = async <Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> =>
      (await client.query<Row>({ name, text, values: values as unknown[] })).rows;
    await runner.startTransaction();
    try {
      const [begun] = await run<{ recordedAt: string }>("begin", BEGIN, [db.clock.now()]);
      const done = await work({ run, manager: runner.manager, recordedAt: begun!.recordedAt } as Tx);
      await runner.commitTransaction();
      return done;
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    }
  } finally {
    await runner.release();
  }
}
