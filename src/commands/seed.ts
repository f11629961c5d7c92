import "reflect-metadata";
import { Tokens } from "../companies/tokens.ts";
import { readConfig } from "../config.ts";
import { fillServer } from "../demo/seed-server.ts";
import { connect } from "./client.ts";
import { CommandError, runCommand } from "./run.ts";

const EVERY = 500;

/** Puts the demo company's year on its books, or what an interrupted start left out of it. Not into books of your own. */
async function main(): Promise<void> {
  const config = readConfig();
  if (config.databaseUrl) throw new CommandError("DATABASE_URL is set: the demo company is for the embedded database, not for books of your own.");
  const client = await connect(config, null);
  try {
    const progress = (done: number, all: number): void => {
      if (done % EVERY === 0) console.log(`${done} of ${all} entries are on the books.`);
    };
    const filled = await fillServer(client.url, new Tokens(config.secret), config.dataFolder, { progress });
    if (filled === "NO_DEMO") throw new CommandError(`${config.dataFolder} holds an earlier demo company, which stays as it is. Set OPENITEM_DATA to a new folder for this one.`);
    console.log(filled === "COMPLETE_BEFORE" ? "The demo company was in place already." : "The demo company is in place.");
  } finally {
    await client.close();
  }
}

runCommand(main);
