import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** A setting is missing or wrong; the message says which and what to do. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** What the environment decides. */
export interface Config {
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** PostgreSQL to keep the books in; null for the embedded one. */
  readonly databaseUrl: string | null;
  /** Folder of the embedded database, and of uploaded files. */
  readonly dataFolder: string;
  /** What tokens are signed with. */
  readonly secret: string;
  /** A ready token for commands of the command line; null makes them sign their own. */
  readonly token: string | null;
  /** Whether the explorer of the graph is served at `/explorer`. */
  readonly explorer: boolean;
}

const SHORTEST_SECRET = 32;

/** Reads the environment, the only place that does. With a database of your own, a signing secret must be set. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = Number(env["PORT"] ?? 4000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new ConfigError(`PORT is "${env["PORT"]}"; it takes a number from 0 to 65535.`);
  const databaseUrl = env["DATABASE_URL"] || null;
  const dataFolder = resolve(env["OPENITEM_DATA"] || ".data");
  const explorer = readExplorer(env["OPENITEM_EXPLORER"], databaseUrl);
  return { explorer, port, host: env["HOST"] || "localhost", databaseUrl, dataFolder, secret: readSecret(env["OPENITEM_SECRET"], databaseUrl, dataFolder), token: env["OPENITEM_TOKEN"] || null };
}

/** On for the embedded database, off for one of your own, unless said otherwise. */
function readExplorer(given: string | undefined, databaseUrl: string | null): boolean {
  if (!given) return databaseUrl === null;
  if (given !== "on" && given !== "off") throw new ConfigError(`OPENITEM_EXPLORER is "${given}"; it takes on or off.`);
  return given === "on";
}

function readSecret(given: string | undefined, databaseUrl: string | null, dataFolder: string): string {
  if (given) {
    if (given.length < SHORTEST_SECRET) throw new ConfigError(`OPENITEM_SECRET has ${given.length} characters; it needs at least ${SHORTEST_SECRET}. Make one with: openssl rand -hex 32`);
    return given;
  }
  if (databaseUrl) throw new ConfigError("DATABASE_URL is set, so OPENITEM_SECRET must be too: it signs the tokens. Make one with: openssl rand -hex 32");
  const path = join(dataFolder, "secret");
  if (!existsSync(path)) {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(path, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
  }
  return readFileSync(path, "utf8").trim();
}
