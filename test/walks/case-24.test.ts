import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { CreditAppliedDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";
import { applyCredit, credit } from "../memos/books.ts";
import { BankDesk, bankText } from "../payments/bank-file-kit.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
});
afterEach(async () => {
  expect((await books.control()).agrees).toBe(true);
});

test("case 24: of two that apply a credit of 500.00 to an invoice of 1,000.00 with the same version, one succeeds, one is told the new state, and one event is on the stream", async () => {
  const { id: customerId, account } = await books.customer();
  const [invoice] = await books.bill(account, { number: "I-1", total: "1000.00" });
  const { creditMemo } = await credit(books, { account, number: "CN-1", total: "500.00" });
  await app.caughtUp();
  const live = subscribe(app.url, books.company.as.collector, CreditAppliedDocument, { customerId });
  await live.next();
  const use = { creditMemoId: creditMemo!.id, lines: [{ documentId: invoice!.id, expectedVersion: 1 }] };
  const answers = await Promise.all([applyCredit(books, use), applyCredit(books, use)]);
  const [done, lost] = answers[0].userErrors.length === 0 ? answers : [answers[1], answers[0]];
  expect(done).toMatchObject({ userErrors: [], creditMemo: { open: { amount: "0.00" } } });
  expect(lost).toMatchObject({ creditMemo: null, current: { __typename: "Invoice", version: 2, open: { amount: "500.00" } }, userErrors: [{ code: "CONFLICT" }] });
  expect(await live.next()).toMatchObject({ creditApplied: { application: { amount: { amount: "500.00" } }, creditMemo: { open: { amount: "0.00" } } } });

  // Another credit of the customer is the next thing that the stream tells.
  const { creditMemo: other } = await credit(books, { account, number: "CN-2", total: "1.00" });
  expect((await applyCredit(books, { creditMemoId: other!.id, lines: [{ documentId: invoice!.id }] })).userErrors).toEqual([]);
  expect(await live.next()).toMatchObject({ creditApplied: { application: { amount: { amount: "1.00" } } } });
  await live.close();
});

test("case 24: the same bank file twice brings no second payment", async () => {
  const desk = new BankDesk(app, books);
  const content = bankText({ minor: 50_000n, bank: "B-1", customer: "CHK-1", text: "DEPOSIT" });
  await desk.post(content);
  const payments = async (): Promise<number> => (await app.query(books.company.as.collector, "{ payments { edges { node { id } } } }")).payments.edges.length;
  expect(await payments()).toBe(1);
  await desk.post(content);
  expect(await payments()).toBe(1);
});
