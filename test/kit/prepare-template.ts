import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { mapping } from "../../src/mapping.ts";
import { serverDataSource } from "../../src/db/data-source.ts";
import { openLite } from "../../src/db/embedded.ts";
import { migrate } from "../../src/db/migrate.ts";
import { databaseUrl, onServer } from "./native.ts";

/** Makes an embedded database with all tables, and writes it to a file that `loadDataDir` reads. Answers with its path. */
async function prepareEmbedded(name: string): Promise<string> {
  const lite = new PGlite();
  const { source, close } = await openLite(lite, mapping);
  await migrate(source);
  const path = join(tmpdir(), `${name}.tar`);
  writeFileSync(path, new Uint8Array(await (await lite.dumpDataDir("none")).arrayBuffer()));
  await close();
  return path;
}

/** Makes a database with all tables on the server of DATABASE_URL. Answers with its name. */
async function prepareNative(name: string): Promise<string> {
  await onServer((client) => client.query(`create database "${name}"`));
  const source = serverDataSource(databaseUrl(name), mapping, 2);
  await source.initialize();
  await migrate(source);
  await source.destroy();
  return name;
}

const name = `openitem_template_${randomBytes(5).toString("hex")}`;
console.log(await (process.env["DATABASE_URL"] ? prepareNative(name) : prepareEmbedded(name)));
