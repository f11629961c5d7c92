import "reflect-metadata";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { believablePayment, type LiveCustomer, type LiveFact, newInvoice, readiness } from "../demo/live-choice.ts";
import { COMMANDS } from "../demo/facts.ts";
import { LiveDesk } from "../demo/live-desk.ts";
import { Random } from "../demo/random.ts";
import { dayOf } from "../domain/dates.ts";
import { type Client, connect } from "./client.ts";
import { CommandError, runCommand, UsageError } from "./run.ts";

const USAGE = "npm run demo:live -- [--every 3s] [--count 20] [--seed text] [--company code] [--url http://localhost:4000]";
const UNITS = { ms: 1, s: 1_000, m: 60_000 } as const;
/** Of what happens, the part that is a new invoice. */
const BILLED = 0.15;

interface Wish {
  readonly every: number;
  readonly count: number;
  readonly seed: string;
  readonly company: string | null;
  readonly url: string | null;
}

/** Payments sent and deductions that they opened; what was refused, because somebody else was sooner, does not count. */
interface Tally {
  payments: number;
  deductions: number;
}

interface Told {
  readonly userErrors: readonly { readonly message: string }[];
  readonly payment?: { readonly deductions: readonly { readonly reason: string }[] } | null;
}

function readWish(): Wish {
  const options = { every: { type: "string", default: "3s" }, count: { type: "string" }, seed: { type: "string" }, company: { type: "string" }, url: { type: "string" } } as const;
  const { values } = parseArgs({ options });
  const every = /^(\d{1,6}(?:\.\d{1,3})?)(ms|s|m)$/.exec(values.every);
  if (!every) throw new UsageError(`--every is "${values.every}"; it takes a time such as 500ms, 3s or 1m.`);
  const count = values.count === undefined ? Infinity : Number(values.count);
  if (!(count >= 1 && (count === Infinity || Number.isSafeInteger(count)))) throw new UsageError(`--count is "${values.count}"; it takes a whole number of at least 1.`);
  return { every: Number(every[1]) * UNITS[every[2] as keyof typeof UNITS], count, seed: values.seed ?? String(Date.now()), company: values.company ?? null, url: values.url ?? null };
}

/** Someone of a few customers pays, the sooner the more it is due by its habit; or one of them is billed. */
function whatHappens(customers: readonly LiveCustomer[], number: string, random: Random): LiveFact {
  const today = dayOf(new Date());
  const lots = customers.flatMap((it) => Array<LiveCustomer>(readiness(it, today)).fill(it));
  return lots.length === 0 || random.chance(BILLED) ? newInvoice(random.pick(customers), number, today, random) : believablePayment(random.pick(lots), today, random);
}

/** Sends what happens and prints it in one line. Answers with the deductions that a payment opened, and null for what was no payment or refused. */
async function send(client: Client, { fact, words }: LiveFact, company: string | null, idempotencyKey: string): Promise<number | null> {
  const { command } = fact;
  const asked = command === "recordPayment" ? "payment { deductions { reason } }" : "";
  const data = await client.ask<Record<string, Told>>(`mutation ($input: ${COMMANDS[command]}!) { ${command}(input: $input) { ${asked} userErrors { message } } }`, { input: { company, ...fact.input, idempotencyKey } });
  const { userErrors, payment } = data[command]!;
  const reasons = payment?.deductions.map(({ reason }) => reason.toLowerCase().replaceAll("_", " ")) ?? [];
  const time = new Date().toTimeString().slice(0, 8);
  if (userErrors.length > 0) console.log(`${time}  ${words} Refused: ${userErrors[0]!.message}`);
  else console.log(`${time}  ${words}${reasons.length > 0 ? ` Opens a deduction: ${reasons.join(", ")}.` : ""}`);
  return payment ? reasons.length : null;
}

async function pay(client: Client, { every, count, seed, company }: Wish, signal: AbortSignal): Promise<Tally> {
  const random = new Random(seed);
  const run = Date.now().toString(36).toUpperCase();
  const desk = await LiveDesk.open(client.ask, company);
  if (desk.empty) throw new CommandError("The company has no customers. A new demo company gets them in its first seconds; try again then.");
  const tally: Tally = { payments: 0, deductions: 0 };
  for (let turn = 1; tally.payments < count && !signal.aborted; turn++) {
    const happens = whatHappens(await desk.some(dayOf(new Date()), random), `LV-${run}-${turn}`, random);
    const deductions = await send(client, happens, company, `live-${run}-${turn}`);
    if (deductions !== null) tally.payments++;
    tally.deductions += deductions ?? 0;
    if (tally.payments < count) await setTimeout(every, undefined, { signal }).catch(() => {});
  }
  return tally;
}

const numbered = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

/** Posts believable payments to a running server, one after another, until it is interrupted or so many are sent. */
async function main(): Promise<void> {
  const wish = readWish();
  const config = readConfig();
  const url = wish.url ?? `http://localhost:${config.port}`;
  const client = await connect(config, url).catch((error: Error) => {
    throw error instanceof CommandError ? new CommandError(`${error.message} Start one with npm start, in another terminal.`) : error;
  });
  const aborting = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => aborting.abort());
  try {
    const { payments, deductions } = await pay(client, wish, aborting.signal);
    console.log(`${numbered(payments, "payment")} sent, ${numbered(deductions, "deduction")} opened.`);
  } catch (error) {
    throw error instanceof TypeError && error.message === "fetch failed" ? new CommandError(`The server at ${url} does not answer any more.`) : error;
  } finally {
    await client.close();
  }
}

runCommand(main, USAGE);
