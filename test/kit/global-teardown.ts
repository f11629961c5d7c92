import { rmSync } from "node:fs";
import pg from "pg";

/** Removes the template of this run and whatever copies of it a test file left behind. */
export default async function removeTemplate(): Promise<void> {
  const place = process.env["OPENITEM_TEST_TEMPLATE"];
  const server = process.env["DATABASE_URL"];
  if (!place) return;
  if (!server) return rmSync(place, { force: true });
  const client = new pg.Client(server);
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>("select datname from pg_database where starts_with(datname, $1)", [place]);
    for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`);
  } finally {
    await client.end();
  }
}
