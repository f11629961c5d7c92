import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { ActorReader } from "../../src/companies/actor.ts";
import { readGlobalId } from "../../src/graphql/global-id.ts";
import { ImportService } from "../../src/imports/import.service.ts";
import { importsByKeys } from "../../src/imports/import-run.sql.ts";
import { PostingService } from "../../src/imports/posting.service.ts";
import type { QueueEnd } from "../../src/imports/posting.sql.ts";
import { StagingService } from "../../src/imports/staging.service.ts";
import { ask, dataOf } from "../kit/ask.ts";
import { openTestApp, TEST_SECRET, type TestApp } from "../kit/app.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { testOnNative } from "../kit/database.ts";
import { book, ended, faultsOfBooks, importBook, mapText, type ReadImport, startImport, totalsOf, upload } from "./books.ts";

let t: TestApp;
let company: FoundedCompany;
beforeAll(async () => void (t = await openTestApp()));
beforeEach(async () => void (company = await t.company()));
afterAll(() => t.close());

/** A book of so many invoices of ten customers, two of three paid, on few days so that payments are of several invoices. */
function bookOf(count: number): string {
  const day = (index: number): string => String((index % 7) + 1).padStart(2, "0");
  return book(...Array.from({ length: count }, (_, index) => {
    const cleared = index % 3 === 0 ? "" : `2026-03-${day(index)}`;
    return `C${index % 10},Customer ${index % 10},N${index},2026-01-${day(index)},2026-02-${day(index)},${cleared},${index % 5 ? "USD" : "CAD"},${index + 1}.25`;
  }));
}

/** The parts of an importer that does nothing by itself, so that a test takes its steps one at a time and then drops it, as a kill does. */
async function steppedImporter(content: string, chunk: number) {
  const { db, app: { tail, files } } = t;
  const [staging, posting] = [new StagingService(db, tail, files), new PostingService(db, tail, chunk)];
  const importer = new ImportService(db, files, staging, posting, () => {});
  await importer.stop();
  const actor = await new ActorReader(db).load({ subject: company.subjects.controller, operator: false });
  const { companyId, key: fileId } = readGlobalId(await upload(t, company, content))!;
  const { id } = await importer.importBook(actor, { companyId, fileId, map: mapText(), acceptGood: false });
  const [run] = await importsByKeys(db, [companyId], [id]);
  const globalId = Buffer.from(`Import:${companyId}:${id}`).toString("base64url");
  return { staging, posting, actor, run: run!, globalId };
}

/** Does what a process does that starts anew, takes up what is unfinished, and is stopped when the import has ended. */
async function endAfterRestart(globalId: string): Promise<ReadImport> {
  const { db, app: { tail, files } } = t;
  const importer = new ImportService(db, files, new StagingService(db, tail, files), new PostingService(db, tail), (_id, error) => t.faults.push(error));
  await importer.resume();
  const run = await ended(t, company, globalId);
  await importer.stop();
  return run;
}

