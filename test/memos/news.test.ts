import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { CreditAppliedDocument, CreditMemoIssuedDocument, DebitMemoIssuedDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";
import { applyCredit, credit, debit } from "./books.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
});
afterAll(() => app.close());

/** Subscribes and waits until the stream stands, so that nothing that follows is missed. */
async function listening<Result, Variables extends object>(...[document, variables]: [Parameters<typeof subscribe<Result, Variables>>[2], Variables]) {
  await app.caughtUp();
  const live = subscribe(app.url, books.company.as.collector, document, variables);
  return Object.assign(live, { standing: await live.next() });
}

test("memos are heard of when they are issued, and credits whenever they settle something, live and by a cursor", async () => {
  const { account } = await books.customer();
  const [invoice] = await books.bill(account, { number: "I-3", total: "20.00" });
  const [issued, applied, charged] = await Promise.all([listening(CreditMemoIssuedDocument, {}), listening(CreditAppliedDocument, {}), listening(DebitMemoIssuedDocument, {})]);
  const { creditMemo } = await credit(books, { account, number: "C-1", total: "130.00" });
  await applyCredit(books, { creditMemoId: creditMemo!.id, lines: [{ documentId: invoice!.id }] });
  await debit(books, { account, number: "D-1", total: "15.00" });

  expect((await issued.next()).creditMemoIssued.creditMemo).toMatchObject({ number: "C-1", total: { amount: "130.00" }, reason: "RETURN" });
  expect((await applied.next()).creditApplied).toMatchObject({ application: { amount: { amount: "20.00" }, invoice: { number: "I-3" } }, creditMemo: { number: "C-1", open: { amount: "110.00" } } });
  expect((await charged.next()).debitMemoIssued.debitMemo).toEqual({ number: "D-1", total: { amount: "15.00" }, reason: "OTHER" });

  const replay = subscribe(app.url, books.company.as.collector, CreditAppliedDocument, { after: applied.standing.creditApplied.cursor });
  expect((await replay.take(2)).map((push) => push.creditApplied.application?.invoice?.number ?? null)).toEqual(["I-3", null]);
  await Promise.all([issued, applied, charged, replay].map((live) => live.close()));
});

test("a credit against an invoice is heard of as issued and as applied", async () => {
  const { account } = await books.customer();
  await books.bill(account, { number: "I-1", total: "100.00" });
  const [issued, applied] = await Promise.all([listening(CreditMemoIssuedDocument, {}), listening(CreditAppliedDocument, {})]);
  await credit(books, { account, number: "C-1", invoice: "I-1", total: "30.00" });
  expect((await issued.next()).creditMemoIssued.creditMemo).toMatchObject({ number: "C-1", open: { amount: "0.00" } });
  expect((await applied.next()).creditApplied).toMatchObject({ application: { amount: { amount: "30.00" }, invoice: { number: "I-1" } }, creditMemo: { number: "C-1" } });
  await Promise.all([issued.close(), applied.close()]);
});

test("news of memos can be narrowed to a customer, a reason and an amount", async () => {
  const [one, two] = [await books.customer(), await books.customer()];
  const wishes = [{ customerId: two.id }, { reason: "PRICE" as const }, { minimum: { amount: "20.00", currency: "USD" } }, { minimum: { amount: "1.00", currency: "EUR" } }];
  const live = await Promise.all(wishes.map((wish) => listening(CreditMemoIssuedDocument, wish)));
  await credit(books, { account: one.account, number: "C-1", total: "10.00" });
  await credit(books, { account: one.account, number: "C-2", total: "20.00", reason: "PRICE" });
  await credit(books, { account: two.account, number: "C-3", total: "30.00" });
  for (const [index, expected] of [["C-3"], ["C-2"], ["C-2", "C-3"], []].entries()) {
    expect((await live[index]!.take(expected.length)).map((push) => push.creditMemoIssued.creditMemo!.number)).toEqual(expected);
    await live[index]!.close();
  }
});
