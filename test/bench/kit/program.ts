import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Tokens } from "../../../src/companies/tokens.ts";
import { startServer } from "../../kit/process.ts";

/** What the tokens of `startOurs` are signed with. */
export const SECRET = "a secret of benches, of at least 32 letters";
const DAY = 86_400;

/** A program that answers at an address. */
export interface Program {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<unknown>;
}

/** Starts the product's server on a database, as `npm start` would. */
export async function startOurs(databaseUrl: string): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), "openitem-bench-"));
  const server = await startServer({ DATABASE_URL: databaseUrl, OPENITEM_SECRET: SECRET, OPENITEM_DATA: folder, NODE_ENV: "production" });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, pid: server.pid, stop };
}

/** Starts a program of the benches, which prints `listening` and its address once it answers. */
export async function startProgram(script: string, args: readonly string[]): Promise<Program> {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, NODE_ENV: "production" } });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const [, url] = /^listening (http\S+)$/.exec(line) ?? [];
    if (url) return { url, pid: child.pid!, stop: () => (child.kill(), ended) };
  }
  throw new Error(`${script} ended without listening.`);
}

/** A token of a person, as the server of `startOurs` takes it. */
export const tokenOf = (subject: string): Promise<string> => new Tokens(SECRET).sign({ subject, operator: false }, DAY);

/** Megabytes that a process holds in memory, now and at most so far. Only where there is a /proc. */
export function memoryOf(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const megabytes = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)![1]) / 1024;
  return { now: megabytes("VmRSS"), most: megabytes("VmHWM") };
}

/** Milliseconds of processor time that a process has used. Only where there is a /proc. */
export function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  const TICK = 10;
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}
