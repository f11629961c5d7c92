import type { App } from "./app.ts";
import type { Config } from "./config.ts";
import { fillServer } from "./demo/seed-server.ts";

/** The demo's year on its way onto the books while the server answers. */
export interface Filler {
  /** Lets the command that runs finish, and answers when nothing more comes. The rest follows after the next start. */
  readonly stop: () => Promise<void>;
}

/** Fills the demo company of a new embedded folder behind the running server, as a client of it, and says when it is done. */
export function fillBehind({ tokens }: App, { dataFolder }: Config, url: string): Filler {
  const aborting = new AbortController();
  const began = Date.now();
  let told = false;
  const progress = (): void => {
    if (!told) console.log("The demo company is taking a year of invoices and payments onto its books. You can look already.\n");
    told = true;
  };
  const filled = fillServer(url, tokens, dataFolder, { signal: aborting.signal, progress }).then(
    (end) => end === "COMPLETE" && console.log(`The demo company has its year on the books, after ${Math.round((Date.now() - began) / 1000)} seconds.\n`),
    (error: unknown) => console.error(`The demo company's year is not complete, and goes on with the next start: ${(error as Error).message}`),
  );
  return { stop: async () => (aborting.abort(), void (await filled)) };
}
