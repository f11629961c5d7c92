import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { CustomerOpenByAgeDocument, PastDueDocument, type PastDueQueryVariables } from "../kit/gql.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => new Date("2026-06-30T12:00:00Z") } });
});
beforeEach(async () => {
  books = await Books.open(app);
});
afterAll(() => app.close());

const list = async (variables: PastDueQueryVariables = {}) => {
  const { pastDueCustomers, pastDueTotals } = await app.query(books.company.as.collector, PastDueDocument, variables);
  return { nodes: pastDueCustomers!.edges!.map((edge) => edge!.node!), page: pastDueCustomers!.pageInfo, totals: pastDueTotals };
};

test("open invoices fall into five ranges of age by their due dates; deductions and unapplied cash stand beside them", async () => {
  const { id, account } = await books.customer();
  const due = { "G-0": "2026-06-30", "G-1": "2026-06-29", "G-2": "2026-05-31", "G-3": "2026-05-30", "G-4": "2026-05-01", "G-5": "2026-04-30", "G-6": "2026-04-01", "G-7": "2026-03-31" };
  await books.bill(account, ...Object.entries(due).map(([number, dueOn], index) => ({ number, dueOn, total: `${2 ** index}.00` })));
  await books.bill(account, { number: "G-8", total: "100.00" });
  await books.pay({ account, amount: "90.00", lines: [{ reference: "G-8", gross: "100.00", deduction: "10.00", customerCode: "22" }] });
  await books.pay({ account, amount: "7.00" });

  const { nodes, totals } = await list();
  const open = nodes[0]!.open;
  expect(open.ranges.map(({ fromDays, toDays, amount, items }) => [fromDays, toDays, amount.amount, items])).toEqual([
    [null, 0, "1.00", 1], [1, 30, "6.00", 2], [31, 60, "24.00", 2], [61, 90, "96.00", 2], [91, null, "128.00", 1],
  ]);
  expect(open).toMatchObject({
    asOf: "2026-06-30", pastDue: { amount: "254.00" }, oldestDueOn: "2026-03-31", deductions: { amount: "10.00" }, deductionItems: 1,
    credits: { amount: "7.00" }, creditItems: 1, balance: { amount: "258.00" },
  });
  expect(totals).toEqual([{ asOf: "2026-06-30", customers: 1, pastDue: { amount: "254.00", currency: "USD" } }]);
  const { node } = await app.query(books.company.as.collector, CustomerOpenByAgeDocument, { id });
  expect(node).toEqual({ openByAge: [open] });
  expect((await list({ asOf: "2026-03-31" })).nodes).toEqual([]);
});

test("what is within its due grace is not past due yet, though it ages from its due date, and counts in full when the grace is over", async () => {
  await books.terms({ code: "n30+5", description: "net 30, 5 days of grace", netDays: 30, dueGraceDays: 5 });
  const { account } = await books.customer();
  await books.bill(account, { number: "W-1", total: "40.00", invoicedOn: "2026-05-27", termsCode: "n30+5" });
  expect(await list()).toMatchObject({ nodes: [], totals: [] });
  expect((await list({ asOf: "2026-07-01" })).nodes).toEqual([]);
  expect(await list({ asOf: "2026-07-02" })).toMatchObject({ nodes: [{ open: { pastDue: { amount: "40.00" }, oldestDueOn: "2026-06-26" } }], totals: [{ customers: 1, pastDue: { amount: "40.00" } }] });
  await books.bill(account, { number: "W-2", total: "2.00", dueOn: "2026-06-29" });
  const { nodes, totals } = await list();
  expect(nodes[0]!.open).toMatchObject({ pastDue: { amount: "2.00" }, oldestDueOn: "2026-06-29", balance: { amount: "42.00" } });
  expect(nodes[0]!.open.ranges[1]).toMatchObject({ amount: { amount: "42.00" }, items: 2 });
  expect(totals).toMatchObject([{ customers: 1, pastDue: { amount: "2.00" } }]);
});

test("customers past due are paged by amount, the company's own currency first, and two currencies are never one sum", async () => {
  const owing = async (total: string, currency = "USD") => {
    const { account } = await books.customer({ currency });
    await books.bill(account, { number: `N-${account}`, total, currency });
    return account;
  };
  const [small, euro, large, equal] = [await owing("10.00"), await owing("999.00", "EUR"), await owing("30.00"), await owing("10.00")];
  const accounts = (nodes: readonly { customer: { accountNumber: string } }[]) => nodes.map(({ customer }) => customer.accountNumber);
  const { nodes, totals } = await list();
  expect(accounts(nodes)).toEqual([large, small, equal, euro]);
  expect(totals.map(({ customers, pastDue }) => [pastDue.currency, pastDue.amount, customers])).toEqual([["USD", "50.00", 3], ["EUR", "999.00", 1]]);
  const first = await list({ first: 2 });
  const rest = await list({ first: 5, after: first.page.endCursor! });
  expect([first.page.hasNextPage, rest.page.hasNextPage]).toEqual([true, false]);
  expect([...accounts(first.nodes), ...accounts(rest.nodes)]).toEqual(accounts(nodes));
});

test("a customer of another company is not among them", async () => {
  const { account } = await books.customer();
  await books.bill(account, { number: "O-1", total: "10.00" });
  const others = await app.company();
  expect((await app.query(others.as.collector, PastDueDocument, {})).pastDueCustomers!.edges).toEqual([]);
});
