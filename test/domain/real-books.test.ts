import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { bookDuplicates } from "../../src/domain/book-duplicates.ts";
import { type BookRow, type RowWarning, bookRowReader } from "../../src/domain/book-row.ts";
import { readColumnMap } from "../../src/domain/column-map.ts";
import { daysBetween } from "../../src/domain/dates.ts";
import { decimalFromMinor, total } from "../../src/domain/money.ts";

const DATA = join(import.meta.dirname, "../../../shared/data");
const MAPS = join(import.meta.dirname, "../../src/imports/maps");
const there = existsSync(DATA);
if (!there) console.warn(`SKIPPED: the real open-item books, because ${DATA} is not there.`);
const onRealData = there ? test : test.skip;

interface Book {
  readonly rowCount: number;
  readonly rows: readonly BookRow[];
  readonly duplicates: readonly BookRow[];
  readonly warnings: readonly RowWarning[];
}

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");
const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8"));

const IBM = "ibm-ar/WA_Fn-UseC_-Accounts-Receivable.csv";
const tokens = (file: string, delimiter: string): string[][] => parse(readFileSync(join(DATA, file)), { delimiter, relax_column_count: true });

function readBook(mapFile: string, file: string): Book {
  const map = readColumnMap(json(MAPS, mapFile));
  const [header, ...lines] = tokens(file, map.delimiter!);
  const read = bookRowReader(map, header!, digest);
  const see = bookDuplicates(map.columns.invoiceNumber, digest);
  const book = { rowCount: lines.length, rows: [] as BookRow[], duplicates: [] as BookRow[], warnings: [] as RowWarning[] };
  lines.forEach((cells, index) => {
    const outcome = read(index + 2, cells);
    if (!("row" in outcome)) throw new Error(JSON.stringify(outcome));
    const seen = see(outcome.row);
    if (seen.kind === "contradiction") throw new Error(JSON.stringify(seen.fault));
    (seen.kind === "first" ? book.rows : book.duplicates).push(outcome.row);
    if (seen.kind === "first") book.warnings.push(...outcome.warnings);
  });
  return book;
}

const sum = (rows: readonly BookRow[], currency: string): string =>
  decimalFromMinor(total(rows.filter((row) => row.currency === currency).map((row) => row.minor)), currency);
const paidOf = (rows: readonly BookRow[]) => rows.filter((row) => row.clearedOn !== null);
const openOf = (rows: readonly BookRow[]) => rows.filter((row) => row.clearedOn === null);
const lateness = (row: BookRow): number => daysBetween(row.dueOn, row.clearedOn!);
const daysLate = (rows: readonly BookRow[], atLeast = -Infinity) => paidOf(rows).reduce((days, row) => days + Math.max(lateness(row), atLeast), 0);
const lateOf = (rows: readonly BookRow[]) => paidOf(rows).filter((row) => lateness(row) > 0);
const distinct = (values: Iterable<unknown>): number => new Set(values).size;

function groups(rows: readonly BookRow[], key: (row: BookRow) => string): Map<string, BookRow[]> {
  const found = new Map<string, BookRow[]>();
  for (const row of rows) {
    const group = found.get(key(row));
    if (group) group.push(row);
    else found.set(key(row), [row]);
  }
  return found;
}

/** The figures that the expected file gives for a currency of a book. */
function figures(all: readonly BookRow[], currency: string) {
  const rows = all.filter((row) => row.currency === currency);
  const count = (test: (days: number) => boolean): number => paidOf(rows).filter((row) => test(lateness(row))).length;
  return {
    total: sum(rows, currency), paid: sum(paidOf(rows), currency), open: sum(openOf(rows), currency),
    paid_rows: paidOf(rows).length, open_rows: openOf(rows).length, days_late_sum: daysLate(rows),
    late_rows: count((days) => days > 0), on_due_date_rows: count((days) => days === 0), early_rows: count((days) => days < 0),
  };
}

