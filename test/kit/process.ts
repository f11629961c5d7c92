import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A start on a busy machine, migrations of an embedded database included. */
const PATIENCE = 45_000;

/** What the environment of a process of ours may say. */
export type Settings = Readonly<Record<string, string>>;

/** How a process ended: with a code, or by a signal. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that ran to its end, and all that it wrote. */
export interface Ended extends End {
  readonly output: string;
}

/** A server in a process of its own, which says on its standard output that it listens. */
export interface ServerProcess {
  /** Such as `http://localhost:41234`, without `/graphql`. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** The token that it offered at start; null when it offered none. */
  readonly token: string | null;
  /** All that it has written so far. */
  readonly output: () => string;
  /** Waits until it has written this. */
  readonly says: (text: string) => Promise<void>;
  /** Tells it to stop, as a service manager would, and waits until it is gone. */
  readonly stop: () => Promise<End>;
  /** Ends it without a word, as a loss of power would, and waits until it is gone. */
  readonly kill: () => Promise<End>;
}

/** Starts the server from its source and waits until it listens, on a free port unless the settings name one. Throws with all that it wrote when it ends instead. */
export async function startServer(settings: Settings): Promise<ServerProcess> {
  const { child, output, ended, says } = run("src/main.ts", [], { PORT: "0", ...settings });
  const listening = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      const found = /^\s*GraphQL\s+(http\S+)\/graphql$/.exec(line);
      // The token stands on a later line of the same text, so the text is read when its last lines are there.
      if (found) setImmediate(() => resolve(found[1]!));
    });
  });
  const url = await inTime(Promise.race([listening, ended]), () => (child.kill("SIGKILL"), `The server did not listen within ${PATIENCE / 1000} seconds.\n${output()}`));
  if (typeof url !== "string") throw new Error(`The server ended with ${url.code ?? url.signal}.\n${output()}`);
  const end = (signal: NodeJS.Signals) => async (): Promise<End> => {
    child.kill(signal);
    return inTime(ended, () => (child.kill("SIGKILL"), `The server did not end after ${signal}.\n${output()}`));
  };
  const token = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(output())?.[0] ?? null;
  return { url, port: Number(new URL(url).port), pid: child.pid!, token, output, says, stop: end("SIGTERM"), kill: end("SIGKILL") };
}

/** Runs a program of ours to its end. */
export async function runToEnd(script: string, args: readonly string[], settings: Settings): Promise<Ended> {
  const { child, output, ended } = run(script, args, settings);
  const end = await inTime(ended, () => (child.kill("SIGKILL"), `${script} did not end within ${PATIENCE / 1000} seconds.\n${output()}`));
  return { ...end, output: output() };
}

/** Runs a program of ours until it has written a text, then interrupts it as Ctrl-C does, and waits for its end. */
export async function runUntil(text: string, script: string, args: readonly string[], settings: Settings): Promise<Ended> {
  const { child, output, ended, says } = run(script, args, settings);
  await says(text);
  child.kill("SIGINT");
  const end = await inTime(ended, () => (child.kill("SIGKILL"), `${script} did not end after SIGINT.\n${output()}`));
  return { ...end, output: output() };
}

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<End>;
  readonly says: (text: string) => Promise<void>;
}

/** Starts a program of ours. Of the settings of this test run it inherits none, so that it has only those it is given; the books of the demo stay empty unless they say otherwise. */
function run(script: string, args: readonly string[], settings: Settings): Started {
  const inherited = Object.entries(process.env).filter(([name]) => name !== "NODE_OPTIONS" && name !== "DATABASE_URL" && name !== "PORT" && !name.startsWith("OPENITEM_"));
  const child = spawn(process.execPath, ["--import", "tsx", script, ...args], { stdio: ["ignore", "pipe", "pipe"], env: { ...Object.fromEntries(inherited), OPENITEM_DEMO: "off", ...settings } });
  const written: string[] = [];
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding("utf8").on("data", (text: string) => void written.push(text));
  const ended = once(child, "close").then(([code, signal]): End => ({ code: code as number | null, signal: signal as NodeJS.Signals | null }));
  const output = (): string => written.join("");
  const says = (text: string): Promise<void> =>
    inTime(
      new Promise<void>((resolve, reject) => {
        const look = (): void => void (output().includes(text) && resolve());
        for (const stream of [child.stdout!, child.stderr!]) stream.on("data", look);
        look();
        void ended.then(() => reject(new Error(`${script} ended without saying "${text}".\n${output()}`)));
      }),
      () => (child.kill("SIGKILL"), `${script} did not say "${text}".\n${output()}`),
    );
  return { child, output, ended, says };
}

/** What was waited for, or an error that says what is missing. */
async function inTime<T>(awaited: Promise<T>, missing: () => string): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(missing())), PATIENCE);
  });
  return Promise.race([awaited, late]).finally(() => clearTimeout(timer));
}
