import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { CorrectReasonDocument, type CorrectReasonInput, ReasonMappingsDocument, ReasonsOfDocument, type RemittanceLineInput, StandardReasonCodesDocument } from "../kit/gql.ts";
import { Analyst } from "./analyst.ts";

let app: TestApp;
let books: Books;
let customer: { id: string; account: string };
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  customer = await books.customer();
});

let bills = 0;
/** An invoice of 100.00 that is paid short by 10.00, and the deduction that this is. */
async function shortPay(line: Partial<RemittanceLineInput>, receivedOn = "2026-03-20") {
  const number = `R-${++bills}`;
  await books.bill(customer.account, { number, total: "100.00" });
  const { payment, userErrors } = await books.pay({ account: customer.account, amount: "90.00", receivedOn, lines: [{ reference: number, gross: "100.00", deduction: "10.00", ...line }] });
  expect(userErrors).toEqual([]);
  return (await reasoned()).find(({ id }) => id === payment!.deductions[0]!.id)!;
}
const reasoned = async () => (await app.query(books.company.as.analyst, ReasonsOfDocument, { customerId: customer.id })).deductions!.edges!.map((it) => it!.node!);
const correct = async (input: CorrectReasonInput, token = books.company.as.analyst) => (await app.query(token, CorrectReasonDocument, { input })).correctReason;
const mappings = async () => (await app.query(books.company.as.analyst, ReasonMappingsDocument)).reasonMappings;