describe("the IBM book", () => {
  onRealData("agrees with the expected figures to the cent", () => {
    const { rowCount, rows, duplicates, warnings } = readBook("ibm-ar.json", IBM);
    const expected = json(DATA, "expected/ibm.json");
    const disputed = rows.filter((row) => row.disputed);
    expect({ duplicates, warnings, open: openOf(rows) }).toEqual({ duplicates: [], warnings: [], open: [] });
    expect({
      rows: rowCount,
      customers: distinct(rows.map((row) => row.accountKey)),
      total: sum(rows, "USD"),
      days_late_sum: daysLate(rows, 0),
      days_to_settle_sum: rows.reduce((days, row) => days + daysBetween(row.invoicedOn, row.clearedOn!), 0),
      late_rows: lateOf(rows).length,
      disputed_rows: disputed.length,
      disputed_amount: sum(disputed, "USD"),
    }).toEqual((({ country: _country, top10: _top10, open_as_of: _open, ...whole }) => whole)(expected));
    expect(daysLate(rows)).toBe(-8767);
    const countries = [...groups(rows, (row) => row.segment!)];
    expect(
      Object.fromEntries(countries.map(([code, of]) => [code, { rows: of.length, amount: sum(of, "USD"), late_rows: lateOf(of).length }])),
    ).toEqual(expected.country);
    const customers = groups(rows, (row) => row.accountNumber);
    for (const [number, count, amount, late] of expected.top10) {
      const own = customers.get(number)!;
      expect([own.length, sum(own, "USD"), lateOf(own).length]).toEqual([count, amount, late]);
    }
    for (const [day, { invoices, amount }] of Object.entries<{ invoices: number; amount: string }>(expected.open_as_of)) {
      const open = rows.filter((row) => row.invoicedOn <= day && row.clearedOn! > day);
      expect([open.length, sum(open, "USD")]).toEqual([invoices, amount]);
    }
  });

  onRealData("read day first contradicts itself: 944 invoice dates could be either, and the checks leave only 2 rows of them", () => {
    const map = json(MAPS, "ibm-ar.json");
    const [header, ...lines] = tokens(IBM, ",");
    const read = bookRowReader(readColumnMap({ ...map, dates: { ...map.dates, order: "DMY" } }), header!, digest);
    const outcomes = lines.map((cells, index) => read(index + 2, cells));
    const badDates = outcomes.filter((outcome) => "faults" in outcome && outcome.faults.some((fault) => fault.column === "InvoiceDate"));
    expect(lines.length - badDates.length).toBe(944);
    expect(outcomes.filter((outcome) => "row" in outcome)).toHaveLength(2);
  });
});

describe("the HighRadius book", () => {
  const expected = there ? json(DATA, "expected/highradius_give60.json") : null;
  const book = there ? readBook("highradius-book.json", "highradius/highradius_50k_rebuilt_give60.csv") : null;

  onRealData("counts its rows, duplicates, documents, customers, names and payments", () => {
    const { rowCount, rows, duplicates } = book!;
    const withNumber = rows.filter((row) => row.number !== null);
    expect({
      rows: rowCount,
      exact_duplicate_extra_rows: duplicates.length,
      distinct_invoice_ids: distinct(withNumber.map((row) => row.documentKey)),
      rows_without_invoice_id: rows.length - withNumber.length,
      customers: distinct(rows.map((row) => row.accountKey)),
      distinct_names: distinct(rows.map((row) => row.customerName)),
    }).toEqual((({ as_is: _all, deduplicated: _once, ...counts }) => counts)(expected));
    expect(distinct(rows.map((row) => row.documentKey))).toBe(rows.length);
    expect(distinct(paidOf(rows).map((row) => `${row.accountKey} ${row.clearedOn} ${row.currency}`))).toBe(10_311);
  });

  onRealData("warns of 68 paid and 8 open items due before, and of one cleared before the invoice date", () => {
    const { rows, warnings } = book!;
    const open = new Set(openOf(rows).map((row) => row.line));
    const kinds = groupBy(warnings.map((warning) => `${warning.rule} ${open.has(warning.line) ? "open" : "paid"}`));
    expect(kinds).toEqual({ "dueBeforeInvoiced paid": 68, "dueBeforeInvoiced open": 8, "clearedBeforeInvoiced paid": 1 });
  });

  onRealData.each(["USD", "CAD"])("agrees with the expected %s totals to the cent, with and without the duplicates", (currency) => {
    const all = [...book!.rows, ...book!.duplicates];
    expect(expected.deduplicated[currency]).toMatchObject(figures(book!.rows, currency));
    expect(expected.as_is[currency]).toMatchObject(figures(all, currency));
  });

  onRealData("agrees with the days late over both currencies", () => {
    expect([daysLate(book!.rows), lateOf(book!.rows).length]).toEqual([expected.deduplicated.days_late_sum, expected.deduplicated.late_rows]);
  });

  onRealData("has USD 108,156,599.87 and CAD 15,688,869.45 open as of 2020-03-31", () => {
    const open = book!.rows.filter((row) => row.invoicedOn <= "2020-03-31" && (row.clearedOn ?? "9999") > "2020-03-31");
    expect([sum(open, "USD"), sum(open, "CAD")]).toEqual(["108156599.87", "15688869.45"]);
  });

  onRealData("agrees with the expected figures of each customer to the cent", () => {
    const lines: Record<string, string>[] = parse(readFileSync(join(DATA, "expected/highradius_give60_per_customer_dedup.csv")), { columns: true });
    const customers = [...groups(book!.rows, (row) => `${row.accountNumber} ${row.currency}`)];
    const found = customers.map(([key, rows]) => {
      const [cust_number, currency] = key.split(" ") as [string, string];
      const paid = paidOf(rows);
      return {
        cust_number, currency, paid_rows: String(paid.length), paid_amount: sum(paid, currency), late_rows: String(lateOf(rows).length),
        days_late_sum: String(daysLate(rows)), open_amount: sum(openOf(rows), currency),
      };
    });
    const order = (a: Record<string, string>, b: Record<string, string>) => (a["cust_number"]! + a["currency"]! < b["cust_number"]! + b["currency"]! ? -1 : 1);
    expect(found.toSorted(order)).toEqual(lines.toSorted(order));
  });
});

function groupBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
