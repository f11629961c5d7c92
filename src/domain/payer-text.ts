/** Labels that banks put in front of the payer's name. */
const NAME_LABELS = ["ORIG CO NAME", "ORIGINATOR", "ORIG", "CO NAME", "COMPANY NAME", "BY ORDER OF", "B/O", "ORG", "PAYER", "SENDER", "REMITTER", "FROM", "NAME"];
/** Labels of other things, at which a name ends. */
const OTHER_LABELS = [
  "ORIG ID", "CO ID", "IND ID", "IND NAME", "INDN", "ID", "DESC DATE", "CO ENTRY DESCR", "ENTRY DESCR", "SEC", "TRACE", "TRN", "EED", "OBI", "BNF", "RFB", "REF", "INV",
  "INVOICE", "CHECK", "CHK", "PMT", "DATE", "BANK", "MEMO",
];
const LABEL = new RegExp(`(?<![\\p{L}\\p{N}])(?:(${alternatives(NAME_LABELS)})|(?:${alternatives(OTHER_LABELS)}))\\s?#?\\s?[:=]`, "giu");

const LONGEST = 300;

function alternatives(labels: readonly string[]): string {
  return [...labels].sort((a, b) => b.length - a.length).join("|");
}

/**
 * What may be the payer's name in a bank's text, the likeliest first: what follows a label such as `ORIG CO NAME:`, then each
 * part of the text that stands apart, up to its first word with a digit and whole. Only a comparison with known names tells.
 */
export function namesInText(text: string): string[] {
  const labelled: string[] = [];
  const plain: string[] = [];
  let from = 0;
  let into = plain;
  for (const match of text.matchAll(LABEL)) {
    into.push(...parts(text.slice(from, match.index)));
    from = match.index + match[0].length;
    into = match[1] === undefined ? [] : labelled;
  }
  into.push(...parts(text.slice(from)));
  const names = [...labelled.flatMap((part) => [part, beforeDigits(part)]), ...plain.flatMap((part) => [beforeDigits(part), part])];
  return [...new Set(names)].filter((name) => /\p{L}\p{L}/u.test(name)).map((name) => name.slice(0, LONGEST));
}

const parts = (text: string): string[] => text.split(/[\n;|*]|\s{2,}/u).map((part) => part.trim()).filter((part) => part !== "");

/** A name is often followed by a date or a number. */
const beforeDigits = (part: string): string => /^(?:[^\s\d]+(?:\s+|$))*/u.exec(part)![0].trim();
