import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { PromotionsDocument, PromotionsOfCustomerDocument, RecordPromotionDocument, type RecordPromotionInput } from "../kit/gql.ts";

let app: TestApp;
let books: Books;
let account: string;
let customerId: string;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  ({ id: customerId, account } = await books.customer());
});

const record = async (input: Partial<RecordPromotionInput> = {}) => {
  const usual = { account, code: "SPRING-26", description: "Ten percent off in spring", validFrom: "2026-03-01", validTo: "2026-03-31", currency: "USD", accrued: "500.00" };
  return (await app.query(books.company.as.controller, RecordPromotionDocument, { input: { ...usual, ...input } })).recordPromotion;
};
const codes = async (variables: object = {}): Promise<string[]> => (await app.query(books.company.as.analyst, PromotionsDocument, variables)).promotions!.edges!.map((it) => it!.node!.code);

test("what was set aside is kept, with all that was said and by whom", async () => {
  const { promotion, userErrors } = await record({ item: " BOTTLE " });
  expect(userErrors).toEqual([]);
  expect(promotion).toMatchObject({
    code: "SPRING-26", description: "Ten percent off in spring", item: "BOTTLE", validFrom: "2026-03-01", validTo: "2026-03-31", accrued: { amount: "500.00", currency: "USD" }, used: { amount: "0.00" }, left: { amount: "500.00" },
    recordedBy: expect.any(String), customer: { accountNumber: account },
  });
  expect((await app.query(books.company.as.analyst, `query ($id: ID!) { node(id: $id) { ... on Promotion { code } } }`, { id: promotion!.id })).node).toEqual({ code: "SPRING-26" });
});

test.each<[string, Partial<RecordPromotionInput>, string, string]>([
  ["of an account that is not there", { account: "nobody" }, "NOT_FOUND", "account"],
  ["whose code has a blank", { code: "SPRING 26" }, "VALUE_INVALID", "code"],
  ["that promises nothing", { description: " " }, "VALUE_INVALID", "description"],
  ["that ends before it begins", { validTo: "2026-02-28" }, "DATE_INVALID", "validTo"],
  ["of nothing", { accrued: "0.00" }, "AMOUNT_INVALID", "accrued"],
  ["of less than a cent", { accrued: "0.001" }, "AMOUNT_INVALID", "accrued"],
])("a promotion is refused %s", async (_name, input, code, field) => {
  expect((await record(input)).userErrors).toMatchObject([{ code, field: [field] }]);
  expect(await codes()).toEqual([]);
});

test("a code is given once in a company, however it is written; sent again with its key it is the same promotion", async () => {
  const first = await record({ idempotencyKey: "once" });
  expect((await record({ idempotencyKey: "once" })).promotion!.id).toBe(first.promotion!.id);
  expect((await record({ code: "spring-26" })).userErrors).toMatchObject([{ code: "DUPLICATE", field: ["code"] }]);
  const other = await books.customer();
  const both = await Promise.all([record({ code: "SUMMER" }), record({ code: "summer", account: other.account })]);
  expect(both.filter(({ promotion }) => promotion !== null)).toHaveLength(1);
});

test("promotions are listed by customer and by the day they run on, those that begin last first", async () => {
  const other = await books.customer();
  await record({ code: "MARCH" });
  await record({ code: "APRIL", validFrom: "2026-04-01", validTo: "2026-04-30" });
  await record({ code: "OTHER", account: other.account, validFrom: "2026-03-31", validTo: "2026-04-01" });
  expect(await codes()).toEqual(["APRIL", "OTHER", "MARCH"]);
  expect(await codes({ customerId })).toEqual(["APRIL", "MARCH"]);
  expect(await codes({ aliveOn: "2026-03-31" })).toEqual(["OTHER", "MARCH"]);
  expect(await codes({ aliveOn: "2026-04-01", customerId })).toEqual(["APRIL"]);
  const { promotions } = await app.query(books.company.as.analyst, PromotionsDocument, { first: 1 });
  expect(await codes({ first: 2, after: promotions!.pageInfo.endCursor })).toEqual(["OTHER", "MARCH"]);
  const { node } = await app.query(books.company.as.analyst, PromotionsOfCustomerDocument, { id: customerId });
  expect(node).toEqual({ promotions: { edges: [{ node: { code: "APRIL", left: { amount: "500.00" } } }, { node: { code: "MARCH", left: { amount: "500.00" } } }] } });
});

test("promotions are recorded by whoever may credit, and not by whoever works deductions", async () => {
  for (const who of ["analyst", "clerk", "administrator"] as const) {
    const answer = await app.ask(books.company.as[who], `mutation { recordPromotion(input: { account: "x", code: "X", description: "x", validFrom: "2026-03-01", validTo: "2026-03-01", currency: "USD", accrued: "1.00" }) { userErrors { code } } }`);
    expect(answer.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  }
});
