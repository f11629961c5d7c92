import { assemble } from "../../src/app.ts";
import { mapping } from "../../src/mapping.ts";
import { serverDataSource } from "../../src/db/data-source.ts";
import { Database } from "../../src/db/database.ts";
import { systemClock } from "../../src/domain/clock.ts";
import { listen } from "../../src/server.ts";
import { openTestApp, TEST_SECRET, type TestApp } from "../kit/app.ts";
import { ask } from "../kit/ask.ts";
import { Books } from "../kit/books.ts";
import { type Cluster, dumpAndRestore, makeCluster, postgresPrograms } from "../kit/cluster.ts";
import { PaymentReceivedDocument, RecordPaymentDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";
import { native } from "../kit/native.ts";

const programs = postgresPrograms();
let app: TestApp | undefined;
let cluster: Cluster | undefined;
afterAll(async () => {
  await app?.close();
  await cluster?.remove();
});

(native && programs ? test : test.skip)("after a dump is restored into a new cluster, whose transaction ids are low again, clients go on from their old cursors (native PostgreSQL with its programs only)", async () => {
  app = await openTestApp();
  const books = await Books.open(app);
  const { account } = await books.customer();
  // Transaction ids of the old cluster are far above those that a new one begins with.
  for (let used = 0; used < 2_000; used++) await app.db.run("test.useId", "select pg_current_xact_id()", []);

  const before = subscribe(app.url, books.company.as.collector, PaymentReceivedDocument, {});
  const { cursor } = (await before.next()).paymentReceived;
  await before.close();
  await books.pay({ account, amount: "1.00", reference: "before the dump" });

  cluster = await makeCluster(programs!);
  await dumpAndRestore(programs!, app.databaseUrl!, cluster.url);
  const source = await serverDataSource(cluster.url, mapping, 5).initialize();
  const db = new Database(source, systemClock, false);
  const [next] = await db.run<{ next: string; stored: string }>("test.ids", "select pg_snapshot_xmax(pg_current_snapshot())::text as next, (select max(xid)::text from event) as stored", []);
  expect(BigInt(next!.next)).toBeLessThan(BigInt(next!.stored));

  const restored = await assemble(db, { secret: TEST_SECRET, spool: "unused" });
  await restored.start();
  const server = await listen(restored, 0);
  try {
    const resumed = subscribe(server.url, books.company.as.collector, PaymentReceivedDocument, { after: cursor });
    expect((await resumed.next()).paymentReceived.payment).toMatchObject({ reference: "before the dump" });
    expect((await resumed.next()).paymentReceived.payment).toBeNull();
    const input = { account, amount: "2.00", currency: "USD", receivedOn: "2026-03-20", reference: "after the restore" };
    expect((await ask(server.url, books.company.as.clerk, RecordPaymentDocument, { input })).data).toMatchObject({ recordPayment: { userErrors: [] } });
    const push = (await resumed.next()).paymentReceived;
    expect(push.payment).toMatchObject({ reference: "after the restore" });
    await resumed.close();

    const again = subscribe(server.url, books.company.as.collector, PaymentReceivedDocument, { after: push.cursor });
    expect((await again.next()).paymentReceived.payment).toBeNull();
    await again.close();
  } finally {
    await server.close();
    await restored.stop();
    await source.destroy();
  }
});
