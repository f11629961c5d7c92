import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { importBook } from "../imports/books.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { type AgingAmountsFragment, AgingDocument, AgingRowsDocument, CompanyHabitsDocument, type CompanyHabitsQuery, ControlAccountDocument, HabitRowsDocument } from "../kit/gql.ts";

const DATA = join(import.meta.dirname, "../../../shared/data");
const MAPS = join(import.meta.dirname, "../../src/imports/maps");
const there = existsSync(DATA);
if (!there) console.warn(`SKIPPED: aging and payment habits of the IBM and HighRadius books, because ${DATA} is not there.`);
const onRealData = there ? test : test.skip;
const json = (path: string) => JSON.parse(readFileSync(join(DATA, path), "utf8"));

let t: TestApp;
let company: FoundedCompany;
beforeAll(async () => void (t = await openTestApp()));
afterAll(() => t.close());

/** Imports a book into a company of its own, as its people would. */
async function bringIn(file: string, map: string): Promise<void> {
  company = await t.company();
  const run = await importBook(t, company, readFileSync(join(DATA, file)), { map: readFileSync(join(MAPS, map), "utf8") });
  expect(run).toMatchObject({ status: "POSTED", counts: { rejects: 0 } });
}

const age = async (variables: object) => (await t.query(company.as.collector, AgingDocument, variables)).aging;

/** A line as the expected figures write it: buckets with anything in them, by label. */
const amountsOf = ({ buckets }: Pick<AgingAmountsFragment, "buckets">, labels: readonly { label: string }[]): Record<string, string> =>
  Object.fromEntries(buckets.flatMap(({ amount }, no) => (amount === "0.00" ? [] : [[labels[no]!.label, amount]])));

/** How many items are in each bucket, from the flat rows. */
async function countsOf(variables: object): Promise<Record<string, number>> {
  const { agingRows } = await t.query(company.as.biReader, AgingRowsDocument, { by: "CURRENCY", ...variables });
  return Object.fromEntries(agingRows.map(({ bucket, itemCount }) => [bucket, itemCount]));
}

/** What the control accounts hold on a day, by currency, in minor units; nothing of accounts that are at zero. */
async function controlOf(asOf: string): Promise<Record<string, bigint>> {
  const { controlAccount } = await t.query(company.as.controller, ControlAccountDocument, { asOf });
  expect(controlAccount.agrees).toBe(true);
  const sums: Record<string, bigint> = {};
  for (const { ledger } of controlAccount.lines) sums[ledger.currency] = (sums[ledger.currency] ?? 0n) + BigInt(ledger.amount.replace(".", ""));
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0n));
}

type CustomerHabits = NonNullable<NonNullable<NonNullable<NonNullable<CompanyHabitsQuery["customers"]>["edges"]>[number]>["node"]>;

/** The habits of every customer in one currency, over everything up to a day, page by page through the graph. */
async function habitsOf(asOf: string, currency: string): Promise<CustomerHabits[]> {
  const found: CustomerHabits[] = [];
  for (let after: string | null = null; ; ) {
    const { customers }: CompanyHabitsQuery = await t.query(company.as.collector, CompanyHabitsDocument, { asOf, currency, first: 100, after });
    found.push(...customers!.edges!.map((edge) => edge!.node!));
    if (!customers!.pageInfo.hasNextPage) return found;
    after = customers!.pageInfo.endCursor ?? null;
  }
}

type Counted = "paidCount" | "lateCount" | "earlyCount" | "daysToPaySum" | "daysBeyondTermsSum" | "daysLateSum";
const sum = (customers: readonly CustomerHabits[], name: Counted): number => customers.reduce((total, { habits }) => total + habits[name], 0);

