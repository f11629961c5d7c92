import fc from "fast-check";
import { type DiscountBasis, discountAt, earnedDiscount, fullDiscount, isLapsedDiscount, mostUnearned } from "../../src/domain/discount.ts";
import { PLAIN_TERMS, resolveTerms } from "../../src/domain/terms.ts";

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
  const { dueOn, discounts, graceDays } = resolveTerms({ ...PLAIN_TERMS, netDays: 30, graceDays: 3, discounts: [{ days: 10, basisPoints: 200 }] }, "2026-03-01", { currency: "USD", totalMinor: 100_000n });
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

describe("case 3: a discount on a partial payment", () => {
  const basis: DiscountBasis = { originalMinor: 500_000n, openMinor: 500_000n, discountTakenMinor: 0n, graceDays: 0, discounts: [{ discountOn: "2026-03-11", basisPoints: 200 }] };

  test("earns its share, and what comes late earns nothing", () => {
    expect(earnedDiscount(basis, 196_000n, "2026-03-09")).toBe(4_000n);
    expect(earnedDiscount({ ...basis, openMinor: 300_000n, discountTakenMinor: 4_000n }, 300_000n, "2026-03-29")).toBe(0n);
  });

  test("where it is not allowed, a part earns nothing and the payment that closes the item earns the discount of the whole", () => {
    const strict = { ...basis, discountOnPartial: false };
    expect(earnedDiscount(strict, 196_000n, "2026-03-09")).toBe(0n);
    expect(earnedDiscount({ ...strict, openMinor: 304_000n }, 294_000n, "2026-03-10")).toBe(10_000n);
    expect(earnedDiscount(strict, 490_000n, "2026-03-11")).toBe(10_000n);
  });
});

describe("case 4: what a discount is a percentage of", () => {
  const basis = (discountableMinor: bigint): DiscountBasis => ({
    originalMinor: 91_800n, openMinor: 91_800n, discountTakenMinor: 0n, graceDays: 0, discounts: [{ discountOn: "2026-03-11", basisPoints: 200 }],
    discountPart: { discountableMinor, totalMinor: 91_800n, beforeMinor: 0n },
  });
  test.each([["lines only", 80_000n, 1_600n], ["lines and tax", 86_800n, 1_736n], ["the total", 91_800n, 1_836n]])("%s", (_base, discountable, discount) => {
    expect(fullDiscount(basis(discountable), "2026-03-11")).toBe(discount);
    expect(earnedDiscount(basis(discountable), 91_800n - discount, "2026-03-11")).toBe(discount);
  });

  test("2 % of everything, where lines alone count, is 2.36 too much: an unearned discount", () => {
    expect(earnedDiscount(basis(80_000n), 89_964n, "2026-03-11")).toBe(1_600n);
    expect(isLapsedDiscount({ ...basis(80_000n), discountTakenMinor: 1_600n }, 236n)).toBe(true);
    expect(isLapsedDiscount({ ...basis(80_000n), discountTakenMinor: 1_600n }, 237n)).toBe(false);
  });

  test("a part of the cash earns the share of what counts", () => {
    // 2 % of 800.00 is 16.00 of 918.00: 451.00 with its 8.00 settles half.
    expect(earnedDiscount(basis(80_000n), 45_100n, "2026-03-11")).toBe(800n);
  });
});

test("installments share the discount of their invoice out to the last minor unit", () => {
  const amount = fc.bigInt({ min: 1n, max: 100_000n });
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 8 }), amount, fc.integer({ min: 1, max: 9_999 }), (parts, wanted, basisPoints) => {
      const totalMinor = parts.reduce((sum, it) => sum + it, 0n);
      const discountableMinor = wanted > totalMinor ? totalMinor : wanted;
      let beforeMinor = 0n;
      const discounts = parts.map((originalMinor) => {
        const discountPart = { discountableMinor, totalMinor, beforeMinor };
        beforeMinor += originalMinor;
        return discountAt({ ...oracle, originalMinor, openMinor: originalMinor, discountPart }, basisPoints);
      });
      for (const [index, it] of discounts.entries()) expect(it >= 0n && it <= parts[index]!).toBe(true);
      const whole = discountAt({ ...oracle, originalMinor: discountableMinor, openMinor: discountableMinor }, basisPoints);
      expect(discounts.reduce((sum, it) => sum + it, 0n)).toBe(whole);
    }),
  );
});
