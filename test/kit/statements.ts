import type { DataSource } from "typeorm";
import type { Database } from "../../src/db/database.ts";

interface Pool {
  query: (asked: { readonly text: string }, ...rest: unknown[]) => unknown;
}

/** Names of the statements that queries send while something is done; those of commands are not among them. */
export async function statementsDuring(db: Database, work: () => Promise<unknown>): Promise<string[]> {
  const { source, readers } = db as unknown as { readonly source: DataSource; readonly readers: Pool | null };
  const pool = readers ?? (source.driver as unknown as { readonly master: Pool }).master;
  const names: string[] = [];
  const { query } = pool;
  pool.query = (asked, ...rest) => {
    names.push(/^\/\* ([\w.]+) \*\//.exec(asked.text)?.[1] ?? asked.text);
    return query.call(pool, asked, ...rest);
  };
  try {
    await work();
  } finally {
    pool.query = query;
  }
  return names;
}
