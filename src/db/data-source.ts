import pg from "pg";
import type { MixedList } from "typeorm";
import { DataSource } from "typeorm";
import { columnTypes } from "./column-types.ts";

type Classes = (new () => object)[];

/** What every data source of the product knows, whatever PostgreSQL it talks to. */
export interface Mapping {
  readonly entities: Classes;
  readonly migrations: MixedList<Function>;
}

/*
 * PostgreSQL compiles what it takes for costly (`jit`), and then compiles longer than it would run: 16.5 of the 17.5 seconds
 * of the measures of 150,000 deductions. Both kinds of connection do without.
 */

/**
 * A data source on a PostgreSQL server. `poolSize` is the most connections this process takes. What a transaction gives
 * without waiting for an answer is sent without waiting too.
 */
export function serverDataSource(url: string, mapping: Mapping, poolSize: number): DataSource {
  return new DataSource({
    type: "postgres",
    url,
    ...mapping,
    poolSize,
    migrationsTransactionMode: "each",
    applicationName: "openitem",
    extra: { types: columnTypes, pipeline: true, options: "-c timezone=UTC -c jit=off -c idle_in_transaction_session_timeout=60000" },
  });
}

/** Connections for queries: they write nothing, and a statement that runs longer than `timeout` milliseconds is canceled by the server. */
export function readingPool(url: string, poolSize: number, timeout: number): pg.Pool {
  const options = `-c timezone=UTC -c jit=off -c default_transaction_read_only=on -c statement_timeout=${timeout}`;
  const pool = new pg.Pool({ connectionString: url, max: poolSize, types: columnTypes as pg.CustomTypesConfig, application_name: "openitem reads", options });
  // An idle connection that breaks is replaced at its next use; unheard, this event would end the process.
  pool.on("error", () => {});
  return pool;
}

/** A data source on an embedded database, through its node-postgres connection. It has one connection, so one pool slot. */
export function embeddedDataSource(connection: object, mapping: Mapping): DataSource {
  return new DataSource({
    type: "postgres",
    ...mapping,
    poolSize: 1,
    migrationsTransactionMode: "each",
    extra: { connection, max: 1, types: columnTypes },
  });
}
