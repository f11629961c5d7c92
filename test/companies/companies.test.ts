import { SignJWT } from "jose";
import { openTestApp, TEST_SECRET, type TestApp } from "../kit/app.ts";
import { CreateCompanyDocument, GrantRoleDocument, ViewerDocument } from "../kit/gql.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const input = { code: "acme", name: "Acme Inc.", functionalCurrency: "USD", administrator: "acme-boss" };
const operator = (): Promise<string> => app.token("operator", { operator: true });

describe("who am I", () => {
  test("a person sees the companies of their grants, with roles and permissions, and no other company", async () => {
    const [ours, others] = [await app.company({ functionalCurrency: "EUR" }), await app.company()];
    const { viewer } = await app.query(ours.as.clerk, ViewerDocument);
    expect(viewer).toEqual({
      subject: ours.subjects.clerk,
      memberships: [
        {
          company: { id: ours.companyId, code: ours.code, name: `Company ${ours.code}`, functionalCurrency: "EUR" },
          roles: ["CASH_APPLICATION_CLERK"],
          permissions: ["claim:record", "file:load", "payment:apply", "payment:record", "receivables:read"],
        },
      ],
    });
    expect(JSON.stringify(viewer)).not.toContain(others.code);
  });

  test("a person whom no company knows is signed in and works nowhere", async () => {
    expect(await app.query(await app.token("stranger"), ViewerDocument)).toEqual({ viewer: { subject: "stranger", memberships: [] } });
  });

  test.each<[string, (secret: Uint8Array) => Promise<string> | string | null]>([
    ["no token", () => null],
    ["no token at all but a word", () => "word"],
    ["an expired token", () => app.token("acme-boss", { seconds: -1 })],
    ["a token signed with another secret", () => tokenFor(new TextEncoder().encode("x".repeat(40)))],
    ["a token of another issuer", (secret) => tokenFor(secret, "elsewhere")],
    ["a token without an end", (secret) => tokenFor(secret, "openitem", false)],
    ["an unsigned token", async () => `${Buffer.from('{"alg":"none"}').toString("base64url")}.${(await app.token("acme-boss")).split(".")[1]}.`],
  ])("with %s nobody is signed in", async (_case, make) => {
    const { data, errors } = await app.ask(await make(new TextEncoder().encode(TEST_SECRET)), ViewerDocument);
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" }, message: expect.stringContaining("Sign in") }]);
  });
});

function tokenFor(secret: Uint8Array, issuer = "openitem", ends = true): Promise<string> {
  const token = new SignJWT({}).setProtectedHeader({ alg: "HS256" }).setIssuer(issuer).setSubject("acme-boss");
  return (ends ? token.setExpirationTime("1h") : token).sign(secret);
}

describe("founding a company", () => {
  test("an operator founds it, its first administrator works in it, and the operator does not", async () => {
    const founder = await operator();
    const { createCompany } = await app.query(founder, CreateCompanyDocument, { input });
    expect(createCompany).toMatchObject({ company: { code: "acme" }, userErrors: [] });
    const { viewer: boss } = await app.query(await app.token("acme-boss"), ViewerDocument);
    expect(boss.memberships.map(({ company, roles }) => [company.code, roles])).toEqual([["acme", ["ADMINISTRATOR"]]]);
    expect((await app.query(founder, ViewerDocument)).viewer.memberships).toEqual([]);
  });

  test("nobody else may, an administrator of a company included", async () => {
    const { as } = await app.company();
    const { errors } = await app.ask(as.administrator, CreateCompanyDocument, { input: { ...input, code: "acme-2" } });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" }, message: "This needs the permission operator." }]);
  });

  test("a code is taken once", async () => {
    const { code } = await app.company();
    const { createCompany } = await app.query(await operator(), CreateCompanyDocument, { input: { ...input, code } });
    expect(createCompany).toMatchObject({ company: null, userErrors: [{ code: "DUPLICATE", field: ["code"] }] });
  });

  test.each([
    ["a code with capitals", { code: "Acme" }, "VALUE_INVALID", "code"],
    ["an unknown currency", { functionalCurrency: "XXZ" }, "CURRENCY_UNKNOWN", "functionalCurrency"],
    ["a blank name", { name: "  " }, "VALUE_INVALID", "name"],
    ["a blank administrator", { administrator: "" }, "VALUE_INVALID", "administrator"],
  ])("%s is refused, and the field is named", async (_case, wrong, code, field) => {
    const { createCompany } = await app.query(await operator(), CreateCompanyDocument, { input: { ...input, code: "acme-3", ...wrong } });
    expect(createCompany).toMatchObject({ company: null, userErrors: [{ code, field: [field] }] });
  });
});

describe("granting a role", () => {
  test("an administrator gives a person roles, which count from the next request", async () => {
    const { as, code } = await app.company();
    const newcomer = await app.token(`${code}-newcomer`);
    const grant = async (role: "COLLECTOR" | "BI_READER") =>
      (await app.query(as.administrator, GrantRoleDocument, { input: { company: code, subject: `${code}-newcomer`, name: "Nora", role } })).grantRole;
    await grant("COLLECTOR");
    await grant("COLLECTOR");
    const { members } = await grant("BI_READER");
    expect(members).toContainEqual({ subject: `${code}-newcomer`, name: "Nora", roles: ["BI_READER", "COLLECTOR"] });
    expect((await app.query(newcomer, ViewerDocument)).viewer.memberships).toHaveLength(1);
  });

  test("no other role may grant", async () => {
    const { as, code } = await app.company();
    const { administrator: _, ...others } = as;
    for (const token of Object.values(others)) {
      const { errors } = await app.ask(token, GrantRoleDocument, { input: { company: code, subject: "x", role: "CONTROLLER" } });
      expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    }
  });

  test("an administrator of one company grants nothing in another, and cannot tell whether it exists", async () => {
    const [ours, others] = [await app.company(), await app.company()];
    const refusals = [];
    for (const company of [others.code, "no-such-company"]) {
      const { grantRole } = await app.query(ours.as.administrator, GrantRoleDocument, { input: { company, subject: "x", role: "CONTROLLER" } });
      refusals.push(grantRole.userErrors.map((error) => ({ ...error, message: error.message.replace(company, "…") })));
    }
    expect(refusals[0]).toMatchObject([{ code: "FORBIDDEN", field: ["company"] }]);
    expect(refusals[1]).toEqual(refusals[0]);
  });
});
