import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { createPgConfig } from "@electric-sql/pglite/node-postgres";
import type { DataSource } from "typeorm";
import { embeddedDataSource, type Mapping } from "./data-source.ts";
import { lockFolder } from "./folder-lock.ts";

/** An embedded PostgreSQL and the way to let go of it. */
export interface Embedded {
  readonly source: DataSource;
  readonly close: () => Promise<void>;
}

/**
 * Opens the PostgreSQL embedded in this process, on a folder that no other process may open meanwhile.
 * Refuses, naming the owner, when another one has it. It does not force writes to the disk: not for books.
 */
export async function openEmbedded(folder: string, mapping: Mapping): Promise<Embedded> {
  mkdirSync(folder, { recursive: true });
  const unlock = lockFolder(folder);
  try {
    const { source, close } = await openLite(new PGlite(join(folder, "database")), mapping);
    return { source, close: async () => void (await close(), unlock()) };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** A data source on a PGlite that is already made, such as one in memory. */
export async function openLite(lite: PGlite, mapping: Mapping): Promise<Embedded> {
  await lite.waitReady;
  await lite.exec("set timezone = 'UTC'");
  const source = embeddedDataSource(createPgConfig(lite).connection, mapping);
  await source.initialize();
  return {
    source,
    close: async () => {
      await source.destroy();
      if (!lite.closed) await lite.close();
    },
  };
}
