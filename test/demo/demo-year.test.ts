import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoBooks } from "../../src/demo/demo-books.ts";
import type { HabitKind } from "../../src/demo/habit-kinds.ts";
import { fillServer, foundOnServer } from "../../src/demo/seed-server.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { brokenRules, keepItemHistory } from "../openitems/rules-of-books.ts";

/** One or two customers of each kind, in books that are quick to write. */
const WISH = { seed: "test", lastDay: "2026-03-18", customers: 16 };
const books = demoBooks(WISH);

let t: TestApp;
let token: string;
let folder: string;
let companyId: string;

beforeAll(async () => {
  t = await openTestApp();
  await keepItemHistory(t.db);
  folder = mkdtempSync(join(tmpdir(), "openitem-demo-"));
  writeFileSync(join(folder, "demo.json"), JSON.stringify({ ...WISH, complete: false }));
  await foundOnServer(t.url, t.app.tokens, folder);
  token = await t.token("demo");
  companyId = (await t.db.run<{ id: string }>("test.company", "select id from company", []))[0]!.id;
});
afterAll(async () => {
  await t.close();
  rmSync(folder, { recursive: true, force: true });
});

/** How much there is of each kind of fact. */
const counted = async (): Promise<unknown> =>
  (await t.db.run("test.counted", `select (select count(*)::int from customer) as customers, (select count(*)::int from invoice) as invoices, (select count(*)::int from payment) as payments,
     (select count(*)::int from deduction) as deductions, (select count(*)::int from memo) as memos, (select count(*)::int from journal_entry) as entries, (select count(*)::int from event) as events`, []))[0];

test("a filling that is stopped goes on where it was, and puts down nothing twice", async () => {
  for (const steps of [2, 3]) {
    const stop = new AbortController();
    let told = 0;
    expect(await fillServer(t.url, t.app.tokens, folder, { signal: stop.signal, progress: () => ++told === steps && stop.abort() })).toBe("STOPPED");
  }
  expect(await fillServer(t.url, t.app.tokens, folder)).toBe("COMPLETE");
  const numbered = books.facts.filter(({ number }) => number !== null).map(({ number }) => number!);
  expect(await counted()).toMatchObject({
    customers: 16, invoices: books.book.trimEnd().split("\n").length - 1 + books.facts.filter(({ command }) => command === "issueInvoice").length,
    memos: numbered.filter((it) => /^[CD]M-/.test(it)).length,
  });
}, 150_000);

test("filling once more changes nothing, even when nobody noted that it was done", async () => {
  const before = await counted();
  expect(await fillServer(t.url, t.app.tokens, folder)).toBe("COMPLETE_BEFORE");
  writeFileSync(join(folder, "demo.json"), JSON.stringify({ ...WISH, complete: false }));
  expect(await fillServer(t.url, t.app.tokens, folder)).toBe("COMPLETE");
  expect(await counted()).toEqual(before);
});

test("the books keep every rule, and ledger and open items agree", async () => {
  expect(await brokenRules(t.db, companyId)).toEqual([]);
});

interface Figure {
  readonly value: string | null;
}
interface Measured {
  readonly onTimeRate: Figure;
  readonly medianDaysBeyondTerms: Figure;
  readonly averageDaysBeyondTerms: Figure;
  readonly weightedDaysBeyondTerms: Figure;
  readonly discountTakenRate: Figure;
  readonly discountUnearnedRate: Figure;
  readonly deductionRate: Figure;
}

const HABITS = `query ($search: String!) { customers(search: $search, first: 1) { edges { node { habits(asOf: "2026-03-18") {
  onTimeRate { value } medianDaysBeyondTerms { value } averageDaysBeyondTerms { value } weightedDaysBeyondTerms { value } discountTakenRate { value } discountUnearnedRate { value } deductionRate { value } } } } } }`;

/** The habits of all customers of a kind, as the graph measures them. */
async function measured(kind: HabitKind): Promise<Record<keyof Measured, number | null>[]> {
  const all = books.customers.filter((it) => it.kind === kind);
  expect(all.length).toBeGreaterThan(0);
  return Promise.all(all.map(async ({ account }) => {
    const { customers } = await t.query<{ customers: { edges: { node: { habits: Measured } }[] } }>(token, HABITS, { search: account });
    const { habits } = customers.edges[0]!.node;
    return Object.fromEntries(Object.entries(habits).map(([name, { value }]) => [name, value === null ? null : Number(value)])) as Record<keyof Measured, number | null>;
  }));
}

const between = (from: number, to: number) => (value: number | null): boolean => value !== null && value >= from && value <= to;

/** What the graph has to find of each kind. */
test.each<[HabitKind, keyof Measured, (value: number | null) => boolean]>([
  ["PROMPT", "onTimeRate", between(95, 100)],
  ["EARLY_DISCOUNT", "discountTakenRate", between(60, 100)],
  ["EARLY_DISCOUNT", "discountUnearnedRate", between(0, 0)],
  ["LATE_DISCOUNT", "discountUnearnedRate", between(100, 100)],
  ["LATE_DISCOUNT", "discountTakenRate", between(60, 100)],
  ["STRETCHER", "medianDaysBeyondTerms", between(15, 20)],
  ["STRETCHER", "onTimeRate", between(0, 0)],
  ["LARGE_LATE", "onTimeRate", between(45, 95)],
  ["WEEKLY_RUN", "averageDaysBeyondTerms", between(1, 5)],
  ["BIWEEKLY_RUN", "averageDaysBeyondTerms", between(3, 10)],
  ["MONTH_END", "averageDaysBeyondTerms", between(5, 22)],
  ["DISTRESSED", "averageDaysBeyondTerms", between(8, 45)],
  ["DEDUCTOR", "deductionRate", between(0.5, 8)],
])("%s: %s is as intended", async (kind, figure, intended) => {
  for (const habits of await measured(kind)) expect([habits[figure], intended(habits[figure])]).toEqual([habits[figure], true]);
});

test("who pays large invoices late is later by amount than by count", async () => {
  for (const { averageDaysBeyondTerms, weightedDaysBeyondTerms } of await measured("LARGE_LATE")) expect(weightedDaysBeyondTerms!).toBeGreaterThan(averageDaysBeyondTerms! + 3);
});

test("what goes wrong in a year is there: cash of nobody, cash that fits nothing, a claim without an invoice, credits and charges", async () => {
  const { payments } = await t.query<{ payments: { edges: { node: { status: string; exception: string | null } }[] } }>(token, "{ payments(first: 200) { edges { node { status exception } } } }");
  const exceptions = new Set((await t.db.run<{ exception: string | null }>("test.exceptions", "select distinct exception from payment", [])).map((it) => it.exception));
  expect([...exceptions]).toEqual(expect.arrayContaining(["PAYER_UNKNOWN", "NO_REMITTANCE", "AMOUNT_OVER"]));
  expect(payments.edges.length).toBe(200);
  const kinds = await t.db.run<{ kind: string }>("test.kinds", "select distinct kind from application union select distinct kind from open_item where open_minor > 0", []);
  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["CASH", "EARNED_DISCOUNT", "DEDUCTION", "CLAIM", "CREDIT", "INVOICE", "PAYMENT"]));
});
