import { bookDuplicates } from "../domain/book-duplicates.ts";
import { type BookRow, bookRowReader } from "../domain/book-row.ts";
import { ClearingGroups } from "../domain/clearing-groups.ts";
import type { ColumnMap } from "../domain/column-map.ts";
import { decimalFromMinor } from "../domain/money.ts";
import { payerNameKey } from "../domain/payer-name.ts";
import type { RowFault } from "../domain/row-cells.ts";
import { type ImportCounts, NOTHING } from "./import-status.ts";

/** A row on its way to the books. Rows of one account and group are posted together. */
export interface StagedRow extends BookRow {
  readonly postGroup: string;
}

/** Something that a row of the file earned: a fault, or a warning. */
export interface RowNote extends RowFault {
  /** Tells the notes of one line apart, from 1. */
  readonly noteNo: number;
  readonly warning: boolean;
}

/** A name that rows of an account carry. */
export interface StagedName {
  readonly accountKey: string;
  readonly name: string;
  readonly nameKey: string;
}

/** What was made of some rows of a file. */
export interface StagedBatch {
  readonly rows: readonly StagedRow[];
  readonly notes: readonly RowNote[];
  readonly names: readonly StagedName[];
  /** Rows that were passed over, by reason. */
  readonly skips: ReadonlyMap<string, number>;
  readonly counts: ImportCounts;
}

/** Open items of one account that are posted together at most: they make no payment, so they may part anywhere. */
const OPEN_LINES = 1_000;
const LONGEST_VALUE = 500;

type Tally = { -readonly [Count in keyof ImportCounts]: number };

/**
 * Reads rows of one file under its map and gathers what becomes of them, to be written in batches. Refuses a header that
 * does not fit the map. It remembers each document and each name, not the rows.
 */
export class RowStager {
  readonly #read: ReturnType<typeof bookRowReader>;
  readonly #see: ReturnType<typeof bookDuplicates>;
  readonly #knownNames = new Set<string>();
  #rows: StagedRow[] = [];
  #notes: RowNote[] = [];
  #names: StagedName[] = [];
  #skips = new Map<string, number>();
  #counts: Tally = { ...NOTHING };
  readonly #groups: ClearingGroups | null;

  constructor(
    private readonly map: ColumnMap,
    header: readonly string[],
    digest: (text: string) => string,
  ) {
    this.#read = bookRowReader(map, header, digest);
    this.#see = bookDuplicates(map.columns.invoiceNumber, digest);
    this.#groups = map.clearing && new ClearingGroups(map.clearing);
  }

  /** Rows taken since the last `drain`. */
  get waiting(): number {
    return this.#counts.rows;
  }

  take(line: number, cells: readonly string[]): void {
    this.#counts.rows++;
    const outcome = this.#read(line, cells);
    if ("faults" in outcome) return this.#reject(outcome.faults);
    if ("skipped" in outcome) return this.#skip(outcome.skipped);
    const { row, warnings, clearing } = outcome;
    if (row.minor < 0n && !clearing) return this.#reject([this.#creditFault(row)]);
    const seen = this.#see(row);
    if (seen.kind === "contradiction") return this.#reject([seen.fault]);
    this.#name(row);
    if (seen.kind === "again") return void this.#counts.duplicates++;
    this.#note(warnings, true);
    this.#counts.warnings += warnings.length;
    if (clearing) this.#groups!.add(row, clearing);
    else this.#rows.push({ ...row, postGroup: groupOf(row) });
  }

  /** Judges what could not be judged before the end of the file. To be called once, before the last `drain`. */
  finish(): void {
    const { paid, skipped, faults } = this.#groups?.settle() ?? { paid: [], skipped: [], faults: [] };
    for (const row of paid) this.#rows.push({ ...row, postGroup: groupOf(row) });
    for (const reason of skipped) this.#skip(reason);
    for (const fault of faults) this.#reject([fault]);
  }

  /** What became of the rows taken since the last time. */
  drain(): StagedBatch {
    const batch = { rows: this.#rows, notes: this.#notes, names: this.#names, skips: this.#skips, counts: this.#counts };
    [this.#rows, this.#notes, this.#names, this.#skips, this.#counts] = [[], [], [], new Map(), { ...NOTHING }];
    return batch;
  }

  #reject(faults: readonly RowFault[]): void {
    this.#note(faults, false);
    this.#counts.rejects++;
  }

  #skip(reason: string): void {
    this.#skips.set(reason, (this.#skips.get(reason) ?? 0) + 1);
    this.#counts.skipped++;
  }

  #note(faults: readonly RowFault[], warning: boolean): void {
    this.#notes.push(...notesOf(faults, warning));
  }

  #creditFault({ line, minor, currency }: BookRow): RowFault {
    const reason = "It is a credit, and the books keep no credit memos.";
    return { line, column: this.map.columns.amount, value: decimalFromMinor(minor, currency), reason };
  }

  /** A name of its own makes the payer known; an account without one goes by its number. */
  #name({ accountKey, accountNumber, customerName }: BookRow): void {
    const name = customerName ?? accountNumber;
    const nameKey = payerNameKey(name);
    const both = `${accountKey} ${name}`;
    if (nameKey === "" || this.#knownNames.has(both)) return;
    this.#knownNames.add(both);
    this.#names.push({ accountKey, name, nameKey });
  }
}

/** Faults of one row as they are kept: without signs that no text column takes, and not longer than people read. */
export function notesOf(faults: readonly RowFault[], warning: boolean): RowNote[] {
  return faults.map((fault, index) => ({ ...fault, value: fault.value.replaceAll("\0", "\uFFFD").slice(0, LONGEST_VALUE), noteNo: index + 1, warning }));
}

/** Paid rows of one clear date and currency are one payment of their customer and stay together. */
function groupOf({ clearedOn, currency, line }: BookRow): string {
  return clearedOn === null ? `open ${Math.floor(line / OPEN_LINES)}` : `${clearedOn} ${currency}`;
}
