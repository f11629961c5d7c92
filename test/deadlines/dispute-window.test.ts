import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { DeadlinesDocument, DisputeWindowsDocument, SetDisputeWindowsDocument, type SetDisputeWindowsInput } from "../kit/gql.ts";
import { Analyst } from "../deductions/analyst.ts";

let now = new Date("2026-03-20T12:00:00Z");
let app: TestApp;
let books: Books;
let customer: { id: string; account: string };
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => now } });
});
beforeEach(async () => {
  now = new Date("2026-03-20T12:00:00Z");
  books = await Books.open(app);
  customer = await books.customer();
  await books.reason({ customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
});
afterAll(() => app.close());

const set = async (windows: SetDisputeWindowsInput["windows"], effectiveOn = "2026-01-01") => (await app.query(books.company.as.analyst, SetDisputeWindowsDocument, { input: { windows, effectiveOn } })).setDisputeWindows;
const deadlines = async (customerId = customer.id) => (await app.query(books.company.as.collector, DeadlinesDocument, { customerId })).deductions!.edges!.map((it) => it!.node!);

let bills = 0;
/** A deduction of 10.00 taken from a bill of its own. */
async function taken({ account = customer.account, customerCode = "22", receivedOn = "2026-03-20", invoicedOn = "2026-03-01" } = {}): Promise<string> {
  const number = `W-${++bills}`;
  await books.bill(account, { number, total: "100.00", invoicedOn });
  const { payment, userErrors } = await books.pay({ account, amount: "90.00", receivedOn, lines: [{ reference: number, gross: "100.00", deduction: "10.00", customerCode }] });
  expect(userErrors).toEqual([]);
  return payment!.deductions[0]!.id;
}

test("of the rules that hold, that of the customer comes first, then that for the code, then that for the reason", async () => {
  const other = await books.customer();
  expect(await set([{ days: 10 }, { reason: "SHORTAGE", days: 20 }, { customerCode: "0 22", days: 30 }, { account: customer.account, days: 40 }])).toMatchObject({ userErrors: [] });
  await taken();
  await taken({ account: other.account });
  await taken({ account: other.account, customerCode: "999" });
  expect(await deadlines()).toMatchObject([{ case: { disputeBy: "2026-04-29", daysLeft: 40, disputeWindow: { customerId: customer.id, customerCode: null, days: 40, setBy: expect.any(String) } } }]);
  expect((await deadlines(other.id)).map((it) => [it.customerCode, it.case.disputeBy, it.case.disputeWindow!.customerCode])).toEqual([["999", "2026-03-30", null], ["22", "2026-04-19", "22"]]);
  await set([{ account: customer.account, reason: "SHORTAGE", days: 50 }]);
  await taken();
  expect((await deadlines())[0]!.case).toMatchObject({ disputeBy: "2026-05-09", disputeWindow: { reason: "SHORTAGE", days: 50 } });
});

test("a window counts from the invoice where the rule says so, and days left fall through nothing", async () => {
  await set([{ account: customer.account, days: 30, countsFrom: "INVOICED" }]);
  await taken();
  for (const [day, left] of [["2026-03-30", 1], ["2026-03-31", 0], ["2026-04-02", -2]] as const) {
    now = new Date(`${day}T12:00:00Z`);
    expect(await deadlines()).toMatchObject([{ case: { disputeBy: "2026-03-31", daysLeft: left } }]);
  }
});

test("a changed rule is for deductions taken from its day on; those that are there keep their deadline and their rule", async () => {
  await taken();
  await set([{ days: 30 }]);
  await set([{ days: 60 }], "2026-03-15");
  await taken({ receivedOn: "2026-03-14" });
  await taken({ receivedOn: "2026-03-15" });
  await set([{ days: null }], "2026-03-18");
  await taken({ receivedOn: "2026-03-18" });
  const found = await deadlines();
  expect(found.map((it) => [it.takenOn, it.case.disputeBy, it.case.disputeWindow?.effectiveOn ?? null])).toEqual([
    ["2026-03-20", null, null], ["2026-03-18", null, null], ["2026-03-15", "2026-05-14", "2026-03-15"], ["2026-03-14", "2026-04-13", "2026-01-01"],
  ]);
  expect((await app.query(books.company.as.biReader, DisputeWindowsDocument)).disputeWindows.map(({ days }) => days)).toEqual([null, 60, 30]);
});

test("parts have the deadline of the whole, and a whole the first of its parts', whatever the rules say by then", async () => {
  await set([{ days: 30 }]);
  const id = await taken();
  await set([{ days: 90 }]);
  const later = await taken();
  const analyst = new Analyst(books);
  await analyst.work(id, "TAKE_UP");
  expect((await analyst.split(id, "6.00", "4.00")).userErrors).toEqual([]);
  const open = async () => (await deadlines()).filter((it) => it.open.amount !== "0.00");
  expect((await open()).map((it) => [it.open.amount, it.case.disputeBy]).sort()).toEqual([["10.00", "2026-06-18"], ["4.00", "2026-04-19"], ["6.00", "2026-04-19"]]);
  expect((await analyst.merge(later, ...(await open()).filter((it) => it.id !== later).map((it) => it.id))).userErrors).toEqual([]);
  expect(await open()).toMatchObject([{ open: { amount: "20.00" }, case: { disputeBy: "2026-04-19", daysLeft: 30 } }]);
  expect((await deadlines()).find((it) => it.id === id)!.case).toMatchObject({ disputeBy: "2026-04-19", daysLeft: null });
});

test("what is no window is refused, and then none of those sent with it is set", async () => {
  expect((await set([{ days: 5 }, { days: 0 }])).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["windows", "1", "days"] }]);
  expect((await set([{ days: 5 }, { account: "nobody", days: 5 }])).userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["windows", "1", "account"] }]);
  expect((await set([{ customerCode: " ", days: 5 }])).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["windows", "0", "customerCode"] }]);
  expect((await app.query(books.company.as.analyst, DisputeWindowsDocument)).disputeWindows).toEqual([]);
  await expect(app.query(books.company.as.clerk, SetDisputeWindowsDocument, { input: { windows: [{ days: 5 }] } })).rejects.toThrow("FORBIDDEN");
});

