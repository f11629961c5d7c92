import { readFileSync } from "node:fs";
import fc from "fast-check";
import { decimalFromMinor } from "../../src/domain/money.ts";
import { Refusal } from "../../src/domain/refusal.ts";
import { readRemittanceMap, type RemittanceMap } from "../../src/domain/remittance-map.ts";
import { remittancesFromRows } from "../../src/domain/remittance-rows.ts";
import type { RemittanceLine } from "../../src/domain/remittance.ts";

const shipped: unknown = JSON.parse(readFileSync(new URL("../../src/payments/maps/remittance.json", import.meta.url), "utf8"));
const map = readRemittanceMap(shipped);
const columns = ["payment_reference", "account", "reference", "gross", "discount", "deduction", "code", "net", "claim", "text"] as const;

type Cells = Partial<Record<(typeof columns)[number] | "payer" | "partial", string>>;
const header: readonly string[] = columns;
const row = (cells: Cells, line = 2, names: readonly string[] = header) => ({
  line,
  cells: names.map((name) => ({ payment_reference: "CHK-1", ...cells })[name as keyof Cells] ?? ""),
});
const rows = (...all: Cells[]) => all.map((cells, index) => row(cells, index + 2));
const read = (...all: Cells[]) => remittancesFromRows(map, "USD", header, rows(...all));
const lineOf = (cells: Cells): RemittanceLine => read(cells)[0]!.lines[0]!;

function refusal(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
}

/** The shipped map with properties exchanged; undefined takes one out. */
const withMap = (changes: Record<string, unknown>): RemittanceMap => readRemittanceMap(JSON.parse(JSON.stringify({ ...(shipped as object), ...changes })));
const withColumns = (changes: Record<string, unknown>) => ({ columns: { ...(shipped as { columns: object }).columns, ...changes } });

describe("a remittance file", () => {
  test("gives one remittance for each payment reference, with its rows wherever they stand", () => {
    const found = read(
      { payment_reference: "CHK-1", account: "C-9", reference: "INV-1", gross: "100.00", net: "100.00" },
      { payment_reference: "CHK-2", reference: "INV-2", net: "5" },
      { payment_reference: "CHK-1", reference: "INV-3", gross: "50.00", discount: "1.00", deduction: "9", code: "SHORT", net: "40", claim: "CL-7", text: "2 cases short" },
    );
    expect(found.map(({ paymentReference, accountNumber, lines }) => [paymentReference, accountNumber, lines.length])).toEqual([["CHK-1", "C-9", 2], ["CHK-2", null, 1]]);
    expect(found[0]!.lines[1]).toEqual({
      line: 4, reference: "INV-3", grossMinor: 5_000n, discountMinor: 100n, deductionMinor: 900n, netMinor: 4_000n,
      customerCode: "SHORT", text: "2 cases short", partial: false, claimNumber: "CL-7",
    });
    expect(found[1]!.lines[0]).toMatchObject({ line: 3, grossMinor: null, discountMinor: 0n, deductionMinor: 0n, netMinor: 500n, customerCode: null });
  });

  test.each<[string, Cells, Partial<RemittanceLine>]>([
    ["a short pay without a code keeps its gross", { reference: "I", gross: "100", net: "80" }, { grossMinor: 10_000n, netMinor: 8_000n, deductionMinor: 0n }],
    ["a credit memo used up is negative", { reference: "CM", gross: "-30.00", net: "-30.00" }, { grossMinor: -3_000n, netMinor: -3_000n }],
    ["a deduction that names no invoice takes its amount off the payment", { deduction: "50", code: "AD", net: "-50" }, { reference: null, netMinor: -5_000n, deductionMinor: 5_000n }],
    ["a negative line that names no invoice stands alone", { net: "-50", code: "AD" }, { reference: null, netMinor: -5_000n, deductionMinor: 0n }],
    ["money on account names no invoice", { net: "25" }, { reference: null, grossMinor: null, netMinor: 2_500n }],
    ["an invoice deducted whole pays nothing", { reference: "I", gross: "10", deduction: "10", net: "0" }, { netMinor: 0n, deductionMinor: 1_000n }],
  ])("%s", (_name, cells, expected) => {
    expect(lineOf(cells)).toMatchObject(expected);
  });

  test("without a net column the net is gross less discount and deduction", () => {
    const noNet = withMap(withColumns({ net: undefined }));
    const all = [{ reference: "I", gross: "100", discount: "2", deduction: "8" }, { deduction: "30", code: "AD" }];
    const [found] = remittancesFromRows(noNet, "USD", header, rows(...all));
    expect(found!.lines.map(({ netMinor }) => netMinor)).toEqual([9_000n, -3_000n]);
    expect(refusal(() => remittancesFromRows(noNet, "USD", header, rows({ reference: "I", deduction: "8" }))).message).toBe('Column "gross" on line 2: it is empty.');
  });

  test("columns may stand in any order, with others between them, and empty rows are passed over", () => {
    const names = ["\uFEFFignored", ...header.toReversed()];
    const found = remittancesFromRows(map, "USD", names, [row({ reference: "I", net: "1" }, 2, names), { line: 3, cells: [""] }, { line: 4, cells: names.map(() => " ") }]);
    expect(found).toMatchObject([{ lines: [{ reference: "I", netMinor: 100n }] }]);
  });

  test("a payer and a partial payment are read where the map has a column for them", () => {
    const more = withMap(withColumns({ payer: "payer", partial: "partial" }));
    const names = [...header, "payer", "partial"];
    const found = (partial: string) => remittancesFromRows(more, "USD", names, [row({ reference: "I", net: "1", payer: "Acme", partial }, 2, names)])[0]!;
    expect(found("Y")).toMatchObject({ payerName: "Acme", lines: [{ partial: true }] });
    expect(["Installment", "1", "TRUE", "no", "", "0"].map((word) => found(word).lines[0]!.partial)).toEqual([true, true, true, false, false, false]);
    expect(refusal(() => found("maybe")).message).toBe('Column "partial" on line 2 ("maybe"): it is neither yes nor no.');
  });
});

