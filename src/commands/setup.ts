import "reflect-metadata";
import { parseArgs } from "node:util";
import { Tokens } from "../companies/tokens.ts";
import { readConfig } from "../config.ts";
import { connect } from "./client.ts";
import { CommandError, runCommand, UsageError } from "./run.ts";

const USAGE = `npm run setup -- --code acme --name "Acme Inc." --currency USD --administrator ada@acme.example [--url http://localhost:4000]`;
const CREATE = `mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { company { code } userErrors { message } } }`;
const TOKEN_HOURS = 12;

interface Created {
  readonly createCompany: { readonly company: { readonly code: string } | null; readonly userErrors: readonly { readonly message: string }[] };
}

/** Founds a company with its first administrator, as the operator of the installation, and prints a token for that person. */
async function main(): Promise<void> {
  const config = readConfig();
  const { url, ...input } = readWish();
  const client = await connect(config, url, { subject: "operator", operator: true });
  try {
    const { createCompany } = await client.ask<Created>(CREATE, { input });
    if (!createCompany.company) throw new CommandError(createCompany.userErrors.map(({ message }) => message).join("\n"));
    const token = await new Tokens(config.secret).sign({ subject: input.administrator, operator: false }, TOKEN_HOURS * 3600);
    console.log(`Founded ${createCompany.company.code}. A token for ${input.administrator}, good for ${TOKEN_HOURS} hours:\n\nexport TOKEN=${token}`);
  } finally {
    await client.close();
  }
}

function readWish() {
  const options = { code: { type: "string" }, name: { type: "string" }, currency: { type: "string" }, administrator: { type: "string" }, url: { type: "string" } } as const;
  const { values } = parseArgs({ options });
  const { code, name, currency, administrator, url = null } = values;
  if (!code || !name || !currency || !administrator) throw new UsageError();
  return { code, name, functionalCurrency: currency, administrator, url };
}

runCommand(main, USAGE);