test("a deduction says how its reason was found", async () => {
  await books.reason({ customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
  await books.reason({ account: customer.account, customerCode: "A7", reason: "RETURN", effectiveFrom: "2020-01-01" });
  expect(await shortPay({ customerCode: "022" })).toMatchObject({ reason: "SHORTAGE", reasonSource: "COMPANY_CODE", reasonConfidence: 100 });
  expect(await shortPay({ customerCode: "a7" })).toMatchObject({ reason: "RETURN", reasonSource: "CUSTOMER_CODE", reasonConfidence: 100 });
  expect(await shortPay({ customerCode: "04", codeList: "X12_426", purchaseOrder: "7001" })).toMatchObject({ reason: "DAMAGE", reasonSource: "STANDARD_CODE", reasonConfidence: null, codeList: "X12_426", purchaseOrder: "7001", billingQuestion: null });
  expect(await shortPay({ customerCode: "4", codeList: "EDIFACT_4465" })).toMatchObject({ reason: "SHORTAGE", reasonSource: "STANDARD_CODE" });
  expect(await shortPay({ customerCode: "04" })).toMatchObject({ reason: "UNIDENTIFIED", reasonSource: "NOT_FOUND", codeList: null });
  expect(await shortPay({})).toMatchObject({ reason: "UNIDENTIFIED", reasonSource: "NOT_FOUND", customerCode: null, purchaseOrder: null });
});

test("a code that says why nothing was paid is a question for billing", async () => {
  expect(await shortPay({ customerCode: "45", codeList: "X12_426" })).toMatchObject({ reason: "UNIDENTIFIED", reasonSource: "STANDARD_CODE", billingQuestion: "Stale bill, over 180 days old" });
  const { standardReasonCodes } = await app.query(books.company.as.biReader, StandardReasonCodesDocument);
  expect(standardReasonCodes).toContainEqual({ list: "X12_426", code: "18", meaning: "Not company bill", reason: "UNIDENTIFIED", nonPayment: true });
});

test("a discount that was not earned needs no code", async () => {
  await books.terms({ code: "2/10", description: "2/10 net 30", netDays: 30, discounts: [{ days: 10, basisPoints: 200 }] });
  await books.bill(customer.account, { number: "D-1", total: "1000.00", termsCode: "2/10" });
  await books.pay({ account: customer.account, amount: "980.00", receivedOn: "2026-03-20", lines: [{ reference: "D-1", net: "980.00" }] });
  expect(await reasoned()).toMatchObject([{ reason: "UNEARNED_DISCOUNT", reasonSource: "TERMS", reasonConfidence: null }]);
});

test("parts of a split deduction state what the whole stated, and a part that was given another reason has it from a person", async () => {
  const { id } = await shortPay({ customerCode: "06", codeList: "X12_426", purchaseOrder: "7001" });
  const analyst = new Analyst(books);
  await analyst.work(id, "TAKE_UP");
  const input = { deductionId: id, note: "Two causes.", parts: [{ amount: "6.00" }, { amount: "4.00", reason: "PRICE" }] };
  expect(await app.query(books.company.as.analyst, `mutation ($input: SplitDeductionInput!) { splitDeduction(input: $input) { userErrors { message } } }`, { input })).toEqual({ splitDeduction: { userErrors: [] } });
  const stated = { customerCode: "06", codeList: "X12_426", purchaseOrder: "7001" };
  expect((await reasoned()).filter((it) => it.id !== id)).toEqual(expect.arrayContaining([
    expect.objectContaining({ ...stated, reason: "SHORTAGE", reasonSource: "STANDARD_CODE", reasonConfidence: null }), expect.objectContaining({ ...stated, reason: "PRICE", reasonSource: "PERSON", reasonConfidence: 100 }),
  ]));
});

describe("a reason that is corrected", () => {
  test("changes the case, keeps what was taken, and says who knew", async () => {
    const { id } = await shortPay({ customerCode: "Q1" });
    const { deduction, userErrors } = await correct({ deductionId: id, reason: "DAMAGE", note: "Photos show it.", learn: false });
    expect(userErrors).toEqual([]);
    expect(deduction).toMatchObject({ reason: "UNIDENTIFIED", case: { reason: "DAMAGE", version: 2 }, activities: [{ action: "CORRECT_REASON", note: "Photos show it." }] });
    expect(await mappings()).toEqual([]);
    expect(await shortPay({ customerCode: "Q1" })).toMatchObject({ reason: "UNIDENTIFIED" });
  });

  test("teaches the customer's code, so that the next short pay with it has the reason", async () => {
    await books.reason({ account: customer.account, customerCode: "Q1", reason: "PRICE", effectiveFrom: "2020-01-01" });
    const other = await books.customer();
    const { id } = await shortPay({ customerCode: "Q1" });
    expect((await correct({ deductionId: id, reason: "SHORTAGE", learn: true })).userErrors).toEqual([]);
    expect(await mappings()).toEqual([
      { customerId: customer.id, customerCode: "Q1", reason: "PRICE", effectiveFrom: "2020-01-01", effectiveTo: "2026-03-19", confidence: 100, learnedFrom: null },
      { customerId: customer.id, customerCode: "Q1", reason: "SHORTAGE", effectiveFrom: "2026-03-20", effectiveTo: null, confidence: 100, learnedFrom: id },
    ]);
    expect(await shortPay({ customerCode: "q1" }, "2026-03-21")).toMatchObject({ reason: "SHORTAGE", reasonSource: "CUSTOMER_CODE", reasonConfidence: 100 });
    expect(await shortPay({ customerCode: "Q1" }, "2026-03-19")).toMatchObject({ reason: "PRICE" });
    customer = other;
    expect(await shortPay({ customerCode: "Q1" }, "2026-03-21")).toMatchObject({ reason: "UNIDENTIFIED" });
  });

  test("is trusted as far as corrections agree, and the last one counts though it comes on the same day", async () => {
    const taken = [await shortPay({ customerCode: "Q2" }), await shortPay({ customerCode: "Q2" }), await shortPay({ customerCode: "Q2" })];
    for (const [index, reason] of (["DAMAGE", "SHORTAGE", "SHORTAGE"] as const).entries()) {
      expect((await correct({ deductionId: taken[index]!.id, reason, learn: true })).userErrors).toEqual([]);
    }
    expect((await mappings()).map(({ reason, effectiveFrom, effectiveTo, confidence }) => ({ reason, effectiveFrom, effectiveTo, confidence }))).toEqual([
      { reason: "DAMAGE", effectiveFrom: "2026-03-20", effectiveTo: "2026-03-19", confidence: 100 },
      { reason: "SHORTAGE", effectiveFrom: "2026-03-20", effectiveTo: "2026-03-19", confidence: 50 },
      { reason: "SHORTAGE", effectiveFrom: "2026-03-20", effectiveTo: null, confidence: 67 },
    ]);
    expect(await shortPay({ customerCode: "Q2" })).toMatchObject({ reason: "SHORTAGE", reasonConfidence: 67 });
  });

  test("is refused where it is decided, unchanged, without a code to learn, or seen in an older version", async () => {
    const { id } = await shortPay({});
    expect((await correct({ deductionId: id, reason: "UNIDENTIFIED", learn: false })).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["reason"] }]);
    expect((await correct({ deductionId: id, reason: "PRICE", learn: true })).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["learn"] }]);
    expect(await correct({ deductionId: id, reason: "PRICE", learn: false, expectedVersion: 9 })).toMatchObject({ userErrors: [{ code: "CONFLICT" }], current: { case: { version: 1 } } });
    const analyst = new Analyst(books);
    await analyst.work(id, "TAKE_UP");
    await analyst.decide(id, "0.00");
    expect((await correct({ deductionId: id, reason: "PRICE", learn: false })).userErrors).toMatchObject([{ code: "BLOCKED" }]);
    await expect(correct({ deductionId: id, reason: "PRICE", learn: false }, books.company.as.clerk)).rejects.toThrow();
  });
});
