import { promotionKey, promotionWords, runsOn } from "../../src/domain/promotion.ts";

test.each([["spring-26"], [" Spring-26 "], ["SPRING-26"]])("the code %p is compared without regard to case", (code) => expect(promotionKey(code)).toBe("SPRING-26"));

test.each(["", " ", "SPRING 26", "-SPRING", "SPRING.", "A,B", "x".repeat(41)])("the code %p is refused", (code) => expect(() => promotionKey(code)).toThrow(expect.objectContaining({ code: "VALUE_INVALID", field: ["code"] })));

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
  for (const code of ["A", "7", "Q1/26", "BOGO.2#7", "tpr_04-11", "x".repeat(40)]) expect(promotionWords(`see "${code}", please.`)).toContain(promotionKey(code));
});

test.each([["2026-02-28", false], ["2026-03-01", true], ["2026-03-31", true], ["2026-04-01", false]])("a promotion of March runs on %s: %s", (on, runs) =>
  expect(runsOn({ validFrom: "2026-03-01", validTo: "2026-03-31" }, on)).toBe(runs));
