import { execute, getIntrospectionQuery } from "graphql";
import type { CompiledExecutor } from "../../src/graphql/executor.ts";
import { listen, type Running } from "../../src/server.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { selectionOf, wholeQueries } from "./whole-schema.ts";

let app: TestApp;
let company: FoundedCompany;
let plain: Running;
let ids: ReadonlyMap<string, string>;

beforeAll(async () => {
  // A clock that stands still: some figures tell when they were known.
  // Nobody asks for everything at once but this test, so its queries are far beyond what clients may ask.
  const limits = { aliases: Infinity, tokens: Infinity, cost: Infinity };
  app = await openTestApp({ clock: { now: () => new Date("2026-03-01T12:00:00Z") }, limits });
  company = await app.company();
  // The same application, executed by graphql-js itself.
  const { schema } = app.app;
  const byGraphqlJs: Pick<CompiledExecutor, "execute"> = {
    execute: async (_key, document, operationName, rootValue, contextValue, variables) =>
      execute({ schema, document, operationName, rootValue, contextValue, variableValues: { ...variables } }),
  };
  plain = await listen({ ...app.app, executor: byGraphqlJs as CompiledExecutor }, 0);
  await trade();
  ids = await idsByType();
});
afterAll(async () => {
  await plain.close();
  await app.close();
});

const GRANT = `mutation ($input: GrantRoleInput!) { grantRole(input: $input) { userErrors { message } } }`;
const KEY = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { userErrors { message } } }`;
const CUSTOMER = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { userErrors { message } } }`;
const INVOICE = `mutation ($input: IssueInvoiceInput!) { issueInvoice(input: $input) { userErrors { message } } }`;
const PAYMENT = `mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { userErrors { message } } }`;

/** A customer buys and pays short with a reason, so that there is one of everything that trade makes. */
async function trade(): Promise<void> {
  const { controller, clerk } = company.as;
  const contacts = [{ name: "Ada", role: "DISPUTES" }];
  const done = [
    await app.query(company.as.administrator, GRANT, { input: { subject: company.subjects.controller, role: "ADMINISTRATOR" } }),
    await app.query(company.as.administrator, KEY, { input: { name: "Power BI" } }),
    await app.query(controller, CUSTOMER, { input: { accountNumber: "C-1", name: "Brunner", currency: "USD", aliases: ["BRN"], contacts } }),
    await app.query(controller, CUSTOMER, { input: { accountNumber: "C-2", name: "Delta", currency: "USD" } }),
    await app.query(controller, INVOICE, { input: { account: "C-1", number: "INV-1", currency: "USD", invoicedOn: "2026-01-05", dueOn: "2026-02-04", total: "100.00", lines: [{ description: "Cereal", amount: "100.00" }] } }),
    await app.query(clerk, PAYMENT, { input: { account: "C-1", amount: "90.00", currency: "USD", receivedOn: "2026-02-01", reference: "CHK 1", lines: [{ reference: "INV-1", gross: "100.00", deduction: "10.00", customerCode: "SHORT" }] } }),
  ];
  expect(done.flatMap((data) => Object.values(data as object)).flatMap(({ userErrors }) => userErrors)).toEqual([]);
}

/** One global id of each type that has any, found by asking for everything. */
async function idsByType(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const collect = (value: unknown): void => {
    if (value === null || typeof value !== "object") return;
    const { __typename: type } = value as { __typename?: string };
    const id = (value as Record<string, unknown>)[`${type}_id`];
    if (type && typeof id === "string") found.set(type, id);
    Object.values(value).forEach(collect);
  };
  for (const { document } of wholeQueries(app.app.schema)) collect((await app.ask(company.as.controller, document, { company: company.code })).data);
  return found;
}

interface Sent {
  readonly query: string;
  readonly variables?: object;
  readonly operationName?: string;
}

