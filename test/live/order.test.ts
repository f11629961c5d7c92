import { lockCustomers } from "../../src/db/locks.ts";
import { transact } from "../../src/db/transaction.ts";
import { readGlobalId } from "../../src/graphql/global-id.ts";
import { takeIn } from "../../src/payments/cash-desk.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { PaymentReceivedDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";
import { testOnNative } from "../kit/native.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
});
afterAll(() => app.close());

const listen = (after?: string) => subscribe(app.url, books.company.as.collector, PaymentReceivedDocument, after === undefined ? {} : { after });
type Live = ReturnType<typeof listen>;
const references = async (live: Live, count: number) => (await live.take(count)).map((push) => push.paymentReceived.payment?.reference ?? null);

/** Records a payment in a transaction that stays open until it is let go. Answers when everything but the commit is done. */
async function holdOpen(customerId: string, reference: string): Promise<{ letGo: () => Promise<void> }> {
  let letGo: () => void = () => {};
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const { key, companyId } = readGlobalId(customerId)!;
  let committed: Promise<unknown> = Promise.resolve();
  await new Promise<void>((written, failed) => {
    committed = transact(app.db, async (tx) => {
      await lockCustomers(tx, companyId, [key]);
      await takeIn(tx, { companyId, memberId: null, strict: false }, {
        customerId: key, source: "MANUAL", payerName: null, reference, currency: "USD", minor: 700n, receivedOn: "2026-03-20", depositedOn: "2026-03-20", bankLineId: null, remittance: null, others: [],
      });
      written();
      await gate;
    });
    committed.catch(failed);
  });
  return { letGo: async () => (letGo(), void (await committed)) };
}

testOnNative("a transaction held open while a later one commits: both arrive once and in order, live and after coming back", async () => {
  const [slow, quick] = [await books.customer(), await books.customer()];
  const live = listen();
  const leaving = listen();
  await Promise.all([live.next(), leaving.next()]);
  await books.pay({ account: quick.account, amount: "1.00", reference: "before" });
  expect(await references(live, 1)).toEqual(["before"]);
  const { cursor } = (await leaving.next()).paymentReceived;

  const held = await holdOpen(slow.id, "slow");
  await books.pay({ account: quick.account, amount: "2.00", reference: "quick" });
  await leaving.close();
  const early = listen(cursor);
  expect(await references(early, 1)).toEqual([null]);
  await held.letGo();

  expect(await references(live, 2)).toEqual(["slow", "quick"]);
  expect(await references(early, 2)).toEqual(["slow", "quick"]);
  await app.caughtUp();
  const late = listen(cursor);
  expect(await references(late, 3)).toEqual(["slow", "quick", null]);
  await Promise.all([live, early, late].map((it) => it.close()));
});

test("payments of two customers sent all at once arrive once each, and each customer's in the order they were recorded", async () => {
  const customers = await Promise.all([books.customer(), books.customer()]);
  const live = listen();
  const start = (await live.next()).paymentReceived.cursor;
  const sent = Array.from({ length: 30 }, (_, index) => ({ account: customers[index % 2]!.account, amount: "3.00", reference: `p-${index}` }));
  await Promise.all(sent.map((payment) => books.pay(payment)));

  const heard = (await live.take(30)).map((push) => push.paymentReceived.payment!);
  expect(new Set(heard.map(({ reference }) => reference)).size).toBe(30);
  const replay = listen(start);
  expect(await references(replay, 31)).toEqual([...heard.map(({ reference }) => reference), null]);

  for (const { account } of customers) {
    const its = heard.filter(({ customer }) => customer!.accountNumber === account).map(({ reference }) => reference);
    // Ids are made in the order of recording, because one customer's commands run one after another.
    const recorded = await app.db.run<{ reference: string }>(
      "test.recorded",
      `select payment.reference from payment join customer on customer.company_id = payment.company_id and customer.id = payment.customer_id
        where customer.account_number = $1 order by payment.id`,
      [account],
    );
    expect(its).toEqual(recorded.map(({ reference }) => reference));
  }
  await Promise.all([live.close(), replay.close()]);
});
