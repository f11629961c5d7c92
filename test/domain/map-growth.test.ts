import { type BookRow, type RowOutcome, bookRowReader } from "../../src/domain/book-row.ts";
import { ClearingGroups } from "../../src/domain/clearing-groups.ts";
import { readColumnMap } from "../../src/domain/column-map.ts";
import { decimalOfFloat, wholeOfFloat } from "../../src/domain/float-cell.ts";
import { Refusal } from "../../src/domain/refusal.ts";

const PLAIN = {
  name: "plain", description: "A small book for these tests.", delimiter: ",", dates: { order: "YMD", separator: "-", leadingZeros: true }, decimalMark: ".", credits: "none",
  currency: { column: "currency" }, checks: [], ignored: ["status", "left", "credited", "document", "year", "kind"], warnings: [],
  columns: { accountNumber: "account", invoiceNumber: "invoice", invoicedOn: "dated", dueOn: "due", clearedOn: "cleared", amount: "amount" },
};
const GOOD: Readonly<Record<string, string>> = {
  account: "100", invoice: "7", dated: "2026-01-05", due: "2026-02-04", cleared: "", amount: "12.50", currency: "USD", status: "OPEN", left: "12.50", credited: "", document: "", year: "0", kind: "RV",
};
const HEADER = Object.keys(GOOD);

const uses = (...columns: readonly string[]) => ({ ignored: PLAIN.ignored.filter((column) => !columns.includes(column)) });
function read(cells: Readonly<Record<string, string>>, changes: object = {}): RowOutcome {
  const header = HEADER.filter((column) => column in GOOD);
  return bookRowReader(readColumnMap({ ...PLAIN, ...changes }), header, (text) => text)(2, header.map((column) => cells[column] ?? GOOD[column]!));
}
const faultOf = (outcome: RowOutcome): string => ("faults" in outcome ? outcome.faults.map(({ column, reason }) => `${column}: ${reason}`).join(" / ") : JSON.stringify(outcome));

test.each([
  ["2309.7899999999995", "2309.79"], ["107686.29900000001", "107686.299"], ["11173.02", "11173.02"], ["11173.0", "11173"], ["0.5", "0.5"], ["-72782.84999999999", "-72782.85"], ["0.0", "0"],
  ["0.30000000000000004", "0.3"], ["99.99999999999999", "100"], ["10.10", "10.1"],
])("the floating-point number %s was %s", (text, decimal) => {
  expect(decimalOfFloat(text)).toBe(decimal);
});

test.each(["11173", "1e16", "1,5", "1.", ".5", "NaN", "007.5", "1.2345678901234567890", ""])("%j is no floating-point number", (text) => {
  expect(decimalOfFloat(text)).toBeNull();
});

test.each([["2960623488.0", "2960623488"], ["2960623488", null], ["2960623488.5", null], ["0.0", null], ["00.0", null]])("the number of a document written as %s is %s", (text, number) => {
  expect(wholeOfFloat(text)).toBe(number);
});

describe("a number style is declared, never guessed", () => {
  const floats = { floats: ["invoice", "amount"] };
  test("floating-point numbers are read where the map declares them", () => {
    expect(read({ invoice: "2960623488.0", amount: "2309.7899999999995" }, floats)).toMatchObject({ row: { number: "2960623488", documentKey: "2960623488", minor: 230979n } });
  });

  test.each<[string, Record<string, string>, object, string]>([
    ["a plain number contradicts the map", { invoice: "7.0", amount: "12" }, floats, "amount: It is not written as a floating-point number like 1250.5."],
    ["noise is rounded away, cents are not", { invoice: "7.0", amount: "12.505" }, floats, 'amount: "12.505" has more than the 2 decimal places of USD.'],
    ["a document has a whole number", { invoice: "7.5", amount: "12.5" }, floats, "invoice: It is not a whole number written as a floating-point number like 2960623488.0."],
    ["without the declaration noise is a fault", { amount: "2309.789999" }, {}, "has more than the 2 decimal places"],
    ["minor units have no decimals", { amount: "12.50" }, { amounts: "minor" }, "amount: It is not a whole number of minor units like 125050."],
    ["small letters where small letters are declared", {}, { currency: { column: "currency", letters: "lower" } }, "currency: It is not written in small letters."],
  ])("%s", (_rule, cells, changes, fault) => {
    expect(faultOf(read(cells, changes))).toContain(fault);
  });

  test("minor units, small letters and a time of day are read where they are declared", () => {
    const changes = { amounts: "minor", currency: { column: "currency", letters: "lower" }, dates: { ...PLAIN.dates, time: true } };
    const cells = { amount: "1250", currency: "jpy", dated: "2026-01-05T00:00:00.000Z", due: "2026-02-04 23:59:59" };
    expect(read(cells, changes)).toMatchObject({ row: { minor: 1250n, currency: "JPY", invoicedOn: "2026-01-05", dueOn: "2026-02-04" } });
    expect(faultOf(read({ ...cells, dated: "2026-01-05" }, changes))).toContain("YYYY-MM-DD with a time of day");
  });

  test("a file without due dates may have days declared for it", () => {
    const columns = { ...PLAIN.columns, dueOn: { daysAfterInvoice: 14 } };
    expect(read({}, { columns, ignored: [...PLAIN.ignored, "due"] })).toMatchObject({ row: { dueOn: "2026-01-19" } });
  });
});

