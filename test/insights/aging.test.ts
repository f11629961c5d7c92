import fc from "fast-check";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { type AgingAmountsFragment, AgingDocument, type AgingQueryVariables, AgingRowsDocument, type AgingRowsQueryVariables } from "../kit/gql.ts";
import { histories } from "../openitems/history.ts";
import { Player } from "../openitems/player.ts";

let now = new Date("2026-07-10T12:00:00Z");
let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => now } });
});
beforeEach(async () => {
  now = new Date("2026-07-10T12:00:00Z");
  books = await Books.open(app);
});
afterAll(() => app.close());

const age = async (variables: AgingQueryVariables = {}) => (await app.query(books.company.as.collector, AgingDocument, variables)).aging;
const rows = async (variables: AgingRowsQueryVariables = {}) => (await app.query(books.company.as.biReader, AgingRowsDocument, variables)).agingRows;
const amounts = ({ buckets }: Pick<AgingAmountsFragment, "buckets">): string[] => buckets.map(({ amount }) => amount);

/** The only line, as the label of its only bucket with anything in it, and the amount there. */
async function only(variables: AgingQueryVariables): Promise<Record<string, string>> {
  const { buckets, lines } = await age(variables);
  expect(lines.length).toBeLessThan(2);
  return Object.fromEntries(lines.flatMap((line) => amounts(line).flatMap((amount, no) => (amount === "0.00" ? [] : [[buckets[no]!.label, amount]]))));
}

describe("case 16: aging as of a past date", () => {
  beforeEach(async () => {
    now = new Date("2026-04-30T09:00:00Z");
    const { account } = await books.customer();
    await books.bill(account, { number: "I-16", total: "1000.00", invoicedOn: "2026-04-30", dueOn: "2026-05-30" });
    now = new Date("2026-07-03T09:00:00Z");
    const { payment } = await books.pay({ account, amount: "1000.00", receivedOn: "2026-06-30", lines: [{ reference: "I-16", net: "1000.00" }] });
    expect(payment).toMatchObject({ status: "APPLIED" });
    now = new Date("2026-07-10T12:00:00Z");
  });

  test.each([
    ["2026-04-29", undefined, {}],
    ["2026-05-30", undefined, { current: "1000.00" }],
    ["2026-05-31", undefined, { "1-30": "1000.00" }],
    ["2026-06-29", undefined, { "1-30": "1000.00" }],
    ["2026-06-30", undefined, {}],
    ["2026-06-30", "2026-07-01T00:00:00Z", { "31-60": "1000.00" }],
    ["2026-06-30", "2026-07-03T09:00:00Z", {}],
  ])("as of %s, known at %s", async (asOf, knownAt, expected) => {
    expect(await only({ asOf, ...(knownAt && { knownAt }) })).toEqual(expected);
  });

  test("the answer says which day and moment it is of, and asked again with that moment it is the same for ever", async () => {
    const before = await age({ asOf: "2026-06-30" });
    expect(before).toMatchObject({ asOf: "2026-06-30", knownAt: "2026-07-10T12:00:00Z", by: "CUSTOMER", basis: "DUE_DATE", lines: [] });
    now = new Date("2026-07-11T12:00:00Z");
    const { account } = await books.customer();
    await books.bill(account, { number: "LATE", total: "5.00", invoicedOn: "2026-06-01", dueOn: "2026-06-20" });
    expect(await age({ asOf: "2026-06-30", knownAt: before.knownAt })).toEqual(before);
    expect(await only({ asOf: "2026-06-30" })).toEqual({ "1-30": "5.00" });
    expect(await age()).toMatchObject({ asOf: "2026-07-11", knownAt: "2026-07-11T12:00:00Z" });
  });

  test("by the date of the invoice it is 61 days old on 2026-06-30, and was due 31 days before", async () => {
    const { lines } = await age({ asOf: "2026-06-30", knownAt: "2026-07-01T00:00:00Z", basis: "INVOICE_DATE" });
    expect(lines).toMatchObject([{ balance: { amount: "1000.00" }, pastDue: { amount: "1000.00" } }]);
    expect(amounts(lines[0]!)).toEqual(["0.00", "0.00", "0.00", "1000.00", "0.00", "0.00"]);
  });
});

