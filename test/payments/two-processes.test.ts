import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { openTestApp, TEST_SECRET, type TestApp } from "../kit/app.ts";
import { ask, dataOf } from "../kit/ask.ts";
import { Books } from "../kit/books.ts";
import {
  ApplyPaymentDocument, type ApplyPaymentInput, CreateCustomerDocument, IssueInvoiceDocument, type IssueInvoiceInput, MapReasonDocument, RecordPaymentDocument, type RecordPaymentInput,
} from "../kit/gql.ts";
import { native, testOnNative } from "../kit/native.ts";
import { type ServerProcess, startServer } from "../kit/process.ts";

const ROUNDS = 200;
const LONG = 300_000;

let app: TestApp;
let books: Books;
let processes: readonly ServerProcess[] = [];

if (native) {
  beforeAll(async () => {
    app = await openTestApp();
    books = await Books.open(app);
    const settings = { DATABASE_URL: app.databaseUrl!, OPENITEM_SECRET: TEST_SECRET };
    processes = await Promise.all([startServer(settings), startServer(settings)]);
  });
  afterEach(async () => {
    expect((await books.control()).agrees).toBe(true);
  });
  afterAll(async () => {
    const ends = await Promise.all(processes.map((process) => process.stop()));
    // What a server masked, it wrote: none of the commands may have met an error that no rule foresees.
    const said = processes.map((process) => process.output()).join("");
    await app.close();
    expect({ ends, errors: said.match(/^Error .*$/m) }).toEqual({ ends: processes.map(() => ({ code: 0, signal: null })), errors: null });
  });
}

/** Sends one command to each process at the same moment. */
function atOnce<Result, Input>(token: string, document: TypedDocumentNode<Result, { input: Input }>, ...inputs: readonly [Input, Input]): Promise<Result[]> {
  return Promise.all(inputs.map(async (input, index) => dataOf(await ask<Result>(processes[index]!.url, token, document, { input }))));
}

const apply = async (...inputs: readonly [ApplyPaymentInput, ApplyPaymentInput]) => (await atOnce(books.company.as.clerk, ApplyPaymentDocument, ...inputs)).map((it) => it.applyPayment);
const record = async (...inputs: readonly [RecordPaymentInput, RecordPaymentInput]) => (await atOnce(books.company.as.clerk, RecordPaymentDocument, ...inputs)).map((it) => it.recordPayment);
const issue = async (...inputs: readonly [IssueInvoiceInput, IssueInvoiceInput]) => (await atOnce(books.company.as.controller, IssueInvoiceDocument, ...inputs)).map((it) => it.issueInvoice);

/** Of two answers, the one that was done and the one that was refused. Fails unless there is one of each. */
function split<Answer extends { readonly userErrors: readonly { readonly code: string }[] }>(answers: readonly Answer[]): { done: Answer; refused: Answer } {
  const done = answers.filter(({ userErrors }) => userErrors.length === 0);
  const refused = answers.filter(({ userErrors }) => userErrors.length > 0);
  expect({ done: done.length, refused: refused.map(({ userErrors }) => userErrors) }).toEqual({ done: 1, refused: [expect.any(Array)] });
  return { done: done[0]!, refused: refused[0]! };
}

/** Cash of a customer that lies unapplied because it came before any invoice, and then invoices of that customer. */
async function leftCash(amount: string, ...totals: readonly string[]) {
  const { id, account } = await books.customer();
  const { payment } = await books.pay({ account, amount });
  const invoices = await books.bill(account, ...totals.map((total, index) => ({ number: `${account}-${index + 1}`, total })));
  return { id, account, payment: payment!, invoices };
}

const cash = (amount: string, currency = "USD"): Pick<RecordPaymentInput, "amount" | "currency" | "receivedOn"> => ({ amount, currency, receivedOn: "2026-03-20" });