describe("rules say what becomes of rows that are no open items", () => {
  const rules = [
    { column: "status", values: ["VOID"], action: "skip", reason: "It was voided." }, { column: "status", values: ["PAID"], action: "reject", reason: "Nobody tells when." },
    { column: "status", except: ["OPEN"], action: "reject", reason: "Unknown." },
  ];
  test.each([["VOID", { skipped: "It was voided." }], ["PAID", { faults: [{ line: 2, column: "status", value: "PAID", reason: "Nobody tells when." }] }], ["?", { faults: [{ reason: "Unknown." }] }], ["OPEN", { row: {} }]])(
    "%s", (status, outcome) => {
      expect(read({ status, amount: status === "OPEN" ? "1.00" : "broken" }, { rules, ...uses("status") })).toMatchObject(outcome);
    },
  );
});

describe("amounts that must agree with the state of the item", () => {
  test.each<[string, Record<string, string>, string]>([
    ["all of it is open", {}, '"row"'],
    ["a part is settled", { left: "2.50" }, "left: A part of the item is settled"],
    ["nothing is open and no day is told", { left: "0" }, "left: Nothing is open"],
    ["cleared, with nothing open", { cleared: "2026-02-01", left: "0" }, '"row"'],
    ["cleared, and something open", { cleared: "2026-02-01", left: "1" }, "left: Something is open"],
    ["something was credited", { credited: "1.00" }, "credited: It is not zero"],
    ["nothing was credited", { credited: "0" }, '"row"'],
  ])("%s", (_case, cells, told) => {
    const changes = { checks: [{ kind: "open", column: "left" }, { kind: "zero", column: "credited" }], ...uses("left", "credited") };
    const outcome = read(cells, changes);
    expect("row" in outcome ? '"row"' : faultOf(outcome)).toContain(told);
  });
});

describe("rows that cleared each other", () => {
  const clearing = { group: ["document", "year"], kind: "kind", payments: ["DZ"], reversals: ["RV"] };
  const settle = (...rows: readonly [document: string, kind: string, amount: string][]) => {
    const groups = new ClearingGroups(clearing);
    rows.forEach(([document, kind, amount], index) => {
      const outcome = read({ document, kind, amount, invoice: String(index), cleared: "2026-02-01" }, { clearing, credits: "negative", ...uses("document", "year", "kind") });
      if (!("row" in outcome) || !outcome.clearing) throw new Error(faultOf(outcome));
      groups.add(outcome.row, outcome.clearing);
    });
    const { paid, skipped, faults } = groups.settle();
    return { paid: paid.map(({ minor }: BookRow) => minor), skipped: skipped.length, faults: faults.map(({ reason }) => reason) };
  };

  test.each<[string, [string, string, string][], object]>([
    ["an invoice and its reversal cancel out", [["9", "RV", "10.00"], ["9", "RV", "-10.00"]], { paid: [], skipped: 2, faults: [] }],
    ["invoices and their payment: the invoices are paid", [["9", "RV", "10.00"], ["9", "RV", "5.00"], ["9", "DZ", "-15.00"]], { paid: [1000n, 500n], skipped: 1, faults: [] }],
    ["a group that does not net to zero is reported row by row", [["9", "RV", "10.00"], ["9", "DZ", "-8.00"]], { paid: [], skipped: 0, faults: [expect.stringContaining("adds up to 2.00 USD"), expect.anything()] }],
    ["a payment and a reversal together", [["9", "RV", "10.00"], ["9", "RV", "-2.00"], ["9", "DZ", "-8.00"]], { skipped: 0, faults: Array(3).fill(expect.stringContaining("other things")) }],
    ["groups do not help each other", [["8", "RV", "10.00"], ["9", "RV", "-10.00"]], { skipped: 0, faults: [expect.anything(), expect.anything()] }],
  ])("%s", (_rule, rows, outcome) => {
    expect(settle(...rows)).toMatchObject(outcome);
  });

  test("a row without a clearing document speaks for itself", () => {
    expect(read({}, { clearing, credits: "negative", ...uses("document", "year", "kind") })).not.toHaveProperty("clearing");
  });
});

