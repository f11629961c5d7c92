import pg from "pg";
import { parse, type OperationDefinitionNode } from "graphql";
import { DEFAULT_LIMITS } from "../../src/graphql/limits.ts";
import { costOf } from "../../src/graphql/query-cost.ts";
import { RateLimit } from "../../src/graphql/rate-limit.ts";
import { listen } from "../../src/server.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { ask } from "../kit/ask.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { testOnNative } from "../kit/database.ts";
import { subscribe } from "../kit/live.ts";

let app: TestApp;
let company: FoundedCompany;
beforeAll(async () => {
  app = await openTestApp();
  company = await app.company();
});
afterAll(() => app.close());

const errorOf = async (query: string, variables = {}) => {
  const { status, errors, data } = await app.ask(company.as.controller, query, variables);
  return { status, data, error: errors[0] };
};
const times = (count: number, write: (n: number) => string): string => Array.from({ length: count }, (_, n) => write(n)).join(" ");

const aliased = (count: number): string => `{ ${times(count, (n) => `a${n}: __typename`)} }`;
const directed = (count: number): string => `query ($yes: Boolean = true) { viewer { ${times(count, () => "subject @include(if: $yes)")} } }`;
const worded = (count: number): string => `{ viewer { ${times(count - 5, () => "subject")} } }`;

describe("a document is refused when it has", () => {
  test.each<[string, (count: number) => string, "aliases" | "directives"]>([
    ["more aliases than the limit", aliased, "aliases"],
    ["more directives than the limit", directed, "directives"],
  ])("%s; the error names the limit and what was counted", async (_rule, write, limited) => {
    const limit = DEFAULT_LIMITS[limited];
    expect((await errorOf(write(limit))).error).toBeUndefined();
    expect(await errorOf(write(limit + 1))).toMatchObject({
      status: 400, data: null,
      error: { message: `This document has ${limit + 1} ${limited}; the limit is ${limit}.`, extensions: { code: "LIMIT_EXCEEDED", limited, limit, counted: limit + 1 } },
    });
  });

  test("more tokens than the limit, and it is not read further", async () => {
    const limit = DEFAULT_LIMITS.tokens;
    expect((await errorOf(worded(limit))).error?.extensions?.code).not.toBe("LIMIT_EXCEEDED");
    expect(await errorOf(worded(limit + 1))).toMatchObject({
      status: 400, data: null,
      error: { message: `This document has more than ${limit} tokens, the limit.`, extensions: { code: "LIMIT_EXCEEDED", limited: "tokens", limit } },
    });
  });

  test("introspection that goes round", async () => {
    const round = `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`;
    expect((await errorOf(round)).error).toMatchObject({ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } });
  });
});

describe("the price of an operation", () => {
  test.each<[string, string, object, number]>([
    ["one for each object, nothing for scalars", `{ viewer { subject } }`, {}, 1],
    ["the usual ten for a list whose length cannot be asked", `{ viewer { memberships { company { name } } } }`, {}, 1 + 10 * 2],
    ["the usual page where none is asked", `{ customers { edges { cursor node { name } } pageInfo { endCursor } } }`, {}, 1 + 20],
    ["the page asked for", `{ customers(first: 3) { edges { node { name } } } }`, {}, 1 + 3],
    ["the page asked for from the end", `{ customers(last: 4) { edges { node { name } } } }`, {}, 1 + 4],
    ["pages within pages", `{ customers(first: 20) { edges { node { name openItems(first: 10) { edges { node { number open { amount } } } } } } } }`, {}, 1 + 20 * (1 + 1 + 10 * 2)],
    ["pages in variables", `query ($n: Int) { customers(first: $n) { edges { node { name } } } }`, { n: 7 }, 1 + 7],
    ["pages in the defaults of variables", `query ($n: Int = 8) { customers(first: $n) { edges { node { name } } } }`, {}, 1 + 8],
    ["never more than a page may hold", `query ($n: Int) { customers(first: $n) { edges { node { name } } } }`, { n: 1_000_000 }, 1 + 200],
    ["fragments, as often as they are spread", `{ a: viewer { ...who } b: viewer { ...who } } fragment who on Viewer { memberships { company { code } } }`, {}, 2 * 21],
    ["nothing for what is left out", `query ($no: Boolean = false) { viewer { memberships @include(if: $no) { roles } memberships @skip(if: true) { roles } } }`, {}, 1],
    ["more for figures that take work", `{ controlAccount { agrees } }`, {}, 100],
    ["ten for a command", `mutation { createCompany(input: {}) { company { id } } }`, {}, 10 + 1],
    ["nothing for introspection", `{ __schema { types { name } } }`, {}, 0],
  ])("counts %s", (_rule, query, variables, cost) => {
    const document = parse(query);
    expect(costOf(app.app.schema, document, document.definitions[0] as OperationDefinitionNode, variables as Record<string, unknown>)).toBe(cost);
  });

  const dear = `query ($n: Int!) { customers(first: 200) { edges { node { invoices(first: $n) { edges { node { number total { amount } } } } } } } }`;

  test("is told with its limit when it is too high, which variables decide", async () => {
    expect((await errorOf(dear, { n: 10 })).error).toBeUndefined();
    const cost = 1 + 200 * (1 + 1 + 200 * 2);
    expect(await errorOf(dear, { n: 200 })).toMatchObject({
      status: 400, data: null,
      error: { message: expect.stringContaining(`costs ${cost}; the limit is ${DEFAULT_LIMITS.cost}`), extensions: { code: "LIMIT_EXCEEDED", limited: "cost", cost, limit: DEFAULT_LIMITS.cost } },
    });
  });

  test("is settled before anything runs: a command that asks too much back changes nothing", async () => {
    const input = { code: "dear", name: "Dear", functionalCurrency: "USD", administrator: "x" };
    const many = times(100, (n) => `c${n}: createCompany(input: $input) { userErrors { code message } }`);
    const command = `mutation ($input: CreateCompanyInput!) { ${many} }`;
    const cheap = await listen({ ...app.app, limits: { ...DEFAULT_LIMITS, cost: 1_000 } }, 0);
    const operator = await app.token("operator", { operator: true });
    expect((await ask(cheap.url, operator, command, { input })).errors).toMatchObject([{ extensions: { cost: 100 * 20, limit: 1_000 } }]);
    await cheap.close();
    const { createCompany } = await app.query(operator, `mutation ($input: CreateCompanyInput!) { createCompany(input: $input) { userErrors { code } } }`, { input });
    expect(createCompany.userErrors).toEqual([]);
  });
});

