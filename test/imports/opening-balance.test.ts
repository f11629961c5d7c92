import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { EnterOpeningBalanceDocument, type EnterOpeningBalanceInput, type OpeningItemInput } from "../kit/gql.ts";
import { closePeriod } from "../ledger/period-kit.ts";
import { applyCredit, memosOf } from "../memos/books.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
});
afterEach(async () => {
  expect((await books.control()).agrees).toBe(true);
});
afterAll(() => app.close());

const enter = async (input: EnterOpeningBalanceInput) => (await app.query(books.company.as.controller, EnterOpeningBalanceDocument, { input })).enterOpeningBalance;
const item = (account: string, number: string, open: string, more: Partial<OpeningItemInput> = {}): OpeningItemInput => ({ account, number, currency: "USD", original: open, open, issuedOn: "2025-12-01", dueOn: "2025-12-31", ...more });
const accounts = async (asOf: string) => Object.fromEntries((await books.control({ asOf })).lines.map(({ account, ledger: { amount } }) => [account, amount]));

test("what was open in an earlier system is open here from the day of the take-over, and is paid and applied like anything else", async () => {
  const { id, account } = await books.customer();
  const { openingBalance, userErrors } = await enter({ takenOverOn: "2026-01-01", items: [item(account, "OLD-1", "400.00", { original: "1000.00" }), item(account, "OLD-2", "50.00"), item(account, "CR-1", "30.00", { kind: "CREDIT_MEMO", dueOn: null })] });
  expect({ openingBalance, userErrors }).toMatchObject({ openingBalance: { takenOverOn: "2026-01-01", itemCount: 3 }, userErrors: [] });
  expect([await accounts("2025-12-31"), await accounts("2026-01-01")]).toEqual([{}, { AR_CONTROL: "450.00", ON_ACCOUNT_CASH: "-30.00" }]);

  const { payment } = await books.pay({ account, amount: "400.00", lines: [{ reference: "old-1", net: "400.00" }] });
  expect(payment).toMatchObject({ status: "APPLIED", applications: [{ invoice: { number: "OLD-1", status: "SETTLED" } }] });
  const { creditMemos, invoices } = await memosOf(books, id);
  const second = invoices!.edges!.find((edge) => edge!.node!.number === "OLD-2")!.node!;
  await applyCredit(books, { creditMemoId: creditMemos!.edges![0]!.node!.id, lines: [{ documentId: second.id }] });
  expect(await memosOf(books, id)).toMatchObject({ balances: [{ total: { amount: "20.00" }, invoices: { amount: "20.00" }, credits: { amount: "0.00" } }] });
  const [opening] = await app.db.run<{ minor: bigint }>("test.opening", "select sum(amount_minor)::bigint as minor from journal_line where account = 'OPENING_BALANCE'", []);
  expect(opening).toEqual({ minor: -42_000n });
});

test("five thousand items are taken over at once, once per key", async () => {
  const customers = await Promise.all(Array.from({ length: 5 }, () => books.customer()));
  const input = { takenOverOn: "2026-01-01", idempotencyKey: "take-over", items: Array.from({ length: 5_000 }, (_, index) => item(customers[index % 5]!.account, `N-${index}`, "1.50")) };
  const [first, again] = [await enter(input), await enter(input)];
  expect(first).toMatchObject({ openingBalance: { itemCount: 5_000 }, userErrors: [] });
  expect(again).toEqual(first);
  expect(await accounts("2026-01-01")).toEqual({ AR_CONTROL: "7500.00" });
  const one = { ...input, idempotencyKey: "other", items: [...input.items, item(customers[0]!.account, "one more", "1.00")] };
  expect((await enter(one)).userErrors).toMatchObject([{ code: "LIMIT_EXCEEDED", field: ["items"] }]);
});

describe("all items are taken or none", () => {
  test.each<[string, Partial<OpeningItemInput>, string, string]>([
    ["nothing open", { open: "0.00" }, "AMOUNT_INVALID", "open"],
    ["more open than there was", { open: "10.01" }, "AMOUNT_INVALID", "open"],
    ["an item of after the take-over", { issuedOn: "2026-01-02" }, "DATE_INVALID", "issuedOn"],
    ["an invoice without a due day", { dueOn: null }, "DATE_INVALID", "dueOn"],
    ["an unknown account", { account: "NOBODY" }, "NOT_FOUND", "account"],
    ["a number that stands there twice", { number: "g-1" }, "DUPLICATE", "number"],
    ["a number that the books hold", { number: "HELD" }, "DUPLICATE", "number"],
    ["a currency that is none", { currency: "USX" }, "CURRENCY_UNKNOWN", "original"],
  ])("not with %s", async (_rule, change, code, field) => {
    const { id, account } = await books.customer();
    await books.bill(account, { number: "HELD", total: "1.00" });
    const before = await memosOf(books, id);
    const items = [item(account, "G-1", "5.00"), { ...item(account, "G-2", "10.00"), ...change }];
    expect(await enter({ takenOverOn: "2026-01-01", items })).toMatchObject({ openingBalance: null, userErrors: [{ code, field: ["items", "1", field] }] });
    expect(await memosOf(books, id)).toEqual(before);
  });

  test("not into a closed period", async () => {
    const { account } = await books.customer();
    await closePeriod(books, "2026-01-01", "2026-01-31");
    expect((await enter({ takenOverOn: "2026-01-01", items: [item(account, "P-1", "5.00")] })).userErrors).toMatchObject([{ code: "PERIOD_CLOSED" }]);
  });
});
