import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { postgresPrograms } from "../../kit/cluster.ts";
import type { BenchDatabase } from "./database.ts";

const run = promisify(execFile);

/** The content of a database as files that COPY reads. */
export interface CopiedBook {
  /** Rows of all tables together. */
  readonly rows: number;
  /** How many rows each table has. */
  readonly tables: Readonly<Record<string, number>>;
  /** Copies everything into a database that has the same tables and no rows, in one transaction. Answers with the seconds. */
  readonly into: (database: BenchDatabase) => Promise<number>;
  readonly remove: () => void;
}

/** A program of PostgreSQL. */
export function program(name: string): string {
  const programs = postgresPrograms();
  if (!programs) throw new Error(`This scenario needs ${name}, which comes with PostgreSQL.`);
  return join(programs, name);
}

/** What the migrations themselves write. */
const OF_THE_SCHEMA = ["migrations", "log_epoch"];

/** Writes every row of every table into files. */
export async function copyOut(database: BenchDatabase): Promise<CopiedBook> {
  const folder = mkdtempSync(join(tmpdir(), "openitem-copy-"));
  const tables: Record<string, number> = {};
  for (const name of await tablesInOrder(database)) {
    const [counted] = await database.query<{ count: string }>(`select count(*) from "${name}"`);
    if (counted!.count !== "0") tables[name] = Number(counted!.count);
  }
  const names = Object.keys(tables);
  const path = (name: string): string => join(folder, `${name}.copy`);
  const script = (lines: readonly string[]): string[] => ["-q", "-X", "-v", "ON_ERROR_STOP=1", ...lines.flatMap((line) => ["-c", line])];
  await run(program("psql"), [...script(names.map((name) => `\\copy "${name}" to '${path(name)}'`)), database.url]);
  const load = join(folder, "load.sql");
  writeFileSync(load, ["begin;", ...names.map((name) => `\\copy "${name}" from '${path(name)}'`), "commit;", ""].join("\n"));
  return {
    tables,
    rows: Object.values(tables).reduce((sum, count) => sum + count, 0),
    into: async ({ url }) => {
      const start = performance.now();
      await run(program("psql"), ["-q", "-X", "-v", "ON_ERROR_STOP=1", "-f", load, url]);
      return (performance.now() - start) / 1000;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The tables, each after those that its foreign keys name. */
async function tablesInOrder(database: BenchDatabase): Promise<string[]> {
  const all = await database.query<{ name: string; needs: string[] }>(
    `select relname::text as name, array(select confrelid::regclass::text from pg_constraint where conrelid = pg_class.oid and contype = 'f' and confrelid <> conrelid) as needs
       from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> all($1::text[]) order by relname`,
    [OF_THE_SCHEMA],
  );
  const done: string[] = [];
  while (done.length < all.length) {
    const ready = all.filter(({ name, needs }) => !done.includes(name) && needs.every((need) => done.includes(need)));
    if (ready.length === 0) throw new Error("Tables name each other in a circle.");
    done.push(...ready.map(({ name }) => name));
  }
  return done;
}
