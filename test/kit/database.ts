import { randomBytes } from "node:crypto";
import { openAsBlob } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { mapping } from "../../src/mapping.ts";
import { readingPool, serverDataSource } from "../../src/db/data-source.ts";
import { Database } from "../../src/db/database.ts";
import { openLite } from "../../src/db/embedded.ts";
import { type Clock, systemClock } from "../../src/domain/clock.ts";
import { databaseUrl, native, onServer } from "./native.ts";

export { native, testOnNative } from "./native.ts";

const CONNECTIONS = 10;
/** How long a statement of a query may run, in milliseconds. */
const READING_TIME = 5_000;

/** A database of a test file's own, with all tables and no rows. */
export interface TestDatabase {
  readonly db: Database;
  /** Where other processes reach it; null for an embedded one, which lives in this process only. */
  readonly url: string | null;
  readonly close: () => Promise<void>;
}

/**
 * Opens a fresh copy of the migrated template: a database of its own on the server of DATABASE_URL, or one embedded in this
 * process. One per test file is the custom, as an embedded one takes some 700 MB; closing it removes it.
 */
export function openTestDatabase(clock: Clock = systemClock): Promise<TestDatabase> {
  const template = process.env["OPENITEM_TEST_TEMPLATE"];
  if (!template) throw new Error("There is no template database; tests run by `npm test`, which prepares one in test/kit/global-setup.ts.");
  return native ? openNative(template, clock) : openEmbedded(template, clock);
}

/** A database of its own without any table, for tests of the migrations themselves. */
export function openEmptyDatabase(): Promise<TestDatabase> {
  return native ? openNative("template0", systemClock) : openEmbedded(null, systemClock);
}

async function openEmbedded(template: string | null, clock: Clock): Promise<TestDatabase> {
  const lite = template === null ? new PGlite() : new PGlite({ loadDataDir: await openAsBlob(template) });
  const { source, close } = await openLite(lite, mapping);
  return { db: new Database(source, clock, true), url: null, close };
}

async function openNative(template: string, clock: Clock): Promise<TestDatabase> {
  const name = `${process.env["OPENITEM_TEST_TEMPLATE"]}_${randomBytes(4).toString("hex")}`;
  await onServer((client) => client.query(`create database "${name}" template "${template}"`));
  const url = databaseUrl(name);
  const source = serverDataSource(url, mapping, CONNECTIONS);
  await source.initialize();
  const readers = readingPool(url, CONNECTIONS, READING_TIME);
  const close = async (): Promise<void> => {
    await readers.end();
    await source.destroy();
    await onServer((client) => client.query(`drop database "${name}" with (force)`));
  };
  return { db: new Database(source, clock, false, readers), url, close };
}
