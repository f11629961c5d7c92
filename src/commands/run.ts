import { ConfigError } from "../config.ts";
import { FolderTaken } from "../db/folder-lock.ts";

/** Something that whoever typed the command can mend; told without a stack. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Runs a command and ends the process as it should: faults that a person can mend are told without a stack. */
export function runCommand(main: () => Promise<void>): void {
  main().then(
    () => process.exit(process.exitCode ?? 0),
    (error: unknown) => {
      const { code, message } = error as NodeJS.ErrnoException;
      const mendable = error instanceof CommandError || error instanceof ConfigError || error instanceof FolderTaken || code === "ECONNREFUSED";
      console.error(mendable ? message || code : error);
      process.exit(1);
    },
  );
}