describe("the IBM book", () => {
  onRealData("is imported", () => bringIn("ibm-ar/WA_Fn-UseC_-Accounts-Receivable.csv", "ibm-ar.json"), 120_000);

  onRealData.each(["2012-06-30", "2012-12-31", "2013-06-30", "2013-12-31"])("stands open as of %s as the expected figures say, bucket by bucket", async (asOf) => {
    const expected = json("expected/ibm.json").open_as_of[asOf];
    const { buckets, lines } = await age({ asOf, by: "CURRENCY" });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ currency: "USD", balance: { amount: expected.amount }, credits: { amount: "0.00" }, itemCount: expected.invoices });
    const aging = Object.entries<[number, string]>(expected.ageing);
    expect(amountsOf(lines[0]!, buckets)).toEqual(Object.fromEntries(aging.map(([label, [, amount]]) => [label, amount])));
    expect(await countsOf({ asOf })).toEqual(Object.fromEntries(aging.map(([label, [count]]) => [label, count])));
    expect(await controlOf(asOf)).toEqual({ USD: BigInt(lines[0]!.balance.minorUnits) });
  });

  onRealData("has nothing open today, and before its import nothing was known of it", async () => {
    expect(await age({})).toMatchObject({ lineCount: 0, totals: [] });
    expect(await age({ asOf: "2013-06-30", knownAt: "2020-01-01T00:00:00Z" })).toMatchObject({ lineCount: 0, knownAt: "2020-01-01T00:00:00Z" });
  });

  onRealData("was paid 877 times late: 8,489 days when early payers do not make up for it, -8,767 when they do", async () => {
    const expected = json("expected/ibm.json");
    const customers = await habitsOf("2014-12-31", "USD");
    expect(customers).toHaveLength(expected.customers);
    expect({
      rows: sum(customers, "paidCount"), late_rows: sum(customers, "lateCount"), days_late_sum: sum(customers, "daysLateSum"), days_to_settle_sum: sum(customers, "daysToPaySum"),
    }).toEqual((({ rows, late_rows, days_late_sum, days_to_settle_sum }) => ({ rows, late_rows, days_late_sum, days_to_settle_sum }))(expected));
    expect(sum(customers, "daysBeyondTermsSum")).toBe(-8767);
    const byAccount = new Map(customers.map(({ accountNumber, habits }) => [accountNumber, [habits.paidCount, habits.paid.minorUnits, habits.lateCount]]));
    for (const [number, rows, amount, late] of expected.top10) expect(byAccount.get(number)).toEqual([rows, amount.replace(".", ""), late]);
  });
});

