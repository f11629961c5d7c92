import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Provider } from "./companies/identity-provider.ts";
import { LOCAL_ISSUER } from "./companies/tokens.ts";
import { DEFAULT_LIMITS, type Limits } from "./graphql/limits.ts";

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
  /** The identity provider whose tokens are accepted; null for none. */
  readonly provider: Provider | null;
  /** Whether tokens signed with `secret` are accepted. */
  readonly localTokens: boolean;
  readonly limits: Limits;
  /** Whether the explorer of the graph is served at `/explorer`. */
  readonly explorer: boolean;
  /** Whether a server on a new embedded folder fills the books of its demo company. */
  readonly demo: boolean;
}

const SHORTEST_SECRET = 32;

/** Reads the environment, the only place that does. With a database of your own, a signing secret must be set. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = Number(env["PORT"] ?? 4000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new ConfigError(`PORT is "${env["PORT"]}"; it takes a number from 0 to 65535.`);
  const databaseUrl = env["DATABASE_URL"] || null;
  const dataFolder = resolve(env["OPENITEM_DATA"] || ".data");
  const explorer = readExplorer(env["OPENITEM_EXPLORER"], databaseUrl);
  const provider = readProvider(env);
  const localTokens = readLocalTokens(env["OPENITEM_LOCAL_TOKENS"], provider, databaseUrl);
  const secret = localTokens ? readSecret(env["OPENITEM_SECRET"], databaseUrl, dataFolder) : randomBytes(32).toString("hex");
  return { port, host: env["HOST"] || "localhost", databaseUrl, dataFolder, secret, token: env["OPENITEM_TOKEN"] || null, provider, localTokens, explorer, demo: readDemo(env["OPENITEM_DEMO"]), limits: readLimits(env) };
}

/** The limits, of which those that depend on the machine and its clients can be set. */
function readLimits(env: NodeJS.ProcessEnv): Limits {
  const whole = (name: string, usual: number, least: number): number => {
    const value = Number(env[name] || usual);
    if (!Number.isSafeInteger(value) || value < least) throw new ConfigError(`${name} is "${env[name]}"; it takes a whole number of at least ${least}.`);
    return value;
  };
  const { cost, rate, timeout } = DEFAULT_LIMITS;
  return { ...DEFAULT_LIMITS, cost: whole("OPENITEM_MAX_COST", cost, 1), rate: whole("OPENITEM_RATE", rate, 0), timeout: whole("OPENITEM_TIMEOUT", timeout / 1000, 1) * 1000 };
}

/** The identity provider: all three of its settings, or none. */
function readProvider(env: NodeJS.ProcessEnv): Provider | null {
  const [jwksUrl, issuer, audience] = [env["OPENITEM_JWKS_URL"], env["OPENITEM_ISSUER"], env["OPENITEM_AUDIENCE"]];
  if (!jwksUrl && !issuer && !audience) return null;
  if (!jwksUrl || !issuer || !audience) throw new ConfigError("OPENITEM_JWKS_URL, OPENITEM_ISSUER and OPENITEM_AUDIENCE go together; set all three, or none.");
  if (issuer === LOCAL_ISSUER) throw new ConfigError(`OPENITEM_ISSUER is "${LOCAL_ISSUER}", which is how this installation signs its own tokens.`);
  const url = URL.canParse(jwksUrl) ? new URL(jwksUrl) : null;
  const near = url !== null && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url?.protocol !== "https:" && !(url?.protocol === "http:" && near)) throw new ConfigError(`OPENITEM_JWKS_URL is "${jwksUrl}"; it takes an https address.`);
  return { jwksUrl, issuer, audience };
}

function readLocalTokens(given: string | undefined, provider: Provider | null, databaseUrl: string | null): boolean {
  if (given === undefined || given === "" || given === "on") return true;
  if (given !== "off") throw new ConfigError(`OPENITEM_LOCAL_TOKENS is "${given}"; it takes on or off.`);
  if (!provider || !databaseUrl) throw new ConfigError("OPENITEM_LOCAL_TOKENS is off, so DATABASE_URL and an identity provider (OPENITEM_JWKS_URL) must be set: nobody could sign in.");
  return false;
}

function readDemo(given: string | undefined): boolean {
  if (given === undefined || given === "" || given === "on") return true;
  if (given !== "off") throw new ConfigError(`OPENITEM_DEMO is "${given}"; it takes on or off.`);
  return false;
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
