import { identifyPayer, payerClues, type PayerHit, type PayerRule, remittanceInText } from "../../src/domain/payer.ts";
import { namesInText } from "../../src/domain/payer-text.ts";
import type { RemittanceLine } from "../../src/domain/remittance.ts";

const hit = (rule: PayerRule, customerId: string, documentKey: string | null = null, ...paidBy: string[]): PayerHit => ({ rule, customerId, documentKey, paidBy });

describe("who paid", () => {
  test.each<[string, PayerHit[], string | null]>([
    ["nobody, when no clue leads anywhere", [], null],
    ["the account stated, whatever else is said", [hit("PAYER_NAME", "B"), hit("STATED_ACCOUNT", "A"), hit("REMITTANCE_REFERENCE", "C")], "A"],
    ["the owner of the invoices remitted, before the bank's reference", [hit("CUSTOMER_REFERENCE", "B"), hit("REMITTANCE_REFERENCE", "A")], "A"],
    ["the account in the bank's reference, before a name", [hit("PAYER_NAME", "B"), hit("CUSTOMER_REFERENCE", "A")], "A"],
    ["the one with the name, before an invoice in the text", [hit("INVOICE_IN_TEXT", "B", "I-1"), hit("PAYER_NAME", "A")], "A"],
    ["the owner of the invoices in the text", [hit("INVOICE_IN_TEXT", "A", "I-1"), hit("INVOICE_IN_TEXT", "A", "I-2")], "A"],
    ["nobody, when a name belongs to two", [hit("PAYER_NAME", "A"), hit("PAYER_NAME", "B")], null],
    ["the one of two with that name whose invoice the text names", [hit("PAYER_NAME", "A"), hit("PAYER_NAME", "B"), hit("INVOICE_IN_TEXT", "B", "I-1")], "B"],
    ["nobody, when the invoice belongs to a third", [hit("PAYER_NAME", "A"), hit("PAYER_NAME", "B"), hit("INVOICE_IN_TEXT", "C", "I-1")], null],
    ["the one of two owners remitted whose name the bank gives", [hit("REMITTANCE_REFERENCE", "A"), hit("REMITTANCE_REFERENCE", "B"), hit("PAYER_NAME", "A")], "A"],
    ["nobody, when the invoices remitted belong to two and nothing more is said", [hit("REMITTANCE_REFERENCE", "A"), hit("REMITTANCE_REFERENCE", "B")], null],
    ["the one with the name, who pays for the owner of the invoices remitted", [hit("REMITTANCE_REFERENCE", "A", null, "P"), hit("PAYER_NAME", "P")], "P"],
    ["the owner of the invoices remitted, when nothing names the one who pays for it", [hit("REMITTANCE_REFERENCE", "A", null, "P")], "A"],
    ["the owner whose name the bank gives, though another pays for it", [hit("REMITTANCE_REFERENCE", "A", null, "P"), hit("PAYER_NAME", "A"), hit("PAYER_NAME", "P")], "A"],
    ["the one who pays for two owners, and is named", [hit("REMITTANCE_REFERENCE", "A", null, "P"), hit("REMITTANCE_REFERENCE", "B", null, "P"), hit("CUSTOMER_REFERENCE", "P")], "P"],
    ["the one whose own invoices are remitted beside those of a customer it pays for", [hit("REMITTANCE_REFERENCE", "A", null, "P"), hit("REMITTANCE_REFERENCE", "P")], "P"],
    ["nobody, when two owners pay for each other", [hit("REMITTANCE_REFERENCE", "A", null, "B"), hit("REMITTANCE_REFERENCE", "B", null, "A")], null],
  ])("%s", (_rule, hits, expected) => {
    expect(identifyPayer(hits)).toBe(expected);
    expect(identifyPayer(hits.toReversed())).toBe(expected);
  });
});

describe("what a bank's text says is paid", () => {
  test("the one invoice it names, with the whole receipt", () => {
    expect(remittanceInText([hit("INVOICE_IN_TEXT", "A", "I-1")], "A", 500n)).toEqual([expect.objectContaining({ reference: "I-1", netMinor: 500n, partial: false })]);
  });
  test("the one invoice it names, of a customer whom the payer pays for", () => {
    expect(remittanceInText([hit("INVOICE_IN_TEXT", "B", "I-1", "A")], "A", 500n)).toEqual([expect.objectContaining({ reference: "I-1" })]);
  });
  test.each<[string, PayerHit[]]>([
    ["no invoice", [hit("PAYER_NAME", "A")]],
    ["two invoices", [hit("INVOICE_IN_TEXT", "A", "I-1"), hit("INVOICE_IN_TEXT", "A", "I-2")]],
    ["an invoice of somebody else", [hit("INVOICE_IN_TEXT", "B", "I-1")]],
  ])("nothing, when it names %s", (_case, hits) => {
    expect(remittanceInText(hits, "A", 500n)).toBeNull();
  });
});

test("clues are keys, so that spelling does not matter; short words are no invoice numbers", () => {
  const line = { reference: "inv-7" } as RemittanceLine;
  const clues = payerClues({ customerReference: "00 42", text: "PAYER:Acme, Inc.\nINV-77 123 ABCD 0000815" }, { accountNumber: "007", payerName: null, lines: [line, { ...line, reference: "INV-7" }, { ...line, reference: null }] });
  expect(clues).toEqual({ statedAccount: "7", references: ["INV-7"], customerReference: "42", names: expect.arrayContaining(["ACMEINC"]), words: ["INV-77"] });
  expect(payerClues({ customerReference: null, text: "PAYER:Acme" }, { accountNumber: null, payerName: "Delta", lines: [] }).names).toEqual(["DELTA"]);
});

describe("names in a bank's text", () => {
  test.each<[string, string]>([
    ["ORIG CO NAME:ACME FOODS ORIG ID:1234567 DESC DATE:260330", "ACME FOODS"],
    ["PAYER: Brunner Foods;REF:1", "Brunner Foods"],
    ["WIRE IN B/O:DELTA TOYS LLC OBI:INV 12", "DELTA TOYS LLC"],
    ["ACME FOODS INC    ACH PMT 12345", "ACME FOODS INC"],
    ["ACME FOODS INC 12345", "ACME FOODS INC"],
    ["7-ELEVEN INC", "7-ELEVEN INC"],
    ["INCOMING WIRE\nORG=GLOBEX CORP", "GLOBEX CORP"],
    ["MACLEOD MALL", "MACLEOD MALL"],
  ])("%j is most likely from %s", (text, name) => {
    expect(namesInText(text)[0]).toBe(name);
  });

  test("a text of numbers has none, and every part that stands apart is tried", () => {
    expect(namesInText("12345 67\n890")).toEqual([]);
    expect(namesInText("LOCKBOX; GLOBEX CORP | 99")).toEqual(["LOCKBOX", "GLOBEX CORP"]);
  });
});
