import fc from "fast-check";
import { EvidenceKind } from "../../src/domain/evidence.ts";
import { checkNeeds, type EvidenceNeed, readinessOf, USUAL_NEEDS } from "../../src/domain/readiness.ts";

describe("how far papers are together", () => {
  test.each<[string, readonly EvidenceNeed[], readonly EvidenceKind[], readonly EvidenceNeed[], number]>([
    ["a shortage without any paper", USUAL_NEEDS.SHORTAGE, [], [["PO"], ["INVOICE"], ["POD", "BOL", "RECEIVING_ADVICE"]], 0],
    ["a shortage with its order and a bill of lading", USUAL_NEEDS.SHORTAGE, ["PO", "BOL"], [["INVOICE"]], 2 / 3],
    ["a shortage with two papers for one need", USUAL_NEEDS.SHORTAGE, ["POD", "BOL"], [["PO"], ["INVOICE"]], 1 / 3],
    ["a price with everything, and more than was asked for", USUAL_NEEDS.PRICE, ["PO", "CONTRACT", "PHOTO"], [], 1],
    ["a bank fee, for which the books are enough", USUAL_NEEDS.BANK_FEE, [], [], 1],
  ])("%s", (_name, required, there, missing, share) => {
    expect(readinessOf(required, there)).toMatchObject({ required, missing, share: expect.closeTo(share, 10) });
  });

  test("what is there and what is missing make what is required, in its order", () => {
    const kinds = fc.subarray(Object.values(EvidenceKind));
    fc.assert(
      fc.property(fc.array(fc.subarray(Object.values(EvidenceKind), { minLength: 1 }), { maxLength: 8 }), kinds, (required, there) => {
        const { present, missing, share } = readinessOf(required, there);
        expect(required.filter((it) => present.includes(it) || missing.includes(it))).toEqual(required);
        expect(present.length + missing.length).toBe(required.length);
        expect(share === 1).toBe(missing.length === 0);
      }),
    );
  });
});

test.each<[string, readonly EvidenceNeed[], readonly string[]]>([
  ["a need that nothing meets", [["PO"], []], ["needs", "1", "anyOf"]],
  ["a kind twice in one need", [["PO", "PO"]], ["needs", "0", "anyOf"]],
  ["one need twice, in another order", [["POD", "BOL"], ["PO"], ["BOL", "POD"]], ["needs", "2", "anyOf"]],
  ["too many needs", Array.from({ length: 21 }, () => ["PO"] as const), ["needs"]],
])("%s is refused", (_name, needs, field) => {
  expect(() => checkNeeds(needs)).toThrow(expect.objectContaining({ code: "VALUE_INVALID", field }));
});

test("what is usually needed could be laid down as a rule", () => {
  for (const needs of Object.values(USUAL_NEEDS)) expect(() => checkNeeds(needs)).not.toThrow();
});
