import pg from "pg";

/** Whether this run is on the PostgreSQL server of DATABASE_URL, and not on embedded databases. */
export const native = Boolean(process.env["DATABASE_URL"]);

/** Declares a test that needs a PostgreSQL server: elsewhere it is reported as skipped, with the reason in its name. */
export const testOnNative = (name: string, run: () => Promise<void>, timeout?: number): void =>
  native ? test(name, run, timeout) : test.skip(`${name} [skipped: only on native PostgreSQL, set DATABASE_URL]`, run);

/** The address of another database on the server of DATABASE_URL. */
export function databaseUrl(name: string): string {
  const url = new URL(process.env["DATABASE_URL"]!);
  url.pathname = `/${name}`;
  return url.href;
}

/** Does something on a connection of its own to the server of DATABASE_URL. */
export async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(process.env["DATABASE_URL"]);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
