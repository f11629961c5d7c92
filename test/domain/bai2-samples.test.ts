import { existsSync, readFileSync } from "node:fs";
import { readBai2 } from "../../src/domain/bai2.ts";
import { readBankFile } from "../../src/domain/bank-file.ts";
import { Refusal } from "../../src/domain/refusal.ts";

/** Real files that other people wrote; they are not part of this repository. */
const data = new URL("../../../shared/data/", import.meta.url);
const there = existsSync(new URL("bai2/moov", data));
const onRealFiles = there ? test : test.skip;

const textOf = (file: string): string => readFileSync(new URL(file, data), "utf8");

interface Expected {
  readonly detail_credit_minor_units: number;
  readonly detail_debit_minor_units: number;
  readonly record_counts: Readonly<Record<string, number>>;
  readonly accounts: readonly (readonly [string, string])[];
}

if (!there) console.warn("SKIPPED: the real BAI2 files are not at ../shared/data/bai2, so the tests on them do not run.");

onRealFiles.each([["sample1.txt"], ["sample2.txt"], ["sample3.txt"]])("%s adds up to the credits and debits that another reader found", (name) => {
  const file = `bai2/moov/${name}`;
  const expected = (JSON.parse(textOf("expected/bank_files.json")) as Record<string, Expected>)[file]!;
  const read = readBankFile(readBai2, [textOf(file)]);
  expect([read.creditMinor, read.debitMinor]).toEqual([BigInt(expected.detail_credit_minor_units), BigInt(expected.detail_debit_minor_units)]);
  expect(read.lineCount).toBe(expected.record_counts["16"]);
  // The other reader leaves the currency empty where the file does; the format then says USD.
  expect(read.accounts.map(({ account, currency }) => [account, currency])).toEqual(expected.accounts.map(([account, currency]) => [account, currency || "USD"]));
});

onRealFiles.each<[string, number, RegExp]>([
  ["sample4-continuations-newline-delimited.txt", 22, /states -1260161341762 for the sum of the account's amounts; the file adds up to 7999960/],
  ["sample5-issue113.txt", 22, /states -1260161341762 for the sum of the account's amounts; the file adds up to 7999960/],
  ["errors/sample-parseError.txt", 1, /must begin with one of 01.*found "00,0004,1\/2\/"/],
])("%s is refused on line %i", (name, line, message) => {
  const read = () => readBankFile(readBai2, [textOf(`bai2/moov/${name}`)]);
  expect(read).toThrow(Refusal);
  expect(read).toThrow(expect.objectContaining({ code: "FILE_INVALID", line }));
  expect(read).toThrow(message);
});
