import { bai2Direction, bai2SkipReason, mayBeNegative } from "./bai2-codes.ts";
import { Bai2Fields } from "./bai2-fields.ts";
import { bai2Records, type Bai2Code, type Bai2Record } from "./bai2-records.ts";
import type { BankAccountReport, BankFileNote, BankFileReader, BankLine } from "./bank-file.ts";
import type { BusinessDate } from "./dates.ts";
import { Refusal } from "./refusal.ts";

/** A bracket of the file (file, group or account) while it is open: what its trailer has to agree with. */
interface Bracket {
  readonly line: number;
  sum: bigint;
  /** Brackets directly inside. */
  inner: number;
  /** Physical records, headers, trailers and continuations included. */
  records: number;
}

type GroupStatus = "UPDATE" | "DELETION" | "CORRECTION" | "TEST";
const STATUSES: Readonly<Record<string, GroupStatus>> = { 1: "UPDATE", 2: "DELETION", 3: "CORRECTION", 4: "TEST" };

interface Group extends Bracket {
  readonly status: GroupStatus;
  readonly asOf: BusinessDate;
  readonly currency: string;
}

type Account = Bracket & { -readonly [K in keyof BankAccountReport]: BankAccountReport[K] };

/** What may follow in each state, with the state's name for the message. */
const MAY_FOLLOW: Readonly<Record<"start" | "file" | "group" | "account", readonly Bai2Code[]>> = {
  start: ["01"],
  file: ["02", "99"],
  group: ["03", "98"],
  account: ["16", "49"],
};

const CORRECTED = "The line belongs to a group that corrects an earlier report: compare it with what was posted and book the difference by hand.";

/** The state of one reading. Each method takes one kind of record; `take` gives it the records in the order the format allows. */
class Bai2Reading {
  readonly accounts: BankAccountReport[] = [];
  readonly notes: BankFileNote[] = [];
  creditMinor = 0n;
  debitMinor = 0n;
  lineCount = 0;
  #file: Bracket | null = null;
  #group: Group | null = null;
  #account: Account | null = null;
  #ended = false;

  /** Takes a record and returns the movement in it, if it holds one that counts. */
  take(record: Bai2Record): BankLine | null {
    const state = this.#account ? "account" : this.#group ? "group" : this.#file ? "file" : "start";
    const allowed = MAY_FOLLOW[state];
    if (!allowed.includes(record.code)) {
      const where = state === "start" ? "at the start of a file" : `inside the ${state}`;
      throw new Refusal("FILE_INVALID", `Expected record ${allowed.join(" or ")} ${where}; found ${record.code}.`, { line: record.line });
    }
    const fields = new Bai2Fields(record);
    if (record.code === "01") this.#openFile(record, fields);
    else if (record.code === "02") this.#openGroup(record, fields);
    else if (record.code === "03") this.#openAccount(record, fields);
    for (const bracket of [this.#file, this.#group, this.#account]) if (bracket) bracket.records += record.parts.length;
    if (record.code === "16") return this.#detail(record, fields);
    if (record.code === "49") this.#closeAccount(fields);
    else if (record.code === "98") this.#closeGroup(fields);
    else if (record.code === "99") this.#closeFile(fields);
    return null;
  }

  /** Refuses a file that stopped before its last trailer; `line` is where its last record began. */
  finish(line: number): void {
    if (this.#ended) return;
    const missing = this.#account ? "account trailer (49)" : this.#group ? "group trailer (98)" : this.#file ? "file trailer (99)" : "file header (01)";
    throw new Refusal("FILE_INVALID", `Expected the ${missing}; the file ends without it.`, { line });
  }

  #openFile(record: Bai2Record, fields: Bai2Fields): void {
    fields.required("the sender");
    fields.required("the receiver");
    fields.date("the file creation date");
    fields.time("the file creation time", "required");
    fields.required("the file identification");
    for (const what of ["the physical record length", "the block size"]) {
      const text = fields.next();
      if (!/^\d{0,9}$/.test(text)) fields.refuse(`Expected ${what} as digits; found "${text}".`);
    }
    const version = fields.next();
    if (version !== "2") fields.refuse(`Expected version 2 of the format; found "${version}".`);
    fields.end();
    this.#file = { line: record.line, sum: 0n, inner: 0, records: 0 };
  }

  #openGroup(record: Bai2Record, fields: Bai2Fields): void {
    fields.next();
    fields.required("the originator of the group");
    const code = fields.next();
    const status = STATUSES[code] ?? fields.refuse(`Expected a group status 1, 2, 3 or 4; found "${code}".`);
    const asOf = fields.date("the as-of date");
    fields.time("the as-of time", "optional");
    const currency = fields.currency("USD");
    const modifier = fields.next();
    if (!["", "1", "2", "3", "4"].includes(modifier)) fields.refuse(`Expected an as-of modifier 1, 2, 3 or 4; found "${modifier}".`);
    fields.end();
    if (status !== "UPDATE") this.#note(record.line, NOTES[status]);
    if (modifier === "1" || modifier === "3") this.#note(record.line, "The group is an interim report: the final report of the day may repeat its lines.");
    this.#group = { line: record.line, sum: 0n, inner: 0, records: 0, status, asOf, currency };
  }

  #openAccount(record: Bai2Record, fields: Bai2Fields): void {
    const group = this.#group!;
    const number = fields.required("the account number");
    const currency = fields.currency(group.currency);
    const account: Account = {
      line: record.line, sum: 0n, inner: 0, records: 0, account: number, currency, asOf: group.asOf,
      openingMinor: null, closingMinor: null, creditMinor: 0n, debitMinor: 0n,
    };
    while (fields.more) {
      const type = fields.next();
      if (type !== "" && !/^\d{3}$/.test(type)) fields.refuse(`Expected a type code of three digits; found "${type}".`);
      const amount = fields.amount(`the amount of type ${type}`, mayBeNegative(type) ? "may be negative" : "never negative");
      if (type === "" && amount !== 0n) fields.refuse(`Expected a type code before the amount ${amount}; found an empty field.`);
      const items = fields.next();
      if (!/^\d{0,9}$/.test(items)) fields.refuse(`Expected the item count of type ${type} as digits; found "${items}".`);
      fields.funds();
      account.sum += amount;
      if (type === "010") account.openingMinor = amount;
      if (type === "015") account.closingMinor = amount;
    }
    this.#account = account;
  }

