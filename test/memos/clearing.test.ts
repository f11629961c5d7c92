import { companyIdByCode } from "../../src/companies/company.sql.ts";
import { Analyst } from "../deductions/analyst.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { MoveToBadDebtDocument, type MoveToBadDebtInput, RefundCreditDocument, type RefundCreditInput, UndoClearingDocument } from "../kit/gql.ts";
import { brokenRules, keepItemHistory } from "../openitems/rules-of-books.ts";
import { credit, memosOf } from "./books.ts";

let app: TestApp;
let books: Books;
let customer: { id: string; account: string };
beforeAll(async () => {
  app = await openTestApp();
  await keepItemHistory(app.db);
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  customer = await books.customer();
});
afterEach(async () => {
  const [company] = await companyIdByCode(app.db, books.company.code);
  expect(await brokenRules(app.db, company!.id)).toEqual([]);
  expect((await books.control()).agrees).toBe(true);
});

const refund = async (input: Pick<RefundCreditInput, "creditMemoId"> & Partial<RefundCreditInput>) => (await app.query(books.company.as.controller, RefundCreditDocument, { input: { note: "They asked for it.", ...input } })).refundCredit;
const giveUp = async (input: Pick<MoveToBadDebtInput, "debitMemoId"> & Partial<MoveToBadDebtInput>) => (await app.query(books.company.as.controller, MoveToBadDebtDocument, { input: { note: "They are gone.", ...input } })).moveToBadDebt;
const undo = async (clearingId: string, note = "By mistake.") => (await app.query(books.company.as.controller, UndoClearingDocument, { input: { clearingId, note } })).undoClearing;

/** What is booked for clearings, by account. */
async function booked(): Promise<Record<string, bigint>> {
  const rows = await app.db.run<{ account: string; minor: bigint }>(
    "test.cleared",
    "select line.account, sum(line.amount_minor)::bigint as minor from journal_line line join journal_entry entry on entry.company_id = line.company_id and entry.id = line.entry_id where entry.kind = 'MEMO_CLEARING' and line.company_id = (select id from company where code = $1) group by line.account",
    [books.company.code],
  );
  return Object.fromEntries(rows.map(({ account, minor }) => [account, minor]));
}

test("a credit is refunded in part, then whole, and a refund is undone once", async () => {
  const { creditMemo } = await credit(books, { account: customer.account, number: "CM-1", total: "500.00" });
  const first = await refund({ creditMemoId: creditMemo!.id, amount: "200.00", expectedVersion: 1 });
  expect(first).toMatchObject({ userErrors: [], memo: { version: 2, openCredit: { amount: "300.00" }, clearings: [{ kind: "REFUND", amount: { amount: "200.00" }, note: "They asked for it.", undone: false, undoes: null }] } });
  expect(await booked()).toEqual({ ON_ACCOUNT_CASH: 20_000n, REFUNDS_PAYABLE: -20_000n });
  expect((await refund({ creditMemoId: creditMemo!.id })).memo).toMatchObject({ openCredit: { amount: "0.00" } });
  expect((await refund({ creditMemoId: creditMemo!.id })).userErrors).toMatchObject([{ code: "ITEM_CLOSED" }]);
  const [clearing] = (first.memo as { clearings: { id: string }[] }).clearings;
  expect((await undo(clearing!.id)).memo).toMatchObject({ openCredit: { amount: "200.00" }, clearings: [{ undone: true }, { undone: false }, { undoes: clearing!.id }] });
  expect((await undo(clearing!.id)).userErrors).toMatchObject([{ code: "CONFLICT" }]);
  expect(await booked()).toEqual({ ON_ACCOUNT_CASH: 30_000n, REFUNDS_PAYABLE: -30_000n });
  expect((await memosOf(books, customer.id)).balances[0]).toMatchObject({ credits: { amount: "200.00" } });
});

test("a chargeback that nobody will pay is moved to bad debt: its deduction is settled, and denied again when that is undone", async () => {
  await books.bill(customer.account, { number: "I-1", total: "1000.00" });
  const { payment } = await books.pay({ account: customer.account, amount: "920.00", lines: [{ reference: "I-1", gross: "1000.00", deduction: "80.00" }] });
  const [analyst, { id }] = [new Analyst(books), payment!.deductions[0]!];
  await analyst.work(id, "TAKE_UP");
  await analyst.decide(id, "0.00");
  expect((await analyst.settle(id, [{ kind: "CHARGEBACK", amount: "80.00", number: "CB-1" }])).deduction!.case.state).toBe("DENIED");
  const debitMemoId = (await memosOf(books, customer.id)).debitMemos!.edges![0]!.node!.id;
  const moved = await giveUp({ debitMemoId });
  expect(moved).toMatchObject({ userErrors: [], memo: { openCharge: { amount: "0.00" } } });
  expect(await booked()).toEqual({ ALLOWANCE_FOR_CREDIT_LOSSES: 8_000n, AR_CONTROL: -8_000n });
  expect((await analyst.of(id)).case.state).toBe("SETTLED");
  await undo((moved.memo as { clearings: { id: string }[] }).clearings[0]!.id);
  expect((await analyst.of(id)).case.state).toBe("DENIED");
  expect(await booked()).toEqual({ ALLOWANCE_FOR_CREDIT_LOSSES: 0n, AR_CONTROL: 0n });
});

test("what is refused leaves nothing behind: more than is open, the other kind of memo, an old version, no reason, a day to come", async () => {
  const { creditMemo } = await credit(books, { account: customer.account, number: "CM-2", total: "50.00" });
  const creditMemoId = creditMemo!.id;
  expect((await refund({ creditMemoId, amount: "50.01" })).userErrors).toMatchObject([{ code: "AMOUNT_INVALID", field: ["amount"] }]);
  expect((await giveUp({ debitMemoId: creditMemoId })).userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
  expect(await refund({ creditMemoId, expectedVersion: 7 })).toMatchObject({ current: { id: creditMemoId }, userErrors: [{ code: "CONFLICT" }] });
  expect((await refund({ creditMemoId, note: " " })).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["note"] }]);
  expect((await refund({ creditMemoId, on: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10) })).userErrors).toMatchObject([{ code: "DATE_INVALID", field: ["on"] }]);
  expect(await booked()).toEqual({});
});

test("of two refunds of the same credit at once, one is done", async () => {
  const { creditMemo } = await credit(books, { account: customer.account, number: "CM-3", total: "50.00" });
  const answers = await Promise.all([refund({ creditMemoId: creditMemo!.id, amount: "40.00" }), refund({ creditMemoId: creditMemo!.id, amount: "40.00" })]);
  expect(answers.map(({ userErrors }) => userErrors.length).sort()).toEqual([0, 1]);
  expect(await booked()).toEqual({ ON_ACCOUNT_CASH: 4_000n, REFUNDS_PAYABLE: -4_000n });
});
