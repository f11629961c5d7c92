import { SignJWT } from "jose";
import { assemble } from "../../src/app.ts";
import { ConfigError, readConfig } from "../../src/config.ts";
import { openTestApp, TEST_SECRET, type TestApp } from "../kit/app.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { ViewerDocument } from "../kit/gql.ts";
import { type Issuer, openIssuer } from "../kit/issuer.ts";
import { subscribe } from "../kit/live.ts";

const aud = "openitem-books";
let issuer: Issuer;
let app: TestApp;
let company: FoundedCompany;
let sub: string;
beforeAll(async () => {
  issuer = await openIssuer();
  app = await openTestApp({ provider: { jwksUrl: issuer.jwksUrl, issuer: issuer.issuer, audience: aud, cooldown: 0 } });
  company = await app.company();
  sub = company.subjects.clerk;
});
afterAll(async () => {
  await app.close();
  await issuer.close();
});

/** The subject that a token signs in, or the code of the refusal. */
async function signIn(token: string): Promise<string | undefined> {
  const { data, errors } = await app.ask(token, ViewerDocument);
  return data?.viewer.subject ?? errors[0]?.extensions?.code;
}
const bits = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const later = () => Math.floor(Date.now() / 1000) + 600;

test("a person signed in by the provider has the roles that were granted to that subject, over HTTP and over a socket", async () => {
  const token = await issuer.sign({ sub, aud });
  const { viewer } = await app.query(token, ViewerDocument);
  expect(viewer).toMatchObject({ subject: sub, memberships: [{ company: { code: company.code }, roles: ["CASH_APPLICATION_CLERK"] }] });
  expect(await signIn(await issuer.sign({ sub, aud: ["another", aud] }))).toBe(sub);
  const live = subscribe(app.url, token, "{ viewer { subject } }");
  expect(await live.next()).toEqual({ viewer: { subject: sub } });
  await live.close();
});

test.each<[string, () => Promise<string>]>([
  ["for another audience", () => issuer.sign({ sub, aud: "elsewhere" })],
  ["for no audience", () => issuer.sign({ sub })],
  ["of another issuer", () => issuer.sign({ sub, aud, iss: "https://elsewhere.example" })],
  ["that says the installation issued it", () => issuer.sign({ sub, aud, iss: "openitem" })],
  ["that has expired", () => issuer.sign({ sub, aud, exp: later() - 700 })],
  ["that is not yet good", () => issuer.sign({ sub, aud, nbf: later() })],
  ["without an end", () => issuer.sign({ sub, aud, exp: undefined })],
  ["without a subject", () => issuer.sign({ aud })],
  ["that nobody signed", async () => `${bits({ alg: "none" })}.${bits({ iss: issuer.issuer, sub, aud, exp: later() })}.`],
  ["that nobody signed but a key is named", async () => `${bits({ alg: "none", kid: "key-1" })}.${bits({ iss: issuer.issuer, sub, aud, exp: later() })}.`],
  ["signed with the public key as a shared secret", async () => confused(new TextEncoder().encode(await issuer.publicKey("key-1")))],
  ["signed with the secret of the installation in the provider's name", () => confused(new TextEncoder().encode(TEST_SECRET))],
  ["changed after it was signed", async () => {
    const [head, , mark] = (await issuer.sign({ sub, aud })).split(".");
    return `${head}.${bits({ iss: issuer.issuer, sub: company.subjects.controller, aud, exp: later() })}.${mark}`;
  }],
])("a token %s is refused", async (_rule, make) => {
  expect(await signIn(await make())).toBe("UNAUTHENTICATED");
});

const confused = (secret: Uint8Array): Promise<string> => new SignJWT({ iss: issuer.issuer, sub, aud, exp: later() }).setProtectedHeader({ alg: "HS256", kid: "key-1" }).sign(secret);