  #detail(record: Bai2Record, fields: Bai2Fields): BankLine | null {
    const [group, account] = [this.#group!, this.#account!];
    const typeCode = fields.next();
    const direction = /^\d{3}$/.test(typeCode) ? bai2Direction(typeCode) : null;
    if (!direction) return fields.refuse(`Expected a detail code of 100 to 699, 890 or 920 to 999; found "${typeCode}".`);
    const minor = fields.movement("the amount of the detail");
    const valueOn = fields.funds();
    const bankReference = fields.next() || null;
    const customerReference = fields.next() || null;
    const text = fields.text();
    account.sum += minor;
    if (direction === "NONE" && minor !== 0n) return fields.refuse(`Code 890 carries no money; found the amount ${minor}.`);
    if (minor === 0n) this.#note(record.line, `The detail with code ${typeCode} carries no amount and is left out.`);
    if (minor === 0n || direction === "NONE" || group.status === "DELETION" || group.status === "TEST") return null;
    if (direction === "CREDIT") account.creditMinor += minor;
    else account.debitMinor += minor;
    this.lineCount += 1;
    const skipReason = bai2SkipReason(typeCode) ?? (group.status === "CORRECTION" ? CORRECTED : null);
    return {
      line: record.line, account: account.account, currency: account.currency, typeCode, direction, minor,
      asOf: group.asOf, valueOn, bankReference, customerReference, text, skipReason,
    };
  }

  #closeAccount(fields: Bai2Fields): void {
    const [group, account] = [this.#group!, this.#account!];
    agree(fields, "account trailer (49)", "the sum of the account's amounts", account.sum);
    agreeCount(fields, "account trailer (49)", "records of the account", account.records);
    fields.end();
    group.sum += account.sum;
    group.inner += 1;
    this.#account = null;
    if (group.status === "DELETION" || group.status === "TEST") return;
    this.creditMinor += account.creditMinor;
    this.debitMinor += account.debitMinor;
    const { sum: _sum, inner: _inner, records: _records, ...report } = account;
    this.accounts.push(report);
  }

  #closeGroup(fields: Bai2Fields): void {
    const [file, group] = [this.#file!, this.#group!];
    agree(fields, "group trailer (98)", "the sum of the account totals", group.sum);
    agreeCount(fields, "group trailer (98)", "accounts in the group", group.inner);
    agreeCount(fields, "group trailer (98)", "records of the group", group.records);
    fields.end();
    file.sum += group.sum;
    file.inner += 1;
    this.#group = null;
  }

  #closeFile(fields: Bai2Fields): void {
    const file = this.#file!;
    agree(fields, "file trailer (99)", "the sum of the group totals", file.sum);
    agreeCount(fields, "file trailer (99)", "groups in the file", file.inner);
    agreeCount(fields, "file trailer (99)", "records of the file", file.records);
    fields.end();
    this.#ended = true;
  }

  #note(line: number, text: string): void {
    this.notes.push({ line, text });
  }
}

const NOTES: Readonly<Record<Exclude<GroupStatus, "UPDATE">, string>> = {
  DELETION: "The group deletes an earlier report: its lines are left out, and what was posted from that report is to be reversed by hand.",
  CORRECTION: "The group corrects an earlier report: its lines are read, and none is taken for a receipt, since it may repeat what was posted.",
  TEST: "The group is a test: its lines are left out.",
};

/** Refuses a control total that is not the sum found. */
function agree(fields: Bai2Fields, trailer: string, what: string, found: bigint): void {
  const stated = fields.control(what);
  if (stated !== found) fields.refuse(`The ${trailer} states ${stated} for ${what}; the file adds up to ${found}.`);
}

/** Refuses a count that is not the number found. */
function agreeCount(fields: Bai2Fields, trailer: string, what: string, found: number): void {
  const stated = fields.count(`the number of ${what}`);
  if (stated !== found) fields.refuse(`The ${trailer} states ${stated} ${what}; the file has ${found}.`);
}

/**
 * Reads BAI2 (Cash Management Balance Reporting, version 2). Every control total and count of the account, group and file trailers has to agree.
 * Groups marked deletion or test are checked and left out with a note; lines of a correction group are given, never as receipts.
 * Currency is the account's, else the group's, else USD; amounts are minor units of it.
 */
export const readBai2: BankFileReader = function* (chunks) {
  const reading = new Bai2Reading();
  let last = 1;
  for (const record of bai2Records(chunks)) {
    last = record.line;
    const line = reading.take(record);
    if (line) yield line;
  }
  reading.finish(last);
  const { accounts, creditMinor, debitMinor, lineCount, notes } = reading;
  return { accounts, creditMinor, debitMinor, lineCount, notes };
};
