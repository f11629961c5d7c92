import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dayOf } from "../../src/domain/dates.ts";
import { demoBooks } from "../../src/demo/demo-books.ts";
import { TEST_SECRET } from "../kit/app.ts";
import { ask, dataOf } from "../kit/ask.ts";
import { subscribe } from "../kit/live.ts";
import { runToEnd, runUntil, type ServerProcess, type Settings, startServer } from "../kit/process.ts";

const PAYMENTS = 20;
const SCRIPT = "src/commands/demo-live.ts";
const CONTROL = "{ controlAccount { agrees } }";
const BILLED = "subscription ($after: String) { invoiceChanged(after: $after) { cursor invoice { id } } }";
const RECEIVED = "subscription ($after: String) { paymentReceived(after: $after) { cursor payment { id } } }";

/** A small demo, so that its year is quick to write. */
const WISH = { seed: "live", lastDay: dayOf(new Date()), customers: 14 };

let folder: string;
let settings: Settings;
let server: ServerProcess;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "openitem-live-"));
  settings = { OPENITEM_DATA: folder, OPENITEM_SECRET: TEST_SECRET, OPENITEM_DEMO: "on" };
  writeFileSync(join(folder, "demo.json"), JSON.stringify({ ...WISH, complete: false }));
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything of a kind that the demo's person may read, by a page of 200 after another. */
async function all(field: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const page: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = dataOf(
      await ask<Record<string, never>>(server.url, server.token!, `query ($after: String) { ${field}(first: 200, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`, { after }),
    )[field]!;
    ids.push(...page.edges.map(({ node }) => node.id));
    if (!page.pageInfo.hasNextPage) return ids;
    after = page.pageInfo.endCursor;
  }
}

test("a new folder is served at once, its year follows, and a server that is killed meanwhile goes on with it", async () => {
  server = await startServer(settings);
  await server.says("The demo company is taking a year");
  const live = subscribe(server.url, server.token!, BILLED);
  while (!(await live.next()).invoiceChanged.invoice) continue;
  await server.kill();
  server = await startServer(settings);
  await server.says("The demo company has its year on the books");
  const { book, facts, customers } = demoBooks(WISH);
  expect((await all("invoices")).length).toBe(book.trimEnd().split("\n").length - 1 + facts.filter(({ command }) => command === "issueInvoice").length);
  expect((await all("customers")).length).toBe(customers.length);
  expect(JSON.parse(readFileSync(join(folder, "demo.json"), "utf8"))).toEqual({ ...WISH, complete: true });
}, 120_000);

test("payments come in one after another, each told to who watches, and none is refused", async () => {
  const before = new Set(await all("payments"));
  const live = subscribe(server.url, server.token!, RECEIVED);
  await live.next();
  const { code, output } = await runToEnd(SCRIPT, ["--url", server.url, "--every", "1ms", "--count", String(PAYMENTS), "--seed", "test"], settings);
  expect([code, output]).toEqual([0, expect.stringContaining(`${PAYMENTS} payments sent`)]);
  expect(output).not.toContain("Refused");
  const told = new Set<string>();
  while (told.size < PAYMENTS) {
    const { payment } = (await live.next()).paymentReceived;
    if (payment && !before.has(payment.id)) told.add(payment.id);
  }
  await live.close();
  expect(new Set(await all("payments"))).toEqual(new Set([...before, ...told]));
  expect(dataOf(await ask<unknown>(server.url, server.token!, CONTROL))).toEqual({ controlAccount: { agrees: true } });
}, 90_000);

test("interrupted, it says what it sent and ends in order", async () => {
  const { code, output } = await runUntil("  ", SCRIPT, ["--url", server.url, "--every", "10m", "--seed", "test"], settings);
  expect([code, output]).toEqual([0, expect.stringMatching(/^\d+ payments? sent, \d+ deductions? opened\.$/m)]);
});

test.each([
  ["without a server", ["--url", "http://localhost:1"], "No server answers at http://localhost:1. Start one with npm start"],
  ["with a rate that is none", ["--every", "soon"], '--every is "soon"'],
  ["with a count that is none", ["--count", "0"], '--count is "0"'],
])("%s it says what to do", async (_when, args, message) => {
  const { code, output } = await runToEnd(SCRIPT, args, settings);
  expect([code, output]).toEqual([1, expect.stringContaining(message)]);
  expect(output).not.toMatch(/^\s+at /m);
});
