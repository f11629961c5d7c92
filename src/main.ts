import "reflect-metadata";
import { currentBoard } from "./board-build.ts";
import { ConfigError, readConfig } from "./config.ts";
import { FolderTaken } from "./db/folder-lock.ts";
import { fillBehind } from "./demo-behind.ts";
import { serve } from "./serving.ts";
import { welcome } from "./welcome.ts";

/** Starts the server and stops it in order when told to. */
async function main(): Promise<void> {
  const config = readConfig();
  const folder = currentBoard();
  folder.catch((error: unknown) => console.error((error as Error).message));
  const { installation, server, close } = await serve(config, config.port, { folder, explorer: config.explorer });
  await welcome(installation.app, config, server.url);
  const demo = installation.app.db.embedded && config.demo ? fillBehind(installation.app, config, server.url) : null;

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await demo?.stop();
    await close();
    process.exit(0);
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());
}

// Faults that a person can mend are told without a stack.
main().catch((error: unknown) => {
  const { code, message } = error as NodeJS.ErrnoException;
  const mendable = error instanceof ConfigError || error instanceof FolderTaken || code === "EADDRINUSE" || code === "ECONNREFUSED";
  console.error(mendable ? message || code : error);
  if (code === "EADDRINUSE") console.error("Another program listens on this port. Set PORT to another one.");
  process.exit(1);
});
