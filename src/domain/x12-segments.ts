import { Refusal } from "./refusal.ts";

/** A segment of an X12 file: its name, its elements from 1 on, and the line it begins on. */
export interface Segment {
  readonly name: string;
  readonly line: number;
  /** An element by its place, without the blanks around it; null when it is empty or not there. */
  readonly at: (place: number) => string | null;
}

/** A transaction set without its ST and SE. */
export interface TransactionSet {
  readonly line: number;
  readonly control: string;
  readonly segments: readonly Segment[];
}

const ISA_LENGTH = 106;

/** Refuses a segment, by its name and line. */
export function refuseSegment({ name, line }: Pick<Segment, "name" | "line">, fault: string): never {
  throw new Refusal("FILE_INVALID", `Segment ${name} on line ${line}: ${fault}.`, { line });
}

/** What separates elements and segments: an ISA states both; a bare set has what stands behind its ST, and ends segments with "~" or with lines. */
function separators(text: string): { readonly element: string; readonly end: string } {
  if (text.startsWith("ISA")) {
    if (text.length < ISA_LENGTH) throw new Refusal("FILE_INVALID", "Segment ISA on line 1: it has 106 characters.", { line: 1 });
    return { element: text[3]!, end: text[ISA_LENGTH - 1]! };
  }
  if (/^ST[^A-Za-z0-9\s]/.test(text)) return { element: text[2]!, end: text.includes("~") ? "~" : "\n" };
  throw new Refusal("FILE_INVALID", "An X12 file begins with ISA, or with the ST of a set.", { line: 1 });
}

function* segmentsOf(text: string): Generator<Segment> {
  const { element, end } = separators(text);
  let line = 1;
  for (const piece of text.split(end)) {
    const before = piece.slice(0, piece.length - piece.trimStart().length);
    const begins = line + (before.match(/\n/g)?.length ?? 0);
    line += (piece.match(/\n/g)?.length ?? 0) + (end === "\n" ? 1 : 0);
    const elements = piece.trim().split(element);
    if (elements[0] === "") continue;
    yield { name: elements[0]!, line: begins, at: (place) => elements[place]?.trim() || null };
  }
}

/**
 * The transaction sets of one kind in a file, with or without an envelope. Refuses, with the segment and its line: sets of
 * another kind, sets that are not closed, and counts and control numbers that disagree with what is there.
 */
export function transactionSets(file: string, kind: string): TransactionSet[] {
  const text = file.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n").trimStart();
  const sets: TransactionSet[] = [];
  let open: { readonly start: Segment; readonly segments: Segment[] } | null = null;
  let [groups, setsOfGroup] = [0, 0];
  for (const segment of segmentsOf(text)) {
    const { name, at } = segment;
    if (name === "ST") {
      if (open) refuseSegment(segment, `the set that began on line ${open.start.line} is not closed`);
      if (at(1) !== kind) refuseSegment(segment, `only ${kind} is read here, and this is a ${at(1) ?? "set without a number"}`);
      open = { start: segment, segments: [] };
    } else if (name === "SE") {
      if (!open) refuseSegment(segment, "no set is open");
      const count = open.segments.length + 2;
      if (Number(at(1)) !== count) refuseSegment(segment, `it says ${at(1) ?? "nothing"} segments, and there are ${count}`);
      if (at(2) !== open.start.at(2)) refuseSegment(segment, `its control number is ${at(2) ?? "missing"}, and that of the ST is ${open.start.at(2) ?? "missing"}`);
      sets.push({ line: open.start.line, control: at(2)!, segments: open.segments });
      setsOfGroup += 1;
      open = null;
    } else if (open) open.segments.push(segment);
    else if (name === "GS") [groups, setsOfGroup] = [groups + 1, 0];
    else if (name === "GE") refuseUnequal(segment, setsOfGroup, "sets");
    else if (name === "IEA") refuseUnequal(segment, groups, "groups");
    else if (name !== "ISA") refuseSegment(segment, "it stands outside a set");
  }
  if (open) refuseSegment(open.start, "the set is not closed by an SE");
  if (sets.length === 0) throw new Refusal("FILE_INVALID", `The file holds no ${kind}.`, { line: 1 });
  return sets;
}

function refuseUnequal(segment: Segment, found: number, what: string): void {
  if (Number(segment.at(1)) !== found) refuseSegment(segment, `it says ${segment.at(1) ?? "nothing"} ${what}, and there are ${found}`);
}
