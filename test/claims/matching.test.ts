import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { Analyst } from "../deductions/analyst.ts";
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
  await books.reason({ customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
  await books.bill(customer.account, { number: "I-1", total: "500.00" }, { number: "I-2", total: "300.00" });
});

describe("a claim that came first is behind the short pay", () => {
  test("that states its number", async () => {
    const { claim } = await claimant.claim({ amount: "100.00", number: "CB-1", reason: "DAMAGE" });
    await claimant.note({ claimId: claim!.id, note: "Photos are promised." });
    const [deduction] = await claimant.paysShort({ reference: "I-1", gross: "500.00", deduction: "100.00", claimNumber: "cb-1" });
    expect(deduction).toMatchObject({ claimMatchedBy: "NUMBER", possibleClaims: [], reason: "UNIDENTIFIED", case: { reason: "DAMAGE" }, activities: [{ action: "MATCH_CLAIM" }] });
    expect(deduction!.claim).toMatchObject({
      id: claim!.id, status: "DEDUCTED", open: { amount: "0.00" },
      activities: [{ action: "RECORDED" }, { action: "NOTE", note: "Photos are promised." }, { action: "MATCHED", deductionId: deduction!.id, amount: { amount: "100.00" } }],
    });
  });

  test("of its invoice and amount, and once only", async () => {
    await claimant.claim({ amount: "100.00", invoices: ["I-1"] });
    await claimant.claim({ amount: "70.00", invoices: ["I-1"] });
    const [deduction] = await claimant.paysShort({ reference: "I-1", gross: "500.00", deduction: "100.00" });
    expect(deduction).toMatchObject({ claimMatchedBy: "INVOICE_AND_AMOUNT", claim: { amount: { amount: "100.00" } } });
  });

  test("of its invoice and reason; deducted in part, it waits for the rest", async () => {
    const { claim } = await claimant.claim({ amount: "100.00", invoices: ["I-1", "I-2"], customerCode: "22" });
    const [first] = await claimant.paysShort({ reference: "I-1", gross: "500.00", deduction: "60.00", customerCode: "22" });
    expect(first).toMatchObject({ claimMatchedBy: "INVOICE_AND_REASON", claim: { status: "PARTLY_DEDUCTED", open: { amount: "40.00" } } });
    const [second] = await claimant.paysShort({ reference: "I-2", gross: "300.00", deduction: "55.00", customerCode: "22" });
    expect(second).toMatchObject({ amount: { amount: "55.00" }, claim: { id: claim!.id, status: "DEDUCTED", open: { amount: "0.00" } } });
  });

  test("taken in a line that names no invoice", async () => {
    await claimant.claim({ amount: "90.00", number: "PA-7", kind: "POST_AUDIT", reason: "PROMOTION" });
    const [deduction] = await claimant.paysShort({ reference: "PA-7", deduction: "90.00", net: "-90.00" }, { reference: "I-2", net: "300.00" });
    expect(deduction).toMatchObject({ source: "REMITTANCE_LINE", claim: { number: "PA-7", status: "DEDUCTED" }, case: { reason: "PROMOTION" } });
  });

  test("when it was a dispute, with its history", async () => {
    const [contested] = await books.bill(customer.account, { number: "I-3", total: "200.00" });
    const { claim } = await claimant.dispute({ invoiceId: contested!.id, amount: "30.00", reason: "QUALITY", comment: "The wrong color." });
    const [deduction] = await claimant.paysShort({ reference: "I-3", gross: "200.00", deduction: "30.00" });
    expect(deduction).toMatchObject({ claim: { id: claim!.id, kind: "DISPUTE", comment: "The wrong color.", status: "DEDUCTED" }, case: { reason: "QUALITY" } });
  });
});

test("claims that nothing tells apart are left to a person, who chooses", async () => {
  await claimant.claim({ amount: "100.00", number: "A", invoices: ["I-1"] });
  const { claim } = await claimant.claim({ amount: "100.00", number: "B", invoices: ["I-1"] });
  const [deduction] = await claimant.paysShort({ reference: "I-1", gross: "500.00", deduction: "100.00" });
  expect(deduction).toMatchObject({ claim: null, claimMatchedBy: null, possibleClaims: [{ number: "A" }, { number: "B" }], activities: [] });
  expect(await claimant.match(claim!.id, deduction!.id)).toMatchObject({ userErrors: [], claim: { number: "B", status: "DEDUCTED" }, deduction: { id: deduction!.id } });
  expect((await claimant.deductions())[0]).toMatchObject({ claim: { number: "B" }, claimMatchedBy: "PERSON", possibleClaims: [], activities: [{ action: "MATCH_CLAIM" }] });
  expect((await claimant.match(claim!.id, deduction!.id)).userErrors).toMatchObject([{ code: "CONFLICT" }]);
});

