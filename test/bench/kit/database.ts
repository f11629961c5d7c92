import pg from "pg";
import { randomBytes } from "node:crypto";
import { mapping } from "../../../src/mapping.ts";
import { serverDataSource } from "../../../src/db/data-source.ts";
import { migrate } from "../../../src/db/migrate.ts";
import { databaseUrl, onServer } from "../../kit/native.ts";

/** Where the benches make their databases, unless DATABASE_URL names another server. */
process.env["DATABASE_URL"] ||= "postgres://postgres@127.0.0.1:5432/postgres";

/** What the names of all databases of benches begin with; the id of the process that made it follows. */
const OURS = "openitem_bench_";

/** A database of one scenario. */
export interface BenchDatabase {
  readonly name: string;
  readonly url: string;
  /** Answers with the rows of a statement, on a connection of its own. */
  readonly query: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  readonly drop: () => Promise<void>;
}

/** Makes a database with all tables and no rows, or a copy of another one that nobody is connected to. */
export async function makeDatabase(template: BenchDatabase | null = null): Promise<BenchDatabase> {
  const name = `${OURS}${process.pid}_${randomBytes(5).toString("hex")}`;
  await onServer((client) => client.query(`create database "${name}"${template ? ` template "${template.name}"` : ""}`));
  const url = databaseUrl(name);
  if (!template) {
    const source = serverDataSource(url, mapping, 2);
    await source.initialize();
    await migrate(source);
    await source.destroy();
  }
  return {
    name,
    url,
    query: (text, values) => onDatabase(url, text, values),
    drop: () => onServer((client) => client.query(`drop database if exists "${name}" with (force)`)).then(() => {}),
  };
}

/** Drops what benches left that were killed: databases that nobody is connected to, made by a process that is no more. */
export async function dropLeftovers(): Promise<void> {
  await onServer(async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select datname as name from pg_database where starts_with(datname, $1) and not exists (select from pg_stat_activity where pg_stat_activity.datname = pg_database.datname)`,
      [OURS],
    );
    for (const { name } of rows) {
      if (runs(Number.parseInt(name.slice(OURS.length), 10))) continue;
      console.error(`dropping ${name}, which an earlier run left`);
      await client.query(`drop database if exists "${name}"`);
    }
  });
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function onDatabase<Row extends object>(url: string, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** Writes what is dirty to the disk, so that one round does not pay for the writes of another. */
export const settleDisk = (): Promise<unknown> => onServer((client) => client.query("checkpoint"));
