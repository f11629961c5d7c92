import { applyByRemittance, type CashInHand } from "../../src/domain/cash-application.ts";
import type { OpenDebit } from "../../src/domain/open-item.ts";
import type { RemittanceLine } from "../../src/domain/remittance.ts";
import { checkPolicy, outcomeOf, policyAmong, policyOn, tierTaken, type UnearnedDiscountDecision, type UnearnedDiscountPolicy } from "../../src/domain/unearned-discount.ts";

const policy = (rule: UnearnedDiscountPolicy["rule"], more: Partial<UnearnedDiscountPolicy> = {}): UnearnedDiscountPolicy => ({ rule, extraDays: null, limitMinor: null, limitCurrency: null, ...more });
const upTo = (limitMinor: bigint, limitCurrency = "USD") => ({ limitMinor, limitCurrency });

describe("what becomes of 20.00 taken 2 days late", () => {
  test.each<[string, UnearnedDiscountPolicy, string]>([
    ["allowed", policy("ALLOW"), "ALLOWED"],
    ["allowed on the last of its extra days", policy("ALLOW", { extraDays: 2 }), "ALLOWED"],
    ["not allowed a day later", policy("ALLOW", { extraDays: 1 }), "DEDUCTION"],
    ["allowed up to just so much", policy("ALLOW", upTo(2_000n)), "ALLOWED"],
    ["not allowed above the limit", policy("ALLOW", { ...upTo(1_999n), extraDays: 9 }), "DEDUCTION"],
    ["not allowed where the limit is in another currency", policy("ALLOW", upTo(9_999n, "EUR")), "DEDUCTION"],
    ["charged back", policy("CHARGE_BACK"), "CHARGED_BACK"],
    ["left open", policy("LEAVE_OPEN"), "LEFT_OPEN"],
    ["written off up to just so much", policy("WRITE_OFF_BELOW", upTo(2_000n)), "WRITTEN_OFF"],
    ["a deduction above what is written off", policy("WRITE_OFF_BELOW", upTo(1_999n)), "DEDUCTION"],
    ["a deduction where nothing is written off", policy("WRITE_OFF_BELOW", upTo(0n)), "DEDUCTION"],
    ["a deduction", policy("OPEN_DEDUCTION"), "DEDUCTION"],
  ])("%s", (_what, by, expected) => {
    expect(outcomeOf(by, { minor: 2_000n, currency: "USD", daysLate: 2 })).toBe(expected);
  });
});

describe("a policy", () => {
  const own = (rule: UnearnedDiscountDecision["rule"]): UnearnedDiscountDecision => ({ ...policy("ALLOW"), scope: "CUSTOMER", rule });
  const common = (rule: UnearnedDiscountDecision["rule"]): UnearnedDiscountDecision => ({ ...own(rule), scope: "COMPANY" });
  test.each<[string, UnearnedDiscountDecision[], string | null]>([
    ["is none when nothing was decided", [], null],
    ["is the company's", [common("LEAVE_OPEN")], "LEAVE_OPEN"],
    ["is the customer's own before the company's", [common("LEAVE_OPEN"), own("CHARGE_BACK")], "CHARGE_BACK"],
    ["is the company's again when the customer's was taken back", [own(null), common("LEAVE_OPEN")], "LEAVE_OPEN"],
    ["is none when the company's was taken back", [common(null)], null],
  ])("%s", (_rule, decisions, expected) => {
    expect(policyAmong(decisions)?.rule ?? null).toBe(expected);
  });

  test("changes from day to day", () => {
    const latestFirst = [{ ...own(null), effectiveOn: "2026-03-01" }, { ...own("CHARGE_BACK"), effectiveOn: "2026-02-01" }, { ...common("ALLOW"), effectiveOn: "2026-01-01" }];
    expect(["2025-12-31", "2026-01-01", "2026-02-01", "2026-02-28", "2026-03-01"].map((day) => policyOn(latestFirst, day)?.rule ?? null)).toEqual([null, "ALLOW", "CHARGE_BACK", "CHARGE_BACK", "ALLOW"]);
  });

  test.each<[string, UnearnedDiscountPolicy, string]>([
    ["that writes off says up to what", policy("WRITE_OFF_BELOW"), "limit"],
    ["has no negative limit", policy("ALLOW", upTo(-1n)), "limit"],
    ["that charges back has no limit", policy("CHARGE_BACK", upTo(1n)), "limit"],
    ["that writes off has no extra days", policy("WRITE_OFF_BELOW", { ...upTo(1n), extraDays: 3 }), "extraDays"],
    ["has a year of extra days at most", policy("ALLOW", { extraDays: 366 }), "extraDays"],
  ])("%s", (_rule, it, field) => {
    expect(() => checkPolicy(it)).toThrow(expect.objectContaining({ field: [field] }));
  });
});

