import { type ClaimMap, readClaimMap } from "../../src/domain/claim-map.ts";
import { claimsFromRows } from "../../src/domain/claim-rows.ts";
import { Refusal } from "../../src/domain/refusal.ts";

const MAP = { name: "m", columns: { number: "Claim", invoice: "Inv", order: "PO", code: "Code", eventOn: "Day", item: "Item", quantity: "Qty", unitPrice: "Price", amount: "Amount" }, delimiter: ";", decimal: ",", dates: { order: "DMY", separator: ".", leadingZeros: true } };
const HEADER = ["Claim", "Inv", "PO", "Code", "Day", "Item", "Qty", "Price", "Amount", "Other"];
const read = (...rows: string[]) => claimsFromRows(readClaimMap(MAP), HEADER, rows.map((cells, index) => ({ line: index + 2, cells: cells.split(";") })));

test("rows with one claim number are one claim, and a row without a number is a claim by itself", () => {
  const claims = read("C-1;I-1;7001;22;05.03.2026;S-1;4;22,5;90,00;x", ";;;;;;;;1,00;", "C-1;I-2;;22;;S-2;;;-30,05;", ";;;;;;;;2,00;");
  expect(claims).toMatchObject([
    { line: 2, number: "C-1", customerCode: "22", amount: "59.95000000", invoices: ["I-1", "I-2"], purchaseOrder: "7001", eventOn: "2026-03-05", lines: [{ item: "S-1", quantity: "4", unitPrice: "22.5", amount: "90.00" }, { item: "S-2", amount: "-30.05" }] },
    { line: 3, number: null, amount: "1.00000000" }, { line: 5, number: null, amount: "2.00000000" },
  ]);
});

test.each([
  ["an amount with a point", "C-1;;;;;;;;90.00;", 'Column "Amount" on line 2 ("90.00")'],
  ["no amount", "C-1;;;;;;;;;", 'Column "Amount" on line 2: it is empty'],
  ["a day in another order", "C-1;;;;03.31.2026;;;;1,00;", 'Column "Day" on line 2 ("03.31.2026")'],
  ["a cell too few", "C-1;;;;;;;;1,00", "Line 2 must have 10 cells"],
])("a row with %s is refused, and the column is named", (_what, row, message) => {
  expect(() => read(row)).toThrow(message);
});

test("rows of one claim do not contradict each other", () => {
  expect(() => read("C-1;;7001;;;;;;1,00;", "C-1;;7002;;;;;;1,00;")).toThrow('Column "PO" on line 3 ("7002"): an earlier row of the same claim says "7001"');
});

test.each<[string, object]>([
  ["without an amount", { columns: { number: "Claim" } }],
  ["that reads a column twice", { columns: { number: "A", amount: "A" } }],
  ["with a property too many", { more: 1 }],
  ["with days that it does not say how to read", { dates: null }],
  ["of a list that is none", { codeList: "X12" }],
])("a map %s is refused", (_what, more) => {
  expect(() => readClaimMap({ ...MAP, ...more })).toThrow(Refusal);
});

test("a header without a column of the map is refused", () => {
  const map: ClaimMap = readClaimMap(MAP);
  expect(() => claimsFromRows(map, HEADER.slice(1), [])).toThrow('lacks the column "Claim"');
});
