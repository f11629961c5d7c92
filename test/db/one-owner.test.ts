import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Tokens } from "../../src/companies/tokens.ts";
import { folderOwner } from "../../src/db/folder-lock.ts";
import { TEST_SECRET } from "../kit/app.ts";
import { ask, dataOf } from "../kit/ask.ts";
import { openEmptyDatabase, testOnNative } from "../kit/database.ts";
import { subscribe } from "../kit/live.ts";
import { runToEnd, type ServerProcess, type Settings, startServer } from "../kit/process.ts";

const GOING_AWAY = 1001;
const DATABASE_OF_YOUR_OWN = "postgres://nobody@127.0.0.1:1/nowhere";

let folder: string;
let settings: Settings;
let server: ServerProcess | null = null;
const tokens = new Tokens(TEST_SECRET);
const operator = await tokens.sign({ subject: "operator", operator: true }, 3600);
const boss = await tokens.sign({ subject: "boss", operator: false }, 3600);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "openitem-owner-"));
  settings = { OPENITEM_DATA: folder, OPENITEM_SECRET: TEST_SECRET };
});
afterAll(async () => {
  await server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const FOUND = `mutation ($code: String!) { createCompany(input: { code: $code, name: "Owner Inc.", functionalCurrency: "USD", administrator: "boss" }) { company { code } userErrors { message } } }`;
const BOOKS = `query ($company: String!) { invoices(company: $company) { edges { node { number total { amount currency } customer { name } } } } }`;

/** A company with its administrator, made through a running server. */
const found = async (code: string): Promise<void> =>
  expect(dataOf(await ask(server!.url, operator, FOUND, { code }))).toEqual({ createCompany: { company: { code }, userErrors: [] } });

/** The invoices that a running server shows of a company. */
async function invoices(company: string): Promise<unknown[]> {
  const data = dataOf(await ask<{ invoices: { edges: { node: unknown }[] } }>(server!.url, boss, BOOKS, { company }));
  return data.invoices.edges.map(({ node }) => node);
}

/** A file of one open invoice in the first HighRadius layout. */
function bookFile(): string {
  const path = join(folder, "book.csv");
  const header = "business_code,cust_number,cust_number_raw,name_customer,clear_date,doc_id,posting_date,document_create_date,due_in_date,invoice_currency,total_open_amount,baseline_create_date,cust_payment_terms,invoice_id,isOpen";
  const row = "U001,200769623,0200769623,WAL-MAR corp,,1930438491,2020-01-26,2020-01-25,2020-02-10,USD,54273.28,2020-01-26,NAH4,1930438491,1";
  writeFileSync(path, `${header}\n${row}\n`);
  return path;
}
const IMPORTED = { number: "1930438491", total: { amount: "54273.28", currency: "USD" }, customer: { name: "WAL-MAR corp" } };

describe("while a server runs on the embedded folder", () => {
  beforeAll(async () => {
    server = await startServer(settings);
    await found("first");
  });

  test("it owns the folder, and offers a token", () => {
    expect(folderOwner(folder)?.pid).toBe(server!.pid);
    expect(server!.token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  test("a second server refuses and names the owner", async () => {
    const { code, output } = await runToEnd("src/main.ts", [], { ...settings, PORT: "0" });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(`belongs to process ${server!.pid}, since `) });
    expect(output).not.toContain("    at ");
  });

  test("migrating by hand refuses and names the owner", async () => {
    const { code, output } = await runToEnd("src/commands/migrate.ts", [], settings);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(`belongs to process ${server!.pid}, since `) });
  });

  test("an import works through the server", async () => {
    const { code, output } = await runToEnd("src/commands/import.ts", ["--map", "highradius-book", "--company", "first", bookFile()], {
      ...settings, PORT: String(server!.port), OPENITEM_TOKEN: boss,
    });
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining("Imported") });
    expect(await invoices("first")).toEqual([IMPORTED]);
  });

  test("an import that does not find the server refuses and names the owner", async () => {
    const { code, output } = await runToEnd("src/commands/import.ts", ["--map", "highradius-book", bookFile()], { ...settings, PORT: "1", OPENITEM_TOKEN: boss });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(`belongs to process ${server!.pid}, since `) });
  });

  test("none of them took the folder or harmed what is in it", async () => {
    expect(folderOwner(folder)?.pid).toBe(server!.pid);
    expect(await invoices("first")).toEqual([IMPORTED]);
  });
});

describe("when the server is gone", () => {
  test("killed, it leaves a lock that the next server takes over, with all that was recorded", async () => {
    const { pid, kill } = server!;
    await found("last-moment");
    expect(await kill()).toEqual({ code: null, signal: "SIGKILL" });
    expect(JSON.parse(readFileSync(join(folder, "owner.json"), "utf8"))).toMatchObject({ pid });
    server = await startServer(settings);
    expect(folderOwner(folder)?.pid).toBe(server.pid);
    expect(await invoices("first")).toEqual([IMPORTED]);
    expect(await invoices("last-moment")).toEqual([]);
  });

  test("told to stop, it says goodbye to its subscribers, ends in order and gives the lock back", async () => {
    const live = subscribe(server!.url, boss, `subscription { invoiceChanged(company: "first") { cursor } }`);
    expect(await live.next()).toEqual({ invoiceChanged: { cursor: expect.any(String) } });
    expect(await server!.stop()).toEqual({ code: 0, signal: null });
    expect(await live.closed).toBe(GOING_AWAY);
    expect(existsSync(join(folder, "owner.json"))).toBe(false);
    server = null;
  });

  test("migrating by hand takes the folder, finds it up to date, and gives it back", async () => {
    expect(await runToEnd("src/commands/migrate.ts", [], settings)).toEqual({ code: 0, signal: null, output: "The database is up to date.\n" });
    expect(existsSync(join(folder, "owner.json"))).toBe(false);
  });
});

describe("with a database of your own", () => {
  test("no server starts without a secret to sign tokens with", async () => {
    const { code, output } = await runToEnd("src/main.ts", [], { OPENITEM_DATA: folder, DATABASE_URL: DATABASE_OF_YOUR_OWN });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining("DATABASE_URL is set, so OPENITEM_SECRET must be too") });
    expect(output).not.toContain("    at ");
  });

  test("a short secret is refused, with how long it must be", async () => {
    const { code, output } = await runToEnd("src/main.ts", [], { OPENITEM_DATA: folder, DATABASE_URL: DATABASE_OF_YOUR_OWN, OPENITEM_SECRET: "too short" });
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining("needs at least 32") });
  });

  testOnNative("no demo company is seeded and no token is offered", async () => {
    const database = await openEmptyDatabase();
    const own = await startServer({ OPENITEM_DATA: folder, DATABASE_URL: database.url!, OPENITEM_SECRET: TEST_SECRET });
    try {
      expect(own.token).toBeNull();
      for (const table of ["company", "member", "customer", "event"]) expect([table, await database.db.run(`rows.${table}`, `select * from ${table}`, [])]).toEqual([table, []]);
      expect(await own.stop()).toEqual({ code: 0, signal: null });
    } finally {
      await own.kill();
      await database.close();
    }
  });
});