const item = (more: Partial<OpenDebit> = {}): OpenDebit => ({
  itemId: "item", customerId: "payer", kind: "INVOICE", documentId: "invoice", references: ["A"], currency: "USD", originalMinor: 100_000n, openMinor: 100_000n, discountTakenMinor: 0n,
  discounts: [{ discountOn: "2026-03-11", basisPoints: 200 }], graceDays: 0, dueOn: "2026-03-31", effectiveOn: "2026-03-01", ...more,
});
const line = (netMinor: bigint, more: Partial<RemittanceLine> = {}): RemittanceLine => ({
  line: null, reference: "A", grossMinor: null, discountMinor: 0n, deductionMinor: 0n, netMinor, customerCode: null, text: null, partial: false, claimNumber: null, ...more,
});

/** What becomes of a line on one invoice of 1,000.00: what settles it beside cash, what is taken as a deduction, and the unearned discount with its days. */
function applied(it: RemittanceLine, inHand: Partial<CashInHand>, more: Partial<OpenDebit> = {}) {
  const reasonOf: CashInHand["reasonOf"] = (code) => (code === "24" ? { reason: "UNEARNED_DISCOUNT", source: "COMPANY_CODE", confidence: 100 } : { reason: "UNIDENTIFIED", source: "NOT_FOUND", confidence: null });
  const cash: CashInHand = { minor: it.netMinor, paidOn: "2026-03-13", shortPayPolicy: "OPEN_DEDUCTION", tolerance: null, reasonOf, ...inHand };
  const { settlements, deductions, unearned } = applyByRemittance(cash, [it], () => [item(more)]);
  return {
    settled: settlements.flatMap(({ kind, minor }) => (kind === "CASH" ? [] : [[kind, minor]])), deducted: deductions.map(({ reason, minor }) => [reason, minor]),
    unearned: unearned.map(({ outcome, minor, daysLate }) => [outcome, minor, daysLate]),
  };
}

describe("case 1: 980.00 on 2026-03-13 for 1,000.00 with 2/10 net 30", () => {
  const nothing = { settled: [], deducted: [], unearned: [] };
  test.each<[string, Partial<CashInHand>, object]>([
    ["without a policy", {}, { deducted: [["UNEARNED_DISCOUNT", 2_000n]], unearned: [["DEDUCTION", 2_000n, 2]] }],
    ["without a policy, where short pays stay open", { shortPayPolicy: "LEAVE_OPEN" }, { unearned: [["LEFT_OPEN", 2_000n, 2]] }],
    ["allowed", { unearnedDiscounts: policy("ALLOW") }, { settled: [["DISCOUNT", 2_000n]], unearned: [["ALLOWED", 2_000n, 2]] }],
    ["allowed a day late only", { unearnedDiscounts: policy("ALLOW", { extraDays: 1 }) }, { deducted: [["UNEARNED_DISCOUNT", 2_000n]], unearned: [["DEDUCTION", 2_000n, 2]] }],
    ["charged back", { unearnedDiscounts: policy("CHARGE_BACK") }, { deducted: [["UNEARNED_DISCOUNT", 2_000n]], unearned: [["CHARGED_BACK", 2_000n, 2]] }],
    ["left open", { unearnedDiscounts: policy("LEAVE_OPEN") }, { unearned: [["LEFT_OPEN", 2_000n, 2]] }],
    ["written off up to 20.00", { unearnedDiscounts: policy("WRITE_OFF_BELOW", upTo(2_000n)) }, { settled: [["WRITE_OFF", 2_000n]], unearned: [["WRITTEN_OFF", 2_000n, 2]] }],
    ["written off up to 19.99", { unearnedDiscounts: policy("WRITE_OFF_BELOW", upTo(1_999n)) }, { deducted: [["UNEARNED_DISCOUNT", 2_000n]], unearned: [["DEDUCTION", 2_000n, 2]] }],
    ["a deduction, where short pays stay open", { unearnedDiscounts: policy("OPEN_DEDUCTION"), shortPayPolicy: "LEAVE_OPEN" }, { deducted: [["UNEARNED_DISCOUNT", 2_000n]], unearned: [["DEDUCTION", 2_000n, 2]] }],
    ["within the tolerance, which comes first", { unearnedDiscounts: policy("CHARGE_BACK"), tolerance: { maxMinor: 2_000n, basisPoints: 10_000 } }, { settled: [["WRITE_OFF", 2_000n]], unearned: [["WRITTEN_OFF", 2_000n, 2]] }],
  ])("%s; with grace 3 it is earned", (_policy, inHand, expected) => {
    for (const stated of [{}, { discountMinor: 2_000n }]) expect(applied(line(98_000n, stated), inHand)).toEqual({ ...nothing, ...expected });
    expect(applied(line(98_000n), inHand, { graceDays: 3 })).toEqual({ ...nothing, settled: [["EARNED_DISCOUNT", 2_000n]] });
  });
});

