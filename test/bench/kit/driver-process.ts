import { once } from "node:events";
import pg from "pg";
import { columnTypes } from "../../../src/db/column-types.ts";
import { accountOf, invoiceOf } from "./book.ts";
import type { DriverJob } from "./driver.ts";
import { type Named, sendCommand } from "./send-command.ts";

/** What a connection pays in a turn: the arithmetic is that of the pgbench script. */
function namedIn({ share }: DriverJob, connection: number, turn: number): Named {
  const customer = 1 + connection * share + (turn % share);
  return { account: accountOf(customer), invoice: invoiceOf(customer, 1 + Math.floor(turn / share)) };
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
    for (let at = 0; at < job.transactions; at++) await sendCommand(client, job.statements, job.looked, namedIn(job, connection, job.from + at));
  }));
  process.send!((job.clients * job.transactions * 1000) / (performance.now() - began));
}
