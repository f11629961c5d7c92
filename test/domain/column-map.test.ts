import { bookDuplicates } from "../../src/domain/book-duplicates.ts";
import { type BookRow, type RowOutcome, bookRowReader } from "../../src/domain/book-row.ts";
import { type ColumnMap, readColumnMap } from "../../src/domain/column-map.ts";
import { Refusal } from "../../src/domain/refusal.ts";

const PLAIN = {
  name: "plain",
  description: "A small book for these tests.",
  delimiter: ",",
  dates: { order: "YMD", separator: "-", leadingZeros: true },
  decimalMark: ".",
  credits: "none",
  currency: { column: "currency" },
  columns: {
    accountNumber: "account",
    customerName: "name",
    invoiceNumber: "invoice",
    invoicedOn: ["dated", "posted"],
    dueOn: "due",
    clearedOn: "cleared",
    amount: "amount",
    termsCode: "terms",
    purchaseOrder: "po",
    openFlag: { column: "open", open: ["1"], paid: ["0"] },
    disputed: { column: "disputed", true: ["Yes"], false: ["No", ""] },
  },
  checks: [
    { kind: "days", column: "late", from: "dueOn", to: "clearedOn", atLeast: 0 },
    { kind: "same", column: "raw", as: "accountNumber" },
  ],
  ignored: ["printed"],
  warnings: ["dueBeforeInvoiced", "clearedBeforeInvoiced"],
};

const GOOD: Readonly<Record<string, string>> = {
  account: "0100200", name: "Garden Stores", invoice: "INV-7", dated: "2026-01-05", posted: "", due: "2026-02-04", cleared: "2026-02-10",
  amount: "1250.50", currency: "USD", terms: "N30", po: "PO-9", open: "0", disputed: "No", late: "6", raw: "100200",
};

const HEADER = Object.keys(GOOD);

const digest = (text: string): string => `<${text}>`;

const mapWith = (changes: object): ColumnMap => readColumnMap({ ...PLAIN, ...changes });

function read(cells: Readonly<Record<string, string>>, changes: object = {}, line = 2): RowOutcome {
  return bookRowReader(mapWith(changes), HEADER, digest)(line, HEADER.map((column) => cells[column] ?? GOOD[column]!));
}

