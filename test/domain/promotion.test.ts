import { type PromotionFacts, promotionFor, promotionKey, promotionWords, type PromotionMiss, type PromotionOffer, runsOn } from "../../src/domain/promotion.ts";

test.each([["spring-26"], [" Spring-26 "], ["SPRING-26"]])("the code %p is compared without regard to case", (code) => expect(promotionKey(code)).toBe("SPRING-26"));

test.each(["", " ", "A1", "SPRING 26", "-SPRING", "SPRING.", "A,B", "x".repeat(41)])("the code %p is refused", (code) => expect(() => promotionKey(code)).toThrow(expect.objectContaining({ code: "VALUE_INVALID", field: ["code"] })));

test.each<[string | null, string[]]>([
  [null, []],
  ["", []],
  ["  ... - ", []],
  ["spring-26", ["SPRING-26"]],
  ["Promo (Spring-26): 10% off, as agreed.", ["PROMO", "SPRING-26", "10", "OFF", "AS", "AGREED"]],
  ["«Frühjahr/26», frühjahr/26", ["FRÜHJAHR/26"]],
])("the words of %p", (text, words) => expect(promotionWords(text)).toEqual(words));

test("the words of several texts are each there once", () => expect(promotionWords("CL-1", null, "cl-1 spring")).toEqual(["CL-1", "SPRING"]));

test("every code that is allowed is a word of a text that has it", () => {
  for (const code of ["A-1", "777", "Q1/26", "BOGO.2#7", "tpr_04-11", "x".repeat(40)]) expect(promotionWords(`see "${code}", please.`)).toContain(promotionKey(code));
});

test.each([["2026-02-28", false], ["2026-03-01", true], ["2026-03-31", true], ["2026-04-01", false]])("a promotion of March runs on %s: %s", (on, runs) =>
  expect(runsOn({ validFrom: "2026-03-01", validTo: "2026-03-31" }, on)).toBe(runs));

const offer = (code: string, more: Partial<PromotionOffer> = {}): PromotionOffer => ({ id: code, code, codeKey: code, validFrom: "2026-03-01", validTo: "2026-03-10", leftMinor: 10_000n, billed: true, ...more });
const LATER = { validFrom: "2026-03-20", validTo: "2026-03-31" };

/** Of a deduction of 100.00 of an invoice of March 5, taken on March 20. */
test.each<[string, "PROMOTION" | "UNIDENTIFIED" | "SHORTAGE", Partial<PromotionFacts>, [string, number] | PromotionMiss]>([
  ["none, of a promotion", "PROMOTION", {}, "NO_PROMOTION"],
  ["one that it names, for any reason", "SHORTAGE", { words: ["CL", "P"], offers: [offer("P")] }, ["P", 100]],
  ["one that it names, for another item", "PROMOTION", { words: ["P"], offers: [offer("P", { billed: false })] }, ["P", 100]],
  ["one that it names, beside another that fits", "PROMOTION", { words: ["P"], offers: [offer("P"), offer("Q")] }, ["P", 100]],
  ["one that it names, which ran only on the day it was taken", "PROMOTION", { words: ["P"], offers: [offer("P", LATER)] }, ["P", 100]],
  ["one that it names, which ran on neither day, beside another that fits", "PROMOTION", { words: ["P"], offers: [offer("P", { validTo: "2026-03-04" }), offer("Q")] }, "PROMOTION_OVER"],
  ["one that it names, with a cent too little, beside another that fits", "PROMOTION", { words: ["P"], offers: [offer("P", { leftMinor: 9_999n }), offer("Q")] }, "PROMOTION_TOO_SMALL"],
  ["two that it names", "PROMOTION", { words: ["P", "Q"], offers: [offer("P"), offer("Q", LATER)] }, "SEVERAL_PROMOTIONS"],
  ["one, of a promotion", "PROMOTION", { offers: [offer("P")] }, ["P", 80]],
  ["one, of a promotion, that begins on the day of the invoice", "PROMOTION", { offers: [offer("P", { validFrom: "2026-03-05" })] }, ["P", 80]],
  ["one, of a promotion, that ran only on the day it was taken", "PROMOTION", { offers: [offer("P", LATER)] }, "NO_PROMOTION"],
  ["one that ran on the day it was taken, of no invoice", "PROMOTION", { invoicedOn: null, offers: [offer("P", LATER), offer("Q")] }, ["P", 80]],
  ["one, with a cent too little", "PROMOTION", { offers: [offer("P", { leftMinor: 9_999n })] }, "NO_PROMOTION"],
  ["one, for an item that is not on the invoice", "PROMOTION", { offers: [offer("P", { billed: false })] }, "NO_PROMOTION"],
  ["two, of which one has too little left", "PROMOTION", { offers: [offer("P", { leftMinor: 9_999n }), offer("Q")] }, ["Q", 80]],
  ["two that fit", "PROMOTION", { offers: [offer("P"), offer("Q")] }, "SEVERAL_PROMOTIONS"],
  ["one, of nobody knows what", "UNIDENTIFIED", { offers: [offer("P")] }, ["P", 60]],
  ["two that fit, of nobody knows what", "UNIDENTIFIED", { offers: [offer("P"), offer("Q")] }, "SEVERAL_PROMOTIONS"],
  ["one, of another reason", "SHORTAGE", { offers: [offer("P")] }, "NO_PROMOTION"],
])("which promotion a deduction is for, and how sure that is; there is: %s", (_name, reason, facts, expected) => {
  const found = promotionFor({ reason, openMinor: 10_000n }, { words: [], invoicedOn: "2026-03-05", takenOn: "2026-03-20", offers: [], ...facts });
  expect(typeof found === "string" ? found : [found.promotion.code, found.confidence]).toEqual(expected);
});