describe("amounts are read as the map declares and no other way", () => {
  const net = (changes: Record<string, unknown>, text: string, currency = "USD"): bigint =>
    remittancesFromRows(withMap(changes), currency, header, rows({ net: text }))[0]!.lines[0]!.netMinor;

  test.each<[string, Record<string, unknown>, string, bigint]>([
    ["a point", {}, "1250.5", 125_050n],
    ["a comma", { decimal: "," }, "1250,50", 125_050n],
    ["groups of three with a comma", { grouping: "," }, "1,001,250.50", 100_125_050n],
    ["groups of three with a point", { decimal: ",", grouping: "." }, "1.250,50", 125_050n],
    ["a minus sign", {}, "-0.50", -50n],
    ["parentheses", { negative: "parentheses" }, "(0.50)", -50n],
    ["either sign of a negative", { negative: "both" }, "(1)", -100n],
  ])("%s", (_name, changes, text, minor) => {
    expect(net(changes, text)).toBe(minor);
  });

  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ["a decimal comma where a point is declared", {}, "1250,50", /not an amount in USD written like 1250\.50/],
    ["a decimal point where a comma is declared", { decimal: "," }, "1250.50", /written like 1250,50/],
    ["grouping that is not declared", {}, "1,250.00", /not an amount/],
    ["groups that are not of three", { grouping: "," }, "1,25.00", /not an amount/],
    ["a currency sign", {}, "$5.00", /not an amount/],
    ["a word", {}, "N/A", /not an amount/],
    ["more decimals than the currency has", {}, "1.005", /not an amount in USD/],
    ["a trailing minus", {}, "5.00-", /not an amount/],
    ["two signs", { negative: "both" }, "(-5)", /not an amount/],
    ["parentheses where a minus is declared", {}, "(5.00)", /declares no amounts in parentheses/],
    ["a minus where parentheses are declared", { negative: "parentheses" }, "-5.00", /declares no amounts with a minus sign/],
    ["a minus where no negatives are declared", { negative: "none" }, "-5.00", /declares no amounts with a minus sign/],
    ["nothing", {}, "", /empty/],
  ])("%s is refused", (_name, changes, text, message) => {
    const refused = refusal(() => remittancesFromRows(withMap(changes), "USD", header, rows({ reference: "I", gross: "1", net: text })));
    expect(refused.message).toMatch(message);
    expect(refused.message).toMatch(/^Column "net" on line 2/);
    expect([refused.code, refused.line]).toEqual(["FILE_INVALID", 2]);
  });

  test("yen have no decimals", () => {
    expect(net({}, "1250", "JPY")).toBe(1250n);
    expect(refusal(() => net({}, "1250.5", "JPY")).message).toMatch(/amount in JPY/);
  });

  test("money taken off is positive in the books whichever sign the file gives it, and the other sign is refused", () => {
    const negative = withMap({ discountSign: "negative", deductionSign: "negative", negative: "both" });
    const [found] = remittancesFromRows(negative, "USD", header, rows({ reference: "I", gross: "100", discount: "-2", deduction: "(8)", net: "90" }));
    expect(found!.lines[0]).toMatchObject({ discountMinor: 200n, deductionMinor: 800n });
    const other = refusal(() => remittancesFromRows(negative, "USD", header, rows({ reference: "I", gross: "100", discount: "2", net: "98" })));
    expect(other.message).toBe('Column "discount" on line 2 ("2"): the map declares that money taken off is negative.');
    expect(refusal(() => lineOf({ reference: "I", gross: "100", deduction: "-2", net: "98" })).message).toMatch(/Column "deduction" on line 2.*is positive/);
  });

  test("any amount that the house writes is read back unchanged", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.constantFrom("USD", "JPY", "KWD"), (minor, currency) => {
        expect(net({}, decimalFromMinor(minor, currency), currency)).toBe(minor);
      }),
    );
  });

  test("gross is always at least discount, deduction and net together", () => {
    const part = fc.bigInt({ min: 0n, max: 10n ** 6n });
    fc.assert(
      fc.property(part, part, part, fc.bigInt({ min: -5n, max: 5n }), (discount, deduction, net, uncoded) => {
        const text = (minor: bigint) => decimalFromMinor(minor, "USD");
        const cells = { reference: "I", gross: text(discount + deduction + net + uncoded), discount: text(discount), deduction: text(deduction), net: text(net) };
        if (uncoded < 0n) expect(refusal(() => lineOf(cells)).code).toBe("FILE_INVALID");
        else expect(lineOf(cells).grossMinor).toBe(discount + deduction + net + uncoded);
      }),
    );
  });
});