/** The bytes that a server answers with. */
async function bytesFrom(url: string, token: string | null, sent: Sent): Promise<string> {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${url}/graphql`, { method: "POST", headers, body: JSON.stringify(sent) });
  return `${response.status} ${await response.text()}`;
}

async function same(sent: Sent, token: string | null = company.as.controller): Promise<string> {
  const compiled = await bytesFrom(app.url, token, sent);
  expect(compiled).toBe(await bytesFrom(plain.url, token, sent));
  return compiled;
}

test("every query that needs no more than a company gives the same bytes, all fields asked", async () => {
  for (const { field, document } of wholeQueries(app.app.schema)) {
    const answer = await same({ query: document, variables: document.includes("$company") ? { company: company.code } : {} });
    expect(`${field}: ${answer}`).toContain("200");
    expect(`${field}: ${answer}`).not.toContain('"errors"');
  }
});

test("everything that has an id is fetched by it, with the same bytes", async () => {
  expect([...ids.keys()]).toEqual(expect.arrayContaining(["Application", "Company", "Customer", "Deduction", "Invoice", "OpenItem", "Payment"]));
  const node = app.app.schema.getType("Node")!;
  for (const [type, id] of ids) {
    if (!app.app.schema.getPossibleTypes(node as never).some(({ name }) => name === type)) continue;
    // Everything of its own type: with everything of all types, the document would be larger than a request may be.
    const own = `{ __typename ... on ${type} ${selectionOf(app.app.schema, app.app.schema.getType(type)!)} }`;
    const answer = await same({ query: `query ($id: ID!) { node(id: $id) ${own} }`, variables: { id } });
    expect(answer).toContain(`{"node":{"__typename":"${type}"`);
  }
});

test("introspection gives the same bytes, and knows nothing of the compiler", async () => {
  expect(await same({ query: getIntrospectionQuery() })).not.toContain("Coerced");
});

const NEW_CUSTOMER = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { code message field } } }`;
const PAGE = `query ($first: Int = 1, $named: Boolean = true) { customers(first: $first) { edges { node { id name @include(if: $named) accountNumber @skip(if: $named) } } } }`;

test.each<[string, Sent]>([
  ["nothing behind an id", { query: `{ node(id: "xyz") { id } }` }],
  ["aliases and fragments", { query: `{ a: viewer { ...who } b: viewer { ...who subject } } fragment who on Viewer { me: subject memberships { roles } }` }],
  ["variables with defaults", { query: PAGE }],
  ["variables in the place of defaults", { query: PAGE, variables: { first: 2, named: false } }],
  ["null for a variable with a default", { query: PAGE, variables: { first: null } }],
  ["null for a required variable with a default", { query: `query ($named: Boolean! = true) { viewer { subject @include(if: $named) } }`, variables: { named: null } }],
  ["an unknown field", { query: `{ viewer { nonsense } }` }],
  ["a text that is no query", { query: `{ viewer {` }],
  ["no operation of that name", { query: `query A { viewer { subject } }`, operationName: "B" }],
  ["one operation of two", { query: `query A { viewer { subject } } query B { b: viewer { subject } }`, operationName: "B" }],
  ["two operations without a name", { query: `query A { viewer { subject } } query B { b: viewer { subject } }` }],
  ["a missing variable", { query: `query ($id: ID!) { node(id: $id) { id } }` }],
  ["a variable of a wrong type", { query: PAGE, variables: { first: "two" } }],
  ["an input with several faults", { query: NEW_CUSTOMER, variables: { input: { accountNumber: 7, shortPayPolicy: "NEVER", contacts: [{ name: null }], extra: true } } }],
  ["a bad date in a variable", { query: `query ($on: Date) { controlAccount(asOf: $on) { agrees } }`, variables: { on: "2026-02-30" } }],
  ["a bad date in the text", { query: `{ controlAccount(asOf: "31.01.2026") { agrees } }` }],
  ["a refusal in a query", { query: `{ customers(first: 201) { edges { cursor } } viewer { subject } }` }],
  ["a refusal where null is not allowed", { query: `{ viewer { subject } terms(company: "nowhere") { code } }` }],
  ["a refused command, all defaults left out", { query: NEW_CUSTOMER, variables: { input: { accountNumber: "C-1", name: "Again", currency: "USD" } } }],
  ["a refused command in the text", { query: `mutation { createCustomer(input: { accountNumber: "c-1", name: "Again", currency: "USD" }) { customer { id } userErrors { code field line } } }` }],
  ["a command that is not allowed", { query: `mutation { createCompany(input: { code: "x1", name: "x", functionalCurrency: "USD", administrator: "x" }) { company { id } } }` }],
])("%s gives the same bytes", async (_case, sent) => {
  await same(sent);
});

test("an error without a token gives the same bytes", async () => {
  expect(await same({ query: "{ viewer { subject } }" }, null)).toContain("UNAUTHENTICATED");
});
