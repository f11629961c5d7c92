import { type AuditFail, auditServer, type AuditResult } from "graphql-http";
import { openTestApp, type TestApp } from "../kit/app.ts";
import type { FoundedCompany } from "../kit/company.ts";

let app: TestApp;
let company: FoundedCompany;
beforeAll(async () => {
  app = await openTestApp();
  company = await app.company();
});
afterAll(() => app.close());

describe("GraphQL over HTTP, as graphql-http audits it", () => {
  let results: readonly AuditResult[];
  beforeAll(async () => {
    results = await auditServer({ url: `${app.url}/graphql` });
  });
  const failed = (status: AuditFail["status"]): string[] => results.filter((result) => result.status === status).map(({ id, name }) => `${id} ${name}`).sort();

  test("is spoken without an error", () => {
    expect(results.length).toBeGreaterThanOrEqual(61);
    expect(failed("error")).toEqual([]);
  });

  test("is spoken with three warnings, all on one question of taste", () => {
    // For `Accept: application/json` the specification would have 200 for every well-formed answer, so that old clients read
    // it, and allows 400. Apollo sends 400 for a request it could not begin, as it does for the newer media type: a proxy, a
    // log and `curl --fail` then see a faulty request for what it is. The body is the same in both.
    expect(failed("warn")).toEqual([
      "572B SHOULD use 200 status code on document parsing failure when accepting application/json",
      "7B9B SHOULD use a status code of 200 on variable coercion failure when accepting application/json",
      "FDE2 SHOULD use 200 status code on document validation failure when accepting application/json",
    ]);
  });

  test("is spoken with three notices, all on GET", () => {
    // A browser sends a plain GET to any address on behalf of whoever is signed in, and asks nobody first. Requests by GET are
    // therefore refused unless they carry a header that makes a browser ask, which the specification leaves to the server.
    expect(failed("notice").map((notice) => notice.replace(/^\w{4} /, ""))).toEqual([
      "MAY accept application/x-www-form-urlencoded formatted GET requests",
      "MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json",
      "MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json",
    ]);
  });
});

/** The first answer that a tool would see. */
async function send(body: object | string, headers: Record<string, string> = {}) {
  const response = await fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${company.as.biReader}`, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, type: response.headers.get("content-type"), body: (await response.json()) as { data?: unknown; errors?: unknown } };
}

describe("what BI tools send is answered", () => {
  const query = `{ viewer { subject } }`;
  const data = () => ({ viewer: { subject: company.subjects.biReader } });

  test.each<[string, object]>([
    ["without variables", { query }],
    ["with null for variables and operation name", { query, variables: null, operationName: null }],
    ["with an empty operation name", { query, operationName: "" }],
    ["with lines joined by blanks", { query: query.replaceAll(" ", "   ") }],
    ["with extensions of the client's own", { query, extensions: { client: "tool" } }],
  ])("%s", async (_case, body) => {
    expect(await send(body)).toMatchObject({ status: 200, body: { data: data() } });
  });

  test.each([
    ["Grafana's", "application/json;q=0.9,text/plain", "application/json; charset=utf-8"],
    ["a preference for the newer type", "application/graphql-response+json;q=0.9, application/json;q=0.5", "application/graphql-response+json; charset=utf-8"],
    ["anything", "*/*", "application/json; charset=utf-8"],
    ["a browser's", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json; charset=utf-8"],
  ])("in JSON when %s header accepts it", async (_who, accept, type) => {
    expect(await send({ query }, { accept })).toMatchObject({ status: 200, type, body: { data: data() } });
  });

  test("the ping of Elastic's connector, and introspection with a key that only reads", async () => {
    const { createApiKey } = await app.query(company.as.administrator, `mutation { createApiKey(input: { name: "Superset" }) { token } }`);
    const authorization = `Bearer ${createApiKey.token}`;
    expect((await send({ query: "{__schema{queryType{name}}}" }, { authorization })).body).toEqual({ data: { __schema: { queryType: { name: "Query" } } } });
    const fields = `{ __type(name: "Query") { fields { name type { kind name ofType { kind name } } } } }`;
    expect((await send({ query: fields }, { authorization })).body.errors).toBeUndefined();
  });

  test("a GET is refused unless it carries a header that no page of another site can send", async () => {
    const get = (headers: Record<string, string>) => fetch(`${app.url}/graphql?query=${encodeURIComponent(query)}`, { headers: { authorization: `Bearer ${company.as.biReader}`, ...headers } });
    const blocked = await get({});
    expect([blocked.status, JSON.stringify(await blocked.json())]).toEqual([400, expect.stringContaining("CSRF")]);
    const asked = await get({ "apollo-require-preflight": "true" });
    expect([asked.status, await asked.json()]).toEqual([200, { data: data() }]);
  });

  test("a form that a page of another site could send is refused", async () => {
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data"]) expect((await send({ query }, { "content-type": type })).status).toBeGreaterThanOrEqual(400);
  });
});
