import { Transform, pipeline, type Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { Refusal } from "../domain/refusal.ts";

/** A row of a delimited file. */
export interface FileRow {
  /** The line on which the row begins, counted from 1. A quoted cell may hold further lines. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The longest row, in bytes: a quote that is opened and not closed would else swallow the rest of the file. */
const LONGEST_ROW = 1_000_000;

/**
 * The rows of a delimited file, the header first, as they stream in. Lines may end in CR, LF or both; empty lines are passed
 * over, and a byte order mark is no part of the first name. Refuses bytes that are not UTF-8, quotes that do not match and
 * endless rows, naming the line.
 */
export async function* readFileRows(content: Readable, delimiter: string): AsyncGenerator<FileRow, void> {
  const parser = parse({
    delimiter, bom: true, info: true, relax_column_count: true, skip_empty_lines: true, record_delimiter: ["\r\n", "\n", "\r"], max_record_size: LONGEST_ROW,
  });
  const records = pipeline(content, utf8Only(), parser, () => {}) as AsyncIterable<{ record: string[]; info: { empty_lines: number } }>;
  let line = 1;
  let emptyLines = 0;
  try {
    for await (const { record, info } of records) {
      line += info.empty_lines - emptyLines;
      emptyLines = info.empty_lines;
      yield { line, cells: record };
      // The parser counts the two signs of a CRLF inside quotes as two lines, so lines are counted here.
      line += record.reduce((lines, cell) => lines + lineBreaks(cell), 1);
    }
  } catch (error) {
    throw readable(error);
  }
}

const lineBreaks = (cell: string): number => (/[\r\n]/.test(cell) ? cell.split(/\r\n|\r|\n/).length - 1 : 0);

/** Passes bytes through and fails on the first that are not UTF-8. */
export function utf8Only(): Transform {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        decoder.decode(chunk, { stream: true });
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        decoder.decode();
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

/** What a person can mend, as a refusal; any other error as it is. */
export function readable(error: unknown): unknown {
  const { code, lines } = error as { code?: string; lines?: number };
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return new Refusal("FILE_INVALID", "The file is not UTF-8 text. Save it as UTF-8.");
  if (code === "ENOENT") return new Refusal("FILE_INVALID", "The uploaded file is not there any more. Upload it again.");
  if (!(error instanceof CsvError)) return error;
  const reason = reasons[code ?? ""] ?? error.message;
  return new Refusal("FILE_INVALID", reason, lines === undefined ? {} : { line: lines });
}

const reasons: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: "A quote stands inside a cell that is not quoted.",
  CSV_INVALID_CLOSING_QUOTE: "A quoted cell goes on after its closing quote.",
  CSV_QUOTE_NOT_CLOSED: "A quote is opened and not closed before the file ends.",
  CSV_MAX_RECORD_SIZE: `A row is longer than ${LONGEST_ROW} bytes; a quote may be opened and not closed.`,
};
