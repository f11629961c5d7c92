import type { Config } from "../config.ts";
import { FolderTaken } from "../db/folder-lock.ts";
import { DEMO_SUBJECT } from "../demo/demo-books.ts";
import type { Identity } from "../companies/actor.ts";
import { Tokens } from "../companies/tokens.ts";
import { serve } from "../serving.ts";
import { CommandError } from "./run.ts";

/** A server to talk to, for the time of one command. */
export interface Client {
  readonly url: string;
  readonly token: string;
  /** Sends a GraphQL operation and returns its data. Throws with the server's words when it answers with errors. */
  readonly ask: <Result>(operation: string, variables?: object) => Promise<Result>;
  readonly close: () => Promise<void>;
}

const TOKEN_SECONDS = 12 * 3600;
const PATIENCE = 10_000;

/**
 * Finds the running server: at `url`, or at this machine's PORT. With none running, opens the installation in this process
 * and serves it on a free port, so that a command is a client either way. Refuses when another process has the embedded
 * folder and no server answers, naming that process. Speaks as `identity` where one is given, signed with the secret of the
 * configuration.
 */
export async function connect(config: Config, url: string | null, identity: Identity | null = null): Promise<Client> {
  const token = await tokenOf(config, identity);
  const wanted = (url ?? `http://localhost:${config.port}`).replace(/\/+$/, "");
  if (await answers(wanted)) return clientOf(wanted, token, async () => {});
  if (url !== null) throw new CommandError(`No server answers at ${wanted}.`);
  const serving = await serve(config, 0).catch((error: unknown) => {
    throw error instanceof FolderTaken ? new CommandError(`No server answers at ${wanted}. ${error.message}`) : error;
  });
  return clientOf(serving.server.url, token, serving.close);
}

/** A token for the identity given; else that of the environment; else, on the embedded folder, one for its demo user. */
async function tokenOf({ token, databaseUrl, secret, localTokens }: Config, identity: Identity | null): Promise<string> {
  const sign = (it: Identity): Promise<string> => new Tokens(secret).sign(it, TOKEN_SECONDS);
  if (identity && !localTokens) throw new CommandError("OPENITEM_LOCAL_TOKENS is off, and this needs a token signed with the secret. Run the server with it on for this once.");
  if (identity) return sign(identity);
  if (token) return token;
  if (databaseUrl) throw new CommandError("Set OPENITEM_TOKEN to a token of yours: a database of your own has no demo user.");
  return sign({ subject: DEMO_SUBJECT, operator: false });
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(PATIENCE) });
    return response.ok && ((await response.json()) as { ok?: boolean }).ok === true;
  } catch {
    return false;
  }
}

function clientOf(url: string, token: string, close: () => Promise<void>): Client {
  const ask = async <Result>(query: string, variables: object = {}): Promise<Result> => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Result | null; errors?: { message: string; extensions?: { code?: string } }[] };
    if (errors?.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED")) {
      throw new CommandError(`The server at ${url} does not know this token; it may keep another installation. Set OPENITEM_TOKEN to one of its own.`);
    }
    if (errors?.length) throw new CommandError(errors.map(({ message }) => message).join("\n"));
    return data!;
  };
  return { url, token, ask, close };
}
