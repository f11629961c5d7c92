import { documentKey } from "./account-number.ts";
import type { BankLine } from "./bank-file.ts";
import { decimalFromMinor, total } from "./money.ts";
import { Refusal } from "./refusal.ts";
import type { Remittance } from "./remittance.ts";

/** The marks that lists and labels are written with; a hyphen, a dot and an underline belong to numbers. */
const SEPARATORS = /[\s,;:*|/\\#=+()[\]<>{}"'!?&]+/u;
const EDGES = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

/**
 * The words of a bank's text as document keys: each word between blanks, and each part of it between the marks of lists and
 * labels, so that `INV/2026/7` is found whole and `REF:INV-42` by its end. A number inside a word is never a word: `42` is not in `CM-42`.
 */
export function textKeys(text: string): Set<string> {
  const words = text.split(/\s+/u).flatMap((word) => [word, ...word.split(SEPARATORS)]);
  return new Set(words.map((word) => word.replace(EDGES, "")).filter((word) => word !== "").map(documentKey));
}

/**
 * Bank lines by the payment references they may be looked up with. Lines are added one by one, so that a large file can be
 * taken in without holding up everything else.
 */
export class ReferenceIndex {
  readonly #byReference = new Map<string, BankLine[]>();
  readonly #byWord = new Map<string, BankLine[]>();

  add(line: BankLine): void {
    const references = [line.bankReference, line.customerReference].flatMap((it) => (it ? [documentKey(it)] : []));
    for (const key of new Set(references)) push(this.#byReference, key, line);
    for (const key of textKeys(line.text)) push(this.#byWord, key, line);
  }

  /**
   * The lines whose bank or customer reference this is, however it is spelled; else those whose text has it as a word. More
   * than one line is a question for a person.
   */
  find(paymentReference: string): readonly BankLine[] {
    const key = documentKey(paymentReference);
    return this.#byReference.get(key) ?? this.#byWord.get(key) ?? [];
  }
}

function push(found: Map<string, BankLine[]>, key: string, line: BankLine): void {
  const others = found.get(key);
  if (others) others.push(line);
  else found.set(key, [line]);
}

/** A remittance with the name of the file it came in. */
export interface FiledRemittance extends Remittance {
  readonly fileName: string;
}

/**
 * The receipt that a remittance explains. Refuses a remittance that belongs to no receipt or to several, one for a receipt
 * that is explained already, and one whose lines do not add up to what the bank received.
 */
export function receiptOf(receipts: ReferenceIndex, { paymentReference, lines }: Remittance, explained: ReadonlyMap<BankLine, FiledRemittance>): BankLine {
  const place = lines[0]?.line ? { line: lines[0].line } : {};
  const named = `Payment reference ${paymentReference}${place.line ? ` on line ${place.line}` : ""}`;
  const [receipt, second] = receipts.find(paymentReference);
  if (!receipt) throw new Refusal("FILE_INVALID", `${named} belongs to no receipt of the bank file.`, place);
  if (second) throw new Refusal("FILE_INVALID", `${named} belongs to several receipts of the bank file, on its lines ${receipt.line} and ${second.line}.`, place);
  const earlier = explained.get(receipt);
  if (earlier) {
    const whose = `payment reference ${earlier.paymentReference} of "${earlier.fileName}"`;
    throw new Refusal("FILE_INVALID", `${named} explains the receipt on line ${receipt.line} of the bank file, which ${whose} explains already.`, place);
  }
  const sum = total(lines.map(({ netMinor }) => netMinor));
  if (sum === receipt.minor) return receipt;
  const [stated, received] = [sum, receipt.minor].map((minor) => `${decimalFromMinor(minor, receipt.currency)} ${receipt.currency}`);
  throw new Refusal("TOTAL_MISMATCH", `${named} adds up to ${stated}; the bank received ${received}, on line ${receipt.line} of its file.`, place);
}