describe("a short pay that came first", () => {
  test("is the claim's when it states its number", async () => {
    const [deduction] = await claimant.paysShort({ reference: "I-1", gross: "500.00", deduction: "100.00", claimNumber: "CB-9" });
    expect((await claimant.claim({ amount: "120.00", number: "CB-9", reason: "DAMAGE" })).claim).toMatchObject({ status: "PARTLY_DEDUCTED", open: { amount: "20.00" } });
    expect((await claimant.deductions())[0]).toMatchObject({ id: deduction!.id, claim: { number: "CB-9" }, case: { reason: "DAMAGE" } });
  });

  test("waits for a person otherwise", async () => {
    const [deduction] = await claimant.paysShort({ reference: "I-1", gross: "500.00", deduction: "100.00" });
    const { claim } = await claimant.claim({ amount: "100.00", invoices: ["I-1"] });
    expect(claim).toMatchObject({ status: "WAITING" });
    expect((await claimant.deductions())[0]).toMatchObject({ claim: null, possibleClaims: [{ number: null }] });
    expect((await claimant.match(claim!.id, deduction!.id)).claim).toMatchObject({ status: "DEDUCTED" });
    expect((await claimant.unmatch(claim!.id, deduction!.id)).claim).toMatchObject({ status: "WAITING", open: { amount: "100.00" }, activities: [{ action: "RECORDED" }, { action: "MATCHED" }, { action: "UNMATCHED", note: "Another one." }] });
    expect((await claimant.deductions())[0]).toMatchObject({ claim: null, activities: [{ action: "MATCH_CLAIM" }, { action: "UNMATCH_CLAIM" }] });
  });

  test("of another customer is nobody else's", async () => {
    const [deduction] = await claimant.paysShort({ reference: "I-1", gross: "500.00", deduction: "100.00", claimNumber: "CB-9" });
    const other = new Claimant(books, await books.customer());
    const { claim } = await other.claim({ amount: "100.00", number: "CB-9" });
    expect(claim).toMatchObject({ status: "WAITING" });
    expect((await other.match(claim!.id, deduction!.id)).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["deductionId"] }]);
  });
});

describe("a claim has open again what its deduction no longer takes", () => {
  test("when the deduction is reversed onto its invoice, and not any more when that is undone", async () => {
    const { claim } = await claimant.claim({ amount: "100.00", number: "CB-1" });
    const [deduction] = await claimant.paysShort({ reference: "I-1", gross: "500.00", deduction: "100.00", claimNumber: "CB-1" });
    const analyst = new Analyst(books);
    await analyst.work(deduction!.id, "TAKE_UP");
    await analyst.decide(deduction!.id, "0.00");
    const { deduction: reversed, userErrors } = await analyst.settle(deduction!.id, [{ kind: "REVERSAL", amount: "100.00" }]);
    expect(userErrors).toEqual([]);
    expect(await claimant.of(claim!.id)).toMatchObject({ status: "WAITING", open: { amount: "100.00" } });
    expect((await analyst.undo(reversed!.settlements[0]!.id)).userErrors).toEqual([]);
    expect(await claimant.of(claim!.id)).toMatchObject({ status: "DEDUCTED", open: { amount: "0.00" } });
  });

  test("also when a part of it is reversed", async () => {
    const { claim } = await claimant.claim({ amount: "80.00", number: "CB-1" });
    const [deduction] = await claimant.paysShort({ reference: "I-1", gross: "500.00", deduction: "100.00", claimNumber: "CB-1" });
    const analyst = new Analyst(books);
    await analyst.work(deduction!.id, "TAKE_UP");
    await analyst.decide(deduction!.id, "0.00");
    expect((await analyst.settle(deduction!.id, [{ kind: "REVERSAL", amount: "70.00" }])).userErrors).toEqual([]);
    expect(await claimant.of(claim!.id)).toMatchObject({ status: "PARTLY_DEDUCTED", open: { amount: "50.00" } });
  });
});

test("the parts of a deduction that is split have the claim of the whole, and take no more of it", async () => {
  const { claim } = await claimant.claim({ amount: "100.00", number: "CB-1" });
  const [deduction] = await claimant.paysShort({ reference: "I-1", gross: "500.00", deduction: "100.00", claimNumber: "CB-1" });
  const analyst = new Analyst(books);
  await analyst.work(deduction!.id, "TAKE_UP");
  await analyst.decide(deduction!.id, "30.00");
  const parts = (await claimant.deductions()).filter(({ source }) => source === "SPLIT");
  expect(parts.map((it) => [it.amount.amount, it.claim?.id, it.possibleClaims])).toEqual(expect.arrayContaining([["30.00", claim!.id, []], ["70.00", claim!.id, []]]));
  expect(await claimant.of(claim!.id)).toMatchObject({ status: "DEDUCTED", activities: [{ action: "RECORDED" }, { action: "MATCHED" }] });
});

test("a claim is taken once, though two payments with its number come in at once", async () => {
  const { claim } = await claimant.claim({ amount: "100.00", number: "CB-1" });
  await Promise.all([
    books.pay({ account: customer.account, amount: "400.00", lines: [{ reference: "I-1", gross: "500.00", deduction: "100.00", claimNumber: "CB-1" }] }),
    books.pay({ account: customer.account, amount: "200.00", lines: [{ reference: "I-2", gross: "300.00", deduction: "100.00", claimNumber: "CB-1" }] }),
  ]);
  const behind = (await claimant.deductions()).filter((it) => it.claim?.id === claim!.id);
  expect(behind).toHaveLength(1);
  expect(await claimant.of(claim!.id)).toMatchObject({ status: "DEDUCTED", activities: [{ action: "RECORDED" }, { action: "MATCHED" }] });
});

test("a claim that was withdrawn is behind nothing that comes later", async () => {
  const { claim } = await claimant.claim({ amount: "100.00", number: "CB-1" });
  await claimant.withdraw(claim!.id);
  const [deduction] = await claimant.paysShort({ reference: "I-1", gross: "500.00", deduction: "100.00", claimNumber: "CB-1" });
  expect(deduction).toMatchObject({ claim: null, possibleClaims: [] });
  expect((await claimant.match(claim!.id, deduction!.id)).userErrors).toMatchObject([{ code: "CONFLICT" }]);
});