/** The whole left cash of one payment, sent to two invoices at once. */
async function oneCashTwoInvoices(round: number): Promise<void> {
  const { id, payment, invoices } = await leftCash("100.00", "100.00", "100.00");
  // Every other time neither says how much, which means all that is left.
  const net = round % 4 === 0 ? null : "100.00";
  const { done, refused } = split(await apply(...(invoices.map(({ number }) => ({ paymentId: payment.id, lines: [{ reference: number, net }] })) as [ApplyPaymentInput, ApplyPaymentInput])));
  expect(done.payment).toMatchObject({ unapplied: { amount: "0.00" }, applications: [{ kind: "CASH", amount: { amount: "100.00" } }] });
  expect(refused).toMatchObject({
    payment: null, userErrors: [{ code: "CASH_EXCEEDED" }], current: { __typename: "Payment", id: payment.id, unapplied: { amount: "0.00" }, version: done.payment!.version },
  });
  const after = await books.of(id);
  expect(after).toMatchObject({ balances: [{ total: { amount: "100.00" }, unapplied: { amount: "0.00" } }] });
  expect(after.invoices!.edges!.map((edge) => edge!.node!.applications.length).toSorted()).toEqual([0, 1]);
}

/** Two payments that each settle one invoice in full, at once. */
async function twoPaymentsOneInvoice(): Promise<void> {
  const { id, account } = await books.customer();
  const [invoice] = await books.bill(account, { number: `${account}-1`, total: "100.00" });
  const payment: RecordPaymentInput = { ...cash("100.00"), account, lines: [{ reference: invoice!.number, net: "100.00" }] };
  const { done, refused } = split(await record({ ...payment, reference: "CHK 1" }, { ...payment, reference: "CHK 2" }));
  expect(done.payment).toMatchObject({ status: "APPLIED", applications: [{ amount: { amount: "100.00" }, invoice: { status: "SETTLED" } }] });
  expect(refused).toMatchObject({ payment: null, userErrors: [{ code: "ITEM_CLOSED", field: ["lines", "0", "reference"] }], current: { __typename: "Invoice", id: invoice!.id, open: { amount: "0.00" } } });
  expect(await books.of(id)).toMatchObject({ balances: [], payments: { edges: [{}] }, invoices: { edges: [{ node: { applications: [{ amount: { amount: "100.00" } }] } }] } });
}

testOnNative(`of two processes that use the same cash or settle the same invoice at once, one does and the other is shown the state as it is now, ${ROUNDS} times`, async () => {
  for (let round = 0; round < ROUNDS; round++) await (round % 2 === 0 ? oneCashTwoInvoices(round) : twoPaymentsOneInvoice());
}, LONG);

testOnNative("of two that apply left cash to one invoice at once, one settles it and the other keeps its cash", async () => {
  const { account, invoices } = await leftCash("1.00", "100.00");
  const payments = [await books.pay({ account, amount: "100.01" }), await books.pay({ account, amount: "100.02" })].map(({ payment }) => payment!);
  const uses = payments.map(({ id }) => ({ paymentId: id, lines: [{ reference: invoices[0]!.number, net: "100.00" }] })) as [ApplyPaymentInput, ApplyPaymentInput];
  const { refused } = split(await apply(...uses));
  expect(refused).toMatchObject({ payment: null, userErrors: [{ code: "ITEM_CLOSED" }], current: { __typename: "Invoice", id: invoices[0]!.id, open: { amount: "0.00" } } });
});

testOnNative("case 24: of two that count on the same version one succeeds, and the other gets a conflict with the new state, 20 times", async () => {
  for (let round = 0; round < 20; round++) {
    const { payment, invoices } = await leftCash("1000.00", "1000.00");
    const use: ApplyPaymentInput = { paymentId: payment.id, expectedVersion: payment.version, lines: [{ reference: invoices[0]!.number, net: "500.00", partial: true }] };
    const { done, refused } = split(await apply(use, use));
    expect(done.payment).toMatchObject({ unapplied: { amount: "500.00" }, applications: [{ amount: { amount: "500.00" }, invoice: { open: { amount: "500.00" } } }] });
    expect(refused).toMatchObject({
      payment: null, userErrors: [{ code: "CONFLICT", field: ["expectedVersion"] }], current: { __typename: "Payment", id: payment.id, unapplied: { amount: "500.00" }, version: done.payment!.version },
    });
  }
}, LONG);

