import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { DeductionOpenedDocument, DeductionsDocument, InvoiceChangedDocument, PaymentAppliedDocument, PaymentReceivedDocument, PaymentsDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";

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
  const standing = await live.next();
  return Object.assign(live, { standing });
}

test("a short pay with a code reaches every work board: the payment, its uses, the deduction and the invoices", async () => {
  const { account } = await books.customer();
  await books.reason({ account, customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
  await books.bill(account, { number: "W-1", total: "1250.00" }, { number: "W-2", total: "3400.00" });
  const [received, applied, opened, changed] = await Promise.all([
    listening(PaymentReceivedDocument, {}), listening(PaymentAppliedDocument, {}), listening(DeductionOpenedDocument, {}), listening(InvoiceChangedDocument, {}),
  ]);

  await books.pay({ account, amount: "4450.00", reference: "ACH-1", lines: [{ reference: "W-1", net: "1250.00" }, { reference: "W-2", gross: "3400.00", deduction: "200.00", customerCode: "22" }] });

  expect((await received.next()).paymentReceived.payment).toMatchObject({ reference: "ACH-1", amount: { amount: "4450.00", currency: "USD" }, customer: { accountNumber: account } });
  expect((await applied.take(2)).map((push) => push.paymentApplied.application)).toMatchObject([
    { kind: "CASH", amount: { amount: "1250.00" }, invoice: { number: "W-1" } },
    { kind: "CASH", amount: { amount: "3200.00" }, invoice: { number: "W-2" } },
  ]);
  expect((await opened.next()).deductionOpened.deduction).toMatchObject({ reason: "SHORTAGE", source: "SHORT_PAY", customerCode: "22", amount: { amount: "200.00" }, invoice: { number: "W-2" }, payment: { reference: "ACH-1" } });
  expect((await changed.take(2)).map((push) => push.invoiceChanged.invoice)).toMatchObject([{ number: "W-1", status: "SETTLED" }, { number: "W-2", status: "SETTLED" }]);
  await Promise.all([received, applied, opened, changed].map((live) => live.close()));
});

test("a client that was away receives exactly what it missed, once and in order, and then goes on", async () => {
  const { id, account } = await books.customer();
  const pay = (reference: string) => books.pay({ account, amount: "10.00", reference });
  const before = await listening(PaymentReceivedDocument, {});
  await pay("kept");
  const kept = await before.next();
  expect(kept.paymentReceived.payment?.reference).toBe("kept");
  await before.close();

  for (const reference of ["missed-1", "missed-2", "missed-3"]) await pay(reference);
  await app.caughtUp();
  const after = subscribe(app.url, books.company.as.collector, PaymentReceivedDocument, { after: kept.paymentReceived.cursor });
  const [first, second, third, standing] = await after.take(4);
  expect([first, second, third].map((push) => push!.paymentReceived.payment!.reference)).toEqual(["missed-1", "missed-2", "missed-3"]);
  expect(standing!.paymentReceived.payment).toBeNull();

  await pay("live");
  expect((await after.next()).paymentReceived.payment!.reference).toBe("live");
  const { payments } = await app.query(books.company.as.collector, PaymentsDocument, { customerId: id });
  expect(payments!.edges!.map((edge) => edge!.node!.reference)).toEqual(["live", "missed-3", "missed-2", "missed-1", "kept"]);
  await after.close();
});

test("a client that never received anything can still come back with the cursor it was given at once", async () => {
  const { account } = await books.customer();
  const before = await listening(DeductionOpenedDocument, {});
  await before.close();
  await books.bill(account, { number: "Q-1", total: "100.00" });
  await books.pay({ account, amount: "90.00", lines: [{ reference: "Q-1" }] });
  await app.caughtUp();
  const after = subscribe(app.url, books.company.as.collector, DeductionOpenedDocument, { after: before.standing.deductionOpened.cursor });
  expect((await after.next()).deductionOpened.deduction).toMatchObject({ reason: "UNIDENTIFIED", amount: { amount: "10.00" } });
  await after.close();
});

test("what clients hear can be narrowed to a customer, a reason and an amount, live and in what was missed", async () => {
  const [one, two] = [await books.customer(), await books.customer()];
  await books.reason({ customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
  await books.bill(one.account, { number: "F-1", total: "100.00" }, { number: "F-2", total: "100.00" }, { number: "F-3", total: "100.00" });
  await books.bill(two.account, { number: "F-4", total: "100.00" });
  const start = (await listening(DeductionOpenedDocument, {})).standing.deductionOpened.cursor;
  const wishes = [{ customerId: two.id }, { reason: "SHORTAGE" as const }, { minimum: { amount: "15.00", currency: "USD" } }, { minimum: { amount: "1.00", currency: "CAD" } }];
  const live = await Promise.all(wishes.map((wish) => listening(DeductionOpenedDocument, wish)));

  const short = (account: string, reference: string, deduction: string, customerCode: string) =>
    books.pay({ account, amount: (100 - Number(deduction)).toFixed(2), lines: [{ reference, gross: "100.00", deduction, customerCode }] });
  await short(one.account, "F-1", "10.00", "22");
  await short(one.account, "F-2", "20.00", "99");
  await short(two.account, "F-4", "5.00", "99");
  await short(one.account, "F-3", "30.00", "22");

  const heard = [["5.00"], ["10.00", "30.00"], ["20.00", "30.00"], []];
  for (const [index, expected] of heard.entries()) {
    expect((await live[index]!.take(expected.length)).map((push) => push.deductionOpened.deduction!.amount.amount)).toEqual(expected);
    const replay = subscribe(app.url, books.company.as.collector, DeductionOpenedDocument, { ...wishes[index], after: start });
    const missed = await replay.take(expected.length + 1);
    expect(missed.map((push) => push.deductionOpened.deduction?.amount.amount ?? null)).toEqual([...expected, null]);
    await replay.close();
    await live[index]!.close();
  }
});

test("deductions can be listed by what an analyst looks for, page by page", async () => {
  const { id, account } = await books.customer();
  await books.reason({ account, customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
  const numbers = ["L-1", "L-2", "L-3", "L-4"];
  await books.bill(account, ...numbers.map((number) => ({ number, total: "100.00" })));
  for (const [index, reference] of numbers.entries()) {
    await books.pay({ account, amount: "80.00", receivedOn: `2026-03-1${index}`, lines: [{ reference, gross: "100.00", deduction: "20.00", customerCode: index % 2 ? "22" : "77" }] });
  }
  const list = async (variables: object) => {
    const { deductions } = await app.query(books.company.as.analyst, DeductionsDocument, variables);
    return { taken: deductions!.edges!.map((edge) => edge!.node!.takenOn), ...deductions!.pageInfo };
  };
  expect((await list({ customerId: id })).taken).toEqual(["2026-03-13", "2026-03-12", "2026-03-11", "2026-03-10"]);
  expect((await list({ reason: "SHORTAGE" })).taken).toEqual(["2026-03-13", "2026-03-11"]);
  expect((await list({ customerCode: "77", takenFrom: "2026-03-11" })).taken).toEqual(["2026-03-12"]);
  expect((await list({ minimum: { amount: "20.01", currency: "USD" } })).taken).toEqual([]);
  const first = await list({ first: 3 });
  expect(first).toMatchObject({ taken: ["2026-03-13", "2026-03-12", "2026-03-11"], hasNextPage: true });
  expect(await list({ first: 3, after: first.endCursor })).toMatchObject({ taken: ["2026-03-10"], hasNextPage: false });
});
