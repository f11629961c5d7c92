import { parseArgs } from "node:util";
import { Tokens } from "../companies/tokens.ts";
import { readConfig } from "../config.ts";
import { runCommand, UsageError } from "./run.ts";

const USAGE = "npm run token -- --subject ada@acme.example [--hours 12]";

/** Prints a token for a person, signed with the secret of the installation. For those who run it: the secret is all it takes. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { subject: { type: "string" }, hours: { type: "string", default: "12" } } });
  const hours = Number(values.hours);
  if (!values.subject || !(hours > 0)) throw new UsageError();
  console.log(await new Tokens(readConfig().secret).sign({ subject: values.subject, operator: false }, Math.round(hours * 3600)));
}

runCommand(main, USAGE);
