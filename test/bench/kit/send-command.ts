import type pg from "pg";
import { newId } from "../../../src/db/ids.ts";
import { parameters } from "../../../src/db/list-value.ts";
import type { SentStatement } from "./capture.ts";
import type { LookedAt } from "./pgbench.ts";

/** What a payment names. */
export type Named = Pick<LookedAt, "account" | "invoice">;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const READ_ON = ["id", "itemId", "documentId", "recordedAt"];
/** The statement that locks customers: its second value is a list of numbers made of their ids. */
const LOCKS = "locks.customers";
const lockKey = (id: string): number => Number.parseInt(id.slice(-8), 16) | 0;

/** Sends the statements of one command, one after another, with the values of this payment in place of those that were looked at. */
export async function sendCommand(client: pg.ClientBase, statements: readonly SentStatement[], looked: Named, { account, invoice }: Named): Promise<void> {
  const known = new Map<unknown, unknown>([[looked.account, account], [looked.invoice, invoice], [`CHK ${looked.invoice}`, `CHK ${invoice}`]]);
  const locks = new Map<unknown, number>();
  const valueOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(valueOf);
    if (known.has(value)) return known.get(value);
    if (typeof value !== "string" || !UUID.test(value) || value.startsWith("00000000-0000-7000")) return value;
    const made = newId();
    known.set(value, made);
    return made;
  };
  for (const { name, text, values, row } of statements) {
    if (values.length === 0 && name === text.trim().toLowerCase()) await client.query(text);
    else {
      const { rows } = await client.query<Record<string, unknown>>({ name, text, values: parameters(values.map((value, place) => (name === LOCKS && place === 1 ? (value as number[]).map((key) => locks.get(key)) : valueOf(value)))) as unknown[] });
      for (const column of row ? READ_ON : []) {
        const seen = row![column];
        if (typeof seen !== "string" || known.has(seen)) continue;
        known.set(seen, rows[0]![column]);
        if (column === "id") locks.set(lockKey(seen), lockKey(rows[0]![column] as string));
      }
    }
  }
}
