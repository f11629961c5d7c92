import { daysBetween } from "../../src/domain/dates.ts";
import { DeductionReason } from "../../src/domain/reasons.ts";
import { COMMON_CODES } from "../../src/demo/customers.ts";
import { type DemoBooks, demoBooks } from "../../src/demo/demo-books.ts";
import { HABITS } from "../../src/demo/habit-kinds.ts";

const WISH = { seed: "demo", lastDay: "2026-03-18", customers: 200 };
const books = demoBooks(WISH);
const rows = books.book.trimEnd().split("\n").slice(1).map((row) => row.split(","));

interface Payment {
  readonly account?: string;
  readonly lines?: readonly { readonly customerCode?: string; readonly deduction?: string }[];
}

test("the same seed and day give the same books, others give others", () => {
  expect(demoBooks(WISH)).toEqual(books);
  expect(demoBooks({ ...WISH, seed: "another" }).book).not.toBe(books.book);
  expect(demoBooks({ ...WISH, lastDay: "2026-03-19" }).book).not.toBe(books.book);
});

test("200 customers of different names, every kind as often as it should be", () => {
  expect(new Set(books.customers.map(({ name }) => name)).size).toBe(200);
  for (const [kind, { among200 }] of Object.entries(HABITS)) expect([kind, books.customers.filter((it) => it.kind === kind).length]).toEqual([kind, among200]);
});

test("a year that ends on its last day, in order, and thousands of invoices with a number each", () => {
  const facts = books.facts.slice(1).map(({ on }) => on);
  expect(facts).toEqual([...facts].sort());
  const days = [...facts, ...rows.flatMap(([, , , date, , cleared]) => [date!, ...(cleared ? [cleared] : [])])].sort();
  expect([days[0]! >= books.year.firstDay, days.at(-1)! <= WISH.lastDay]).toEqual([true, true]);
  expect([daysBetween(books.year.firstDay, days[0]!) < 7, daysBetween(days.at(-1)!, WISH.lastDay) < 4]).toEqual([true, true]);
  const numbers = [...rows.map(([, , number]) => number!), ...books.facts.flatMap(({ number }) => number ?? [])];
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.length).toBeGreaterThan(3_500);
});

test("more is billed before the holidays than after them", () => {
  const billed = (month: string): number => rows.filter(([, , , date]) => date!.slice(5, 7) === month).reduce((sum, row) => sum + Number(row[6]), 0);
  expect(billed("12")).toBeGreaterThan(1.4 * billed("01"));
});

/** The reasons that payments name by a code. What is taken off as a discount too late has no code: the books find it out. */
function reasonsTaken({ customers, facts }: DemoBooks): Set<DeductionReason> {
  const known = new Map([...COMMON_CODES.map(({ code, reason }) => [`/${code}`, reason] as const), ...customers.flatMap(({ account, codes }) => codes.map(({ code, reason }) => [`${account}/${code}`, reason] as const))]);
  const named = facts.filter(({ command }) => command === "recordPayment").flatMap(({ input }) => {
    const { account = "", lines = [] } = input as Payment;
    return lines.filter(({ deduction }) => deduction).map(({ customerCode }) => known.get(`${account}/${customerCode}`) ?? known.get(`/${customerCode}`));
  });
  return new Set(named.map((reason) => reason ?? DeductionReason.UNIDENTIFIED));
}

test.each(["2026-03-18", "2026-07-01", "2027-01-04"])("in the year to %s every reason is taken, and codes are used that nobody knows", (lastDay) => {
  const coded = Object.values(DeductionReason).filter((it) => it !== DeductionReason.UNEARNED_DISCOUNT);
  expect([...reasonsTaken(demoBooks({ ...WISH, lastDay }))].sort()).toEqual(coded.sort());
});
