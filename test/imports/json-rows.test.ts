import { Readable } from "node:stream";
import { readColumnMap } from "../../src/domain/column-map.ts";
import { readJsonRows } from "../../src/imports/json-rows.ts";

const map = readColumnMap({
  name: "lines", description: "JSON lines of tests.", format: "jsonl", dates: { order: "YMD", separator: "-", leadingZeros: true }, decimalMark: ".", credits: "none",
  currency: { constant: "USD" }, checks: [], ignored: ["other"], warnings: [],
  columns: { accountNumber: "account", invoiceNumber: "invoice", invoicedOn: "dated", dueOn: "due", amount: "amount" },
});
const LINE = { account: "A", invoice: 7, dated: "2026-01-05", due: null, amount: "1.50" };

async function read(...lines: readonly (object | string)[]) {
  const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
  const rows = [];
  for await (const row of readJsonRows(Readable.from([Buffer.from(text)]), map)) rows.push(row);
  return rows;
}

test("each line is a row, its properties are the cells in the order of the map, and null is an empty cell", async () => {
  const [header, ...rows] = await read(LINE, "", { ...LINE, other: { deep: [1] }, invoice: true });
  const cellsOf = (row: (typeof rows)[number]) => Object.fromEntries(header!.cells.map((column, index) => [column, row.cells[index]]));
  expect(rows.map(({ line }) => line)).toEqual([1, 3]);
  expect(rows.map(cellsOf)).toEqual([{ ...LINE, invoice: "7", due: "" }, { ...LINE, invoice: "true", due: "" }]);
});

test.each<[string, object | string, string]>([
  ["what is no JSON", "{account", "It is not one JSON object."],
  ["a list", "[1]", "It is not one JSON object."],
  ["a property that the map does not name", { ...LINE, region: "x" }, 'It has "region", which the map does not name.'],
  ["a missing property", { account: "A" }, 'It lacks "invoice".'],
  ["an object for a value", { ...LINE, amount: { value: 1 } }, '"amount" is not a single value.'],
  ["a number that cannot be held exactly", '{"account":"A","invoice":12345678901234567890,"dated":"","due":"","amount":""}', '"invoice" is too large a number'],
])("%s refuses the file at its line", async (_case, line, message) => {
  await expect(read(LINE, line)).rejects.toMatchObject({ code: "FILE_INVALID", line: 2, message: expect.stringContaining(message) });
});

test("bytes that are not UTF-8 refuse the file", async () => {
  const rows = readJsonRows(Readable.from([Buffer.from([0x7b, 0xff, 0x7d, 0x0a])]), map);
  await rows.next();
  await expect(rows.next()).rejects.toMatchObject({ code: "FILE_INVALID", message: expect.stringContaining("UTF-8") });
});
