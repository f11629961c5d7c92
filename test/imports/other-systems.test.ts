import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openTestApp, type TestApp } from "../kit/app.ts";
import type { FoundedCompany } from "../kit/company.ts";
import { faultsOfBooks, importBook, type ReadImport, rowsOf, totalsOf } from "./books.ts";

const DATA = join(import.meta.dirname, "../../../shared/data");
const MAPS = join(import.meta.dirname, "../../src/imports/maps");
const there = existsSync(DATA);
if (!there) console.warn(`SKIPPED: the second HighRadius layout and the Xero, QuickBooks, Stripe and SAP extracts, because ${DATA} is not there.`);
const onRealData = there ? test : test.skip;

const mapOf = (name: string): string => readFileSync(join(MAPS, `${name}.json`), "utf8");
const file = (path: string): string => readFileSync(join(DATA, path), "utf8");

let t: TestApp;
let company: FoundedCompany;
beforeAll(async () => void (t = await openTestApp()));
beforeEach(async () => void (company = await t.company()));
afterAll(() => t.close());

/** What the receivable invoices of the Xero extract add up to, read by other means. */
const XERO = {
  customers: 18, invoices: 116, payments: 96, applications: 103, invoiced: { GBP: "9205750", USD: "30848409" }, paid: { GBP: "7932250", USD: "27837809" }, open: { GBP: "1273500", USD: "3010600" },
};

/** How many of the first 200 faults each reason was given for, by column. */
function reasons({ rejects }: ReadImport): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { column, reason, warning } of rejects) if (!warning) counts[`${column}: ${reason}`] = (counts[`${column}: ${reason}`] ?? 0) + 1;
  return counts;
}

const take = (map: string, content: string): Promise<ReadImport> => importBook(t, company, content, { map, acceptGood: true });

describe("the second HighRadius layout", () => {
  onRealData("states nothing that the book does not hold: 6,709 rows in USD are known, and 442 in CAD are rejected", async () => {
    await importBook(t, company, file("highradius/highradius_50k_rebuilt_give60.csv"), { map: mapOf("highradius-book") });
    const before = await totalsOf(t, company);
    const run = await take(mapOf("highradius-open"), file("highradius/open_original_columns_give60.csv"));
    expect(run.counts).toMatchObject({ rows: 7_151, alreadyKnown: 6_709, rejects: 442, duplicates: 0, skipped: 0, posted: 0, invoices: 0, payments: 0 });
    expect(Object.keys(reasons(run))).toEqual(["business_code: It is an item in CAD, and the file holds only its conversion to USD."]);
    expect(await totalsOf(t, company)).toEqual(before);
  }, 180_000);
});

describe("the Xero extract", () => {
  onRealData("gives 116 invoices of ours and what was paid of them; 484 bills and a deleted invoice are passed over", async () => {
    const run = await take(mapOf("xero-invoices"), file("xero-seeds/xero_invoice_data.csv"));
    expect(run).toMatchObject({ status: "POSTED", rejects: [], counts: { rows: 601, skipped: 485, rejects: 0, posted: 116, invoices: 116, payments: XERO.payments } });
    expect(run.skips).toEqual([{ reason: "A bill that we owe to a supplier.", rows: 484 }, { reason: "An invoice that was voided or deleted.", rows: 1 }]);
    expect(await totalsOf(t, company)).toMatchObject(XERO);
    expect(await faultsOfBooks(t, company)).toEqual([]);
  });
});

describe("the QuickBooks extract", () => {
  onRealData("gives 4 open invoices; 11 deleted ones are passed over, and one that is settled in part is refused", async () => {
    const run = await take(mapOf("quickbooks-invoices"), file("quickbooks-seeds/invoice_data.csv"));
    expect(run.counts).toMatchObject({ rows: 16, skipped: 11, rejects: 1, posted: 4, invoices: 4, payments: 0 });
    expect(reasons(run)).toEqual({ "balance: A part of the item is settled, and the file does not tell on which day.": 1 });
    expect(await totalsOf(t, company)).toMatchObject({ customers: 1, open: { USD: "6402655", EUR: "100000" } });
  });
});

describe("the Stripe extract", () => {
  onRealData("gives nothing: one invoice is of the test mode, and the other is paid on a day that nobody tells", async () => {
    const run = await take(mapOf("stripe-invoices"), file("stripe-seeds/invoice_data.csv"));
    expect(run.counts).toMatchObject({ rows: 2, skipped: 1, rejects: 1, posted: 0 });
    expect(run.skips).toEqual([{ reason: "An invoice of Stripe's test mode.", rows: 1 }]);
    expect(reasons(run)).toEqual({ "status: It is paid, and the file does not tell on which day.": 1 });
  });
});

describe("the SAP extract", () => {
  const folder = "sap-o2c/journal_entry_items_accounts_receivable";
  const parts = there ? readdirSync(join(DATA, folder)).sort().map((name) => file(join(folder, name)).trimEnd()) : [];

  onRealData("gives 3 open items; 44 of 76 clearing groups cancel out, and 32 that do not net to zero are reported and not forced", async () => {
    const run = await take(mapOf("sap-receivables"), parts.join("\n"));
    expect(run.counts).toMatchObject({ rows: 123, skipped: 88, rejects: 32, posted: 3, invoices: 3, payments: 0 });
    expect(new Set(run.rejects.map(({ value }) => value)).size).toBe(32);
    expect(run.rejects.every(({ column, reason }) => column === "clearingAccountingDocument" && reason.includes("not to nothing"))).toBe(true);
    expect(await totalsOf(t, company)).toMatchObject({ customers: 2, invoices: 3, open: { INR: "265464" } });
    expect(await rowsOf(t, company, `select number, due_on from invoice, company where company_id = company.id order by number`)).toEqual([
      { number: "90504248", due_on: "2025-04-02" }, { number: "90628265", due_on: "2025-04-30" }, { number: "90628266", due_on: "2025-04-30" },
    ]);
  });

  onRealData("part by part most groups miss their other half, and none of them is forced", async () => {
    const run = await take(mapOf("sap-receivables"), parts[0]!);
    expect(run.counts).toMatchObject({ rows: 40, skipped: 0, rejects: 37, posted: 3 });
  });
});
