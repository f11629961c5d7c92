import "reflect-metadata";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { type Client, connect } from "./client.ts";
import { CommandError, runCommand, UsageError } from "./run.ts";
import { upload } from "./upload.ts";

const USAGE = "npm run bank-file -- [--remittance advice.csv] [--map remittance-map.json] [--company code] [--url http://localhost:4000] <statement.bai>";
const POLL = 300;

const FIELDS = "id status errorMessage receiptCount postedCount skippedCount";
const LOAD = `mutation ($input: LoadBankFileInput!) { loadBankFile(input: $input) { bankFile { ${FIELDS} } userErrors { message line } } }`;
const LOOK = `query ($id: ID!) { node(id: $id) { ... on BankFile { ${FIELDS} } } }`;

interface BankFile {
  readonly id: string;
  readonly status: "POSTING" | "POSTED" | "REFUSED";
  readonly errorMessage: string | null;
  readonly receiptCount: number;
  readonly postedCount: number;
  readonly skippedCount: number;
}

interface Loaded {
  readonly loadBankFile: { readonly bankFile: BankFile | null; readonly userErrors: readonly { readonly message: string; readonly line: number | null }[] };
}

/** Loads a BAI2 file with its remittance advice, waits until it is posted, and says what became of it. */
async function main(): Promise<void> {
  const wish = readWish();
  const client = await connect(readConfig(), wish.url);
  try {
    const file = await posted(client, await load(client, wish));
    console.log(`${file.postedCount} of ${file.receiptCount} receipts are posted; ${file.skippedCount} other lines are no receipts.`);
    if (file.errorMessage) throw new CommandError(file.errorMessage);
  } finally {
    await client.close();
  }
}

type Wish = ReturnType<typeof readWish>;

async function load(client: Client, { file, remittances, map, company }: Wish): Promise<BankFile> {
  const sources = await Promise.all(remittances.map(async (path) => ({ name: basename(path), fileId: await upload(client, path, company), map })));
  const input = { company, name: basename(file), fileId: await upload(client, file, company), format: "BAI2", remittances: sources };
  const { bankFile, userErrors } = (await client.ask<Loaded>(LOAD, { input })).loadBankFile;
  if (userErrors.length > 0) throw new CommandError(userErrors.map(({ message }) => message).join("\n"));
  return bankFile!;
}

/** The file once nothing more of it is to be posted. */
async function posted(client: Client, started: BankFile): Promise<BankFile> {
  let file = started;
  while (file.status === "POSTING" && file.errorMessage === null) {
    await setTimeout(POLL);
    file = (await client.ask<{ node: BankFile }>(LOOK, { id: file.id })).node;
  }
  return file;
}

function readWish() {
  const options = { remittance: { type: "string", multiple: true }, map: { type: "string" }, company: { type: "string" }, url: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { remittance: remittances = [], company = null, url = null } = values;
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new UsageError();
  for (const path of [file, ...remittances, ...(values.map ? [values.map] : [])]) if (!existsSync(path)) throw new CommandError(`There is no file ${path}.`);
  return { file, remittances, map: values.map ? readFileSync(values.map, "utf8") : null, company, url };
}

runCommand(main, USAGE);
