import { statement } from "../../src/db/database.ts";
import { PERMISSIONS } from "../../src/domain/actor.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { ApiKeysDocument, CreateApiKeyDocument, PaymentReceivedDocument, RevokeApiKeyDocument, ViewerDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";

let app: TestApp;
let books: Books;
let company: FoundedCompany;
let moment: Date | null = null;
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => moment }, limits: { recheck: 50 } });
  books = await Books.open(app);
  company = books.company;
});
beforeEach(() => {
  moment = null;
});
afterAll(() => app.close());

interface Wish {
  readonly permissions?: string[];
  readonly expiresAt?: string;
}

async function keyFor(wish: Wish = {}, { code, as } = company) {
  const { createApiKey } = await app.query(as.administrator, CreateApiKeyDocument, { input: { company: code, name: "Power BI", ...wish } });
  expect(createApiKey.userErrors).toEqual([]);
  return { token: createApiKey.token!, key: createApiKey.apiKey! };
}

const revoke = (apiKeyId: string, token = company.as.administrator) => app.query(token, RevokeApiKeyDocument, { input: { apiKeyId } });
const refusalOf = async (token: string | null) => (await app.ask(token, ViewerDocument)).errors[0]?.extensions?.code;

describe("a key is made", () => {
  test("for reading when nothing is named, by an administrator whose name is kept, and works in its company alone", async () => {
    await app.company();
    const { token, key } = await keyFor();
    expect(key).toMatchObject({ name: "Power BI", permissions: ["receivables:read", "ledger:read"], createdBy: company.subjects.administrator, expiresAt: null, revokedAt: null, lastUsedAt: null });
    const { viewer } = await app.query(token, ViewerDocument);
    expect(viewer).toMatchObject({ subject: expect.stringMatching(/^api-key:/), memberships: [{ company: { code: company.code }, roles: [], permissions: ["ledger:read", "receivables:read"] }] });
    expect(viewer.memberships).toHaveLength(1);
  });

  test("with the permissions named and no other", async () => {
    const { token } = await keyFor({ permissions: ["receivables:read", "payment:record"] });
    const { account } = await books.customer();
    const pay = `mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { payment { status } userErrors { code } } }`;
    const { recordPayment } = await app.query(token, pay, { input: { account, amount: "10.00", currency: "USD", receivedOn: "2026-03-02", reference: "by key" } });
    expect(recordPayment).toEqual({ payment: { status: expect.any(String) }, userErrors: [] });
    expect((await app.ask(token, `{ controlAccount { agrees } }`)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });

  test("and its secret is told once: neither the database nor a later answer has it", async () => {
    const { token, key } = await keyFor();
    expect(token).toMatch(/^oi_[0-9a-f]{12}_[A-Za-z0-9_-]{43}$/);
    const secret = token.split("_").slice(2).join("_");
    const rows = await statement<{ row: string }, []>("test.keys", "select api_key::text as row from api_key")(app.db);
    const { apiKeys } = await app.query(company.as.administrator, ApiKeysDocument, {});
    expect(apiKeys!.edges!.map((edge) => edge!.node!.id)).toContain(key.id);
    expect(JSON.stringify([rows, apiKeys])).not.toContain(secret);
  });

  test.each<[string, Wish & { readonly name?: string }, string, string]>([
    ["to manage members, or make keys of its own", { permissions: ["receivables:read", "member:manage"] }, "FORBIDDEN", "permissions"],
    ["with everything at once, which no role holds", { permissions: PERMISSIONS.filter((name) => name !== "member:manage") }, "FORBIDDEN", "permissions"],
    ["with a permission that does not exist", { permissions: ["money:print"] }, "VALUE_INVALID", "permissions"],
    ["with no permission at all", { permissions: [] }, "VALUE_INVALID", "permissions"],
    ["without a name", { name: " " }, "VALUE_INVALID", "name"],
    ["that has expired already", { expiresAt: "2020-01-01T00:00:00Z" }, "DATE_INVALID", "expiresAt"],
  ])("but not one %s", async (_rule, wish, code, field) => {
    const { createApiKey } = await app.query(company.as.administrator, CreateApiKeyDocument, { input: { name: "x", ...wish } });
    expect(createApiKey).toMatchObject({ apiKey: null, token: null, userErrors: [{ code, field: [field] }] });
  });

  test("and not by those who do not manage members, keys among them", async () => {
    const { administrator: _, ...others } = company.as;
    for (const token of [...Object.values(others), (await keyFor()).token]) {
      for (const [document, variables] of [[CreateApiKeyDocument, { input: { name: "x" } }], [ApiKeysDocument, {}]] as const) {
        expect((await app.ask(token, document as never, variables as never)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
      }
    }
  });
});

describe("a key is refused", () => {
  test("at once when it is revoked, for good, and who revoked it is kept", async () => {
    const { token, key } = await keyFor();
    expect(await refusalOf(token)).toBeUndefined();
    const { revokeApiKey } = await revoke(key.id);
    expect(revokeApiKey).toMatchObject({ apiKey: { revokedBy: company.subjects.administrator }, userErrors: [] });
    expect(await refusalOf(token)).toBe("UNAUTHENTICATED");
    expect((await revoke(key.id)).revokeApiKey.apiKey).toEqual(revokeApiKey.apiKey);
    await expect(statement("test.reopen", `update api_key set expires_at = null where false`)(app.db)).rejects.toThrow("facts");
  });

  test("from the moment it expires", async () => {
    moment = new Date("2026-03-01T12:00:00Z");
    const { token } = await keyFor({ expiresAt: "2026-03-01T13:00:00Z" });
    moment = new Date("2026-03-01T12:59:59Z");
    expect(await refusalOf(token)).toBeUndefined();
    moment = new Date("2026-03-01T13:00:00Z");
    expect(await refusalOf(token)).toBe("UNAUTHENTICATED");
  });

  test("when its secret is another's, is cut, or when nobody has its prefix", async () => {
    const [one, two] = [await keyFor(), await keyFor()];
    const forged = `oi_${one.key.prefix}_${two.token.slice(-43)}`;
    for (const token of [forged, one.token.slice(0, -1), `${one.token}A`, `oi_000000000000_${one.token.slice(-43)}`, "oi_"]) expect(await refusalOf(token)).toBe("UNAUTHENTICATED");
  });

  test("by the administrator of another company it cannot be revoked, nor told whether it exists", async () => {
    const [{ key, token }, others] = [await keyFor(), await app.company()];
    expect((await revoke(key.id, others.as.administrator)).revokeApiKey.userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(await refusalOf(token)).toBeUndefined();
  });

  test("and nobody can be given a role under its subject", async () => {
    const { key } = await keyFor();
    const grant = `mutation ($input: GrantRoleInput!) { grantRole(input: $input) { userErrors { code field } } }`;
    const { grantRole } = await app.query(company.as.administrator, grant, { input: { subject: `api-key:${key.id}`, role: "CONTROLLER" } });
    expect(grantRole.userErrors).toEqual([{ code: "VALUE_INVALID", field: ["subject"] }]);
  });
});

describe("a key is used", () => {
  const lastUse = async (id: string) => (await app.query(company.as.administrator, ApiKeysDocument, { first: 200 })).apiKeys!.edges!.find((edge) => edge!.node!.id === id)!.node!.lastUsedAt;
  /** The use is written beside the request, so it is waited for by looking again. */
  const noted = async (id: string, at: string) => {
    for (let look = 0; look < 200; look++) if ((await lastUse(id)) === at) return at;
    return lastUse(id);
  };

  test("and when it last was is told, to the minute", async () => {
    const { token, key } = await keyFor();
    expect(await lastUse(key.id)).toBeNull();
    for (const [now, told] of [["12:00:00", "12:00:00"], ["12:00:59", "12:00:00"], ["12:01:00", "12:01:00"]]) {
      moment = new Date(`2026-03-01T${now}Z`);
      await app.query(token, ViewerDocument);
      expect(await noted(key.id, `2026-03-01T${told}Z`)).toBe(`2026-03-01T${told}Z`);
    }
  });

  test("to upload a file and to record a payment, both kept under the key's own id", async () => {
    const { token, key } = await keyFor({ permissions: ["receivables:read", "payment:record", "file:load"] });
    const id = Buffer.from(key.id, "base64url").toString().split(":")[2]!;
    const upload = await fetch(`${app.url}/files?name=a.csv`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: "a,b" });
    expect(upload.status).toBe(201);
    const { account } = await books.customer();
    await app.query(token, `mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { userErrors { code } } }`, { input: { account, amount: "11.00", currency: "USD", receivedOn: "2026-03-02", reference: "kept" } });
    const count = statement<{ files: bigint; events: bigint }, [string]>("test.kept", `select (select count(*) from stored_file where member_id = $1) as files, (select count(*) from event where actor_id = $1) as events`);
    expect(await count(app.db, id)).toEqual([{ files: 1n, events: expect.any(BigInt) }]);
    expect((await count(app.db, id))[0]!.events).toBeGreaterThan(0n);
    expect((await fetch(`${app.url}/files?name=a.csv`, { method: "POST", headers: { authorization: `Bearer ${(await keyFor()).token}` }, body: "a,b" })).status).toBe(403);
  });

  test("to listen, until it is revoked: then its sockets close with 4403", async () => {
    const { token, key } = await keyFor();
    const live = subscribe(app.url, token, PaymentReceivedDocument, {});
    await live.next();
    await revoke(key.id);
    expect(await live.closed).toBe(4403);
    const again = subscribe(app.url, token, PaymentReceivedDocument, {});
    expect(await again.closed).toBe(4403);
  });
});