describe("a remittance file is refused, with the line and the column named, when", () => {
  test.each<[string, Cells, RegExp]>([
    ["a line pays more than its gross explains", { reference: "I", gross: "100", discount: "2", net: "99" }, /^Column "net" on line 2 \("99"\): it pays 99\.00.*explains only 98\.00/],
    ["a deduction without an invoice is worth another amount", { deduction: "50", net: "-40" }, /^Column "net" on line 2 \("-40"\): it says -40\.00.*50\.00/],
    ["a payment reference is missing", { payment_reference: " ", net: "1" }, /^Column "payment_reference" on line 2: it is empty/],
    ["a reference is a formula", { reference: "=1+1", net: "1" }, /^Column "reference" on line 2 \("=1\+1"\): it begins with "=" like a formula/],
    ["a reference begins with a plus", { reference: "+49", net: "1" }, /"reference" on line 2.*"\+"/],
    ["a claim begins with an at sign", { claim: "@SUM", net: "1" }, /"claim" on line 2.*"@"/],
    ["a payment reference is a formula", { payment_reference: "=A1", net: "1" }, /"payment_reference" on line 2/],
    ["a reference is longer than any", { reference: "9".repeat(101), net: "1" }, /"reference" on line 2.*longer than 100/],
  ])("%s", (_name, cells, message) => {
    const refused = refusal(() => read(cells));
    expect(refused.message).toMatch(message);
    expect([refused.code, refused.line]).toEqual(["FILE_INVALID", 2]);
  });

  test("a payment names two accounts", () => {
    const refused = refusal(() => read({ account: "C-1", net: "1" }, { net: "1" }, { account: "C-2", net: "1" }));
    expect(refused.message).toBe('Column "account" on line 4 ("C-2"): an earlier row of the same payment says "C-1".');
  });

  test("a row has too few cells, or too many", () => {
    const short = refusal(() => remittancesFromRows(map, "USD", header, [{ line: 7, cells: ["CHK", "", "I"] }]));
    expect(short).toMatchObject({ line: 7, message: 'Line 7 must have 10 cells like the header, and has 3: from column "gross" on nothing is there.' });
    const long = refusal(() => remittancesFromRows(map, "USD", header, [{ line: 7, cells: [...header, "x"] }]));
    expect(long.message).toBe('Line 7 must have 10 cells like the header, and has 11: there is more after column "text".');
  });

  test("the header lacks a column, or has one twice", () => {
    const lacks = refusal(() => remittancesFromRows(map, "USD", header.toSpliced(3, 1), []));
    expect(lacks).toMatchObject({ code: "FILE_INVALID", line: 1, message: 'The header on line 1 lacks the column "gross" of the map "remittance".' });
    expect(refusal(() => remittancesFromRows(map, "USD", [...header, "net"], [])).message).toMatch(/has more than once the column "net"/);
  });

  test("the map is for another currency than the payment", () => {
    expect(refusal(() => remittancesFromRows(withMap({ currency: "CAD" }), "USD", header, [])).code).toBe("CURRENCY_MISMATCH");
  });
});

