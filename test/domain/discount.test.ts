import { type DiscountBasis, earnedDiscount, isLapsedDiscount, mostUnearned } from "../../src/domain/discount.ts";
import { resolveTerms } from "../../src/domain/terms.ts";

/** Case 2 of the worked examples: 1,100.00 of 2010-12-02, 10 % by 12-12, 5 % by 12-17. */
const oracle: DiscountBasis = {
  originalMinor: 110_000n,
  openMinor: 110_000n,
  discountTakenMinor: 0n,
  graceDays: 0,
  discounts: [
    { discountOn: "2010-12-12", basisPoints: 1_000 },
    { discountOn: "2010-12-17", basisPoints: 500 },
  ],
};

describe("case 2: discount tiers", () => {
  test.each([
    ["reaches the amount less 10 %", 99_000n, "2010-12-02", 11_000n, 0n],
    ["reaches the amount less 10 % on its last day", 99_000n, "2010-12-12", 11_000n, 0n],
    ["goes beyond the amount less 10 %", 100_000n, "2010-12-12", 11_000n, 0n],
    ["comes for the second tier and earns its share of 5 %", 100_000n, "2010-12-13", 5_263n, 5_737n],
    ["comes on the last day of the second tier", 100_000n, "2010-12-17", 5_263n, 5_737n],
    ["comes after every tier", 100_000n, "2010-12-18", 0n, 11_000n],
    ["comes after every tier, less", 99_000n, "2010-12-18", 0n, 11_000n],
    ["pays everything and has taken no discount", 110_000n, "2010-12-02", 0n, 11_000n],
  ])("cash that %s", (_rule, cash, paidOn, earned, unearned) => {
    expect(earnedDiscount(oracle, cash, paidOn)).toBe(earned);
    expect(mostUnearned(oracle, earned)).toBe(unearned);
  });
});

test("grace days move the last day of a discount, and no further", () => {
  const { dueOn, discounts, graceDays } = resolveTerms({ netDays: 30, graceDays: 3, discounts: [{ days: 10, basisPoints: 200 }] }, "2026-03-01");
  expect({ dueOn, discounts }).toEqual({ dueOn: "2026-03-31", discounts: [{ discountOn: "2026-03-11", basisPoints: 200 }] });
  const basis: DiscountBasis = { originalMinor: 100_000n, openMinor: 100_000n, discountTakenMinor: 0n, discounts, graceDays };
  expect(earnedDiscount(basis, 98_000n, "2026-03-14")).toBe(2_000n);
  expect(earnedDiscount(basis, 98_000n, "2026-03-15")).toBe(0n);
});

test("a gap that is exactly a discount once offered is known as a lapsed discount", () => {
  expect(isLapsedDiscount(oracle, 5_500n)).toBe(true);
  expect(isLapsedDiscount(oracle, 5_501n)).toBe(false);
  expect(isLapsedDiscount({ ...oracle, discounts: [] }, 0n)).toBe(false);
});
