import type { BusinessDate } from "./dates.ts";
import { Refusal } from "./refusal.ts";

/** One movement of money on a bank account, whatever the format of the file that told of it. */
export interface BankLine {
  /** Physical line on which the record starts, counted from 1. */
  readonly line: number;
  readonly account: string;
  readonly currency: string;
  /** The format's own code for the kind of movement, such as BAI2 `142`. */
  readonly typeCode: string;
  /** CREDIT is money into the account, DEBIT is money out of it. */
  readonly direction: "CREDIT" | "DEBIT";
  /** Always positive; `direction` says which way it went. */
  readonly minor: bigint;
  /** The day the bank reports the movement for. */
  readonly asOf: BusinessDate;
  /** The value date, when the bank states one. */
  readonly valueOn: BusinessDate | null;
  readonly bankReference: string | null;
  readonly customerReference: string | null;
  /** Free text; each continuation record starts a new line of it. */
  readonly text: string;
  /** Why this is not money from a customer, as a sentence for the clerk; null when it is. */
  readonly skipReason: string | null;
}

/** What a file says of one account on one day. All amounts are in the account's currency. */
export interface BankAccountReport {
  /** Physical line on which the account's report starts. */
  readonly line: number;
  readonly account: string;
  readonly currency: string;
  readonly asOf: BusinessDate;
  /** Ledger balances as the bank states them, for reconciliation; null when it does not. */
  readonly openingMinor: bigint | null;
  readonly closingMinor: bigint | null;
  readonly creditMinor: bigint;
  readonly debitMinor: bigint;
}

/** Something a clerk should know of a file that is sound, such as a group that was left out because it is a test. */
export interface BankFileNote {
  readonly line: number;
  readonly text: string;
}

/**
 * What remains of a file when its lines are gone.
 * The two sums run over all lines whatever their currency: they are control figures to compare, never money. The money is in `accounts`.
 */
export interface BankFileSummary {
  readonly accounts: readonly BankAccountReport[];
  readonly creditMinor: bigint;
  readonly debitMinor: bigint;
  readonly lineCount: number;
  readonly notes: readonly BankFileNote[];
}

/** A whole bank file in memory. */
export interface BankFile extends BankFileSummary {
  readonly lines: readonly BankLine[];
}

/**
 * Reads a bank file from text in chunks cut anywhere. Yields each line as it is met and returns the summary once every total and count agreed.
 * Throws a `FILE_INVALID` refusal with the line at fault; until it has returned, no yielded line may be posted.
 */
export type BankFileReader = (chunks: Iterable<string>) => Generator<BankLine, BankFileSummary, void>;

/** The whole file at once, for files that fit in memory. Refuses what the reader refuses. */
export function readBankFile(reader: BankFileReader, chunks: Iterable<string>): BankFile {
  const reading = reader(chunks);
  const lines: BankLine[] = [];
  for (;;) {
    const step = reading.next();
    if (step.done) return { ...step.value, lines };
    lines.push(step.value);
  }
}

/** Whether the line is money from a customer; when it is not, `skipReason` says why. */
export const isReceivable = (line: BankLine): boolean => line.skipReason === null;

/** A line of a text file as it lies on disk, without its line end. */
export interface PhysicalLine {
  readonly line: number;
  readonly text: string;
}

/** No bank writes a record as long as this; a longer line is another kind of file, and would have to be kept in memory to be read. */
const LONGEST_LINE = 65_536;

/** Cuts chunks into lines ended by CR, LF or CRLF, counted from 1. A byte order mark is dropped. Refuses a line of more than 65,536 characters. */
export function* physicalLines(chunks: Iterable<string>): Generator<PhysicalLine> {
  let rest = "";
  let line = 1;
  const checked = (text: string): string => {
    if (text.length <= LONGEST_LINE) return text;
    throw new Refusal("FILE_INVALID", `The line is longer than ${LONGEST_LINE} characters; this is not a bank file.`, { line });
  };
  for (const chunk of chunks) {
    rest += line === 1 && rest === "" ? chunk.replace(/^\uFEFF/, "") : chunk;
    // A CR at the very end may be the first half of a CRLF whose second half is in the next chunk.
    const end = /\r\n|\n|\r(?!$)/g;
    let from = 0;
    for (let match = end.exec(rest); match; match = end.exec(rest)) {
      yield { line, text: checked(rest.slice(from, match.index)) };
      line += 1;
      from = end.lastIndex;
    }
    rest = checked(rest.slice(from));
  }
  if (rest !== "") yield { line, text: rest.replace(/\r$/, "") };
}
