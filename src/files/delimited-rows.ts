import { pipeline, Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { CsvError, parse } from "csv-parse";
import { Refusal } from "../domain/refusal.ts";
import type { Row } from "../domain/remittance-rows.ts";

/** The longest row, in characters: a quote that is opened and not closed would else swallow the rest of the file. */
const LONGEST_ROW = 1_000_000;

const reasons: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: "A quote stands inside a cell that is not quoted.",
  CSV_INVALID_CLOSING_QUOTE: "A quoted cell goes on after its closing quote.",
  CSV_QUOTE_NOT_CLOSED: "A quote is opened and not closed before the file ends.",
  CSV_MAX_RECORD_SIZE: `A row is longer than ${LONGEST_ROW} characters; a quote may be opened and not closed.`,
};

const SLICE = 64 * 1024;
const ROWS_AT_ONCE = 2_000;

/** The parser works through all it is handed before anything else runs, so it is handed little at a time. */
function* slicesOf(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += SLICE) yield bytes.subarray(from, from + SLICE);
}

/**
 * The rows of a delimited text with the line each begins on, the header first. Rows may differ in length and may be empty.
 * Refuses quotes that do not match and endless rows, naming the line.
 */
export async function readRows(text: string, delimiter: string): Promise<Row[]> {
  const parser = parse({ delimiter, bom: true, relax_column_count: true, record_delimiter: ["\r\n", "\n", "\r"], max_record_size: LONGEST_ROW });
  pipeline(Readable.from(slicesOf(Buffer.from(text))), parser, () => {});
  const rows: Row[] = [];
  let line = 1;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      rows.push({ line, cells });
      // A stream of a text in memory never waits, so it would hold up everything else to its end.
      if (rows.length % ROWS_AT_ONCE === 0) await setImmediate();
      // A quoted cell may hold further lines.
      line += cells.reduce((lines, cell) => lines + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 1);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The parser runs ahead of the rows it has handed out, so it knows better where it stopped.
    const { lines } = error as unknown as { readonly lines?: number };
    throw new Refusal("FILE_INVALID", reasons[error.code] ?? error.message, { line: lines ?? line });
  }
  return rows;
}