test("a map that was read can be read again: an import keeps it to go on with", () => {
  const read = readColumnMap({
    ...PLAIN, credits: "negative", floats: ["amount"], currency: { column: "currency", letters: "lower" }, checks: [{ kind: "zero", column: "credited" }],
    rules: [{ column: "status", except: ["OPEN"], action: "skip", reason: "Not open." }], clearing: { group: ["document"], kind: "kind", payments: ["DZ"] },
    columns: { ...PLAIN.columns, dueOn: { daysAfterInvoice: 3 } }, ignored: ["left"],
  });
  expect(readColumnMap(JSON.parse(JSON.stringify(read)))).toEqual(read);
});

describe("a map is refused by the path of the property at fault", () => {
  const rule = { column: "status", values: ["VOID"], action: "skip", reason: "It was voided." };
  const clearing = { group: ["document"], kind: "kind", payments: ["DZ"], reversals: ["RV"] };
  test.each<[string, object, string]>([
    ["format", { format: "xml" }, 'one of "csv", "jsonl"'],
    ["delimiter", { format: "jsonl" }, "left out of a map of JSON lines"],
    ["amounts", { amounts: "cents" }, 'one of "major", "minor"'],
    ["floats.0", { floats: ["status"] }, "a column that the map reads"],
    ["dates.time", { dates: { ...PLAIN.dates, time: "yes" } }, "true or false"],
    ["currency.letters", { currency: { constant: "USD", letters: "lower" } }, "left out where the currency is a constant"],
    ["columns.dueOn.daysAfterInvoice", { columns: { ...PLAIN.columns, dueOn: { daysAfterInvoice: -1 } } }, "a whole number of days"],
    ["columns.dueOn.days", { columns: { ...PLAIN.columns, dueOn: { days: 3 } } }, "left out"],
    ["rules.0", { rules: [{ ...rule, except: ["OPEN"] }] }, "about either values or all except some"],
    ["rules.0.values", { rules: [{ ...rule, values: [] }] }, "at least one value"],
    ["rules.0.action", { rules: [{ ...rule, action: "drop" }] }, 'one of "skip", "reject"'],
    ["rules.0.reason", { rules: [{ ...rule, reason: " " }] }, "a text that is not empty"],
    ["ignored", { rules: [rule] }, 'without "status", which the map reads'],
    ["checks.0.as", { checks: [{ kind: "zero", column: "credited", as: "invoiceNumber" }] }, "left out"],
    ["clearing.group", { clearing: { ...clearing, group: [] } }, "at least one column"],
    ["clearing.reversals", { clearing: { ...clearing, reversals: ["DZ"] } }, 'without "DZ"'],
    ["clearing", { clearing, columns: { ...PLAIN.columns, clearedOn: null } }, "left out where the map has no clearedOn"],
    ["credits", { clearing }, '"negative" where rows clear each other'],
  ])("%s: %j", (path, changes, must) => {
    const refused = (): unknown => readColumnMap({ ...PLAIN, ...changes });
    expect(refused).toThrow(Refusal);
    expect(refused).toThrow(`${path} must be ${must}`);
  });
});