describe("a policy for unearned discounts", () => {
  const chargeBack = { unearnedDiscounts: policy("CHARGE_BACK") };
  test.each<[string, RemittanceLine, Partial<CashInHand>, object]>([
    ["says nothing of another short pay", line(95_000n), chargeBack, { deducted: [["UNIDENTIFIED", 5_000n]], unearned: [] }],
    ["leaves what is short beside the discount to the policy for short pays", line(95_000n, { discountMinor: 2_000n }), { unearnedDiscounts: policy("ALLOW") }, { settled: [["DISCOUNT", 2_000n]], deducted: [["UNIDENTIFIED", 3_000n]] }],
    ["leaves it open where they stay open", line(95_000n, { discountMinor: 2_000n }), { ...chargeBack, shortPayPolicy: "LEAVE_OPEN" }, { deducted: [["UNEARNED_DISCOUNT", 2_000n]] }],
    ["leaves the discount open, though the rest is a deduction", line(95_000n, { discountMinor: 2_000n }), { unearnedDiscounts: policy("LEAVE_OPEN") }, { deducted: [["UNIDENTIFIED", 3_000n]], unearned: [["LEFT_OPEN", 2_000n, 2]] }],
    ["counts for a late discount that the customer coded", line(98_000n, { deductionMinor: 2_000n, customerCode: "24" }), { unearnedDiscounts: policy("ALLOW") }, { settled: [["DISCOUNT", 2_000n]], deducted: [] }],
    ["does not count for more than was ever offered", line(97_000n, { deductionMinor: 3_000n, customerCode: "24" }), { unearnedDiscounts: policy("ALLOW") }, { settled: [], deducted: [["UNEARNED_DISCOUNT", 3_000n]], unearned: [] }],
    ["does not count for what was called a discount in time", line(98_000n, { deductionMinor: 2_000n, customerCode: "24" }), { ...chargeBack, paidOn: "2026-03-11" }, { deducted: [["UNEARNED_DISCOUNT", 2_000n]], unearned: [] }],
    ["does not count where more will come", line(98_000n, { partial: true }), chargeBack, { deducted: [], unearned: [] }],
  ])("%s", (_rule, it, inHand, expected) => {
    expect(applied(it, inHand)).toMatchObject(expected);
  });
});

test.each([[2_000n, 200], [1_500n, 200], [2_001n, 500], [5_000n, 500], [9_000n, 500]])("of 5 %% and 2 %% on 1,000.00, whoever took %s minor units took the tier of %s basis points", (taken, basisPoints) => {
  const tiers = { discounts: [{ discountOn: "2026-03-06", basisPoints: 500 }, { discountOn: "2026-03-11", basisPoints: 200 }] };
  expect(tierTaken(item(tiers), taken)?.basisPoints).toBe(basisPoints);
  expect(tierTaken(item({ discounts: [] }), taken)).toBeNull();
});
