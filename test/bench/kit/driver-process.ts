import { once } from "node:events";
import pg from "pg";
import { columnTypes } from "../../../src/db/column-types.ts";
import { newId } from "../../../src/db/ids.ts";
import { parameters } from "../../../src/db/list-value.ts";
import { accountOf, invoiceOf } from "./book.ts";
import type { SentStatement } from "./capture.ts";
import type { DriverJob } from "./driver.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const READ_ON = ["id", "itemId", "documentId", "recordedAt"];
const lockKey = (id: string): number => Number.parseInt(id.slice(-8), 16) | 0;

/** Sends the statements of one command, with the values of one turn in place of those that were looked at. */
async function send(client: pg.Client, statements: readonly SentStatement[], { looked, share }: DriverJob, connection: number, turn: number): Promise<void> {
  const customer = 1 + connection * share + (turn % share);
  const invoice = invoiceOf(customer, 1 + Math.floor(turn / share));
  const known = new Map<unknown, unknown>([[looked.account, accountOf(customer)], [looked.invoice, invoice], [`CHK ${looked.invoice}`, `CHK ${invoice}`]]);
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
      const { rows } = await client.query<Record<string, unknown>>({ name, text, values: parameters(values.map(valueOf)) as unknown[] });
      for (const column of row ? READ_ON : []) {
        const seen = row![column];
        if (typeof seen !== "string" || known.has(seen)) continue;
        known.set(seen, rows[0]![column]);
        if (column === "id") known.set(lockKey(seen), lockKey(rows[0]![column] as string));
      }
    }
  }
}

const clients: pg.Client[] = [];
for (;;) {
  const [job] = (await once(process, "message")) as [DriverJob];
  while (clients.length < job.clients) {
    const client = new pg.Client({ connectionString: job.url, types: columnTypes as pg.CustomTypesConfig, options: "-c timezone=UTC" });
    await client.connect();
    clients.push(client);
  }
  const began = performance.now();
  await Promise.all(clients.map(async (client, connection) => {
    for (let at = 0; at < job.transactions; at++) await send(client, job.statements, job, connection, job.from + at);
  }));
  process.send!((job.clients * job.transactions * 1000) / (performance.now() - began));
}
