import { join } from "node:path";
import { type App, assemble } from "./app.ts";
import { mapping } from "./mapping.ts";
import type { Config } from "./config.ts";
import { readingPool, serverDataSource } from "./db/data-source.ts";
import { Database } from "./db/database.ts";
import { migrate } from "./db/migrate.ts";
import { type Clock, systemClock } from "./domain/clock.ts";

const CONNECTIONS = 10;

/** The opened database of an installation with the application on it. */
export interface Installation {
  readonly app: App;
  /** Names of the migrations that were run on opening. */
  readonly migrated: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens the database that the configuration names, brings its tables up to date, and wires the application on it. */
export async function openInstallation(config: Config, clock: Clock = systemClock): Promise<Installation> {
  const { db, closeDb } = await openDatabase(config, clock);
  try {
    const migrated = await migrate(db.source);
    const app = await assemble(db, { secret: config.secret, spool: join(config.dataFolder, "files"), provider: config.provider, localTokens: config.localTokens, limits: config.limits });
    await app.start();
    const close = async (): Promise<void> => {
      await app.stop();
      await closeDb();
    };
    return { app, migrated, close };
  } catch (error) {
    await closeDb();
    throw error;
  }
}

async function openDatabase(config: Config, clock: Clock): Promise<{ db: Database; closeDb: () => Promise<void> }> {
  if (config.databaseUrl) {
    const source = serverDataSource(config.databaseUrl, mapping, CONNECTIONS);
    await source.initialize();
    const readers = readingPool(config.databaseUrl, CONNECTIONS, config.limits.timeout);
    return { db: new Database(source, clock, false, readers), closeDb: async () => void (await readers.end(), await source.destroy()) };
  }
  // Loaded only here: it brings a whole PostgreSQL, which a server with one of its own need not wait for.
  const { openEmbedded } = await import("./db/embedded.ts");
  const { source, close } = await openEmbedded(config.dataFolder, mapping);
  return { db: new Database(source, clock, true), closeDb: close };
}
