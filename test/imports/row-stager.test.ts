import { createHash } from "node:crypto";
import { readColumnMap } from "../../src/domain/column-map.ts";
import { RowStager, type StagedBatch } from "../../src/imports/row-stager.ts";
import { HEADER, mapText } from "./books.ts";

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** What becomes of rows, the first of them on line 2. */
function stage(lines: readonly string[], change: object = {}): StagedBatch {
  const stager = new RowStager(readColumnMap(JSON.parse(mapText(change))), HEADER.split(","), digest);
  lines.forEach((line, index) => stager.take(index + 2, line.split(",")));
  return stager.drain();
}

describe("rows of a book on their way to the books", () => {
  test("paid rows of one clear date and currency form one group of their account, open rows none", () => {
    const { rows } = stage([
      "7,Acme,A1,2026-01-01,2026-01-31,2026-02-01,USD,10.00", "007,Acme,A2,2026-01-02,2026-01-31,2026-02-01,USD,20.00",
      "7,Acme,A3,2026-01-02,2026-01-31,2026-02-01,CAD,20.00", "7,Acme,A4,2026-01-02,2026-01-31,,USD,20.00",
    ]);
    expect(rows.map(({ accountKey, postGroup }) => `${accountKey} ${postGroup}`)).toEqual(["7 2026-02-01 USD", "7 2026-02-01 USD", "7 2026-02-01 CAD", "7 open 0"]);
  });

  test("a repeated row counts as a duplicate, and its other name is kept as a name of the account", () => {
    const { rows, names, counts } = stage([
      "7,Acme Inc,A1,2026-01-01,2026-01-31,,USD,10.00", "7,ACME GmbH,A1,2026-01-01,2026-01-31,,USD,10.00", "7,,A2,2026-01-01,2026-01-31,,USD,10.00",
    ]);
    expect([rows.length, counts]).toMatchObject([2, { rows: 3, duplicates: 1, rejects: 0 }]);
    expect(names).toEqual([
      { accountKey: "7", name: "Acme Inc", nameKey: "ACMEINC" }, { accountKey: "7", name: "ACME GmbH", nameKey: "ACMEGMBH" }, { accountKey: "7", name: "7", nameKey: "7" },
    ]);
  });

  test("every fault of every row is noted, numbered within its line", () => {
    const { rows, notes, counts } = stage(["7,Acme,A1,2026-02-30,2026-01-31,,XXX,1.005", "7,Acme,A2,2026-01-01,2026-01-31,,USD,-5.00", "7,Acme"]);
    expect(rows).toEqual([]);
    expect(counts).toMatchObject({ rows: 3, rejects: 3, warnings: 0 });
    expect(notes.map(({ line, noteNo, column, value, warning }) => [line, noteNo, column, value, warning])).toEqual([
      [2, 1, "currency", "XXX", false], [2, 2, "invoiced", "2026-02-30", false], [3, 1, "amount", "-5.00", false], [4, 1, "(row)", "7 | Acme", false],
    ]);
  });

  test("one document with two sets of facts is at fault where it is stated again", () => {
    const { rows, notes } = stage(["7,Acme,A1,2026-01-01,2026-01-31,,USD,10.00", "7,Acme,a1,2026-01-01,2026-01-31,,USD,11.00"]);
    expect([rows.length, notes]).toMatchObject([1, [{ line: 3, column: "invoice", value: "a1", reason: "Line 2 states this document already, with other facts." }]]);
  });

  test("a credit is at fault even where the map declares credits, because the books keep none", () => {
    const { notes } = stage(["7,Acme,A1,2026-01-01,2026-01-31,,USD,-10.00"], { credits: "negative" });
    expect(notes).toMatchObject([{ column: "amount", value: "-10.00", reason: "It is a credit, and the books keep no credit memos." }]);
  });

  test("signs that no database takes are replaced, and long values are cut", () => {
    const { notes } = stage([`7,Acme,${"x\0".repeat(600)},2026-01-01,2026-01-31,,USD,10.00`]);
    expect([notes[0]!.value.length, notes[0]!.value.includes("\0")]).toEqual([500, false]);
  });

  test("odd dates are warnings where the map allows them, and faults where not", () => {
    const odd = ["7,Acme,A1,2026-02-01,2026-01-31,2026-01-15,USD,10.00"];
    expect(stage(odd)).toMatchObject({ counts: { rejects: 0, warnings: 2 }, notes: [{ warning: true, column: "due" }, { warning: true, column: "cleared" }] });
    expect(stage(odd, { warnings: [] }).counts).toMatchObject({ rejects: 1, warnings: 0 });
  });
});