describe("an import that is cut off", () => {
  const content = bookOf(97);
  let whole: object;
  beforeAll(async () => {
    const other = await t.company();
    await importBook(t, other, content);
    whole = await totalsOf(t, other);
  });

  test.each([0, 1, 3])("after %i parts goes on when a server starts, to the same totals", async (parts) => {
    const { staging, posting, actor, run, globalId } = await steppedImporter(content, 10);
    expect(await staging.stage(actor, run, new AbortController().signal)).toBe("POSTING");
    await posting.addCustomers(actor, run);
    for (let part = 0; part < parts; part++) expect(await posting.postNext(actor, run)).toBe(true);
    expect(await totalsOf(t, company)).not.toEqual(whole);
    expect(await faultsOfBooks(t, company)).toEqual([]);
    expect(await endAfterRestart(globalId)).toMatchObject({ status: "POSTED", counts: { rows: 97, posted: 97, invoices: 97 } });
    expect(await totalsOf(t, company)).toEqual(whole);
    expect(await faultsOfBooks(t, company)).toEqual([]);
  });

  test("goes on when the same file is imported again", async () => {
    const { staging, posting, actor, run, globalId } = await steppedImporter(content, 10);
    await staging.stage(actor, run, new AbortController().signal);
    await posting.addCustomers(actor, run);
    await posting.postNext(actor, run);
    expect(await startImport(t, company, content)).toMatchObject({ id: globalId, existing: true });
    expect(await ended(t, company, globalId)).toMatchObject({ status: "POSTED", counts: { posted: 97 } });
    expect(await totalsOf(t, company)).toEqual(whole);
  });

  test("while it was staged starts over, and counts nothing twice", async () => {
    const { staging, actor, run, globalId } = await steppedImporter(content, 10);
    await expect(staging.stage(actor, run, AbortSignal.abort())).rejects.toThrow("aborted");
    expect(await endAfterRestart(globalId)).toMatchObject({ status: "POSTED", counts: { rows: 97, posted: 97, rejects: 0, alreadyKnown: 0 } });
    expect(await totalsOf(t, company)).toEqual(whole);
  });

  test.each([["from the same end of the queue", "FRONT"], ["from its two ends", "BACK"]] as const)("and posted by two processes at once, %s, is posted once", async (_ends, other) => {
    const { staging, posting, actor, run, globalId } = await steppedImporter(content, 7);
    await staging.stage(actor, run, new AbortController().signal);
    await posting.addCustomers(actor, run);
    const post = async (by: PostingService, end: QueueEnd): Promise<void> => {
      while (await by.postNext(actor, run, end));
    };
    await Promise.all([post(posting, "FRONT"), post(new PostingService(t.db, t.app.tail, 11), other)]);
    expect(await ended(t, company, globalId)).toMatchObject({ status: "POSTED", counts: { posted: 97, invoices: 97 } });
    expect(await totalsOf(t, company)).toEqual(whole);
    expect(await t.db.run("test.ends", "select count(*)::int as ends from event where subject_id = $1 and kind = 'IMPORT_FINISHED'", [run.id])).toEqual([{ ends: 1 }]);
  });

  test("finds a document that came onto the books meanwhile, and does not post it again", async () => {
    const { staging, actor, run, posting, globalId } = await steppedImporter(content, 10);
    await staging.stage(actor, run, new AbortController().signal);
    expect(await importBook(t, company, bookOf(40))).toMatchObject({ status: "POSTED" });
    await posting.addCustomers(actor, run);
    while (await posting.postNext(actor, run));
    expect(await ended(t, company, globalId)).toMatchObject({ status: "POSTED", counts: { rows: 97, alreadyKnown: 40, posted: 57, invoices: 57 } });
    expect(await totalsOf(t, company)).toMatchObject({ invoices: 97, customers: 10 });
    expect(await faultsOfBooks(t, company)).toEqual([]);
  });
});

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
};

/** Starts a server process on the test's database and waits until it answers. */
async function startServer(folder: string, port: number): Promise<ChildProcess> {
  const env = { ...process.env, NODE_OPTIONS: "", DATABASE_URL: t.databaseUrl!, OPENITEM_SECRET: TEST_SECRET, OPENITEM_DATA: folder, PORT: String(port) };
  const child = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], { env, stdio: ["ignore", "ignore", "inherit"] });
  for (let attempt = 0; attempt < 200; attempt++) {
    if (await fetch(`http://localhost:${port}/health`).then((response) => response.ok, () => false)) return child;
    await setTimeout(100);
  }
  throw new Error("The server process did not start.");
}

testOnNative("a server killed in the middle of posting goes on after its restart, to the same totals", async () => {
  const folder = mkdtempSync(join(tmpdir(), "openitem-kill-"));
  const port = await freePort();
  const content = bookOf(9_000);
  const other = await t.company();
  await importBook(t, other, content);
  const servers: ChildProcess[] = [];
  const post = async (query: string, variables: object) => dataOf(await ask<Record<string, any>>(`http://localhost:${port}`, company.as.controller, query, variables));
  try {
    servers.push(await startServer(folder, port));
    const fileId = await upload({ ...t, url: `http://localhost:${port}` }, company, content);
    const start = `mutation ($input: ImportBookInput!) { importBook(input: $input) { import { id } } }`;
    const { importBook: { import: { id } } } = await post(start, { input: { company: company.code, fileId, map: mapText() } });
    const look = `query ($id: ID!) { import(id: $id) { status counts { posted } } }`;
    const posted = async (): Promise<number> => (await post(look, { id })).import.counts.posted;
    while ((await posted()) === 0) await setTimeout(5);
    servers[0]!.kill("SIGKILL");
    await once(servers[0]!, "exit");
    expect((await t.query(company.as.controller, look, { id })).import).toMatchObject({ status: "POSTING" });
    expect(await faultsOfBooks(t, company)).toEqual([]);

    servers.push(await startServer(folder, port));
    expect(await ended(t, company, id)).toMatchObject({ status: "POSTED", counts: { rows: 9_000, posted: 9_000, invoices: 9_000 } });
    expect(await totalsOf(t, company)).toEqual(await totalsOf(t, other));
    expect(await faultsOfBooks(t, company)).toEqual([]);
  } finally {
    for (const server of servers) server.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
