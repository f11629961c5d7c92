import "reflect-metadata";
import { ConfigError, readConfig } from "./config.ts";
import { FolderTaken } from "./db/folder-lock.ts";
import { openInstallation } from "./installation.ts";
import { listen } from "./server.ts";
import { greet } from "./welcome.ts";

/** Starts the server and stops it in order when told to. Faults that a person can mend are told without a stack. */
async function main(): Promise<void> {
  const config = readConfig();
  const installation = await openInstallation(config);
  const server = await listen(installation.app, config.port).catch(async (error: unknown) => {
    await installation.close();
    throw error;
  });
  await greet(installation.app, config, server.url);

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await server.close();
    await installation.close();
    process.exit(0);
  };
  process.on("SIGINT", () => void stop());
  process.on("SIGTERM", () => void stop());
}

main().catch((error: unknown) => {
  const { code, message } = error as NodeJS.ErrnoException;
  const mendable = error instanceof ConfigError || error instanceof FolderTaken || code === "EADDRINUSE" || code === "ECONNREFUSED";
  console.error(mendable ? (message || code) : error);
  if (code === "EADDRINUSE") console.error("Another program listens on this port. Set PORT to another one.");
  process.exit(1);
});
