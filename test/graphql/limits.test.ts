import { LARGEST_PAGE } from "../../src/db/page.ts";
import { DEEPEST_QUERY } from "../../src/graphql/depth-limit.ts";
import { LARGEST_BODY } from "../../src/server.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { subscribe } from "../kit/live.ts";

let app: TestApp;
let company: FoundedCompany;
beforeAll(async () => {
  app = await openTestApp();
  company = await app.company();
});
afterAll(() => app.close());

/** A query of introspection-free fields that nests as deep as asked, through the types of the schema themselves. */
function nested(levels: number): string {
  const below = (left: number): string => (left <= 0 ? "" : left === 1 ? "{ name }" : left === 2 ? "{ contacts { name } }" : left === 3 ? "{ invoices(first: 1) { pageInfo { hasNextPage } } }" : `{ invoices(first: 1) { edges { node { customer ${below(left - 4)} } } } }`);
  return `{ customers(first: 1) { edges { node ${below(levels - 3)} } } }`;
}

const send = (body: string) => fetch(`${app.url}/graphql`, { method: "POST", headers: { "content-type": "application/json", authorization: `Bearer ${company.as.controller}` }, body });

test("a query may nest as deep as the limit and no deeper, and the error names the limit", async () => {
  expect((await app.ask(company.as.controller, nested(DEEPEST_QUERY))).errors).toEqual([]);
  const { status, data, errors } = await app.ask(company.as.controller, nested(DEEPEST_QUERY + 1));
  expect({ status, data }).toEqual({ status: 400, data: null });
  expect(errors).toMatchObject([{ message: `This query nests ${DEEPEST_QUERY + 1} fields deep; the limit is ${DEEPEST_QUERY}.`, extensions: { code: "LIMIT_EXCEEDED" } }]);
});

test("fragments do not hide depth, and one that names itself is refused", async () => {
  const halved = `{ customers { edges { node { ...outer } } } }
    fragment outer on Customer { invoices { edges { node { customer { ...inner } } } } }
    fragment inner on Customer { invoices { edges { node { customer { invoices { edges { node { customer { invoices { edges { node { customer { name } } } } } } } } } } } } }`;
  expect((await app.ask(company.as.controller, halved)).errors).toMatchObject([{ extensions: { code: "LIMIT_EXCEEDED" }, message: expect.stringContaining(`the limit is ${DEEPEST_QUERY}`) }]);
  const round = `{ customers { edges { node { ...a } } } } fragment a on Customer { invoices { edges { node { customer { ...a } } } } }`;
  expect((await app.ask(company.as.controller, round)).errors).toMatchObject([{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }]);
});

test("the depth limit holds over WebSocket too", async () => {
  const live = subscribe(app.url, company.as.controller, `subscription { invoiceChanged { invoice ${nested(DEEPEST_QUERY).replace(/^\{ customers/, "{ customer { invoices").concat(" }")} } }`);
  await expect(live.next()).rejects.toThrow(`the limit is ${DEEPEST_QUERY}`);
  await live.close();
});

test("a page holds as many as the limit, and the error names it", async () => {
  const page = (size: number) => app.ask(company.as.controller, `{ customers(first: ${size}) { edges { cursor } } }`);
  expect((await page(LARGEST_PAGE)).errors).toEqual([]);
  expect((await page(LARGEST_PAGE + 1)).errors).toMatchObject([{ message: `A page holds 0 to ${LARGEST_PAGE} items; ${LARGEST_PAGE + 1} were asked for.`, extensions: { refusal: "LIMIT_EXCEEDED" } }]);
});

test("a body may be as large as the limit and no larger, and the error names the limit and the way for large files", async () => {
  const body = JSON.stringify({ query: "{ viewer { subject } }", variables: {} });
  expect((await send(body.padEnd(LARGEST_BODY, " "))).status).toBe(200);
  const refused = await send(body.padEnd(LARGEST_BODY + 1, " "));
  expect(refused.status).toBe(413);
  expect(await refused.json()).toEqual({ errors: [{ message: `The body is larger than ${LARGEST_BODY} bytes. Upload large files by POST /files and name their id.`, extensions: { code: "LIMIT_EXCEEDED" } }] });
});

test("several operations in one body are refused", async () => {
  const response = await send(JSON.stringify([{ query: "{ viewer { subject } }" }, { query: "{ viewer { subject } }" }]));
  expect(response.status).toBe(400);
});
