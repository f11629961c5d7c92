import { setImmediate } from "node:timers/promises";
import { customersByAccounts } from "../customers/customer.sql.ts";
import type { Answering } from "../db/database.ts";
import { accountKey } from "../domain/account-number.ts";
import { type BankFile, type BankLine, isReceivable } from "../domain/bank-file.ts";
import { type FiledRemittance, receiptOf, ReferenceIndex } from "../domain/bank-references.ts";
import { addDays, type BusinessDate } from "../domain/dates.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { RemittanceMap } from "../domain/remittance-map.ts";
import { remittancesFromRows, type Row } from "../domain/remittance-rows.ts";
import { BANK_FILE_READERS, type BankFileFormat } from "./bank-file-format.ts";
import { readRows } from "../files/delimited-rows.ts";

/** A remittance file as text, with the map it is read by. */
export interface RemittanceText {
  readonly name: string;
  readonly text: string;
  readonly map: RemittanceMap;
}

/** What a command brings, all as text. */
export interface BankTexts {
  readonly format: BankFileFormat;
  readonly text: string;
  readonly remittances: readonly RemittanceText[];
}

/** A bank file that is sound as a whole, and the remittance of each receipt that has one. */
export interface BankMoney {
  readonly bank: BankFile;
  readonly remittanceOf: ReadonlyMap<BankLine, FiledRemittance>;
}

/** So many lines are read in one go before others get their turn. */
const LINES_AT_ONCE = 2_000;
const CHUNK = 64 * 1024;
const MOST_LINES = 10_000;

/**
 * Reads a bank file and its remittances and checks all that can be checked before anything is posted. Refuses with the line
 * at fault: of the bank file, or of the remittance that the message and the field name.
 */
export async function readBankMoney(on: Answering, companyId: string, { format, text, remittances }: BankTexts, today: BusinessDate): Promise<BankMoney> {
  const index = new ReferenceIndex();
  const bank = await readBank(format, text, remittances.length > 0 ? index : null);
  const receipts = bank.lines.filter(isReceivable);
  // A day ahead is let pass: it may be tomorrow already where the bank is.
  const early = receipts.find(({ asOf }) => asOf > addDays(today, 1));
  if (early) throw new Refusal("DATE_INVALID", `The receipt is reported for ${early.asOf}, which has not come yet.`, { line: early.line });
  const remittanceOf = new Map<BankLine, FiledRemittance>();
  for (const [place, remittance] of remittances.entries()) {
    await naming(remittance.name, place, async () => {
      const found = await readRemittances(remittance, index, receipts[0]?.currency ?? "USD");
      for (const [done, it] of found.entries()) {
        remittanceOf.set(receiptOf(index, it, remittanceOf), it);
        if (done % LINES_AT_ONCE === 0) await setImmediate();
      }
      await refuseUnknownAccounts(on, companyId, found);
    });
  }
  return { bank, remittanceOf };
}

/** Reads the lines and, where an index is wanted, adds the receipts to it. */
async function readBank(format: BankFileFormat, text: string, index: ReferenceIndex | null): Promise<BankFile> {
  const reading = BANK_FILE_READERS[format](chunksOf(text));
  const lines: BankLine[] = [];
  for (let step = reading.next(); ; step = reading.next()) {
    if (step.done) return { ...step.value, lines };
    lines.push(step.value);
    if (isReceivable(step.value)) index?.add(step.value);
    if (lines.length % LINES_AT_ONCE === 0) await setImmediate();
  }
}

function* chunksOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += CHUNK) yield text.slice(from, from + CHUNK);
}

/** The remittances of one file, one for each payment reference. Amounts are in the currency of the receipt they explain. */
async function readRemittances({ name, text, map }: RemittanceText, receipts: ReferenceIndex, usual: string): Promise<FiledRemittance[]> {
  const [header, ...rows] = await readRows(text, map.delimiter);
  if (rows.length === 0 || !header) throw new Refusal("FILE_INVALID", "The file has no row below a header.", { line: 1 });
  const column = header.cells.findIndex((cell) => cell.trim() === map.columns.paymentReference);
  const found: FiledRemittance[] = [];
  let read = 0;
  for (const [reference, its] of groupsOf(rows, column)) {
    if (its.length > MOST_LINES && reference !== "") {
      throw new Refusal("LIMIT_EXCEEDED", `Payment reference ${reference} has ${its.length} lines; a payment has at most ${MOST_LINES}.`, { line: its[MOST_LINES]!.line });
    }
    const currency = (reference !== "" && receipts.find(reference)[0]?.currency) || (map.currency ?? usual);
    const remittances = at({ line: its[0]!.line }, () => remittancesFromRows(map, currency, header.cells, its));
    found.push(...remittances.map((remittance) => ({ ...remittance, fileName: name })));
    read += its.length;
    if (read % LINES_AT_ONCE < its.length) await setImmediate();
  }
  if (found.length === 0) throw new Refusal("FILE_INVALID", "The rows of the file are all empty.", { line: 2 });
  return found;
}

/** Rows by their payment reference, in the order in which the references first appear. */
function groupsOf(rows: readonly Row[], column: number): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const reference = row.cells[column]?.trim() ?? "";
    const others = groups.get(reference);
    if (others) others.push(row);
    else groups.set(reference, [row]);
  }
  return groups;
}

async function refuseUnknownAccounts(on: Answering, companyId: string, remittances: readonly FiledRemittance[]): Promise<void> {
  const stated = remittances.flatMap(({ accountNumber, lines }) => (accountNumber ? [{ accountNumber, key: accountKey(accountNumber), line: lines[0]!.line! }] : []));
  if (stated.length === 0) return;
  const known = new Set((await customersByAccounts(on, companyId, stated.map(({ key }) => key))).map((customer) => customer.accountKey));
  const unknown = stated.find(({ key }) => !known.has(key));
  if (unknown) throw new Refusal("NOT_FOUND", `There is no account ${unknown.accountNumber}, which line ${unknown.line} states.`, { line: unknown.line });
}

/** Runs a check of one remittance file and names the file in what it refuses. */
async function naming(name: string, index: number, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, line } = error;
    throw new Refusal(code, `Remittance "${name}": ${message}`, { field: ["remittances", String(index)], ...(line !== null && { line }) });
  }
}
