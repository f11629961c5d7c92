import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { ClaimRecordedDocument, ClaimsDocument, ClaimsOfCustomerDocument, type ClaimsQueryVariables, ContestedInvoiceDocument, RecordClaimDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";
import { Claimant } from "./claimant.ts";

let app: TestApp;
let books: Books;
let customer: { id: string; account: string };
let claimant: Claimant;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  customer = await books.customer();
  claimant = new Claimant(books, customer);
});

test("a claim keeps all that the customer says: number, code, documents, lines and dates", async () => {
  await books.bill(customer.account, { number: "I-1", total: "500.00" });
  const { claim, userErrors } = await claimant.claim({
    amount: "120.00", number: " CB-0077", customerCode: "06", codeList: "X12_426", comment: "Ten cases short.", invoices: ["i-1", "I-404"], purchaseOrder: "7001", shipment: "BOL-9", eventOn: "2026-03-02",
    lines: [{ item: "SKU-1", description: "Jam", quantity: "10", unit: "CA", unitPrice: "12.50", amount: "125.00" }, { amount: "-5.00" }],
  });
  expect(userErrors).toEqual([]);
  expect(claim).toMatchObject({
    kind: "CLAIM", status: "WAITING", source: "MANUAL", number: "CB-0077", reason: "SHORTAGE", reasonSource: "STANDARD_CODE", comment: "Ten cases short.", purchaseOrder: "7001", shipment: "BOL-9", eventOn: "2026-03-02", receivedOn: "2026-03-10",
    amount: { amount: "120.00" }, open: { amount: "120.00" }, references: ["i-1", "I-404"], invoices: [{ number: "I-1" }],
    lines: [{ lineNo: 1, item: "SKU-1", quantity: "10", unit: "CA", unitPrice: "12.50", amount: { amount: "125.00" } }, { lineNo: 2, item: null, amount: { amount: "-5.00" } }],
    activities: [{ action: "RECORDED", amount: { amount: "120.00" } }],
  });
});

test("a claim that names an order alone is about the invoice of that order", async () => {
  await books.bill(customer.account, { number: "I-1", total: "500.00", purchaseOrder: "7001" }, { number: "I-2", total: "500.00", purchaseOrder: "7002" }, { number: "I-3", total: "500.00", purchaseOrder: "7002" });
  expect((await claimant.claim({ amount: "5.00", purchaseOrder: "7001" })).claim).toMatchObject({ invoices: [{ number: "I-1" }] });
  expect((await claimant.claim({ amount: "5.00", purchaseOrder: "7002" })).claim).toMatchObject({ invoices: [] });
});

test("a post-audit claim and an overpayment are claims too", async () => {
  expect((await claimant.claim({ amount: "900.00", kind: "POST_AUDIT", number: "PA-1", reason: "PROMOTION" })).claim).toMatchObject({ kind: "POST_AUDIT", reason: "PROMOTION", reasonSource: "PERSON" });
  expect((await claimant.claim({ amount: "50.00", kind: "OVERPAYMENT" })).claim).toMatchObject({ kind: "OVERPAYMENT", reason: "UNIDENTIFIED", reasonSource: "NOT_FOUND" });
});

test("a number is taken once of each customer, and a key once of all", async () => {
  const other = await books.customer();
  expect((await claimant.claim({ amount: "5.00", number: "N-1" })).userErrors).toEqual([]);
  expect(await claimant.claim({ amount: "6.00", number: " n-1" })).toMatchObject({ claim: null, current: { number: "N-1" }, userErrors: [{ code: "DUPLICATE", field: ["number"] }] });
  expect((await new Claimant(books, other).claim({ amount: "5.00", number: "N-1" })).userErrors).toEqual([]);
  const [first, again] = [await claimant.claim({ amount: "7.00", idempotencyKey: "k" }), await claimant.claim({ amount: "7.00", idempotencyKey: "k" })];
  expect(again.claim!.id).toBe(first.claim!.id);
  expect((await claimant.claim({ amount: "8.00", idempotencyKey: "k" })).userErrors).toMatchObject([{ code: "IDEMPOTENCY_KEY_REUSED" }]);
});

