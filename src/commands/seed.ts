import "reflect-metadata";
import { Tokens } from "../companies/tokens.ts";
import { readConfig } from "../config.ts";
import { seedServer } from "../demo/seed-server.ts";
import { connect } from "./client.ts";
import { CommandError, runCommand } from "./run.ts";

/** Puts the demo company in place, or what an interrupted start left out of it. Not into books of your own. */
async function main(): Promise<void> {
  const config = readConfig();
  if (config.databaseUrl) throw new CommandError("DATABASE_URL is set: the demo company is for the embedded database, not for books of your own.");
  const client = await connect(config, null);
  try {
    await seedServer(client.url, new Tokens(config.secret));
    console.log("The demo company is in place.");
  } finally {
    await client.close();
  }
}

runCommand(main);
