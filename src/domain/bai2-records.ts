import { physicalLines } from "./bank-file.ts";
import { Refusal } from "./refusal.ts";

/** A logical BAI2 record: one physical record and the continuations (88) after it. */
export interface Bai2Record {
  readonly code: Bai2Code;
  /** Physical line on which the record starts. */
  readonly line: number;
  /** The content of each physical record without its code and its closing slash, with the line it stands on. */
  readonly parts: { readonly line: number; text: string }[];
}

const CODES = ["01", "02", "03", "16", "49", "98", "99"] as const;
/** The kinds of record that are not a continuation. */
export type Bai2Code = (typeof CODES)[number];
const isCode = (text: string): text is Bai2Code => (CODES as readonly string[]).includes(text);

/**
 * Where a text record ends although its line goes on: a slash, blanks, and what can only be the start of another record.
 * A slash within text is text; should a text look like this by accident, the counts of the trailers disagree and the file is refused.
 */
const NEXT_RECORD = /\/\s+(?=02,[^,]*,[^,]*,\d,|03,[^,]+,(?:[A-Z]{3})?,|16,\d{3},|88,|(?:49|98|99),[+-]?\d+,\d+)/;

/** A physical record; `code` is null for a line that begins with none, which can only be the rest of a text cut by a line break. */
interface Piece {
  readonly line: number;
  readonly code: Bai2Code | "88" | null;
  readonly text: string;
  readonly closed: boolean;
}

/** Takes one physical record off the front of a line. `parent` is the record that an 88 would continue: only details (16) hold free text. */
function cut(line: number, text: string, parent: Bai2Code | null): { readonly piece: Piece; readonly rest: string } {
  const code = text.slice(0, 2);
  const known = isCode(code) || code === "88" ? code : null;
  if (known === null || text[2] !== ",") {
    if (parent !== "16" || /^\d\d,/.test(text)) {
      const expected = "one of 01, 02, 03, 16, 49, 88, 98, 99 and a comma";
      throw new Refusal("FILE_INVALID", `A record must begin with ${expected}; found "${text.slice(0, 12)}".`, { line });
    }
    const closed = text.endsWith("/");
    return { piece: { line, code: null, text: closed ? text.slice(0, -1) : text, closed }, rest: "" };
  }
  const holdsText = known === "16" || (known === "88" && parent === "16");
  const slash = holdsText ? text.search(NEXT_RECORD) : text.indexOf("/");
  const closed = slash >= 0 || text.endsWith("/");
  if (!closed && !holdsText) throw new Refusal("FILE_INVALID", `Record ${known} must be closed by "/"; the line ends without one.`, { line });
  const end = slash >= 0 ? slash : closed ? text.length - 1 : text.length;
  return { piece: { line, code: known, text: text.slice(3, end), closed }, rest: text.slice(end + 1).trimStart() };
}

/** The physical records of a file: usually one on a line, sometimes several with blanks between them. Blank lines are passed over. */
function* pieces(chunks: Iterable<string>): Generator<Piece> {
  let parent: Bai2Code | null = null;
  for (const physical of physicalLines(chunks)) {
    let rest = physical.text.trim();
    while (rest !== "") {
      if (parent === "99") throw new Refusal("FILE_INVALID", `Nothing may follow the file trailer (99); found "${rest.slice(0, 12)}".`, { line: physical.line });
      const next = cut(physical.line, rest, parent);
      if (next.piece.code !== "88" && next.piece.code !== null) parent = next.piece.code;
      yield next.piece;
      rest = next.rest;
    }
  }
}

/**
 * The logical records of a BAI2 file, each with its continuations.
 * A line without a record code is accepted only as the rest of a detail's text that a line break cut in two, and only when a slash then closes the text.
 * Refuses an unknown record code, a continuation of nothing, a header or trailer that is not closed, and anything after the file trailer.
 */
export function* bai2Records(chunks: Iterable<string>): Generator<Bai2Record> {
  let open: Bai2Record | null = null;
  let closed = true;
  let stray: number | null = null;
  const settle = (): void => {
    if (stray !== null) throw new Refusal("FILE_INVALID", "The line begins with no record code, and no slash closes it as the rest of a cut text.", { line: stray });
  };
  for (const { code, line, text, closed: closes } of pieces(chunks)) {
    if (code === null) {
      if (closed) throw new Refusal("FILE_INVALID", "The line begins with no record code, and the record before it is closed.", { line });
      const part = open!.parts.at(-1)!;
      part.text = `${part.text.trimEnd()} ${text}`;
      stray = closes ? null : (stray ?? line);
    } else {
      settle();
      if (code === "88") {
        if (!open) throw new Refusal("FILE_INVALID", "A continuation (88) stands before any record it could continue.", { line });
        open.parts.push({ line, text });
      } else {
        if (open) yield open;
        open = { code, line, parts: [{ line, text }] };
      }
    }
    closed = closes;
  }
  settle();
  if (open) yield open;
}
