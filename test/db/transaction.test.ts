import { lockCustomers } from "../../src/db/locks.ts";
import { newId } from "../../src/db/ids.ts";
import { transact, type Tx } from "../../src/db/transaction.ts";
import { Refusal } from "../../src/domain/refusal.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { testOnNative } from "../kit/native.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  await app.db.source.query("create table note (id uuid primary key, text text not null)");
});
afterAll(() => app.close());

const write = (tx: Tx, text: string): Promise<object[]> => tx.run("test.write", "insert into note values ($1, $2)", [newId(), text]);
const notes = async (text: string): Promise<number> => (await app.db.run("test.notes", "select id from note where text = $1", [text])).length;
const failWith = (tx: Tx, code: string): Promise<object[]> => tx.run(`test.fail.${code}`, `do $$ begin raise exception 'told to' using errcode = '${code}'; end $$`, []);

describe.each([["a deadlock", "40P01"], ["a serialization failure", "40001"]])("%s", (name, code) => {
  test("repeats the whole command, and what the first try wrote is not kept", async () => {
    let tries = 0;
    const done = await transact(app.db, async (tx) => {
      await write(tx, name);
      if (++tries < 3) await failWith(tx, code);
      return "done";
    });
    expect({ done, tries, kept: await notes(name) }).toEqual({ done: "done", tries: 3, kept: 1 });
  });

  test("that does not end is thrown after five tries, and nothing is kept", async () => {
    let tries = 0;
    const work = transact(app.db, async (tx) => {
      tries++;
      await write(tx, `${name} for ever`);
      await failWith(tx, code);
    });
    await expect(work).rejects.toMatchObject({ code });
    expect({ tries, kept: await notes(`${name} for ever`) }).toEqual({ tries: 5, kept: 0 });
  });
});

test.each<[string, () => Error]>([["a refusal", () => new Refusal("CONFLICT", "no")], ["a bug", () => new TypeError("oh")]])("%s rolls everything back, is thrown on, and is tried once", async (name, errorOf) => {
  let tries = 0;
  const error = errorOf();
  const work = transact(app.db, async (tx) => {
    tries++;
    await write(tx, name);
    throw error;
  });
  await expect(work).rejects.toBe(error);
  expect({ tries, kept: await notes(name) }).toEqual({ tries: 1, kept: 0 });
});

test("statements given together run in their order, and the command hears of the one that failed, not of those behind it", async () => {
  const work = transact(app.db, async (tx) => {
    const given = [write(tx, "together"), failWith(tx, "P0001"), write(tx, "together"), write(tx, "together")];
    await Promise.all(given.toReversed());
  });
  await expect(work).rejects.toMatchObject({ code: "P0001" });
  expect(await notes("together")).toBe(0);
  await transact(app.db, async (tx) => void (await Promise.all(["a", "b", "c"].map(() => write(tx, "in order")))));
  const rows = await app.db.run<{ id: string }>("test.inOrder", "select id from note where text = 'in order' order by ctid", []);
  expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).sort());
});

test("what a command still gives after it failed is not done, though the connection is free again", async () => {
  let after: Promise<unknown> = Promise.resolve();
  let kept: Tx;
  const work = transact(app.db, async (tx) => {
    kept = tx;
    const slow = async (): Promise<void> => {
      for (let round = 0; round < 20; round++) await write(tx, "too late");
    };
    after = slow();
    await Promise.all([after, failWith(tx, "P0001")]);
  });
  await expect(work).rejects.toMatchObject({ code: "P0001" });
  await expect(after).rejects.toThrow();
  await expect(write(kept!, "too late")).rejects.toThrow("over");
  expect(await notes("too late")).toBe(0);
});

test("all facts of one command carry one moment, and those of the next a later one", async () => {
  const books = await Books.open(app);
  const { account } = await books.customer();
  await books.bill(account, { number: "T-1", total: "100.00" });
  await books.pay({ account, amount: "90.00", lines: [{ reference: "T-1", gross: "100.00", deduction: "10.00", customerCode: "22" }] });
  // The row of an item that was settled belongs to the transaction that settled it, and keeps the moment it was recorded at: it is left out.
  const facts = ["journal_entry", "invoice", "payment", "application", "deduction", "event"];
  const commands = await app.db.source.query<{ moments: bigint; facts: string[] }[]>(
    `select count(distinct at) as moments, array_agg(distinct fact order by fact) as facts
       from (${facts.map((table) => `select '${table}' as fact, recorded_at as at, xmin::text as xid from ${table}`).join(" union all ")}) as fact
      group by xid order by min(at)`,
  );
  expect(commands).toEqual([
    { moments: 1n, facts: ["event"] },
    { moments: 1n, facts: ["event", "invoice", "journal_entry"] },
    { moments: 1n, facts: ["application", "deduction", "event", "journal_entry", "payment"] },
  ]);
  const items = await app.db.source.query<{ at: bigint }[]>("select count(distinct recorded_at) as at from open_item");
  expect(items).toEqual([{ at: 2n }]);
});

testOnNative("commands that lock the same customers in opposite order never meet in a deadlock", async () => {
  const [company, a, b] = [newId(), newId(), newId()];
  let tries = 0;
  const command = (customers: readonly string[]) =>
    transact(app.db, async (tx) => {
      tries++;
      await lockCustomers(tx, company, customers);
      await tx.run("test.breathe", "select 1", []);
    });
  for (let round = 0; round < 200; round++) await Promise.all([command([a, b]), command([b, a]), command([b, a, b])]);
  expect(tries).toBe(600);
});

testOnNative("a customer that one command has locked keeps another waiting, and no other customer does", async () => {
  const [company, a, b] = [newId(), newId(), newId()];
  const order: string[] = [];
  const [holds, held] = signal();
  const [mayEnd, end] = signal();
  const first = transact(app.db, async (tx) => {
    await lockCustomers(tx, company, [a]);
    held();
    await mayEnd;
    order.push("first");
  });
  await holds;
  const second = transact(app.db, async (tx) => void (await lockCustomers(tx, company, [b, a]), order.push("second")));
  await transact(app.db, async (tx) => void (await lockCustomers(tx, newId(), [newId()]), order.push("other")));
  end();
  await Promise.all([first, second]);
  expect(order).toEqual(["other", "first", "second"]);
});

/** A promise, and what fulfills it. */
function signal(): [Promise<void>, () => void] {
  let fulfill!: () => void;
  return [new Promise<void>((resolve) => (fulfill = resolve)), fulfill];
}