test("two that record the same number at once record it once", async () => {
  const both = await Promise.all([claimant.claim({ amount: "5.00", number: "N-1" }), claimant.claim({ amount: "5.00", number: "N-1" })]);
  expect(both.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(["DUPLICATE"]);
});

test.each([
  ["of an unknown account", { account: "nobody" }, "NOT_FOUND", ["account"]],
  ["that came in tomorrow or later", { receivedOn: "2031-01-01" }, "DATE_INVALID", ["receivedOn"]],
  ["in no currency", { currency: "ABC" }, "CURRENCY_UNKNOWN", ["currency"]],
  ["that is a dispute", { kind: "DISPUTE" as const }, "VALUE_INVALID", ["kind"]],
  ["whose lines do not add up", { lines: [{ amount: "4.00" }] }, "TOTAL_MISMATCH", ["lines"]],
])("a claim %s is refused", async (_what, input, code, field) => {
  expect((await claimant.claim({ amount: "5.00", ...input })).userErrors).toMatchObject([{ code, field }]);
});

test("people who only read record nothing", async () => {
  const input = { account: customer.account, amount: "5.00", currency: "USD", receivedOn: "2026-03-10", kind: "CLAIM" as const, invoices: [], lines: [] };
  await expect(app.query(books.company.as.biReader, RecordClaimDocument, { input })).rejects.toThrow();
});

describe("a dispute", () => {
  test("contests an open invoice, all of it or a part, until it is given up", async () => {
    const [invoice] = await books.bill(customer.account, { number: "I-1", total: "500.00" });
    const contested = async () => (await app.query(books.company.as.collector, ContestedInvoiceDocument, { id: invoice!.id })).node;
    expect(await contested()).toMatchObject({ contested: null, claims: [] });
    const { claim } = await claimant.dispute({ invoiceId: invoice!.id, amount: "80.00", reason: "QUALITY", comment: "The wrong color." });
    expect(claim).toMatchObject({ kind: "DISPUTE", status: "WAITING", reason: "QUALITY", amount: { amount: "80.00" }, invoices: [{ number: "I-1" }] });
    expect(await contested()).toMatchObject({ open: { amount: "500.00" }, contested: { amount: "80.00" }, claims: [{ kind: "DISPUTE" }] });
    expect((await claimant.note({ claimId: claim!.id, note: "Asked for photos." })).claim!.activities).toMatchObject([{ action: "RECORDED" }, { action: "NOTE", note: "Asked for photos." }]);
    expect((await claimant.withdraw(claim!.id)).claim).toMatchObject({ status: "WITHDRAWN", open: { amount: "0.00" } });
    expect(await contested()).toMatchObject({ contested: null, claims: [{ kind: "DISPUTE" }] });
    expect(await claimant.withdraw(claim!.id)).toMatchObject({ current: { status: "WITHDRAWN" }, userErrors: [{ code: "CONFLICT" }] });
    expect((await claimant.dispute({ invoiceId: invoice!.id })).claim).toMatchObject({ amount: { amount: "500.00" } });
  });

  test("contests nothing of an invoice that is settled, and no more than is open", async () => {
    const [invoice] = await books.bill(customer.account, { number: "I-1", total: "500.00" });
    expect((await claimant.dispute({ invoiceId: invoice!.id, amount: "500.01" })).userErrors).toMatchObject([{ code: "AMOUNT_INVALID", field: ["amount"] }]);
    await books.pay({ account: customer.account, amount: "500.00", lines: [{ reference: "I-1", net: "500.00" }] });
    expect((await claimant.dispute({ invoiceId: invoice!.id })).userErrors).toMatchObject([{ code: "ITEM_CLOSED" }]);
  });
});

test("claims are listed, narrowed and paged, latest first", async () => {
  const other = new Claimant(books, await books.customer());
  await claimant.claim({ amount: "1.00", number: "A", receivedOn: "2026-03-01", reason: "PRICE" });
  await claimant.claim({ amount: "2.00", number: "B", receivedOn: "2026-03-02", kind: "POST_AUDIT" });
  await claimant.withdraw((await claimant.claim({ amount: "3.00", number: "C", receivedOn: "2026-03-03" })).claim!.id);
  await other.claim({ amount: "4.00", number: "D", receivedOn: "2026-03-04" });
  const listed = async (variables: ClaimsQueryVariables) => (await app.query(books.company.as.biReader, ClaimsDocument, variables)).claims!;
  const numbers = async (variables: ClaimsQueryVariables) => (await listed(variables)).edges!.map((it) => it!.node!.number);
  expect(await numbers({})).toEqual(["D", "C", "B", "A"]);
  expect(await numbers({ customerId: customer.id })).toEqual(["C", "B", "A"]);
  expect(await numbers({ waitingOnly: true })).toEqual(["D", "B", "A"]);
  expect(await numbers({ kind: "POST_AUDIT" })).toEqual(["B"]);
  expect(await numbers({ reason: "PRICE" })).toEqual(["A"]);
  expect(await numbers({ number: " a" })).toEqual(["A"]);
  expect(await numbers({ receivedFrom: "2026-03-02", receivedTo: "2026-03-03" })).toEqual(["C", "B"]);
  const { pageInfo } = await listed({ first: 3 });
  expect(pageInfo.hasNextPage).toBe(true);
  expect(await numbers({ first: 3, after: pageInfo.endCursor })).toEqual(["A"]);
  expect((await app.query(books.company.as.biReader, ClaimsOfCustomerDocument, { id: customer.id })).node).toMatchObject({ claims: { edges: [{ node: { number: "C" } }, { node: { number: "B" } }, { node: { number: "A" } }] } });
});

test("claims and disputes are heard of when they are recorded", async () => {
  await app.caughtUp();
  const live = subscribe(app.url, books.company.as.collector, ClaimRecordedDocument, { reason: "PRICE" });
  await live.next();
  await claimant.claim({ amount: "1.00", number: "A" });
  await claimant.claim({ amount: "2.00", number: "B", reason: "PRICE" });
  expect((await live.next()).claimRecorded.claim).toEqual({ number: "B", amount: { amount: "2.00" } });
  await live.close();
});