test.each([
  ["aliases", aliased(DEFAULT_LIMITS.aliases + 1)],
  ["directives", directed(DEFAULT_LIMITS.directives + 1)],
  ["tokens", worded(DEFAULT_LIMITS.tokens + 1)],
  ["cost", `subscription { paymentReceived { payment { customer { invoices(first: 200) { edges { node { customer { invoices(first: 200) { edges { node { customer { name } } } } } } } } } } } }`],
])("the limit on %s holds over a socket", async (limited, query) => {
  const live = subscribe(app.url, company.as.controller, query);
  await expect(live.next()).rejects.toThrow(new RegExp(`"code":"LIMIT_EXCEEDED","limited":"${limited}"`));
  await live.close();
});

describe("the rate of requests", () => {
  test("is a minute's worth at once, and then an even trickle, for each client apart", () => {
    let now = 0;
    const rates = new RateLimit(60, () => now);
    const admitted = (address: string): number => {
      for (let count = 0; ; count++) {
        try {
          rates.admit(null, address);
        } catch {
          return count;
        }
      }
    };
    expect([admitted("one"), admitted("one"), admitted("two")]).toEqual([60, 0, 60]);
    now += 2_500;
    expect([admitted("one"), admitted("two")]).toEqual([2, 2]);
    now += 3_600_000;
    expect(admitted("one")).toBe(60);
    expect(() => new RateLimit(0).admit(null, "any number")).not.toThrow();
  });

  test("too high is answered by 429 with Retry-After, over HTTP, for uploads and over sockets; others are served", async () => {
    const strict = await listen({ ...app.app, rates: new RateLimit(30) }, 0);
    const [token, query] = [company.as.collector, JSON.stringify({ query: "{ viewer { subject } }" })];
    const send = (bearer: string, path = "/graphql?", body = query) => fetch(`${strict.url}${path}`, { method: "POST", headers: { "content-type": "application/json", authorization: `Bearer ${bearer}` }, body });
    const live = subscribe(strict.url, token, `subscription { paymentReceived { cursor } }`);
    await live.next();
    const answers = [];
    while (answers.at(-1)?.status !== 429 && answers.length < 100) answers.push(await send(token));
    expect(answers.length).toBeGreaterThan(29);
    expect(answers.slice(0, -1).every(({ status }) => status === 200)).toBe(true);
    const refused = answers.at(-1)!;
    const retryAfter = Number(refused.headers.get("retry-after"));
    expect([1, 2]).toContain(retryAfter);
    expect(await refused.json()).toEqual({ errors: [{ message: expect.stringContaining("30 requests within a minute"), extensions: { code: "LIMIT_EXCEEDED", limited: "rate", limit: 30, retryAfter } }] });
    const upload = await send(token, "/files?name=a.csv", "a,b");
    expect([upload.status, upload.headers.get("retry-after")]).toEqual([429, expect.stringMatching(/^[12]$/)]);
    await expect(subscribe(strict.url, token, `subscription { paymentReceived { cursor } }`).next()).rejects.toThrow(/"limited":"rate"/);
    expect((await send(company.as.clerk)).status).toBe(200);
    await live.close();
    await strict.close();
  });
});

describe("a query that takes too long", () => {
  test("begins nothing more after its time, and says so, while commands are not cut in half", async () => {
    const hasty = await listen({ ...app.app, limits: { ...DEFAULT_LIMITS, timeout: 0 } }, 0);
    const { data, errors } = await ask<unknown>(hasty.url, company.as.controller, `{ customers { edges { node { name } } } }`);
    expect([data, errors]).toMatchObject([{ customers: null }, [{ path: ["customers"], message: expect.stringContaining("longer than the limit"), extensions: { code: "TIMEOUT" } }]]);
    const create = `mutation { createCustomer(input: { accountNumber: "T-1", name: "Timely", currency: "USD" }) { customer { name } userErrors { code } } }`;
    expect((await ask<unknown>(hasty.url, company.as.controller, create)).data).toEqual({ createCustomer: { customer: { name: "Timely" }, userErrors: [] } });
    await expect(subscribe(hasty.url, company.as.controller, `{ customers { edges { node { name } } } }`).next()).rejects.toThrow(/"code":"TIMEOUT"/);
    await hasty.close();
  });

  testOnNative("is canceled in the database, by the database itself", async () => {
    const other = new pg.Client(app.databaseUrl!);
    await other.connect();
    await other.query("begin; lock table customer in access exclusive mode");
    const { error } = await errorOf(`{ customers { edges { node { name } } } }`);
    expect(error).toMatchObject({ extensions: { code: "TIMEOUT" } });
    const running = await other.query("select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name = 'openitem reads' and state = 'active'");
    expect(running.rows).toEqual([{ count: 0 }]);
    await other.end();
  });
});
