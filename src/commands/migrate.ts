import "reflect-metadata";
import { mapping } from "../mapping.ts";
import { type Config, readConfig } from "../config.ts";
import { serverDataSource } from "../db/data-source.ts";
import { type Embedded, openEmbedded } from "../db/embedded.ts";
import { migrate } from "../db/migrate.ts";
import { runCommand } from "./run.ts";

/**
 * Brings the database that the configuration names up to date; with `--revert`, undoes the last migration instead. An embedded
 * database that a running server owns is refused, naming the owner: that server brought it up to date when it started.
 */
async function main(): Promise<void> {
  const { source, close } = await open(readConfig());
  try {
    if (process.argv.includes("--revert")) await revert(source);
    else report(await migrate(source));
  } finally {
    await close();
  }
}

async function open({ databaseUrl, dataFolder }: Config): Promise<Embedded> {
  if (!databaseUrl) return openEmbedded(dataFolder, mapping);
  const source = serverDataSource(databaseUrl, mapping, 2);
  await source.initialize();
  return { source, close: () => source.destroy() };
}

function report(names: readonly string[]): void {
  for (const name of names) console.log(`Ran ${name}.`);
  if (names.length === 0) console.log("The database is up to date.");
}

async function revert(source: Embedded["source"]): Promise<void> {
  const [last] = await lastMigration(source);
  if (!last) return console.log("There is no migration to undo.");
  await source.undoLastMigration({ transaction: "each" });
  console.log(`Undid ${last.name}.`);
}

async function lastMigration(source: Embedded["source"]): Promise<{ name: string }[]> {
  const [made] = await source.query("select to_regclass('public.migrations') is not null as there");
  return made.there ? source.query("select name from migrations order by id desc limit 1") : [];
}

runCommand(main);
