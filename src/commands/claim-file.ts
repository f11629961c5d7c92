import "reflect-metadata";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { connect } from "./client.ts";
import { CommandError, runCommand, UsageError } from "./run.ts";
import { upload } from "./upload.ts";

const USAGE = "npm run claim-file -- --account number [--map claim-map.json] [--flag D|C] [--company code] [--url http://localhost:4000] <claims.edi | claims.csv>";

const LOAD = `mutation ($input: LoadClaimFileInput!) {
  loadClaimFile(input: $input) { claims { number amount { amount currency } } existing knownCount skippedCount userErrors { message } }
}`;

interface Loaded {
  readonly loadClaimFile: {
    readonly claims: readonly { readonly number: string | null; readonly amount: { readonly amount: string; readonly currency: string } }[] | null;
    readonly existing: boolean | null;
    readonly knownCount: number | null;
    readonly skippedCount: number | null;
    readonly userErrors: readonly { readonly message: string }[];
  };
}

/** Loads a file of claims, an X12 812 or a CSV, and says what it brought. */
async function main(): Promise<void> {
  const { file, company, url, ...wish } = readWish();
  const client = await connect(readConfig(), url);
  try {
    const input = { ...wish, company, name: basename(file), fileId: await upload(client, file, company) };
    const { claims, existing, knownCount, skippedCount, userErrors } = (await client.ask<Loaded>(LOAD, { input })).loadClaimFile;
    if (userErrors.length > 0) throw new CommandError(userErrors.map(({ message }) => message).join("\n"));
    for (const { number, amount } of claims!) console.log(`${number ?? "without a number"}: ${amount.amount} ${amount.currency}`);
    console.log(`${existing ? "Loaded before: " : ""}${claims!.length} ${claims!.length === 1 ? "claim" : "claims"}; ${knownCount} known already, ${skippedCount} other adjustments.`);
  } finally {
    await client.close();
  }
}

function readWish() {
  const options = { account: { type: "string" }, map: { type: "string" }, flag: { type: "string" }, company: { type: "string" }, url: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const { account, flag = "D", company = null, url = null } = values;
  const [file] = positionals;
  if (!file || positionals.length > 1 || !account) throw new UsageError();
  for (const path of [file, ...(values.map ? [values.map] : [])]) if (!existsSync(path)) throw new CommandError(`There is no file ${path}.`);
  const format = values.map || file.toLowerCase().endsWith(".csv") ? "CSV" : "X12_812";
  return { file, account, flag, company, url, format, map: values.map ? readFileSync(values.map, "utf8") : null };
}

runCommand(main, USAGE);