describe("what an aging adds up", () => {
  let [first, second] = ["", ""];
  beforeEach(async () => {
    first = (await books.customer({ name: "Amber Foods" })).account;
    second = (await books.customer({ name: "Birch Stores" })).account;
    await books.reason({ customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2026-01-01" });
    await books.bill(first, { number: "A-1", total: "100.00", dueOn: "2026-07-15" }, { number: "A-2", total: "300.00", dueOn: "2026-06-15" }, { number: "A-3", total: "5000", currency: "JPY", dueOn: "2026-01-02", invoicedOn: "2026-01-02" });
    await books.bill(second, { number: "B-1", total: "70.00", dueOn: "2026-07-10" });
    // A-2 is paid short: 50.00 of it stands on as a deduction of 2026-06-20, which is 20 days old on 2026-07-10.
    await books.pay({ account: first, amount: "250.00", receivedOn: "2026-06-20", lines: [{ reference: "A-2", gross: "300.00", deduction: "50.00", customerCode: "22", net: "250.00" }] });
    await books.pay({ account: second, amount: "90.00", receivedOn: "2026-07-01" });
    await books.pay({ amount: "11.00", receivedOn: "2026-07-02", payerName: "Nobody we know" });
  });

  test("a deduction ages from the day it was taken, cash that is not applied has its own column, and currencies are never added", async () => {
    const { lineCount, lines, totals } = await age();
    const [zero, none] = ["0.00", null];
    expect(lineCount).toBe(4);
    expect(lines.map(({ customer, currency, itemCount, ...line }) => [customer?.accountNumber ?? none, currency, amounts(line), line.credits.amount, line.balance.amount, line.deductions.amount, line.pastDue.amount, itemCount])).toEqual([
      [first, "JPY", ["0", "0", "0", "0", "0", "5000"], "0", "5000", "0", "5000", 1],
      [first, "USD", ["100.00", "50.00", zero, zero, zero, zero], zero, "150.00", "50.00", "50.00", 2],
      [second, "USD", ["70.00", zero, zero, zero, zero, zero], "-90.00", "-20.00", zero, zero, 2],
      [none, "USD", [zero, zero, zero, zero, zero, zero], "-11.00", "-11.00", zero, zero, 1],
    ]);
    expect(totals.map((line) => [line.currency, line.credits.amount, line.balance.amount, line.customer])).toEqual([["JPY", "0", "5000", null], ["USD", "-101.00", "119.00", null]]);
  });

  test("by company and by currency there is one line per currency, and one currency may be asked for", async () => {
    for (const by of ["COMPANY", "CURRENCY"] as const) {
      expect((await age({ by })).lines.map((line) => [line.currency, line.balance.amount, line.customer])).toEqual([["JPY", "5000", null], ["USD", "119.00", null]]);
    }
    expect((await age({ currency: "JPY" })).lines.map((line) => line.balance.amount)).toEqual(["5000"]);
  });

  test("buckets are data", async () => {
    const { buckets, lines } = await age({ currency: "USD", by: "CURRENCY", buckets: [-5, 0, 15] });
    expect(buckets.map(({ label }) => label)).toEqual(["up to -5", "-4 to 0", "1-15", "over 15"]);
    expect(amounts(lines[0]!)).toEqual(["100.00", "70.00", "0.00", "50.00"]);
  });

  test("lines come in pages, and totals are over all of them", async () => {
    const whole = await age();
    const pages = [await age({ limit: 3 }), await age({ limit: 3, offset: 3 })];
    expect(pages.flatMap(({ lines }) => lines)).toEqual(whole.lines);
    for (const page of pages) expect(page).toMatchObject({ lineCount: 4, totals: whole.totals });
  });

  test("the flat rows say the same as scalars: one per bucket with anything in it, and one for credits", async () => {
    const found = await rows({ currency: "USD" });
    expect(found.map((row) => [row.accountNumber, row.customerName, row.bucketNo, row.bucket, row.fromDays, row.toDays, row.amount, row.amountValue, row.deductionsValue, row.pastDueValue, row.itemCount])).toEqual([
      [first, "Amber Foods", 0, "current", null, 0, "100.00", 100, 0, 0, 1],
      [first, "Amber Foods", 1, "1-30", 1, 30, "50.00", 50, 50, 50, 1],
      [second, "Birch Stores", 0, "current", null, 0, "70.00", 70, 0, 0, 1],
      [second, "Birch Stores", null, "credits", null, null, "-90.00", -90, 0, 0, 1],
      [null, null, null, "credits", null, null, "-11.00", -11, 0, 0, 1],
    ]);
    expect(found[0]).toMatchObject({ company: books.company.code, asOf: "2026-07-10", knownAt: "2026-07-10T12:00:00Z", basis: "DUE_DATE", currency: "USD", customerId: expect.any(String) });
    expect(await rows({ currency: "USD", limit: 2, offset: 1 })).toEqual(found.slice(1, 3));
  });

  test("it agrees with the control accounts at every date", async () => {
    for (const asOf of ["2026-01-01", "2026-03-01", "2026-06-20", "2026-07-01", "2026-07-02", "2026-07-10"]) {
      const { lines } = await books.control({ asOf });
      const sums = new Map<string, bigint>();
      for (const { ledger } of lines) sums.set(ledger.currency, (sums.get(ledger.currency) ?? 0n) + BigInt(ledger.amount.replace(".", "")));
      const { totals } = await age({ asOf });
      expect(Object.fromEntries(totals.map((line) => [line.currency, BigInt(line.balance.minorUnits)]))).toEqual(Object.fromEntries([...sums].filter(([, minor]) => minor !== 0n)));
    }
  });
});

test.each([
  [{ buckets: [30, 0] }, "VALUE_INVALID", "buckets"],
  [{ buckets: [] }, "VALUE_INVALID", "buckets"],
  [{ currency: "XXQ" }, "CURRENCY_UNKNOWN", "currency"],
  [{ limit: 0 }, "LIMIT_EXCEEDED", "limit"],
  [{ limit: 10_001 }, "LIMIT_EXCEEDED", "limit"],
  [{ offset: -1 }, "VALUE_INVALID", "offset"],
])("a question that makes no sense is refused: %j", async (variables, refusal, field) => {
  // A limit of the house is told by its own code, like every other limit.
  const code = refusal === "LIMIT_EXCEEDED" ? refusal : "BAD_USER_INPUT";
  for (const { data, errors } of [await app.ask(books.company.as.collector, AgingDocument, variables), await app.ask(books.company.as.collector, AgingRowsDocument, variables)]) {
    expect({ data, errors }).toMatchObject({ data: null, errors: [{ extensions: { code, refusal, field: [field] } }] });
  }
});

test("nobody ages the books of a company they do not work in", async () => {
  const other = await app.company();
  const [token, variables, refused] = [books.company.as.controller, { company: other.code }, [{ extensions: { code: "FORBIDDEN" } }]];
  expect((await app.ask(token, AgingDocument, variables)).errors).toMatchObject(refused);
  expect((await app.ask(token, AgingRowsDocument, variables)).errors).toMatchObject(refused);
});

test("whatever happened to the books, the aging of today is what items carry, customer by customer", async () => {
  const kept = fc.asyncProperty(histories(40, 3), async (history) => {
    const player = await Player.begin(app);
    for (const step of history) await player.step(step);
    books = player.books;
    const carried = await app.db.run<{ customer: string | null; currency: string; minor: bigint; items: number }>(
      "test.carried",
      `select customer.account_number as customer, item.currency, sum(case when item.kind in ('PAYMENT', 'CREDIT_MEMO') then -item.open_minor else item.open_minor end)::bigint as minor, count(*)::int as items
         from open_item item left join customer on customer.company_id = item.company_id and customer.id = item.customer_id
        where item.company_id = $1 and item.open_minor > 0 group by 1, 2`,
      [player.companyId],
    );
    expect(carried.length).toBeGreaterThan(3);
    const told = (await age()).lines.map((line) => [line.customer?.accountNumber ?? null, line.currency, line.balance.minorUnits, line.itemCount].join());
    expect(told.sort()).toEqual(carried.map((it) => [it.customer, it.currency, String(it.minor), it.items].join()).sort());
  });
  await fc.assert(kept, { numRuns: 3, endOnFailure: true });
});
