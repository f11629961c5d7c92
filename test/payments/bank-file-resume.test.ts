import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, assemble } from "../../src/app.ts";
import { listen, type Running } from "../../src/server.ts";
import { openTestApp, TEST_SECRET, type TestApp } from "../kit/app.ts";
import { ask, dataOf } from "../kit/ask.ts";
import { Books } from "../kit/books.ts";
import { LoadBankFileDocument, type LoadBankFileMutation, PaymentReceivedDocument, PaymentsDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";
import { BankDesk, bankText, type Came, remittance } from "./bank-file-kit.ts";

let app: TestApp;
let books: Books;
let desk: BankDesk;
const spool = mkdtempSync(join(tmpdir(), "openitem-second-"));
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
  desk = new BankDesk(app, books);
});
afterAll(async () => {
  rmSync(spool, { recursive: true, force: true });
  await app.close();
});

const receipts = (count: number): Came[] => Array.from({ length: count }, (_, index) => ({ minor: 100n + BigInt(index), customer: `R-${index + 1}` }));
const references = async () => {
  const { payments } = await app.query(books.company.as.collector, PaymentsDocument, { first: 200 });
  return payments!.edges!.map((edge) => edge!.node!.reference).sort();
};
const second = (): Promise<App> => assemble(app.db, { secret: TEST_SECRET, spool, log: (_id, error) => app.faults.push(error) });

/** Makes the database fail whenever the payment with this reference is written, until the returned function is called. */
async function failing(reference: string): Promise<() => Promise<unknown>> {
  const { source } = app.db;
  await source.query(`create function fail() returns trigger language plpgsql as $$ begin if new.reference = '${reference}' then raise 'the disk is full'; end if; return new; end $$`);
  await source.query("create trigger fail before insert on payment for each row execute function fail()");
  return async () => {
    await source.query("drop function fail cascade");
    expect(app.faults.splice(0).map(String)).toEqual([expect.stringContaining("the disk is full")]);
  };
}

const content = bankText(...receipts(4));
const advice = remittance("R-3,,INV-3,,,,,1.02,,");

/** Loads a file of four receipts of which the third cannot be written. */
async function cutOff() {
  const mend = await failing("R-3");
  const { bankFile, userErrors } = await desk.load({ content, remittances: [advice] });
  await mend();
  expect(userErrors).toEqual([]);
  expect(bankFile).toMatchObject({ status: "POSTING", receiptCount: 4, postedCount: 3, errorLine: 6, errorMessage: expect.stringContaining("Line 6 could not be posted") });
  expect(await references()).toEqual(["R-1", "R-2", "R-4"]);
  return bankFile!;
}

test("a receipt that fails keeps back no other; loaded again, the file posts that one alone, with its remittance", async () => {
  const { account } = await books.customer();
  await books.bill(account, { number: "INV-3", total: "1.02" });
  const { id } = await cutOff();
  const again = await desk.load({ content, remittances: [advice] });
  expect(again.bankFile).toMatchObject({ id, status: "POSTED", postedCount: 4, errorMessage: null, errorLine: null });
  expect(await references()).toEqual(["R-1", "R-2", "R-3", "R-4"]);
  expect((await desk.lines(id))[2]!.payment).toMatchObject({ reference: "R-3", status: "APPLIED", applications: [{ invoice: { number: "INV-3" } }] });
  expect((await books.control()).agrees).toBe(true);
});

test("a server that starts takes up what another left unposted", async () => {
  const { id } = await cutOff();
  await app.caughtUp();
  const live = subscribe(app.url, books.company.as.collector, PaymentReceivedDocument, {});
  await live.next();
  const other = await second();
  await other.start();
  expect((await live.next()).paymentReceived.payment).toMatchObject({ reference: "R-3" });
  await live.close();
  await other.stop();
  expect((await desk.load({ content, remittances: [advice] })).bankFile).toMatchObject({ id, status: "POSTED", postedCount: 4 });
  expect(await references()).toEqual(["R-1", "R-2", "R-3", "R-4"]);
});

test("two servers that are handed one file at one moment post each receipt once", async () => {
  const other = await second();
  await other.start();
  const server: Running = await listen(other, 0);
  const input = { name: "day.bai", format: "BAI2" as const, content: bankText(...receipts(20)), remittances: [] };
  const answers = await Promise.all([app.url, server.url, app.url, server.url].map((url) => ask<LoadBankFileMutation>(url, books.company.as.clerk, LoadBankFileDocument, { input })));
  expect(new Set(answers.map((answer) => dataOf(answer).loadBankFile.bankFile!.id)).size).toBe(1);
  expect((await desk.load(input)).bankFile).toMatchObject({ status: "POSTED", receiptCount: 20, postedCount: 20 });
  expect(await references()).toEqual(receipts(20).map(({ customer }) => customer).sort());
  await server.close();
  await other.stop();
});

test("a large file answers while it is posting, and clients hear of every receipt", async () => {
  await app.caughtUp();
  const live = subscribe(app.url, books.company.as.collector, PaymentReceivedDocument, {});
  await live.next();
  const input = { content: bankText(...receipts(201)) };
  const { bankFile } = await desk.load(input);
  expect(bankFile).toMatchObject({ status: "POSTING", receiptCount: 201 });
  expect(bankFile!.postedCount).toBeLessThan(201);
  const heard = (await live.take(201)).map((push) => push.paymentReceived.payment!.reference);
  expect(heard).toEqual(receipts(201).map(({ customer }) => customer));
  await live.close();
  expect((await desk.load(input)).bankFile).toMatchObject({ status: "POSTED", postedCount: 201 });
});

test("an uploaded file may be larger than a command, and may be written in the way of older banks", async () => {
  const { id, account } = await books.customer({ aliases: ["Café Zürich"] });
  await books.bill(account, { number: "Z-1", total: "5.00" });
  const upload = async (name: string, bytes: Buffer): Promise<string> => {
    const answer = await fetch(`${app.url}/files?name=${name}`, { method: "POST", headers: { authorization: `Bearer ${books.company.as.clerk}`, "content-type": "text/plain" }, body: new Uint8Array(bytes) });
    return ((await answer.json()) as { id: string }).id;
  };
  const padding = Array.from({ length: 40 }, () => ({ minor: 1n, code: "475", text: "x".repeat(30_000) }));
  const fileId = await upload("day.bai", Buffer.from(bankText({ minor: 500n, customer: "W1", text: "PAYER:CAFÉ ZÜRICH" }, ...padding), "latin1"));
  const adviceId = await upload("advice.csv", Buffer.from(remittance("W1,,Z-1,,,,,5.00,,").content));
  const { bankFile, userErrors } = await desk.load({ fileId, remittances: [{ name: "advice.csv", fileId: adviceId }] });
  expect(userErrors).toEqual([]);
  expect((await desk.lines(bankFile!.id))[0]!.payment).toMatchObject({ customer: { id }, payerName: "CAFÉ ZÜRICH", status: "APPLIED" });
});
