import { Readable } from "node:stream";
import { readFileRows } from "../../src/imports/book-file.ts";

/** Reads a file that arrives in pieces of three bytes, so that every sign of more than one byte is cut somewhere. */
async function read(content: string | Buffer, delimiter = ","): Promise<[number, string[]][]> {
  const bytes = Buffer.from(content as string);
  const pieces = Array.from({ length: Math.ceil(bytes.length / 3) }, (_, index) => bytes.subarray(index * 3, index * 3 + 3));
  const rows: [number, string[]][] = [];
  for await (const { line, cells } of readFileRows(Readable.from(pieces, { objectMode: false }), delimiter)) rows.push([line, [...cells]]);
  return rows;
}

describe("a delimited file", () => {
  test.each([["LF", "\n"], ["CRLF", "\r\n"], ["CR", "\r"]])("may end its lines in %s, with a byte order mark in front and empty lines between", async (_name, end) => {
    expect(await read(["\uFEFFname;amount", "Müller;1", "", "", "Ōsaka;2"].join(end), ";")).toEqual([
      [1, ["name", "amount"]], [2, ["Müller", "1"]], [5, ["Ōsaka", "2"]],
    ]);
  });

  test.each([["LF", "\n"], ["CRLF", "\r\n"], ["CR", "\r"]])("has cells of several lines, ending in %s, and still counts its lines", async (_name, end) => {
    expect(await read([`a,b`, `"x${end}${end}y",1`, `z,"${end}"`, `last,2`].join(end))).toEqual([
      [1, ["a", "b"]], [2, [`x${end}${end}y`, "1"]], [5, ["z", end]], [7, ["last", "2"]],
    ]);
  });

  test("keeps rows with too many or too few cells, for the map to judge", async () => {
    expect((await read("a,b\n1\n1,2,3\n")).map(([, cells]) => cells.length)).toEqual([2, 1, 3]);
  });

  test.each([
    ["a quote inside an unquoted cell", 'a,b\n1,x"y\n', 2, "A quote stands inside a cell that is not quoted."],
    ["text after a closing quote", 'a,b\n1,2\n3,"x"y\n', 3, "A quoted cell goes on after its closing quote."],
    ["a quote that is never closed", 'a,b\n1,"x\n3,4\n', 3, "A quote is opened and not closed before the file ends."],
    ["a row without end", `a,b\n1,"${"x".repeat(1_000_100)}\n`, 2, "A row is longer than 1000000 bytes; a quote may be opened and not closed."],
    ["bytes that are not UTF-8", Buffer.from([0x61, 0x0a, 0xfc, 0x0a]), null, "The file is not UTF-8 text. Save it as UTF-8."],
    ["a file cut inside a sign", Buffer.from([0x61, 0x0a, 0xc3]), null, "The file is not UTF-8 text. Save it as UTF-8."],
  ])("is refused for %s", async (_name, content, line, message) => {
    await expect(read(content)).rejects.toMatchObject({ code: "FILE_INVALID", line, message });
  });
});
