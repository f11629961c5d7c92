import { transact, type Tx } from "../../src/db/transaction.ts";
import { newId } from "../../src/db/ids.ts";
import { readGlobalId } from "../../src/graphql/global-id.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";

let app: TestApp;
let books: Books;
let companyId: string;
let account: string;
beforeAll(async () => {
  app = await openTestApp();
  books = await Books.open(app);
  companyId = readGlobalId(books.company.companyId)!.companyId;
  await books.terms({ code: "2/10", description: "2 % 10 days", netDays: 30, discounts: [{ days: 10, basisPoints: 200 }] });
  ({ account } = await books.customer());
  await books.bill(account, { number: "J-1", total: "100.00", termsCode: "2/10" });
  await books.pay({ account, amount: "90.00", lines: [{ reference: "J-1", gross: "100.00", deduction: "10.00", customerCode: "22" }] });
});
afterAll(() => app.close());

const TODAY = "2026-03-20";

const addEntry = async (tx: Tx, id: string): Promise<void> =>
  void (await tx.run("test.entry", "insert into journal_entry (company_id, id, kind, document_id, effective_on, recorded_at) values ($1, $2, 'INVOICE', $3, $4, $5)", [companyId, id, newId(), TODAY, tx.recordedAt]));

const addLine = async (tx: Tx, entryId: string, lineNo: number, minor: bigint, currency = "USD", functional: bigint | null = null): Promise<void> =>
  void (await tx.run("test.line", "insert into journal_line (company_id, entry_id, line_no, account, currency, amount_minor, functional_minor) values ($1, $2, $3, 'BANK', $4, $5, $6)", [companyId, entryId, lineNo, currency, minor, functional]));

/** Rows of every table. */
async function everything(): Promise<Record<string, bigint>> {
  const tables = await app.db.run<{ name: string }>("test.tables", "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1", []);
  const counts = await app.db.source.query<{ name: string; count: bigint }[]>(tables.map(({ name }) => `select '${name}' as name, (select count(*) from "${name}") as count`).join(" union all "));
  return Object.fromEntries(counts.map(({ name, count }) => [name, count]));
}

describe("the database itself refuses at commit", () => {
  test.each<[string, RegExp, (tx: Tx, id: string) => Promise<void>]>([
    ["an entry whose lines do not add up to nothing", /does not balance/, async (tx, id) => void (await addLine(tx, id, 1, 100n), await addLine(tx, id, 2, -99n))],
    ["an entry that balances only across currencies", /does not balance/, async (tx, id) => void (await addLine(tx, id, 1, 100n, "USD"), await addLine(tx, id, 2, -100n, "JPY"))],
    ["an entry that balances, but not in the currency of the books", /does not balance/, async (tx, id) => void (await addLine(tx, id, 1, 100n, "EUR", 110n), await addLine(tx, id, 2, -100n, "EUR", -109n))],
    ["an entry without lines", /has no lines/, async () => {}],
  ])("%s", async (_rule, message, lines) => {
    const before = await everything();
    let written = false;
    const work = transact(app.db, async (tx) => {
      const id = newId();
      await addEntry(tx, id);
      await lines(tx, id);
      written = true;
    });
    await expect(work).rejects.toThrow(message);
    expect(written).toBe(true); // Every statement passed; it was the commit that failed.
    expect(await everything()).toEqual(before);
  });

  test("nothing of an entry that balances", async () => {
    const id = newId();
    await transact(app.db, async (tx) => {
      await addEntry(tx, id);
      await addLine(tx, id, 1, 100n);
      await addLine(tx, id, 2, -100n);
    });
    expect(await app.db.run("test.made", "select id from journal_entry where company_id = $1 and id = $2", [companyId, id])).toEqual([{ id }]);
  });
});

test("lines join no entry of an earlier transaction, not even a pair that balances", async () => {
  const [{ id } = { id: "" }] = await app.db.run<{ id: string }>("test.anEntry", "select id from journal_entry where company_id = $1 limit 1", [companyId]);
  const work = transact(app.db, async (tx) => {
    await tx.run("test.pair", "insert into journal_line (company_id, entry_id, line_no, account, currency, amount_minor) values ($1, $2, 90, 'BANK', 'USD', 5), ($1, $2, 91, 'BANK', 'USD', -5)", [companyId, id]);
  });
  await expect(work).rejects.toThrow(/earlier transaction/);
});

test.each([
  ["journal_entry", "kind"], ["journal_line", "account"], ["application", "kind"], ["event", "kind"], ["invoice", "segment"], ["invoice_line", "description"],
  ["invoice_discount", "basis_points"], ["payment", "reference"], ["remittance_line", "comment"], ["deduction", "reason"],
])("a row of %s is a fact: it is neither changed nor removed", async (table, column) => {
  const held = async (): Promise<bigint> => (await app.db.source.query<{ count: bigint }[]>(`select count(*) as count from ${table}`))[0]!.count;
  const before = await held();
  expect(before).toBeGreaterThan(0n);
  for (const sql of [`update ${table} set ${column} = ${column}`, `delete from ${table}`, `truncate ${table} cascade`]) {
    await expect(app.db.source.query(sql)).rejects.toThrow(/are facts/);
  }
  expect(await held()).toBe(before);
});

test.each([["below nothing", "-1"], ["above its original", "original_minor + 1"]])("an item has nothing open %s", async (_rule, open) => {
  const work = app.db.source.query(`update open_item set open_minor = ${open} where company_id = $1`, [companyId]);
  await expect(work).rejects.toThrow(/open_item_open_in_range/);
});

describe("a refused command leaves no row in any table", () => {
  test.each([
    ["a payment that names an invoice the customer does not have", { amount: "10.00", lines: [{ reference: "NOBODY-S" }] }, "NOT_FOUND"],
    ["a payment that names a settled invoice, under a key", { amount: "10.00", lines: [{ reference: "J-1" }], idempotencyKey: "once" }, "ITEM_CLOSED"],
    ["a payment whose claims take off more than its other lines use", { amount: "10.00", lines: [{ reference: "J-2", net: "70.00" }, { net: "-60.00" }] }, "VALUE_INVALID"],
  ])("%s", async (_rule, payment, code) => {
    await books.bill(account, { number: `J-2`, total: "5.00" }).catch(() => []);
    const before = await everything();
    expect((await books.pay({ account, ...payment })).userErrors).toMatchObject([{ code }]);
    expect(await everything()).toEqual(before);
  });

  test("and one that fails after it wrote takes back what it wrote", async () => {
    const before = await everything();
    const work = transact(app.db, async (tx) => {
      const id = newId();
      await addEntry(tx, id);
      await addLine(tx, id, 1, 7n);
      await addLine(tx, id, 2, -7n);
      throw new Error("late");
    });
    await expect(work).rejects.toThrow("late");
    expect(await everything()).toEqual(before);
  });
});