const RETAILERS = join(import.meta.dirname, "../../../shared/data/deductions-retailer-rules/retailers.json");
const there = existsSync(RETAILERS);
if (!there) console.warn(`SKIPPED: the windows of retailers, because ${RETAILERS} is not there.`);

interface Retailer {
  readonly rules: Readonly<Record<string, { readonly dispute_window_days: number }>>;
  readonly codes: readonly { readonly code: string; readonly deduction_type: string }[];
}

(there ? test : test.skip)("the rules of retailers, by customer and code: each deduction gets the days of its retailer's rule", async () => {
  const retailers = Object.entries(JSON.parse(readFileSync(RETAILERS, "utf8")) as Record<string, Retailer>);
  for (const [accountNumber] of retailers) await books.customer({ accountNumber });
  const rules = retailers.flatMap(([account, { rules: its, codes }]) => codes.map(({ code, deduction_type: type }) => ({ account, customerCode: code, days: its[type]!.dispute_window_days })));
  expect(rules.length).toBeGreaterThan(50);
  expect((await set(rules)).disputeWindows).toHaveLength(rules.length);
  for (const { account, customerCode, days } of rules.filter((_, index) => index % 23 === 0)) {
    await taken({ account, customerCode });
    const { node } = await app.query(books.company.as.analyst, `query ($id: ID!) { node(id: $id) { ... on Deduction { case { daysLeft disputeWindow { customerCode } } } } }`, { id: await taken({ account, customerCode }) });
    expect(node.case).toMatchObject({ daysLeft: days, disputeWindow: { customerCode } });
  }
});
