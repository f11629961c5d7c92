import { lockCustomers } from "../../src/db/locks.ts";
import { transact } from "../../src/db/transaction.ts";
import { readGlobalId } from "../../src/graphql/global-id.ts";
import { takeIn } from "../../src/payments/cash-desk.ts";
import { book, importBook } from "../imports/books.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { ClosePeriodDocument, PeriodsDocument } from "../kit/gql.ts";
import { testOnNative } from "../kit/native.ts";
import { applyCredit, credit, debit, memosOf } from "../memos/books.ts";
import { BankDesk, bankText } from "../payments/bank-file-kit.ts";
import { closePeriod, daysOf, moveToFirstOpenDay, reopenPeriod } from "./period-kit.ts";

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
  for (const asOf of ["2026-03-31", "2026-04-01", "2026-04-15"]) expect((await books.control({ asOf })).agrees).toBe(true);
});
afterAll(() => app.close());

const MARCH = ["2026-03-01", "2026-03-31"] as const;
const refused = [{ code: "PERIOD_CLOSED", message: expect.stringContaining("2026-03, which is closed") }];

describe("a posting effective in a closed period is refused, with the period's name", () => {
  test.each([
    ["a payment", async (account: string) => books.pay({ account, amount: "10.00", receivedOn: "2026-03-20" })],
    ["a payment of an unknown payer", async () => books.pay({ amount: "10.00", receivedOn: "2026-03-20" })],
    ["a credit memo", async (account: string) => credit(books, { account, number: "C-1", total: "5.00" })],
    ["a debit memo", async (account: string) => debit(books, { account, number: "D-1", total: "5.00" })],
  ])("%s", async (_what, post) => {
    const { id, account } = await books.customer();
    await books.bill(account, { number: "I-1", total: "100.00" });
    await closePeriod(books, ...MARCH);
    const before = await memosOf(books, id);
    expect((await post(account)).userErrors).toMatchObject(refused);
    expect(await memosOf(books, id)).toEqual(before);
  });

  test("an invoice", async () => {
    const { account } = await books.customer();
    await closePeriod(books, ...MARCH);
    await expect(books.bill(account, { number: "I-1", total: "100.00" })).rejects.toThrow("PERIOD_CLOSED");
    await books.bill(account, { number: "I-1", total: "100.00", invoicedOn: "2026-04-01", dueOn: "2026-04-30" });
  });

  test("a receipt of a bank file waits, and the file says why; it goes on when the period is open again", async () => {
    const desk = new BankDesk(app, books);
    const { period } = await closePeriod(books, ...MARCH);
    const content = bankText({ minor: 5_000n, text: "SOMEBODY" });
    await desk.post(content);
    expect(await desk.files()).toMatchObject([{ errorMessage: expect.stringContaining("2026-03, which is closed") }]);
    await reopenPeriod(books, period!.id);
    expect(await desk.post(content)).toMatchObject([{ payment: { amount: { amount: "50.00" } } }]);
    expect(app.faults).toEqual([]);
  });

  test("even for who goes past the commands, by the journal itself", async () => {
    const { account } = await books.customer();
    await books.bill(account, { number: "I-1", total: "100.00" });
    await closePeriod(books, ...MARCH);
    const copy = `insert into journal_entry (company_id, id, kind, document_id, customer_id, effective_on, recorded_at)
      select company_id, gen_random_uuid(), kind, document_id, customer_id, effective_on, recorded_at from journal_entry where company_id = $1`;
    await expect(app.db.run("test.past", copy, [readGlobalId(books.company.companyId)!.companyId])).rejects.toThrow("The accounting period 2026-03-01 to 2026-03-31 is closed.");
  });
});

test("an import into a closed period stands still and names the row and the period; it goes on when the period is open again", async () => {
  const { period } = await closePeriod(books, ...MARCH);
  const content = book("B-1,Bee,N-1,2026-02-10,2026-03-12,,USD,1.00", "B-1,Bee,N-2,2026-02-11,2026-03-13,2026-03-05,USD,2.00", "B-2,Cee,N-3,2026-03-09,2026-04-08,,USD,4.00");
  const stands = await importBook(app, books.company, content);
  expect(stands).toMatchObject({ status: "POSTING", errorMessage: expect.stringContaining("It stands still: Line 3: 2026-03-05 lies in the accounting period 2026-03, which is closed.") });
  expect(await daysOf(books, "journal_entry")).toEqual([]);
  await reopenPeriod(books, period!.id);
  expect(await importBook(app, books.company, content)).toMatchObject({ id: stands.id, status: "POSTED", errorMessage: null, counts: { invoices: 3, payments: 1 } });
});

