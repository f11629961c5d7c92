import { settleKnownAt } from "../../src/db/known-at.ts";
import { lockCustomers } from "../../src/db/locks.ts";
import { newId } from "../../src/db/ids.ts";
import { transact } from "../../src/db/transaction.ts";
import { readGlobalId } from "../../src/graphql/global-id.ts";
import { takeIn } from "../../src/payments/cash-desk.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { testOnNative } from "../kit/native.ts";

let now: Date | null = null;
let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => now } });
});
beforeEach(async () => {
  now = null;
  books = await Books.open(app);
});
afterAll(() => app.close());

/** A moment with all six decimal places, so that moments compare as texts. */
const exact = (moment: string): string => moment.replace(/(?:\.(\d+))?Z$/, (_all, fraction = "") => `.${String(fraction).padEnd(6, "0")}Z`);

/** The clock of the database. */
const databaseNow = async (): Promise<string> => exact((await app.db.run<{ at: string }>("test.now", "select clock_timestamp() as at", []))[0]!.at);

/** What the books say is in the bank's counterpart, unidentified cash, and at which moment they say so. */
async function unidentified(variables: { asOf?: string; knownAt?: string } = {}): Promise<[string | undefined, string]> {
  const { agrees, lines, knownAt } = await books.control({ company: books.company.code, ...variables } as object);
  expect(agrees).toBe(true);
  return [lines.find(({ account }) => account === "UNIDENTIFIED_CASH")?.ledger.amount, knownAt];
}

/** A payment that is recorded and not yet committed, with the way to commit it. */
async function openPayment(minor: bigint): Promise<() => Promise<void>> {
  const companyId = readGlobalId(books.company.companyId)!.companyId;
  const receipt = { customerId: null, source: "MANUAL", payerName: null, reference: null, currency: "USD", minor, receivedOn: "2026-03-20", depositedOn: "2026-03-20", bankLineId: null, remittance: null, others: [] } as const;
  let commit!: () => void;
  const mayCommit = new Promise<void>((resolve) => (commit = resolve));
  let ended!: Promise<unknown>;
  await new Promise<void>((written, failed) => {
    ended = transact(app.db, async (tx) => {
      await takeIn(tx, { companyId, memberId: null, strict: true }, receipt);
      written();
      await mayCommit;
    });
    ended.catch(failed);
  });
  return async () => void (commit(), await ended);
}

test("a fact counts from its business day, and is known from the day it was recorded", async () => {
  now = new Date("2026-06-01T09:00:00Z");
  const { account } = await books.customer();
  await books.bill(account, { number: "K-1", total: "1000.00", invoicedOn: "2026-04-30", dueOn: "2026-05-30" });
  now = new Date("2026-07-03T09:00:00Z");
  await books.pay({ account, amount: "1000.00", receivedOn: "2026-06-30", lines: [{ reference: "K-1" }] });
  now = new Date("2026-08-01T09:00:00Z");
  const owed = async (asOf: string, knownAt?: string) => (await books.control({ asOf, ...(knownAt && { knownAt }) })).lines.find((it) => it.account === "AR_CONTROL")?.items.amount;
  expect(await owed("2026-04-29")).toBeUndefined();
  expect(await owed("2026-06-29")).toBe("1000.00");
  expect(await owed("2026-06-30")).toBe("0.00");
  expect(await owed("2026-06-30", "2026-07-01T00:00:00Z")).toBe("1000.00");
  expect(await owed("2026-06-30", "2026-07-03T09:00:00Z")).toBe("0.00");
  expect(await owed("2026-06-30", "2026-05-31T00:00:00Z")).toBeUndefined();
});

test("a figure asked again with the moment it was known at stays, though more is recorded for that day", async () => {
  await books.pay({ amount: "10.00" });
  const [first, knownAt] = await unidentified();
  expect(first).toBe("-10.00");
  await books.pay({ amount: "5.00", receivedOn: "2026-03-01" });
  expect(await unidentified({ knownAt })).toEqual(["-10.00", knownAt]);
  expect((await unidentified())[0]).toBe("-15.00");
});

test("a moment that has not come is answered with now", async () => {
  const before = await databaseNow();
  const knownAt = exact(await settleKnownAt(app.db, "2199-01-01T00:00:00Z"));
  // Now is told one step of the clock early, and a clock may stand still for a millisecond.
  expect(Date.parse(knownAt)).toBeGreaterThanOrEqual(Date.parse(before) - 1);
  expect(Date.parse(knownAt)).toBeLessThanOrEqual(Date.parse(await databaseNow()));
});

testOnNative("a write that is open when a figure is asked never slips into it later", async () => {
  await books.pay({ amount: "10.00" });
  const commit = await openPayment(500n);
  const [first, knownAt] = await unidentified();
  expect(first).toBe("-10.00");
  await commit();
  expect(await unidentified({ knownAt })).toEqual(["-10.00", knownAt]);
  expect((await unidentified())[0]).toBe("-15.00");
});

testOnNative("a moment after an open write began is answered with one before it, and says so", async () => {
  const commit = await openPayment(500n);
  const later = await databaseNow();
  const [first, knownAt] = await unidentified({ knownAt: later });
  expect(first).toBeUndefined();
  await commit();
  const [{ at } = { at: "" }] = await app.db.run<{ at: string }>("test.recorded", "select max(recorded_at) as at from payment where company_id = $1", [readGlobalId(books.company.companyId)!.companyId]);
  expect(exact(knownAt) < exact(at) && exact(at) < later).toBe(true);
  expect((await unidentified({ knownAt: later }))[0]).toBe("-5.00");
});

testOnNative("a moment that was answered once is answered unchanged, however soon after it the next write begins", async () => {
  for (let round = 0; round < 30; round++) {
    const knownAt = await settleKnownAt(app.db, null);
    await transact(app.db, async () => expect(await settleKnownAt(app.db, knownAt)).toBe(knownAt));
  }
});

testOnNative("figures asked among many writes at once never change afterwards", async () => {
  const asked: [string | undefined, string][] = [];
  const writes = Array.from({ length: 4 }, async () => {
    for (let one = 0; one < 12; one++) await (await openPayment(100n))();
  });
  const reads = Array.from({ length: 2 }, async () => {
    for (let one = 0; one < 25; one++) asked.push(await unidentified());
  });
  await Promise.all([...writes, ...reads]);
  for (const [figure, knownAt] of asked) expect(await unidentified({ knownAt })).toEqual([figure, knownAt]);
  expect((await unidentified())[0]).toBe("-48.00");
});

testOnNative("a write dates its facts to the microsecond that its lock shows", async () => {
  await transact(app.db, async (tx) => {
    await lockCustomers(tx, newId(), [newId(), newId()]);
    const clamped = await settleKnownAt(app.db, null);
    expect(await app.db.run("test.step", "select $1::timestamptz + interval '1 microsecond' as at", [clamped])).toEqual([{ at: tx.recordedAt }]);
  });
});

testOnNative("locks of customers, of sessions and of other databases hold no figure back", async () => {
  const runner = app.db.source.createQueryRunner();
  const long = 1_500_000_000_000_000n;
  try {
    await runner.query("select pg_advisory_lock(1, 1), pg_advisory_lock_shared(7, 7), pg_advisory_lock($1::bigint)", [String(long)]);
    const before = await databaseNow();
    expect(exact(await settleKnownAt(app.db, null)) > before).toBe(true);
  } finally {
    await runner.query("select pg_advisory_unlock_all()");
    await runner.release();
  }
});
