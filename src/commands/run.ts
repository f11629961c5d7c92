import { ConfigError } from "../config.ts";
import { FolderTaken } from "../db/folder-lock.ts";

/** Something that whoever typed the command can mend; told without a stack. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
}

/** What was typed is not what the command takes; told with how it is used. */
export class UsageError extends CommandError {
  override readonly name: string = "UsageError";
}

/**
 * Runs a command and ends the process as it should: faults that a person can mend are told without a stack, and those of
 * what was typed with how the command is used, as `--help` tells it.
 */
export function runCommand(main: () => Promise<void>, usage = ""): void {
  if (usage && process.argv.slice(2).some((word) => word === "--help" || word === "-h")) {
    console.log(`Usage: ${usage}`);
    process.exit(0);
  }
  main().then(
    () => process.exit(process.exitCode ?? 0),
    (error: unknown) => {
      const { code, message } = error as NodeJS.ErrnoException;
      if (error instanceof UsageError || code?.startsWith("ERR_PARSE_ARGS")) {
        console.error([message, usage && `Usage: ${usage}`].filter(Boolean).join("\n"));
        process.exit(1);
      }
      const mendable = error instanceof CommandError || error instanceof ConfigError || error instanceof FolderTaken || code === "ECONNREFUSED";
      console.error(mendable ? message || code : error);
      process.exit(1);
    },
  );
}