describe("by company policy it posts on the first open day instead", () => {
  beforeEach(async () => {
    await books.terms({ code: "2/10n30", description: "2 % 10 days, net 30", netDays: 30, graceDays: 0, discounts: [{ days: 10, basisPoints: 200 }] });
    expect(await moveToFirstOpenDay(books)).toMatchObject({ company: { postIntoClosedPeriod: "FIRST_OPEN_DAY" }, userErrors: [] });
  });

  test("and a payment keeps its date, and the discount it earned by it", async () => {
    const { id, account } = await books.customer();
    await books.bill(account, { number: "I-2", total: "100.00", termsCode: "2/10n30" });
    await closePeriod(books, ...MARCH);
    const { payment, userErrors } = await books.pay({ account, amount: "93.00", receivedOn: "2026-03-10", lines: [{ reference: "I-2", gross: "100.00", discount: "2.00", deduction: "5.00", net: "93.00" }] });
    expect(userErrors).toEqual([]);
    expect(payment).toMatchObject({ receivedOn: "2026-03-10", depositedOn: "2026-03-10", applications: [{ kind: "CASH", effectiveOn: "2026-04-01" }, { kind: "EARNED_DISCOUNT", effectiveOn: "2026-04-01" }, { kind: "DEDUCTION", effectiveOn: "2026-04-01" }] });
    expect(await daysOf(books, "journal_entry")).toEqual(["2026-03-01", "2026-04-01"]);
    expect((await daysOf(books, "open_item")).sort()).toEqual(["2026-03-01", "2026-04-01", "2026-04-01"]);
    expect((await books.control({ asOf: "2026-03-31" })).lines).toMatchObject([{ account: "AR_CONTROL", ledger: { amount: "100.00" } }]);
    expect(await books.of(id)).toMatchObject({ balances: [{ total: { amount: "5.00" } }] });
  });

  test("and the events that tell of it carry the day it counts from", async () => {
    const { account } = await books.customer();
    await closePeriod(books, ...MARCH);
    await books.bill(account, { number: "I-5", total: "100.00" });
    await books.pay({ account, amount: "60.00", receivedOn: "2026-03-20", lines: [{ reference: "I-5", gross: "70.00", deduction: "10.00", net: "60.00" }] });
    await books.pay({ amount: "1.00", receivedOn: "2026-03-20" });
    const { creditMemo } = await credit(books, { account, number: "C-5", total: "5.00" });
    await debit(books, { account, number: "D-5", total: "5.00" });
    await applyCredit(books, { creditMemoId: creditMemo!.id, appliedOn: "2026-03-28", lines: [{ documentId: (await books.bill(account, { number: "I-6", total: "9.00" }))[0]!.id }] });
    const events = await app.db.run<{ kind: string; day: string }>("test.eventDays", `select event.kind, event.effective_on as day from event join company on company.id = event.company_id
      where company.code = $1 and event.kind not in ('CUSTOMER_ADDED', 'TERMS_CHANGED', 'PERIOD_CLOSED')`, [books.company.code]);
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(["INVOICE_CHANGED", "PAYMENT_RECEIVED", "PAYMENT_APPLIED", "DEDUCTION_OPENED", "CREDIT_MEMO_ISSUED", "CREDIT_APPLIED", "DEBIT_MEMO_ISSUED"]));
    expect(events.filter(({ day }) => day !== "2026-04-01")).toEqual([]);
  });

  test("past several closed periods in a row, and an item is never used before the day it counts from", async () => {
    await closePeriod(books, ...MARCH);
    await closePeriod(books, "2026-04-01", "2026-04-10");
    const { account } = await books.customer();
    const [invoice] = await books.bill(account, { number: "I-3", total: "100.00" });
    const { creditMemo } = await credit(books, { account, number: "C-3", total: "40.00", issuedOn: "2026-03-02" });
    expect(await daysOf(books, "open_item")).toEqual(["2026-04-11", "2026-04-11"]);
    await applyCredit(books, { creditMemoId: creditMemo!.id, appliedOn: "2026-03-05", lines: [{ documentId: invoice!.id }] });
    expect(await daysOf(books, "application")).toEqual(["2026-04-11"]);
  });
});

