import type { BankLine } from "../../src/domain/bank-file.ts";
import { type FiledRemittance, receiptOf, ReferenceIndex, textKeys } from "../../src/domain/bank-references.ts";
import type { RemittanceLine } from "../../src/domain/remittance.ts";
import { refusal } from "./bai2-builder.ts";

const lineOf = (line: number, parts: Partial<BankLine>): BankLine => ({
  line, account: "4711", currency: "USD", typeCode: "142", direction: "CREDIT", minor: 1_000n, asOf: "2026-03-30", valueOn: null, bankReference: null, customerReference: null,
  text: "", skipReason: null, ...parts,
});
const indexOf = (...lines: readonly BankLine[]): ReferenceIndex => {
  const index = new ReferenceIndex();
  for (const line of lines) index.add(line);
  return index;
};
const advice = (paymentReference: string, minor = 1_000n, line: number | null = 2): FiledRemittance => ({
  paymentReference, fileName: "advice.csv", accountNumber: null, payerName: null, lines: [{ line, netMinor: minor } as RemittanceLine],
});

describe("the words of a bank's text", () => {
  test.each<[string, string[], string[]]>([
    ["PAYMENT OF inv-0042, THANK YOU.", ["INV-0042", "PAYMENT"], ["42", "0042"]],
    ["REF:CM-42/INV-43", ["CM-42", "INV-43"], ["42", "REF:CM-42/INV-4"]],
    ["INV/2026/7 (0000815)", ["INV/2026/7", "815"], []],
    ["A1001B", ["A1001B"], ["1001"]],
    ["TRN*1*12345*9", ["12345"], ["TRN*1"]],
  ])("%s", (text, has, hasNot) => {
    const keys = textKeys(text);
    expect(has.filter((key) => !keys.has(key))).toEqual([]);
    expect(hasNot.filter((key) => keys.has(key))).toEqual([]);
  });
});

describe("the receipt that a payment reference belongs to", () => {
  const lines = [
    lineOf(4, { bankReference: "000123", text: "CHK-9" }),
    lineOf(5, { customerReference: "chk 9" }),
    lineOf(6, { text: "TRACE 555 ACME" }),
    lineOf(7, { bankReference: "777", customerReference: "777" }),
    lineOf(8, { text: "555" }),
  ];
  const index = indexOf(...lines);
  test.each<[string, string, number[]]>([
    ["without leading zeros", "123", [4]],
    ["whatever the spelling, and never by its text when a reference is equal", "CHK9", [5]],
    ["by a word of the text", "CHK-9", [4]],
    ["by words of two texts", "555", [6, 8]],
    ["once, when both references say it", "777", [7]],
    ["not at all", "55", []],
  ])("%s", (_rule, reference, expected) => {
    expect(index.find(reference).map(({ line }) => line)).toEqual(expected);
  });
});

describe("a remittance explains one receipt, and all of it", () => {
  const receipt = lineOf(4, { customerReference: "W1" });
  const index = indexOf(receipt, lineOf(5, { text: "W2" }), lineOf(6, { text: "W2" }));

  test("when its lines add up", () => {
    expect(receiptOf(index, advice("w1"), new Map())).toBe(receipt);
  });
  test.each<[string, FiledRemittance, string, string, number | null]>([
    ["no receipt", advice("W9"), "FILE_INVALID", "Payment reference W9 on line 2 belongs to no receipt of the bank file.", 2],
    ["several receipts", advice("W2"), "FILE_INVALID", "Payment reference W2 on line 2 belongs to several receipts of the bank file, on its lines 5 and 6.", 2],
    ["another sum", advice("W1", 999n), "TOTAL_MISMATCH", "Payment reference W1 on line 2 adds up to 9.99 USD; the bank received 10.00 USD, on line 4 of its file.", 2],
    ["another sum, of lines that came without a file", advice("W1", 999n, null), "TOTAL_MISMATCH", "Payment reference W1 adds up to 9.99 USD; the bank received 10.00 USD, on line 4 of its file.", null],
  ])("and is refused for %s", (_fault, remittance, code, message, line) => {
    expect(refusal(() => receiptOf(index, remittance, new Map()))).toMatchObject({ code, message, line });
  });
  test("and is refused for a receipt that is explained", () => {
    const { message } = refusal(() => receiptOf(index, advice("W1"), new Map([[receipt, { ...advice("1W"), fileName: "first.csv" }]])));
    expect(message).toBe('Payment reference W1 on line 2 explains the receipt on line 4 of the bank file, which payment reference 1W of "first.csv" explains already.');
  });
});