test("a map may name the list that its codes are of, and the order that a deduction is about", () => {
  const listed = withMap({ codeList: "X12_426", ...withColumns({ order: "po" }) });
  const names = [...columns, "po"];
  const cells = { reference: "INV-1", gross: "100.00", deduction: "10.00", net: "90.00", code: "04" };
  const [told] = remittancesFromRows(listed, "USD", names, [{ line: 2, cells: names.map((name) => ({ payment_reference: "CHK-1", ...cells, po: "7001" })[name] ?? "") }]);
  expect(told!.lines).toMatchObject([{ customerCode: "04", codeList: "X12_426", purchaseOrder: "7001" }]);
  expect(lineOf(cells)).not.toHaveProperty("codeList");
  expect(refusal(() => withMap({ codeList: "426" })).message).toContain("codeList");
});

describe("a remittance map is refused by the property at fault:", () => {
  test.each<[string, Record<string, unknown>, readonly string[]]>([
    ["no name", { name: undefined }, ["name"]],
    ["a blank name", { name: " " }, ["name"]],
    ["a property too many", { decimalMark: "." }, ["decimalMark"]],
    ["no columns", { columns: undefined }, ["columns"]],
    ["no payment reference", withColumns({ paymentReference: undefined }), ["columns", "paymentReference"]],
    ["no reference", withColumns({ reference: 7 }), ["columns", "reference"]],
    ["an unknown column", withColumns({ amount: "amount" }), ["columns", "amount"]],
    ["one header for two columns", withColumns({ net: "gross" }), ["columns", "net"]],
    ["neither gross nor net", withColumns({ gross: undefined, net: undefined }), ["columns", "net"]],
    ["an unknown decimal mark", { decimal: "'" }, ["decimal"]],
    ["an unknown delimiter", { delimiter: "tab" }, ["delimiter"]],
    ["grouping by the decimal mark", { grouping: "." }, ["grouping"]],
    ["an unknown writing of negatives", { negative: "red" }, ["negative"]],
    ["an unknown sign", { discountSign: "minus" }, ["discountSign"]],
    ["a negative sign where no negatives are", { deductionSign: "negative", negative: "none" }, ["negative"]],
    ["an unknown currency", { currency: "XXQ" }, ["currency"]],
  ])("%s", (_name, changes, field) => {
    const refused = refusal(() => withMap(changes));
    expect([refused.code, refused.field]).toEqual(["MAP_INVALID", field]);
    expect(refused.message).toContain(field.join("."));
  });

  test.each([[null], ["map"], [[]]])("%j is no map", (json) => {
    expect(refusal(() => readRemittanceMap(json)).code).toBe("MAP_INVALID");
  });
});