test("the provider says who somebody is, and never makes an operator", async () => {
  const found = `mutation { createCompany(input: { code: "mine", name: "Mine", functionalCurrency: "USD", administrator: "me" }) { company { id } } }`;
  expect((await app.ask(await issuer.sign({ sub, aud, operator: true }), found)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});

test("a new key is accepted when the provider rotates, with the old one until it is taken back, and refused from then on", async () => {
  const before = await issuer.sign({ sub, aud });
  expect(await signIn(before)).toBe(sub);
  await issuer.rotate({ keep: true, algorithm: "ES256" });
  expect(await signIn(await issuer.sign({ sub, aud }))).toBe(sub);
  expect(await signIn(before)).toBe(sub);
  await issuer.rotate();
  expect(await signIn(await issuer.sign({ sub, aud }))).toBe(sub);
  expect(await signIn(before)).toBe("UNAUTHENTICATED");
});

describe("with the usual patience", () => {
  const entrance = async (localTokens = true) => {
    const told: unknown[] = [];
    const provider = { jwksUrl: issuer.jwksUrl, issuer: issuer.issuer, audience: aud };
    const other = await assemble(app.db, { secret: TEST_SECRET, spool: "unused", provider, localTokens, log: (_id, error) => told.push(error) });
    return { told, admit: (token: string) => other.signIn(`Bearer ${token}`) };
  };
  /** A token that names a key which the provider never had. */
  const unknown = async (kid: string): Promise<string> => (await issuer.sign({ sub, aud })).replace(/^[^.]+/, bits({ alg: "RS256", kid }));

  test("tokens that name unknown keys do not make the server ask the provider again and again", async () => {
    const { admit } = await entrance();
    expect(await admit(await issuer.sign({ sub, aud }))).toMatchObject({ actor: { subject: sub } });
    const asked = issuer.asked();
    for (let round = 0; round < 20; round++) expect(await admit(await unknown(`made-up-${round}`))).toBeNull();
    expect(issuer.asked()).toBe(asked);
  });

  test("a provider that does not answer is told of once, asked once, and nobody is signed in by it meanwhile", async () => {
    const { admit, told } = await entrance();
    const asked = issuer.asked();
    issuer.fail(true);
    for (let round = 0; round < 5; round++) await expect(admit(await issuer.sign({ sub, aud }))).rejects.toMatchObject({ extensions: { code: "SERVICE_UNAVAILABLE", http: { status: 503 } } });
    issuer.fail(false);
    expect([issuer.asked() - asked, told.length]).toEqual([1, 1]);
    expect(await admit(await app.token(sub))).toMatchObject({ actor: { subject: sub } });
  });

  test("tokens of the installation itself are refused where they are switched off", async () => {
    const { admit } = await entrance(false);
    expect(await admit(await app.token(sub))).toBeNull();
    expect(await admit(await issuer.sign({ sub, aud }))).toMatchObject({ actor: { subject: sub } });
  });
});

describe("the configuration", () => {
  const books = { DATABASE_URL: "postgres://nowhere/books", OPENITEM_SECRET: "s".repeat(32) };
  const provider = { OPENITEM_JWKS_URL: "https://id.example/keys", OPENITEM_ISSUER: "https://id.example", OPENITEM_AUDIENCE: aud };

  test("names a provider by three settings, and may switch the installation's own tokens off, which then needs no secret", () => {
    expect(readConfig(books)).toMatchObject({ provider: null, localTokens: true });
    const { OPENITEM_SECRET: _, ...withoutSecret } = books;
    const config = readConfig({ ...withoutSecret, ...provider, OPENITEM_LOCAL_TOKENS: "off" });
    expect(config).toMatchObject({ provider: { jwksUrl: "https://id.example/keys", issuer: "https://id.example", audience: aud }, localTokens: false });
  });

  test.each<[string, Record<string, string>]>([
    ["two of the three settings", { OPENITEM_JWKS_URL: provider.OPENITEM_JWKS_URL, OPENITEM_ISSUER: provider.OPENITEM_ISSUER }],
    ["an issuer that is the installation itself", { ...provider, OPENITEM_ISSUER: "openitem" }],
    ["keys that travel in the clear", { ...provider, OPENITEM_JWKS_URL: "http://id.example/keys" }],
    ["an address that is none", { ...provider, OPENITEM_JWKS_URL: "keys" }],
    ["own tokens off without a provider", { OPENITEM_LOCAL_TOKENS: "off" }],
    ["own tokens neither on nor off", { ...provider, OPENITEM_LOCAL_TOKENS: "maybe" }],
  ])("refuses %s", (_fault, settings) => {
    expect(() => readConfig({ ...books, ...settings })).toThrow(ConfigError);
  });
});
