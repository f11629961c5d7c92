import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { request } from "node:http";
import { statement } from "../../src/db/database.ts";
import { LARGEST } from "../../src/files/file.service.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import type { FoundedCompany } from "../kit/company.ts";

let app: TestApp;
let company: FoundedCompany;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  company = await app.company();
});

const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");
const counts = statement<{ files: bigint; contents: bigint; parts: bigint }, [string]>(
  "test.files",
  `select (select count(*) from stored_file file where file.company_id = company.id) as files, (select count(*) from file_content kept where kept.company_id = company.id) as contents,
          (select count(*) from file_content_part part where part.company_id = company.id) as parts from company where code = $1`,
);
const kept = async () => (await counts(app.db, company.code))[0]!;
const NOTHING = { files: 0n, contents: 0n, parts: 0n };

/** Files that lie in the spool, of any company. */
const spooled = (): string[] => (existsSync(app.spool) ? readdirSync(app.spool, { recursive: true, encoding: "utf8" }).filter((path) => path.includes("/")) : []);
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise(setImmediate);
};

interface Upload {
  readonly id: string;
  readonly digest: string;
  readonly bytes: string;
  readonly error?: { readonly code: string; readonly message: string };
}

async function send(content: string | Buffer, { token = company.as.analyst, type = "application/pdf", ...query }: { token?: string; type?: string; name?: string; purpose?: string; digest?: string } = {}) {
  const response = await fetch(`${app.url}/files?${new URLSearchParams({ name: "pod.pdf", purpose: "EVIDENCE", ...query })}`, { method: "POST", headers: { "content-type": type, authorization: `Bearer ${token}` }, body: content });
  return { status: response.status, ...((await response.json()) as Upload) };
}
const fetched = (id: string, token: string | null) => fetch(`${app.url}/files/${id}`, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });

test("a paper is kept in the database and handed out as it came, to be saved and not shown", async () => {
  // Three parts, the last of them short, with every byte there is.
  const content = Buffer.alloc(2 * 1024 * 1024 + 17, Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
  const stored = await send(content, { name: "Lieferschein № 7 \"signed\".pdf", digest: sha256(content).toUpperCase() });
  expect(stored).toMatchObject({ status: 201, digest: sha256(content), bytes: String(content.length), contentType: "application/pdf" });
  expect(await kept()).toEqual({ files: 1n, contents: 1n, parts: 3n });
  expect(spooled()).toEqual([]);

  const response = await fetched(stored.id, company.as.collector);
  expect(response.status).toBe(200);
  expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(stored.digest);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/pdf", "content-length": String(content.length), "x-content-type-options": "nosniff", "content-security-policy": "default-src 'none'; sandbox", "cache-control": "private, no-store",
    "content-disposition": `attachment; filename="Lieferschein _ 7 _signed_.pdf"; filename*=UTF-8''Lieferschein%20%E2%84%96%207%20%22signed%22.pdf`,
  });
});

test("the same content is kept once, however often and under whatever names it comes, at once too", async () => {
  const stored = await Promise.all(["a.pdf", "b.pdf", "c.pdf"].map((name) => send("one paper", { name })));
  expect(new Set(stored.map(({ id }) => id)).size).toBe(3);
  expect(await kept()).toEqual({ files: 3n, contents: 1n, parts: 1n });
  for (const { id } of stored) expect(await (await fetched(id, company.as.analyst)).text()).toBe("one paper");
  const other = await app.company();
  expect(await send("one paper", { token: other.as.analyst })).toMatchObject({ status: 201 });
  expect(await kept()).toMatchObject({ contents: 1n });
});

test("an upload that breaks off leaves nothing behind", async () => {
  const upload = request(`${app.url}/files?name=pod.pdf&purpose=EVIDENCE`, { method: "POST", headers: { authorization: `Bearer ${company.as.analyst}`, "content-type": "application/pdf" } });
  const broken = new Promise((resolve) => upload.on("error", resolve));
  upload.write(Buffer.alloc(300_000));
  await until(() => spooled().length === 1);
  upload.destroy();
  await broken;
  await until(() => spooled().length === 0);
  expect(await kept()).toEqual(NOTHING);
});

test.each([
  ["is too large", () => send(Buffer.alloc(LARGEST.EVIDENCE + 1)), 413, "LIMIT_EXCEEDED", /at most 33554432 bytes/],
  ["is empty", () => send(""), 400, "FILE_INVALID", /empty/],
  ["is not what was said", () => send("paper", { digest: sha256("another") }), 400, "FILE_INVALID", /changed on its way/],
  ["has no name", () => send("paper", { name: " " }), 400, "VALUE_INVALID", /name/],
  ["has a name that no header takes", () => send("paper", { name: "a\r\nset-cookie: x" }), 400, "VALUE_INVALID", /control/],
  ["is for nothing", () => send("paper", { purpose: "FUN" }), 400, "VALUE_INVALID", /LOAD or EVIDENCE/],
  ["comes from somebody who may not", () => send("paper", { token: company.as.biReader }), 403, "FORBIDDEN", /company/],
] as const)("a file that %s is refused, and nothing of it stays", async (_what, sending, status, code, message) => {
  expect(await sending()).toMatchObject({ status, error: { code, message: expect.stringMatching(message) } });
  expect(await kept()).toEqual(NOTHING);
  expect(spooled()).toEqual([]);
});

test("files are for people of their company; what is to be loaded, for those who load files", async () => {
  const { id } = await send("paper");
  const book = await send("a,b", { purpose: "LOAD", type: "text/csv; charset=latin1" });
  const other = await app.company();
  expect((await fetched(id, null)).status).toBe(401);
  expect((await fetched(id, other.as.controller)).status).toBe(404);
  expect((await fetched("bm9uZQ", company.as.controller)).status).toBe(404);
  expect((await fetched(book.id, company.as.collector)).status).toBe(403);
  const own = await fetched(book.id, company.as.clerk);
  expect([own.headers.get("content-type"), await own.text()]).toEqual(["text/csv", "a,b"]);
});

test("a machine with a key uploads a paper, and one with a key that only reads does not", async () => {
  const document = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { token userErrors { code } } }`;
  const keyFor = async (permissions: string[]): Promise<string> => (await app.query(company.as.administrator, document, { input: { name: "Scanner", permissions } })).createApiKey.token;
  expect(await send("paper", { token: await keyFor(["file:load"]) })).toMatchObject({ status: 201 });
  expect(await send("paper", { token: await keyFor(["receivables:read"]) })).toMatchObject({ status: 403 });
});