describe("the HighRadius book", () => {
  const expected = there ? json("expected/highradius_give60.json").deduplicated : null;
  const perCustomer: Record<string, string>[] = there ? parse(readFileSync(join(DATA, "expected/highradius_give60_per_customer_dedup.csv")), { columns: true }) : [];

  onRealData("is imported", () => bringIn("highradius/highradius_50k_rebuilt_give60.csv", "highradius-book.json"), 240_000);

  onRealData("had USD 108,156,599.87 and CAD 15,688,869.45 open as of 2020-03-31", async () => {
    const { lines } = await age({ asOf: "2020-03-31", by: "CURRENCY" });
    expect(lines.map(({ currency, balance, credits }) => [currency, balance.amount, credits.amount])).toEqual([["CAD", "15688869.45", "0.00"], ["USD", "108156599.87", "0.00"]]);
    expect(await controlOf("2020-03-31")).toEqual({ CAD: 1568886945n, USD: 10815659987n });
  });

  onRealData.each([["2020-05-31", 90], ["2021-12-31", null]])("as of %s, with everything posted, what is open ages as the expected figures say", async (asOf, last) => {
    const { buckets, lines } = await age({ asOf, by: "CURRENCY", buckets: [0, 30, 60, 90] });
    for (const { currency, balance, ...line } of lines) {
      expect(balance.amount).toBe(expected[currency].open);
      if (last === null) continue;
      const aging = Object.entries<[number, string]>(expected[`ageing_of_isOpen_rows_${asOf}`][currency]);
      const labelOf = (label: string): string => (label === "90+" ? "over 90" : label);
      expect(amountsOf(line, buckets)).toEqual(Object.fromEntries(aging.map(([label, [, amount]]) => [labelOf(label), amount])));
      expect(await countsOf({ asOf, currency, buckets: [0, 30, 60, 90] })).toEqual(Object.fromEntries(aging.map(([label, [count]]) => [labelOf(label), count])));
    }
    expect(lines).toHaveLength(2);
  });

  onRealData("owes today what its items carry and its control accounts hold, customer by customer", async () => {
    const { lines, totals } = await age({});
    const open = perCustomer.filter((it) => it["open_amount"] !== "0.00").map((it) => `${it["cust_number"]!.replace(/^0+/, "")} ${it["currency"]} ${it["open_amount"]}`);
    expect(lines.map(({ customer, currency, balance }) => `${customer!.accountNumber.replace(/^0+/, "")} ${currency} ${balance.amount}`).sort()).toEqual(open.sort());
    expect(Object.fromEntries(totals.map(({ currency, balance }) => [currency, BigInt(balance.minorUnits)]))).toEqual(await controlOf(new Date().toISOString().slice(0, 10)));
  });

  onRealData.each(["USD", "CAD"])("was paid in %s as late as the expected figures say, customer by customer", async (currency) => {
    const customers = (await habitsOf("2021-12-31", currency)).filter(({ habits }) => habits.paidCount > 0);
    const text = (...figures: readonly unknown[]): string => figures.join(" ");
    expect(customers.map(({ accountNumber, habits: { paidCount, paid, lateCount, daysBeyondTermsSum } }) => text(accountNumber.replace(/^0+/, ""), paidCount, BigInt(paid.minorUnits), lateCount, daysBeyondTermsSum)).sort()).toEqual(
      perCustomer
        .filter((it) => it["currency"] === currency && it["paid_rows"] !== "0")
        .map((it) => text(it["cust_number"]!.replace(/^0+/, ""), it["paid_rows"], BigInt(it["paid_amount"]!.replace(".", "")), it["late_rows"], it["days_late_sum"]))
        .sort(),
    );
    const { paid_rows, late_rows, early_rows, on_due_date_rows, days_late_sum } = expected[currency];
    const found = { paid_rows: sum(customers, "paidCount"), late_rows: sum(customers, "lateCount"), early_rows: sum(customers, "earlyCount"), days_late_sum: sum(customers, "daysBeyondTermsSum") };
    expect({ ...found, on_due_date_rows: found.paid_rows - found.late_rows - found.early_rows }).toEqual({ paid_rows, late_rows, early_rows, days_late_sum, on_due_date_rows });
  });

  onRealData("was paid so many days late as the expected distribution says, by flat rows in pages", async () => {
    const rows: (typeof page)[number][] = [];
    const asked = { asOf: "2021-12-31", windowMonths: 120, limit: 300 };
    let { habitRows: page } = await t.query(company.as.biReader, HabitRowsDocument, asked);
    for (; page.length > 0; page = (await t.query(company.as.biReader, HabitRowsDocument, { ...asked, knownAt: rows[0]!.knownAt, offset: rows.length })).habitRows) rows.push(...page);
    expect(rows).toHaveLength(perCustomer.length);
    expect(rows.reduce((total, row) => total + row.daysBeyondTermsSum, 0)).toBe(expected.days_late_sum);
    const counts = new Map<string, number>();
    for (const currency of ["USD", "CAD"]) {
      for (const { habits } of await habitsOf("2021-12-31", currency)) for (const { label, count } of habits.lateness) counts.set(label, (counts.get(label) ?? 0) + count);
    }
    const { on_time: onTime, "90+": over, ...between } = expected.late_buckets;
    expect(Object.fromEntries(counts)).toEqual({ "on time": onTime, "over 90": over, ...between });
  });
});
