import "reflect-metadata";
import { parseArgs } from "node:util";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { readConfig } from "../config.ts";
import { connect } from "./client.ts";
import { CommandError, runCommand, UsageError } from "./run.ts";

const USAGE = `npm run watch -- 'subscription ($after: String) { deductionOpened(after: $after) { cursor deduction { reason } } }' [--url http://localhost:4000]`;

/**
 * Prints the pushes of a subscription, one JSON line each, until it is interrupted. It comes back by itself when the
 * connection is lost and, where the subscription takes a variable `after`, goes on from the last cursor it printed.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { url: { type: "string" } }, allowPositionals: true });
  const [query] = positionals;
  if (!query) throw new UsageError();
  const server = await connect(readConfig(), values.url ?? null);
  const live = createClient({
    url: `${server.url.replace(/^http/, "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${server.token}` },
    retryAttempts: Number.MAX_SAFE_INTEGER,
    shouldRetry: () => true,
  });
  let cursor: string | undefined;
  const variables = /\$after\b/.test(query) ? { get after() { return cursor; } } : {};
  process.on("SIGINT", () => void live.dispose());
  try {
    await new Promise<void>((resolve, reject) => {
      live.subscribe<Record<string, { cursor?: string }>>(
        { query, variables },
        {
          next: ({ data, errors }) => {
            console.log(JSON.stringify(errors ? { errors } : data));
            cursor = Object.values(data ?? {})[0]?.cursor ?? cursor;
          },
          error: (error) => reject(error instanceof Error ? error : new CommandError(JSON.stringify(error))),
          complete: resolve,
        },
      );
    });
  } finally {
    await server.close();
  }
}

runCommand(main, USAGE);