testOnNative("without a version to count on, both use cash that is enough for both", async () => {
  const { id, payment, invoices } = await leftCash("1000.00", "1000.00");
  const use: ApplyPaymentInput = { paymentId: payment.id, lines: [{ reference: invoices[0]!.number, net: "500.00", partial: true }] };
  expect((await apply(use, use)).map(({ userErrors }) => userErrors)).toEqual([[], []]);
  expect(await books.of(id)).toMatchObject({ balances: [], invoices: { edges: [{ node: { status: "SETTLED" } }] } });
});

describe("one idempotency key sent to both processes at once", () => {
  testOnNative("records once and gives both the same answer, 20 times, whether the payer is known or not", async () => {
    const { id, account } = await books.customer();
    const ids = new Set<string>();
    for (let round = 0; round < 20; round++) {
      const payment: RecordPaymentInput = { ...cash("12.00"), account: round % 2 === 0 ? account : null, idempotencyKey: `both-${account}-${round}` };
      const answers = await record(payment, payment);
      expect(answers.map(({ userErrors }) => userErrors)).toEqual([[], []]);
      expect(new Set(answers.map((it) => it.payment!.id)).size).toBe(1);
      ids.add(answers[0]!.payment!.id);
    }
    expect(ids.size).toBe(20);
    expect((await books.of(id)).payments!.edges).toHaveLength(10);
  });

  testOnNative("with two inputs records one of them and refuses the other", async () => {
    const { id, account } = await books.customer();
    const payment: RecordPaymentInput = { ...cash("12.00"), account, idempotencyKey: `two-${account}` };
    const { refused } = split(await record(payment, { ...payment, amount: "13.00" }));
    expect(refused.userErrors).toMatchObject([{ code: "IDEMPOTENCY_KEY_REUSED", field: ["idempotencyKey"] }]);
    expect((await books.of(id)).payments!.edges).toHaveLength(1);
  });

  testOnNative("uses left cash once", async () => {
    const { payment, invoices } = await leftCash("100.00", "50.00");
    const use: ApplyPaymentInput = { paymentId: payment.id, lines: [{ reference: invoices[0]!.number, net: "50.00" }], idempotencyKey: `use-${payment.id}` };
    const answers = await apply(use, use);
    expect(answers).toMatchObject([{ userErrors: [], payment: { unapplied: { amount: "50.00" } } }, { userErrors: [], payment: { unapplied: { amount: "50.00" } } }]);
  });
});

describe("of two processes that add the same thing at once, one does and the other hears that it is there, 10 times:", () => {
  const ten = async (round: (no: number) => Promise<unknown>): Promise<void> => {
    for (let no = 0; no < 10; no++) expect(await round(no)).toMatchObject([{ code: "DUPLICATE" }]);
  };

  testOnNative("an account", () =>
    ten(async (no) => {
      const input = { accountNumber: `TWICE-${no}`, name: "Twice", currency: "USD" };
      return split((await atOnce(books.company.as.controller, CreateCustomerDocument, input, input)).map((it) => it.createCustomer)).refused.userErrors;
    }));

  testOnNative("an invoice number, of two customers", async () => {
    const [one, other] = [await books.customer(), await books.customer()];
    await ten(async (no) => {
      const invoice: IssueInvoiceInput = { account: one.account, number: `TWICE-${no}`, currency: "USD", invoicedOn: "2026-03-01", dueOn: "2026-03-31", total: "1.00", lines: [{ description: "Goods", amount: "1.00" }] };
      return split(await issue(invoice, { ...invoice, account: other.account })).refused.userErrors;
    });
  });

  testOnNative("the meaning of a reason code", () =>
    ten(async (no) => {
      const input = { customerCode: `TWICE-${no}`, reason: "SHORTAGE" as const, effectiveFrom: "2026-01-01" };
      return split((await atOnce(books.company.as.analyst, MapReasonDocument, input, input)).map((it) => it.mapReason)).refused.userErrors;
    }));
});
