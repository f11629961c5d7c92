import { execFile } from "node:child_process";
import { readGlobalId } from "../../src/graphql/global-id.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";

let app: TestApp;
let books: Books;
let companyId: string;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
  companyId = readGlobalId(books.company.companyId)!.companyId;
  const { account } = await books.customer();
  await books.bill(account, { number: "D-1", total: "100.00" }, { number: "D-2", total: "50.00" });
  await books.pay({ account, amount: "80.00", lines: [{ reference: "D-1", net: "90.00" }, { net: "-10.00", claimNumber: "CL-1" }] });
});
afterAll(() => app.close());

const LOOK = `query { openItemDrift { checked differing items { kind original { amount } carried { amount } applied { amount } } } }`;
const REBUILD = `mutation { rebuildOpenItems(input: {}) { mended { checked differing items { carried { amount } applied { amount } } } userErrors { code message } } }`;

const look = async () => (await app.query(books.company.as.controller, LOOK)).openItemDrift;
const rebuild = async () => (await app.query(books.company.as.controller, REBUILD)).rebuildOpenItems;

/** Lets the item of an invoice carry another amount than its applications leave, as only a fault could. */
const spoil = (number: string, minor: number): Promise<unknown> =>
  app.db.source.query("update open_item set open_minor = open_minor + $3 from invoice where open_item.company_id = $1 and document_id = invoice.id and invoice.company_id = $1 and number = $2", [companyId, number, minor]);

/** Runs the command as a person would, as a client of this server. Answers with its exit code and what it printed. */
const command = (token: string, ...args: readonly string[]): Promise<{ code: number; told: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, OPENITEM_TOKEN: token, OPENITEM_SECRET: "a secret that no command of a client needs", DATABASE_URL: "" };
    execFile(process.execPath, ["--import", "tsx", "src/commands/rebuild.ts", "--url", app.url, ...args], { env }, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, told: out + err }));
  });

test("items of sound books carry what their applications leave open, and rebuilding changes nothing", async () => {
  expect(await look()).toEqual({ checked: 5, differing: 0, items: [] });
  expect(await rebuild()).toEqual({ mended: { checked: 5, differing: 0, items: [] }, userErrors: [] });
});

test("an item that carries another amount is found and set to what its applications leave", async () => {
  await spoil("D-2", -7_00);
  expect(await look()).toEqual({ checked: 5, differing: 1, items: [{ kind: "INVOICE", original: { amount: "50.00" }, carried: { amount: "43.00" }, applied: { amount: "50.00" } }] });
  expect(await rebuild()).toEqual({ mended: { checked: 5, differing: 1, items: [{ carried: { amount: "43.00" }, applied: { amount: "50.00" } }] }, userErrors: [] });
  expect(await look()).toEqual({ checked: 5, differing: 0, items: [] });
});

test("what another company's items carry is neither told nor touched", async () => {
  const other = await Books.open(app);
  await spoil("D-2", -1_00);
  const answer = await app.query(other.company.as.controller, REBUILD);
  expect(answer.rebuildOpenItems).toEqual({ mended: { checked: 0, differing: 0, items: [] }, userErrors: [] });
  expect(await look()).toMatchObject({ differing: 1 });
});

test("a clerk may neither look nor rebuild", async () => {
  for (const operation of [LOOK, REBUILD]) {
    const { errors } = await app.ask(books.company.as.clerk, operation);
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  }
});

test("npm run rebuild fails while items differ, mends them when told to, and tells who may not", async () => {
  const [token, code] = [books.company.as.controller, books.company.code];
  await spoil("D-2", -7_00);
  expect(await command(token, "--company", code)).toEqual({ code: 1, told: expect.stringMatching(/5 open items checked, 1 differ\.\n.*carried 43\.00, by applications 50\.00\n.*--repair/) });
  expect(await command(token, "--repair")).toEqual({ code: 0, told: expect.stringContaining("1 differed and were set") });
  expect(await look()).toMatchObject({ differing: 0 });
  expect(await command(books.company.as.clerk)).toEqual({ code: 1, told: expect.stringContaining("ledger:read") });
}, 120_000);
