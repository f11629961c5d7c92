import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { SentStatement } from "./capture.ts";
import { program } from "./copy.ts";
import type { BenchDatabase } from "./database.ts";

const run = promisify(execFile);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The statement that locks customers: its second value is a list of numbers made of their ids. */
const LOCKS = "locks.customers";

/** The payment that was looked at, and how many customers each connection has. */
export interface LookedAt {
  readonly account: string;
  readonly invoice: string;
  readonly date: string;
  readonly share: number;
}

/**
 * The statements of one command as a script of pgbench, in which each turn pays the next invoice. What the command made
 * (ids) is made anew each turn; what it named (account, invoice) is counted on; what it read and sent on is read and sent on.
 */
export function pgbenchScript(statements: readonly SentStatement[], looked: LookedAt): string {
  const values = new Values(looked);
  const lines = [
    `\\set customer 1 + :client_id * ${looked.share} + (:turn % ${looked.share})`,
    `\\set account 10000 + :customer`,
    `\\set invoice :customer * 1000 + 1 + :turn / ${looked.share}`,
    `\\set made (:turn * 1000 + :client_id) * 100`,
  ];
  for (const { name, text, values: given, row } of statements) {
    const bare = text.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(/\s+/g, " ").trim().replace(/;$/, "");
    const filled = bare.replaceAll(/\$(\d+)/g, (_, place: string) => {
      const value = given[Number(place) - 1];
      return name === LOCKS && place === "2" ? values.renderLocks(value as readonly number[]) : values.render(value);
    });
    const kept = row === null ? [] : values.keep(row);
    lines.push(kept.length > 0 ? `select ${kept.map(({ column, as }) => `"${column}"::text as ${as}`).join(", ")} from (${filled}) as kept \\gset` : `${filled};`);
  }
  return [...lines, "\\set turn :turn + 1", ""].join("\n");
}

/** What the values of a command stand for. */
class Values {
  readonly #known = new Map<string, string>();
  readonly #locks = new Map<number, string>();
  #made = 0;
  #kept = 0;

  constructor({ account, invoice, date }: LookedAt) {
    this.#known.set(account, ":account::text");
    this.#known.set(invoice, ":invoice::text");
    this.#known.set(`CHK ${invoice}`, "('CHK ' || :invoice)");
    this.#known.set(date, `'${date}'`);
  }

  /** Notes what later statements get from this row. */
  keep(row: Readonly<Record<string, unknown>>): { readonly column: string; readonly as: string }[] {
    return Object.entries(row).flatMap(([column, value]) => {
      if (column !== "recordedAt" && !["id", "itemId", "documentId"].includes(column)) return [];
      if (typeof value !== "string" || this.#known.has(value)) return [];
      const as = `kept_${++this.#kept}`;
      this.#known.set(value, column === "recordedAt" ? `:${as}::timestamptz` : `:${as}::uuid`);
      if (column === "id") this.#locks.set(Number.parseInt(value.slice(-8), 16) | 0, `('x' || right(:${as}::text, 8))::bit(32)::int`);
      return [{ column, as }];
    });
  }

  /** Locks of customers that earlier statements read: a constant would make all connections wait for one customer. */
  renderLocks(keys: readonly number[]): string {
    const locks = keys.map((key) => this.#locks.get(key));
    if (locks.includes(undefined)) throw new Error("A customer is locked that no statement read before.");
    return `array[${locks.join(", ")}]`;
  }

  render(value: unknown): string {
    if (value === null || value === undefined) return "null";
    if (Array.isArray(value)) return value.length === 0 ? "'{}'" : `array[${value.map((one) => this.render(one)).join(", ")}]`;
    if (typeof value !== "string") return String(value);
    const known = this.#known.get(value);
    if (known) return known;
    if (!UUID.test(value) || value.startsWith("00000000-0000-7000")) return `'${value.replaceAll("'", "''")}'`;
    const made = `lpad(to_hex(:made + ${++this.#made}), 32, 'f')::uuid`;
    this.#known.set(value, made);
    return made;
  }
}

/** Runs a script with prepared statements and answers with its transactions a second. Throws when one failed. */
export async function runPgbench(database: BenchDatabase, script: string, { clients, transactions, from }: { readonly clients: number; readonly transactions: number; readonly from: number }): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "openitem-pgbench-"));
  const path = join(folder, "command.sql");
  writeFileSync(path, script);
  try {
    const args = ["-n", "-M", "prepared", "-c", String(clients), "-j", "1", "-t", String(transactions), "-D", `turn=${from}`, "-f", path, database.url];
    const { stdout, stderr } = await run(program("pgbench"), args, { maxBuffer: 16 * 1024 * 1024 });
    const rate = /tps = ([\d.]+) \(without initial connection time\)/.exec(stdout)?.[1];
    const all = stdout.includes(`${clients * transactions}/${clients * transactions}`);
    if (!rate || !all) throw new Error(`${stdout}\n${stderr}`);
    return Number(rate);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