describe("a period", () => {
  test("is closed by its days, named, listed and opened again, and the log keeps who did it", async () => {
    const first = await closePeriod(books, ...MARCH);
    expect(first).toMatchObject({ userErrors: [], period: { name: "2026-03", from: MARCH[0], to: MARCH[1], closedAt: expect.any(String), closedBy: books.company.subjects.controller } });
    expect(await closePeriod(books, ...MARCH)).toEqual(first);
    await closePeriod(books, "2026-04-01", "2026-04-05");
    await reopenPeriod(books, first.period!.id);
    const { periods } = await app.query(books.company.as.collector, PeriodsDocument, {});
    expect(periods).toMatchObject([{ name: "2026-04-01 to 2026-04-05", closedAt: expect.any(String) }, { name: "2026-03", closedAt: null, closedBy: null }]);
    const events = await app.db.run("test.periodEvents", `select kind from event join company on company.id = event.company_id where company.code = $1 and kind like 'PERIOD%' order by event.id`, [books.company.code]);
    expect(events).toEqual([{ kind: "PERIOD_CLOSED" }, { kind: "PERIOD_CLOSED" }, { kind: "PERIOD_REOPENED" }]);
    expect((await books.pay({ amount: "10.00", receivedOn: "2026-03-20" })).userErrors).toEqual([]);
  });

  test.each([
    ["days that meet another period", "2026-03-31", "2026-04-30", "VALUE_INVALID"],
    ["days in the wrong order", "2026-04-30", "2026-04-01", "DATE_INVALID"],
    ["days that have not ended", "2026-04-01", "2199-04-30", "DATE_INVALID"],
  ])("is refused for %s", async (_rule, from, to, code) => {
    await closePeriod(books, ...MARCH);
    expect(await closePeriod(books, from, to)).toMatchObject({ period: null, userErrors: [{ code }] });
  });

  test("is closed by the controller alone, and closes no other company's days", async () => {
    for (const member of ["clerk", "bookkeeping", "administrator", "biReader"] as const) {
      expect((await app.ask(books.company.as[member], ClosePeriodDocument, { input: { from: MARCH[0], to: MARCH[1] } })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    }
    await closePeriod(books, ...MARCH);
    const other = await Books.open(app);
    expect((await other.pay({ amount: "10.00", receivedOn: "2026-03-20" })).userErrors).toEqual([]);
  });
});

describe("closing while postings run", () => {
  const count = async (): Promise<number> => (await daysOf(books, "journal_entry")).length;

  test("lets nothing into the period after it has answered", async () => {
    const { account } = await books.customer();
    const payments = Array.from({ length: 12 }, () => books.pay({ account, amount: "1.00" }));
    const closed = closePeriod(books, ...MARCH).then(count);
    const answers = await Promise.all(payments);
    expect(await count()).toBe(await closed);
    expect(answers.filter(({ payment }) => payment !== null)).toHaveLength(await count());
    for (const { payment, userErrors } of answers) expect(payment === null ? userErrors : refused).toMatchObject(refused);
  });

  testOnNative("waits for a posting that is under way, and refuses the one that comes behind it", async () => {
    const [early, late] = [await books.customer(), await books.customer()];
    const { key, companyId } = readGlobalId(early.id)!;
    let letGo: () => void = () => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    let running: Promise<unknown> = Promise.resolve();
    await new Promise<void>((written, failed) => {
      running = transact(app.db, async (tx) => {
        await lockCustomers(tx, companyId, [key]);
        await takeIn(tx, { companyId, memberId: null, strict: false }, { customerId: key, source: "MANUAL", payerName: null, reference: null, currency: "USD", minor: 700n, receivedOn: "2026-03-20", depositedOn: "2026-03-20", bankLineId: null, remittance: null, others: [] });
        written();
        await gate;
      });
      running.catch(failed);
    });
    const closing = closePeriod(books, ...MARCH);
    // The closing stands in the queue once the database shows a lock that it waits for.
    while ((await app.db.run("test.waiting", "select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())", [])).length === 0);
    const behind = books.pay({ account: late.account, amount: "2.00" });
    letGo();
    await running;
    expect(await closing).toMatchObject({ userErrors: [], period: { closedAt: expect.any(String) } });
    expect((await behind).userErrors).toMatchObject(refused);
    expect(await daysOf(books, "journal_entry")).toEqual(["2026-03-20"]);
  });
});
