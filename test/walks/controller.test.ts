import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { AgingDocument, InvoiceScheduleDocument } from "../kit/gql.ts";
import { book, importBook } from "../imports/books.ts";
import { closePeriod, moveToFirstOpenDay } from "../ledger/period-kit.ts";
import { credit } from "../memos/books.ts";

/** A month end as a controller has it, on one set of books, step after step. */

let now = new Date("2026-11-02T09:00:00Z");
let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => now } });
  books = await Books.open(app);
});
afterAll(() => app.close());

const HARBOR = "W-100";
const BROMLEY = "W-200";
const LIST = [
  `${HARBOR},Harbor Street,B-1001,2026-06-05,2026-07-05,2026-07-20,USD,1250.00`,
  `${HARBOR},Harbor Street,B-1002,2026-08-05,2026-09-04,,USD,980.40`,
  `${HARBOR},Harbor Street,B-1003,2026-09-28,2026-10-28,,USD,2210.75`,
  `${BROMLEY},Bromley Foods,B-2001,2026-10-15,2026-11-14,,USD,4400.00`,
];

/** What each account has open by age, all buckets that hold anything; the books agree with their ledger at the same two clocks. */
async function aging(asOf: string, knownAt?: string): Promise<{ readonly knownAt: string; readonly open: Record<string, Record<string, string>> }> {
  const { aging: at } = await app.query(books.company.as.controller, AgingDocument, { asOf, ...(knownAt && { knownAt }) });
  expect(await books.control({ asOf, knownAt: at.knownAt })).toMatchObject({ agrees: true });
  const line = ({ buckets }: (typeof at.lines)[number]) => Object.fromEntries(buckets.flatMap(({ amount }, no) => (amount === "0.00" ? [] : [[at.buckets[no]!.label, amount]])));
  return { knownAt: at.knownAt, open: Object.fromEntries(at.lines.map((it) => [it.customer!.accountNumber, line(it)])) };
}

/** Moves the clock on, so that what is known at one step is not what is known at the next. */
const later = (): void => void (now = new Date(now.getTime() + 60_000));

const scheduleOf = async (id: string) => (await app.query(books.company.as.controller, InvoiceScheduleDocument, { id })).node;

test("a controller's month end: import, installments with two tiers, half credited, the period closed and posted into, aging at both clocks", async () => {
  const run = await importBook(app, books.company, book(...LIST));
  expect(run).toMatchObject({ status: "POSTED", counts: { rows: 4, posted: 4, invoices: 4, payments: 1 } });
  const imported = { [HARBOR]: { "current": "2210.75", "1-30": "980.40" } };
  expect((await aging("2026-09-30")).open).toEqual(imported);

  later();
  await books.terms({
    code: "3-TIMES", description: "Three parts; 3 % in 10 days, 1 % in 20", discounts: [{ days: 10, basisPoints: 300 }, { days: 20, basisPoints: 100 }],
    installments: [{ kind: "SHARE", share: 1, of: 3, netDays: 30 }, { kind: "SHARE", share: 1, of: 3, netDays: 60 }, { kind: "BALANCE", netDays: 90 }],
  });
  const [shelving] = await books.bill(BROMLEY, { number: "B-2002", total: "1000.00", invoicedOn: "2026-09-10", termsCode: "3-TIMES" });
  expect(await scheduleOf(shelving!.id)).toMatchObject({
    installments: [{ dueOn: "2026-10-10", amount: { amount: "333.33" } }, { dueOn: "2026-11-09", amount: { amount: "333.33" } }, { dueOn: "2026-12-09", amount: { amount: "333.34" } }],
    discounts: [{ discountOn: "2026-09-20", amount: { amount: "30.00" } }, { discountOn: "2026-09-30", amount: { amount: "10.00" } }],
  });
  const before = await aging("2026-10-31");
  expect(before.open).toEqual({ [HARBOR]: { "1-30": "2210.75", "31-60": "980.40" }, [BROMLEY]: { "current": "5066.67", "1-30": "333.33" } });

  later();
  expect((await credit(books, { account: BROMLEY, number: "CM-1", total: "500.00", invoice: "B-2002", issuedOn: "2026-10-05" })).userErrors).toEqual([]);
  const credited = { [HARBOR]: { "1-30": "2210.75", "31-60": "980.40" }, [BROMLEY]: { current: "4900.00" } };
  expect((await aging("2026-10-31")).open).toEqual(credited);
  expect((await aging("2026-10-31", before.knownAt)).open).toEqual(before.open);

  later();
  expect((await closePeriod(books, "2026-10-01", "2026-10-31")).userErrors).toEqual([]);
  const late = { number: "B-1004", total: "100.00", invoicedOn: "2026-10-20", dueOn: "2026-10-25" };
  await expect(books.bill(HARBOR, late)).rejects.toThrow("which is closed. Date it in an open period");
  await moveToFirstOpenDay(books);
  const closed = await aging("2026-11-01");

  later();
  await books.bill(HARBOR, late);
  expect((await aging("2026-10-31")).open).toEqual(credited);
  expect((await aging("2026-11-01")).open).toEqual({ ...credited, [HARBOR]: { "1-30": "2310.75", "31-60": "980.40" } });
  expect((await aging("2026-11-01", closed.knownAt)).open).toEqual(credited);
  expect((await aging("2026-10-31", before.knownAt)).open).toEqual(before.open);
});
