import "reflect-metadata";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { type Client, connect } from "./client.ts";
import { CommandError, runCommand, UsageError } from "./run.ts";
import { upload } from "./upload.ts";
import { type FollowedImport, Progress, summary, writeRejects } from "./import-report.ts";

const USAGE = "npm run import -- --map <name or path.json> <file> [--company code] [--accept-good] [--url http://localhost:4000]";
const MAPS = join(import.meta.dirname, "../imports/maps");
const POLL = 300;

const FIELDS = `id status errorMessage finishedAt counts { rows duplicates rejects skipped warnings alreadyKnown posted invoices payments } skips { reason rows }`;
const START = `mutation ImportBook($input: ImportBookInput!) { importBook(input: $input) { existing import { ${FIELDS} } userErrors { message } } }`;
const LOOK = `query Import($id: ID!) { import(id: $id) { ${FIELDS} } }`;

interface Started {
  readonly importBook: { readonly existing: boolean | null; readonly import: FollowedImport | null; readonly userErrors: { readonly message: string }[] };
}

/** What was typed. */
interface Wish {
  readonly file: string;
  readonly map: string;
  readonly company: string | null;
  readonly acceptGood: boolean;
  readonly url: string | null;
}

function readWish(): Wish {
  const options = { map: { type: "string" }, company: { type: "string" }, "accept-good": { type: "boolean" }, url: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [file] = positionals;
  if (!file || positionals.length > 1 || !values.map) throw new UsageError("Name one map and one file.");
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`There is no file ${file}.`);
  return { file, map: readMap(values.map), company: values.company ?? null, acceptGood: values["accept-good"] ?? false, url: values.url ?? null };
}

/** The text of a map: of a file where a path is given, else of one that comes with the product. */
function readMap(name: string): string {
  const path = name.endsWith(".json") ? name : join(MAPS, `${name}.json`);
  if (existsSync(path)) return readFileSync(path, "utf8");
  const known = readdirSync(MAPS).map((file) => basename(file, ".json"));
  throw new CommandError(`There is no map "${name}". These come with Openitem: ${known.join(", ")}; or give the path of a .json file.`);
}

/** Follows an import until it ends or stands still. */
async function follow(client: Client, started: FollowedImport): Promise<FollowedImport> {
  const progress = new Progress(process.stdout.isTTY === true);
  try {
    for (let run = started; ; ) {
      progress.show(run);
      if (run.finishedAt !== null || run.errorMessage !== null) return run;
      await setTimeout(POLL);
      run = (await client.ask<{ import: FollowedImport }>(LOOK, { id: started.id })).import;
    }
  } finally {
    progress.stop();
  }
}

async function report(client: Client, run: FollowedImport, file: string): Promise<boolean> {
  const posted = run.status === "POSTED";
  console.log(posted ? `Imported ${file}.` : `Not imported: ${run.errorMessage}`);
  console.log(summary(run));
  if (run.counts.rejects > 0 && run.finishedAt !== null) {
    const path = `${file}.rejects.csv`;
    console.log(`${await writeRejects(client, run.id, path)} faults are listed in ${path}.`);
  }
  return posted;
}

/** Imports one file and answers with the exit code: 0 when it is on the books, 1 when not. */
async function main(): Promise<number> {
  const wish = readWish();
  const client = await connect(readConfig(), wish.url);
  try {
    const { map, company, acceptGood } = wish;
    const { importBook } = await client.ask<Started>(START, { input: { fileId: await upload(client, wish.file, company), map, company, acceptGood } });
    if (!importBook.import) throw new CommandError(importBook.userErrors.map(({ message }) => message).join("\n"));
    if (importBook.existing && importBook.import.status === "POSTED") {
      console.log(`This file was imported with this map before, on ${importBook.import.finishedAt}. Nothing was posted again.`);
      console.log(summary(importBook.import));
      return 0;
    }
    return (await report(client, await follow(client, importBook.import), wish.file)) ? 0 : 1;
  } finally {
    await client.close();
  }
}

runCommand(async () => {
  process.exitCode = await main();
}, USAGE);