function rowOf(outcome: RowOutcome): BookRow {
  if (!("row" in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.row;
}

const faultsOf = (outcome: RowOutcome) => ("faults" in outcome ? outcome.faults : []);

function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("a row becomes an item", () => {
  test("a paid row states everything that the map names", () => {
    expect(read({}, {}, 9)).toEqual({
      row: {
        line: 9, documentKey: "INV-7", number: "INV-7", accountNumber: "0100200", accountKey: "100200", customerName: "Garden Stores", currency: "USD",
        minor: 125050n, invoicedOn: "2026-01-05", dueOn: "2026-02-04", clearedOn: "2026-02-10", termsCode: "N30", segment: null, disputed: false,
        purchaseOrder: "PO-9", salesOrder: null, shipment: null,
      },
      warnings: [],
    });
  });

  test.each<[string, Record<string, string>, Partial<BookRow>]>([
    ["an empty cleared date means open", { cleared: "", open: "1", late: "" }, { clearedOn: null }],
    ["where the invoice date is empty the posting date stands in for it", { dated: "", posted: "2026-01-06" }, { invoicedOn: "2026-01-06" }],
    ["the invoice date goes before the posting date", { posted: "2026-01-09" }, { invoicedOn: "2026-01-05" }],
    ["blanks around a cell are dropped and those inside a name kept", { name: "  TREE  us " }, { customerName: "TREE  us" }],
    ["an empty name, code or reference is none", { name: "", terms: " ", po: "" }, { customerName: null, termsCode: null, purchaseOrder: null }],
    ["a disputed item is marked", { disputed: "Yes" }, { disputed: true }],
    ["an empty flag may be one of the declared values", { disputed: "" }, { disputed: false }],
    ["yen have no decimals", { currency: "JPY", amount: "1250" }, { currency: "JPY", minor: 1250n }],
    ["dinars have three", { currency: "KWD", amount: "1.125" }, { currency: "KWD", minor: 1125n }],
    ["zeros beyond the cents are no more decimals", { amount: "10.5000" }, { minor: 1050n }],
    ["what looks like a formula is data", { name: '=HYPERLINK("http://evil")', po: "@SUM(A1)" }, { customerName: '=HYPERLINK("http://evil")', purchaseOrder: "@SUM(A1)" }],
    ["an empty check cell states nothing", { late: "", raw: "" }, {}],
  ])("%s", (_rule, cells, facts) => {
    expect(rowOf(read(cells))).toMatchObject(facts);
  });

  test("a row without an invoice number is known by the digest of its cells", () => {
    const row = rowOf(read({ invoice: "", name: " Garden Stores" }));
    expect(row.number).toBeNull();
    expect(row.documentKey).toBe(`row:<${JSON.stringify(HEADER.map((column) => (column === "invoice" ? "" : GOOD[column]!)))}>`);
  });

  test("days between two dates are signed unless the check has a least number of them", () => {
    const early = { cleared: "2026-02-01", late: "-3" };
    expect(rowOf(read(early, { checks: [{ kind: "days", column: "late", from: "dueOn", to: "clearedOn" }], ignored: ["raw"] })).clearedOn).toBe("2026-02-01");
  });

  test("a negative amount is a credit where the map declares credits", () => {
    expect(rowOf(read({ amount: "-12.00" }, { credits: "negative" })).minor).toBe(-1200n);
  });

  test("a decimal comma is read where the map declares one, and nowhere else", () => {
    expect(rowOf(read({ amount: "1250,50" }, { decimalMark: "," })).minor).toBe(125050n);
    expect(faultsOf(read({ amount: "1250.50" }, { decimalMark: "," }))).toHaveLength(1);
    expect(faultsOf(read({ amount: "1250,50" }))).toHaveLength(1);
  });

  test("the order of a date is the map's, never a guess", () => {
    const slashes = { checks: [], ignored: ["printed", "late", "raw"] };
    const cells = { dated: "2/3/2026", due: "4/5/2026", cleared: "6/7/2026" };
    const datesIn = (order: string) => rowOf(read(cells, { ...slashes, dates: { order, separator: "/", leadingZeros: false } }));
    expect(datesIn("MDY")).toMatchObject({ invoicedOn: "2026-02-03", dueOn: "2026-04-05", clearedOn: "2026-06-07" });
    expect(datesIn("DMY")).toMatchObject({ invoicedOn: "2026-03-02", dueOn: "2026-05-04", clearedOn: "2026-07-06" });
  });
});

describe("a cell that cannot be taken is a fault with its line, column and reason", () => {
  const MDY = { dates: { order: "MDY", separator: "/", leadingZeros: false } };
  const slashed = { dated: "1/5/2026", due: "2/4/2026", cleared: "2/10/2026" };
  test.each<[string, Record<string, string>, object, string]>([
    ["account", { account: "" }, {}, "It is empty."],
    ["name", { name: "x".repeat(301) }, {}, "It is longer than 300 characters."],
    ["invoice", { invoice: "I\u0000" }, {}, "It has control characters in it."],
    ["dated", { dated: "2026-02-30" }, {}, "It is not a day of the calendar written as YYYY-MM-DD."],
    ["dated", { dated: "5/1/2026" }, {}, "It is not a day of the calendar written as YYYY-MM-DD."],
    ["dated", { ...slashed, dated: "13/1/2026" }, MDY, "It is not a day of the calendar written as M/D/YYYY."],
    ["dated", { ...slashed, dated: "01/5/2026" }, MDY, "It is not a day of the calendar written as M/D/YYYY."],
    ["dated", { ...slashed, dated: "1/5/26" }, MDY, "It is not a day of the calendar written as M/D/YYYY."],
    ["dated", { dated: "" }, {}, "It is empty, and so is posted."],
    ["posted", { posted: "soon" }, {}, "It is not a day of the calendar written as YYYY-MM-DD."],
    ["due", { due: "" }, {}, "It is empty."],
    ["amount", { amount: "" }, {}, "It is empty."],
    ["amount", { amount: "0.00" }, {}, "An item of zero is not an item."],
    ["amount", { amount: "-5" }, {}, "It is negative, and the map declares no credits."],
    ["amount", { amount: "1,250.50" }, {}, "It is not an amount written like 1250.50."],
    ["amount", { amount: "1e3" }, {}, "It is not an amount written like 1250.50."],
    ["amount", { amount: "=1+1" }, {}, "It is not an amount written like 1250.50."],
    ["amount", { amount: "2309.789" }, {}, '"2309.789" has more than the 2 decimal places of USD.'],
    ["amount", { amount: "1.5", currency: "JPY" }, {}, '"1.5" has more than the 0 decimal places of JPY.'],
    ["amount", { amount: "99999999999999999" }, {}, '"99999999999999999" is not an amount; write it like 1250.50.'],
    ["currency", { currency: "usd" }, {}, "It is not an ISO 4217 currency code."],
    ["currency", { currency: "" }, {}, "It is empty."],
    ["open", { open: "1" }, {}, "It says open, but cleared is 2026-02-10."],
    ["open", { cleared: "", late: "" }, {}, "It says paid, but cleared is empty."],
    ["open", { open: "yes" }, {}, 'The map knows only "1", "0" here.'],
    ["disputed", { disputed: "Maybe" }, {}, 'The map knows only "Yes", "No", "" here.'],
    ["late", { late: "5" }, {}, "From 2026-02-04 to 2026-02-10 it should be 6."],
    ["late", { cleared: "2026-02-01", late: "-3" }, {}, "From 2026-02-04 to 2026-02-01 it should be 0."],
    ["late", { late: "six" }, {}, "It is not a whole number of days."],
    ["raw", { raw: "100201" }, {}, "It contradicts the accountNumber 0100200."],
    ["due", { due: "2026-01-01", late: "40" }, { warnings: [] }, "It is before the invoice date 2026-01-05."],
  ])("%s: %j", (column, cells, changes, reason) => {
    const value = cells[column] ?? GOOD[column]!;
    expect(read(cells, changes, 17)).toEqual({ faults: [{ line: 17, column, value, reason }] });
  });

  test("every fault of a row is listed, not only the first", () => {
    const outcome = read({ account: "", dated: "never", due: "", amount: "0", currency: "???", open: "2", disputed: "?", late: "x", terms: "t".repeat(101) });
    const columns = faultsOf(outcome).map((fault) => fault.column).toSorted();
    expect(columns).toEqual(["account", "amount", "currency", "dated", "disputed", "due", "late", "open", "terms"]);
  });

  test("a row with too few cells is one fault of the row", () => {
    expect(bookRowReader(mapWith({}), HEADER, digest)(3, ["0100200", "x"])).toEqual({
      faults: [{ line: 3, column: "(row)", value: "0100200 | x", reason: "The row has 2 cells and the header 15." }],
    });
  });
});

describe("odd orders of dates are warnings where the map says so", () => {
  test("due before the invoice date", () => {
    const outcome = read({ due: "2026-01-04", late: "37" });
    expect(outcome).toMatchObject({
      row: { dueOn: "2026-01-04" },
      warnings: [{ rule: "dueBeforeInvoiced", line: 2, column: "due", value: "2026-01-04", reason: "It is before the invoice date 2026-01-05." }],
    });
  });

  test("cleared before the invoice date", () => {
    expect(read({ cleared: "2026-01-04", late: "0" })).toMatchObject({ warnings: [{ rule: "clearedBeforeInvoiced", column: "cleared" }] });
  });
});

describe("a header that does not fit the map refuses the file", () => {
  test.each<[string, string[], string]>([
    ["a column is missing", HEADER.filter((column) => column !== "due"), 'it lacks "due".'],
    ["a column stands there twice", [...HEADER, "due"], 'it names "due" more than once.'],
    ["a column is unknown to the map", [...HEADER, "region"], 'it has "region", which the map does not name.'],
    ["all of that", [...HEADER.filter((column) => column !== "late"), "po", ""], 'it lacks "late"; it names "po" more than once; it has "", which'],
  ])("%s", (_rule, header, reason) => {
    const refusal = refusalOf(() => bookRowReader(mapWith({}), header, digest));
    expect(refusal).toMatchObject({ code: "FILE_INVALID", line: 1 });
    expect(refusal.message).toContain(reason);
  });

  test("a byte order mark, blanks around names, ignored columns and another order of columns are no matter", () => {
    const header = ["\ufeffprinted", ...HEADER.toReversed().map((column) => ` ${column}`)];
    const cells = ["today", ...HEADER.toReversed().map((column) => GOOD[column]!)];
    expect(rowOf(bookRowReader(mapWith({}), header, digest)(2, cells)).minor).toBe(125050n);
  });
});

describe("a map is refused by the path of the property at fault", () => {
  const columns = (changes: object) => ({ columns: { ...PLAIN.columns, ...changes } });
  test.each<[string, object, string]>([
    ["name", { name: "Plain Book" }, "at most 60 lower-case letters, digits and hyphens"],
    ["description", { description: undefined }, "a text that is not empty"],
    ["delimiter", { delimiter: "ab" }, 'one of ",", ";", "\\t", "|"'],
    ["dates.order", { dates: { ...PLAIN.dates, order: "YDM" } }, 'one of "YMD", "MDY", "DMY"'],
    ["dates.leadingZeros", { dates: { order: "YMD", separator: "-" } }, "true or false"],
    ["dates.leadingZeros", { dates: { order: "YMD", separator: "", leadingZeros: false } }, "true where nothing separates"],
    ["credits", { credits: "maybe" }, 'one of "none", "negative"'],
    ["currency", { currency: {} }, "either a column or a constant"],
    ["currency", { currency: { column: "currency", constant: "USD" } }, "either a column or a constant"],
    ["currency.constant", { currency: { constant: "DOLLARS" } }, "an ISO 4217 currency code"],
    ["columns", { columns: ["account"] }, "an object with accountNumber"],
    ["columns.dueOn", columns({ dueOn: 5 }), "a text that is not empty"],
    ["columns.customer", columns({ customer: "name" }), "left out; the properties here are accountNumber"],
    ["columns.invoicedOn", columns({ invoicedOn: [] }), "at least one column"],
    ["columns.clearedOn", { ...columns({ clearedOn: null }), checks: [] }, "named where an open flag is"],
    ["columns.openFlag.paid", columns({ openFlag: { column: "open", open: ["1"], paid: ["1"] } }), 'without "1", which is a value of open already'],
    ["columns.disputed.true", columns({ disputed: { column: "disputed", true: [], false: ["No"] } }), "at least one value"],
    ["checks", { checks: undefined }, "a list"],
    ["checks.0.kind", { checks: [{ kind: "sum", column: "late" }] }, 'one of "days", "same"'],
    ["checks.0.as", { checks: [{ kind: "days", column: "late", from: "dueOn", to: "clearedOn", as: "x" }] }, "left out"],
    ["checks.0.to", { checks: [{ kind: "days", column: "late", from: "dueOn", to: "paidOn" }] }, 'one of "invoicedOn", "dueOn", "clearedOn"'],
    ["checks.0.column", { checks: [{ kind: "same", column: "po", as: "invoiceNumber" }] }, 'a column of its own; "po" holds a fact already'],
    ["checks.0", { ...columns({ clearedOn: null, openFlag: null }), checks: PLAIN.checks }, "between dates of the map, which has no clearedOn"],
    ["ignored", { ignored: ["late"] }, 'without "late", which the map reads'],
    ["ignored.1", { ignored: ["a", "a"] }, 'given once; "a" stands in the list already'],
    ["warnings.0", { warnings: ["lateBeforeDue"] }, "one of"],
  ])("%s: %j", (path, changes, must) => {
    const refusal = refusalOf(() => mapWith(changes));
    expect(refusal).toMatchObject({ code: "MAP_INVALID", field: path.split(".") });
    expect(refusal.message).toContain(`${path} must be ${must}`);
  });

  test.each([null, [], "map", 7])("%j is no map", (json) => {
    expect(refusalOf(() => readColumnMap(json)).message).toMatch(/^The map must be an object/);
  });

  test("one invoice date column may be given without a list", () => {
    expect(mapWith(columns({ invoicedOn: "dated" })).columns.invoicedOn).toEqual(["dated"]);
  });
});

describe("a document that a file states twice", () => {
  const shown = (...rows: Record<string, string>[]) => {
    const see = bookDuplicates("invoice", digest);
    return rows.map((cells, index) => see(rowOf(read(cells, {}, index + 2))));
  };

  test("the same facts again are a duplicate, under another spelling or name of the customer too", () => {
    expect(shown({}, { account: "100200", name: "GARDEN STORES llc", invoice: "inv-7" }, {})).toEqual([
      { kind: "first" }, { kind: "again", firstLine: 2 }, { kind: "again", firstLine: 2 },
    ]);
  });

  test.each<Record<string, string>>([
    { amount: "1250.51" }, { currency: "CAD" }, { due: "2026-02-05", late: "5" }, { cleared: "", open: "1", late: "" }, { terms: "N60" }, { po: "" },
    { account: "200", raw: "" }, { disputed: "Yes" }, { dated: "2026-01-04" },
  ])("other facts, %j, are a fault that names the earlier line", (change) => {
    expect(shown({}, { invoice: "INV-8" }, change)).toEqual([
      { kind: "first" },
      { kind: "first" },
      {
        kind: "contradiction",
        firstLine: 2,
        fault: { line: 4, column: "invoice", value: "INV-7", reason: "Line 2 states this document already, with other facts." },
      },
    ]);
  });

  test("two rows without a number are one document only when all their cells are the same", () => {
    expect(shown({ invoice: "" }, { invoice: "", amount: "3.00" }, { invoice: "" }).map((seen) => seen.kind)).toEqual(["first", "first", "again"]);
  });
});
