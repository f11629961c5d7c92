import { agreement, isUndecided, learnedSpan } from "../../src/domain/reason-learning.ts";
import { findReason, type ReasonMapping, type SentCode } from "../../src/domain/reasons.ts";
import { codesOf, standardReason } from "../../src/domain/standard-reasons.ts";

const mapping = (customerCode: string, reason: ReasonMapping["reason"], more: Partial<ReasonMapping> = {}): ReasonMapping => ({ customerId: null, customerCode, reason, effectiveFrom: "2020-01-01", effectiveTo: null, confidence: 100, ...more });
const sent = (code: string | null, more: Partial<SentCode> = {}): SentCode => ({ customerId: "ours", code, list: null, on: "2026-03-20", ...more });

describe("a customer's code is looked up", () => {
  const mappings = [
    mapping("22", "SHORTAGE"), mapping("22", "PRICE", { customerId: "ours", confidence: 67 }), mapping("22", "TAX", { customerId: "other" }),
    mapping("31", "DAMAGE", { effectiveTo: "2026-03-19" }), mapping("31", "RETURN", { effectiveFrom: "2026-03-20" }), mapping("9", "FREIGHT", { effectiveFrom: "2026-04-01" }),
  ];
  test.each<[string, Partial<SentCode> & { code: string | null }, ReturnType<typeof findReason>]>([
    ["among the customer's own first", { code: "22" }, { reason: "PRICE", source: "CUSTOMER_CODE", confidence: 67 }],
    ["in any spelling", { code: " 022 " }, { reason: "PRICE", source: "CUSTOMER_CODE", confidence: 67 }],
    ["then among those for every customer", { code: "22", customerId: "third" }, { reason: "SHORTAGE", source: "COMPANY_CODE", confidence: 100 }],
    ["by its day: the last one that began", { code: "31" }, { reason: "RETURN", source: "COMPANY_CODE", confidence: 100 }],
    ["by its day: the one that held then", { code: "31", on: "2026-03-19" }, { reason: "DAMAGE", source: "COMPANY_CODE", confidence: 100 }],
    ["and not before a mapping begins", { code: "9" }, { reason: "UNIDENTIFIED", source: "NOT_FOUND", confidence: null }],
    ["then in the list that it was sent under", { code: "06", list: "X12_426" }, { reason: "SHORTAGE", source: "STANDARD_CODE", confidence: null }],
    ["but never in a list that nobody named", { code: "06" }, { reason: "UNIDENTIFIED", source: "NOT_FOUND", confidence: null }],
    ["after the mappings, whatever list it was sent under", { code: "22", list: "X12_426" }, { reason: "PRICE", source: "CUSTOMER_CODE", confidence: 67 }],
    ["in vain where the list does not have it", { code: "98", list: "X12_426" }, { reason: "UNIDENTIFIED", source: "NOT_FOUND", confidence: null }],
    ["not at all where there is none", { code: null, list: "X12_426" }, { reason: "UNIDENTIFIED", source: "NOT_FOUND", confidence: null }],
  ])("%s", (_rule, { code, ...more }, found) => {
    expect(findReason(mappings, sent(code, more))).toEqual(found);
  });
});

describe("the public lists", () => {
  test.each([
    ["DAMAGE", ["04", "11"], ["3", "17"]], ["SHORTAGE", ["06", "42"], ["4", "32"]], ["PROMOTION", ["02", "14", "43"], ["19"]], ["PRICE", ["01", "03"], ["5"]], ["RETURN", ["12", "15", "25"], ["15", "16"]],
    ["QUALITY", ["05", "07", "08"], ["2", "14"]], ["UNEARNED_DISCOUNT", ["24", "09"], ["56"]], ["FREIGHT", ["10", "21", "30", "44", "46", "54"], ["20"]], ["TAX", ["55"], ["26"]], ["DUPLICATE", ["19"], ["53"]],
    ["BANK_FEE", ["33"], ["11"]], ["PRIOR_CREDIT", ["52"], ["13"]],
  ])("say %s by codes of their own", (reason, x12, edifact) => {
    expect(x12.map((code) => standardReason("X12_426", code)?.reason)).toEqual(x12.map(() => reason));
    expect(edifact.map((code) => standardReason("EDIFACT_4465", code)?.reason)).toEqual(edifact.map(() => reason));
  });

  test("never lend each other a meaning: the same digits are two codes", () => {
    expect([standardReason("X12_426", "19"), standardReason("EDIFACT_4465", "19")]).toMatchObject([{ reason: "DUPLICATE" }, { reason: "PROMOTION" }]);
    expect([standardReason("X12_426", "4"), standardReason("EDIFACT_4465", "04")]).toMatchObject([{ reason: "DAMAGE" }, { reason: "SHORTAGE" }]);
  });

  test("name what is no price reduction but a reason not to pay: that is for billing", () => {
    expect(codesOf("X12_426").filter((it) => it.nonPayment).map(({ code, reason }) => [code, reason])).toEqual([["17", "UNIDENTIFIED"], ["18", "UNIDENTIFIED"], ["44", "FREIGHT"], ["45", "UNIDENTIFIED"]]);
    expect(standardReason("EDIFACT_4465", "6")).toEqual({ meaning: "Proof of delivery required", reason: "UNIDENTIFIED", nonPayment: true });
  });
});

describe("what is learned from a correction", () => {
  test.each([
    ["holds from the day of the deduction", "2026-03-20", [], { effectiveFrom: "2026-03-20", endsOn: "2026-03-19" }],
    ["ends what held before", "2026-03-20", ["2020-01-01"], { effectiveFrom: "2026-03-20", endsOn: "2026-03-19" }],
    ["replaces what began later, from its first day on", "2026-03-20", ["2020-01-01", "2026-05-01"], { effectiveFrom: "2026-05-01", endsOn: "2026-04-30" }],
  ])("%s", (_rule, takenOn, starts, span) => {
    expect(learnedSpan(takenOn, starts.map((effectiveFrom) => ({ effectiveFrom })))).toEqual(span);
  });

  test("is as sure as the corrections agree", () => {
    expect(agreement(["SHORTAGE"], "SHORTAGE")).toBe(100);
    expect(agreement(["SHORTAGE", "DAMAGE", "SHORTAGE"], "SHORTAGE")).toBe(67);
    expect(agreement(["SHORTAGE", "DAMAGE"], "DAMAGE")).toBe(50);
  });

  test("is asked for before somebody decided", () => {
    expect((["CAPTURED", "RESEARCH", "DISPUTED_AGAIN"] as const).map(isUndecided)).toEqual([true, true, true]);
    expect((["DECIDED", "PENDING_APPROVAL", "SETTLED", "VOIDED"] as const).map(isUndecided)).toEqual([false, false, false, false]);
  });
});
