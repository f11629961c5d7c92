import { openTestApp, type TestApp } from "../kit/app.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { CreateCustomerDocument, CreateTermsDocument, type CreateCustomerInput, CustomersDocument, type CustomersQueryVariables, TermsDocument } from "../kit/gql.ts";

let app: TestApp;
let company: FoundedCompany;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  company = await app.company();
});
afterAll(() => app.close());

async function create(input: Partial<CreateCustomerInput>) {
  const customer = { accountNumber: "C-1", name: "Brunner Foods", currency: "USD", ...input };
  return (await app.query(company.as.controller, CreateCustomerDocument, { input: customer })).createCustomer;
}

async function list(variables: CustomersQueryVariables) {
  const { customers } = await app.query(company.as.collector, CustomersDocument, variables);
  return { ...customers!.pageInfo, names: customers!.edges!.map((edge) => edge!.node!.name) };
}

describe("adding a customer", () => {
  test("it is there with its names, people and policy", async () => {
    const contact = { name: "Ada", role: "ACCOUNTS_PAYABLE" as const, email: "ada@example.com", phone: null };
    const { customer, userErrors } = await create({ aliases: ["BRUNNER FDS", "Brunner Foods"], contacts: [contact] });
    expect(userErrors).toEqual([]);
    expect(customer).toEqual({
      id: expect.any(String),
      accountNumber: "C-1",
      name: "Brunner Foods",
      currency: "USD",
      termsCode: null,
      shortPayPolicy: "OPEN_DEDUCTION",
      aliases: expect.arrayContaining(["Brunner Foods", "BRUNNER FDS"]),
      contacts: [contact],
    });
    expect(customer!.aliases).toHaveLength(2);
  });

  test("0200769623 and 200769623 are one account", async () => {
    expect((await create({ accountNumber: "0200769623", name: "WAL-MAR corp" })).userErrors).toEqual([]);
    expect(await create({ accountNumber: "200769623", name: "Another" })).toMatchObject({ customer: null, userErrors: [{ code: "DUPLICATE", field: ["accountNumber"] }] });
    for (const search of ["0200769623", "200769623", " 200 769 623 "]) expect((await list({ search })).names).toEqual(["WAL-MAR corp"]);
  });

  test("two companies may have the same account number", async () => {
    await create({});
    company = await app.company();
    expect((await create({})).userErrors).toEqual([]);
  });

  test("sent again under its idempotency key it is the same customer; with another input it is refused", async () => {
    const first = await create({ idempotencyKey: "k-1" });
    expect(first.customer).not.toBeNull();
    expect(await create({ idempotencyKey: "k-1" })).toEqual(first);
    expect(await create({ idempotencyKey: "k-1", name: "Other" })).toMatchObject({ customer: null, userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED", field: ["idempotencyKey"] }] });
    expect((await list({})).names).toEqual(["Brunner Foods"]);
  });

  test.each([
    ["a blank account number", { accountNumber: " " }, "VALUE_INVALID", "accountNumber"],
    ["an unknown currency", { currency: "usd" }, "CURRENCY_UNKNOWN", "currency"],
    ["terms that are not there", { termsCode: "N90" }, "NOT_FOUND", "termsCode"],
    ["a blank name", { name: "" }, "VALUE_INVALID", "name"],
  ])("%s is refused, the field is named and nothing is written", async (_case, wrong, code, field) => {
    expect(await create(wrong)).toMatchObject({ customer: null, userErrors: [{ code, field: [field] }] });
    expect((await list({})).names).toEqual([]);
  });

  test("a collector may not", async () => {
    const { errors } = await app.ask(company.as.collector, CreateCustomerDocument, { input: { accountNumber: "C-1", name: "x", currency: "USD" } });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });
});

describe("finding customers", () => {
  test("by part of a name or of an alias, in any case, with no wildcards of SQL", async () => {
    await create({ accountNumber: "1", name: "Brunner Foods", aliases: ["ACH 100% BRN"] });
    await create({ accountNumber: "2", name: "Delta Toys" });
    expect((await list({ search: "brun" })).names).toEqual(["Brunner Foods"]);
    expect((await list({ search: "ach 100" })).names).toEqual(["Brunner Foods"]);
    expect((await list({ search: "%" })).names).toEqual(["Brunner Foods"]);
    expect((await list({ search: "_elta" })).names).toEqual([]);
  });

  test("forward and backward pages meet, and a cursor stays good when customers are added before and behind it", async () => {
    for (const name of ["B", "D", "F", "H", "J"]) await create({ accountNumber: name, name });
    const one = await list({ first: 2 });
    expect(one).toMatchObject({ names: ["B", "D"], hasNextPage: true, hasPreviousPage: false });
    await create({ accountNumber: "A", name: "A" });
    await create({ accountNumber: "E", name: "E" });
    const two = await list({ first: 2, after: one.endCursor! });
    expect(two).toMatchObject({ names: ["E", "F"], hasNextPage: true, hasPreviousPage: true });
    expect(await list({ last: 2, before: two.startCursor! })).toMatchObject({ names: ["B", "D"], hasNextPage: true, hasPreviousPage: true });
    expect(await list({ last: 2 })).toMatchObject({ names: ["H", "J"], hasNextPage: false, hasPreviousPage: true });
    expect(await list({ first: 50, after: two.endCursor! })).toMatchObject({ names: ["H", "J"], hasNextPage: false });
  });

  test.each([
    ["a page over the limit", { first: 201 }, "LIMIT_EXCEEDED", "A page holds 0 to 200 items; 201 were asked for."],
    ["a page of less than nothing", { last: -1 }, "LIMIT_EXCEEDED", "A page holds 0 to 200 items; -1 were asked for."],
    ["both directions at once", { first: 1, last: 1 }, "VALUE_INVALID", "Ask for first or last, not both."],
    ["a cursor of nowhere", { after: "xyz" }, "VALUE_INVALID", '"xyz" is not a cursor of this list.'],
  ])("%s is refused by name", async (_case, variables, refusal, message) => {
    const { data, errors } = await app.ask(company.as.collector, CustomersDocument, variables);
    expect(data).toEqual({ customers: null });
    expect(errors).toMatchObject([{ message, extensions: { code: refusal === "LIMIT_EXCEEDED" ? refusal : "BAD_USER_INPUT", refusal } }]);
  });
});

describe("payment terms", () => {
  const terms = { code: "2-10-N30", description: "2 % 10 days, net 30", netDays: 30, graceDays: 3, discounts: [{ days: 10, basisPoints: 200 }] };
  const createTerms = async (input: object) => (await app.query(company.as.controller, CreateTermsDocument, { input: { ...terms, ...input } })).createTerms;

  test("terms have days and discount tiers, earliest first, and a customer may name them", async () => {
    const tiers = [{ days: 20, basisPoints: 100 }, { days: 10, basisPoints: 200 }];
    expect((await createTerms({ discounts: tiers })).userErrors).toEqual([]);
    const read = await app.query(company.as.biReader, TermsDocument, {});
    expect(read.terms).toEqual([{ ...terms, discounts: [...tiers].reverse() }]);
    expect((await create({ termsCode: terms.code })).customer).toMatchObject({ termsCode: terms.code });
  });

  test.each([
    ["a code that is taken", {}, "DUPLICATE", "code"],
    ["a due date before the invoice", { code: "x", netDays: -1 }, "VALUE_INVALID", "netDays"],
    ["a discount of everything", { code: "x", discounts: [{ days: 1, basisPoints: 10_000 }] }, "VALUE_INVALID", "discounts"],
    ["two discounts that end together", { code: "x", discounts: [{ days: 1, basisPoints: 1 }, { days: 1, basisPoints: 2 }] }, "VALUE_INVALID", "discounts"],
  ])("%s is refused, and the field is named", async (_case, wrong, code, field) => {
    await createTerms({});
    expect(await createTerms(wrong)).toMatchObject({ terms: null, userErrors: [{ code, field: [field] }] });
  });
});
