import { type DiscountBasis, earnedDiscount, fullDiscount, isLapsedDiscount, mostUnearned } from "../../src/domain/discount.ts";
import { basisAfterCredits, type BilledItem, type TakenBack } from "../../src/domain/discount-credits.ts";
import type { DiscountBase } from "../../src/domain/terms.ts";

/** Lines 800.00, freight 50.00 and tax 68.00. */
const billed: BilledItem = { originalMinor: 91_800n, beforeMinor: 0n, discountBase: "LINES", totalMinor: 91_800n, taxMinor: 6_800n, freightMinor: 5_000n };
const nothing: TakenBack = { totalMinor: 0n, taxMinor: 0n, itemMinor: 0n, beforeMinor: 0n };
const back = (totalMinor: bigint, taxMinor: bigint): TakenBack => ({ totalMinor, taxMinor, itemMinor: totalMinor, beforeMinor: 0n });
const offered = { discountTakenMinor: 0n, graceDays: 0, discounts: [{ discountOn: "2026-03-11", basisPoints: 200 }] };

function after(discountBase: DiscountBase, taken: TakenBack, discountOnPartial = true): DiscountBasis {
  const basis = basisAfterCredits({ ...billed, discountBase }, taken);
  return { ...offered, ...basis, openMinor: basis.originalMinor, discountOnPartial };
}

describe("2 % on lines 800.00, freight 50.00 and tax 68.00", () => {
  test.each<[string, TakenBack, DiscountBase, bigint]>([
    ["nothing", nothing, "LINES", 1_600n],
    ["nothing", nothing, "LINES_AND_TAX", 1_736n],
    ["nothing", nothing, "TOTAL", 1_836n],
    ["lines 100.00 and their tax 8.00", back(10_800n, 800n), "LINES", 1_400n],
    ["lines 100.00 and their tax 8.00", back(10_800n, 800n), "LINES_AND_TAX", 1_520n],
    ["lines 100.00 and their tax 8.00", back(10_800n, 800n), "TOTAL", 1_620n],
    ["the tax alone", back(6_800n, 6_800n), "LINES", 1_600n],
    ["the tax alone", back(6_800n, 6_800n), "LINES_AND_TAX", 1_600n],
    ["the tax alone", back(6_800n, 6_800n), "TOTAL", 1_700n],
    ["the freight, which a memo does not tell from lines", back(5_000n, 0n), "LINES", 1_500n],
    ["more than the lines", back(82_000n, 0n), "LINES", 0n],
  ])("with %s credited, %o of %s", (_credited, taken, base, discount) => {
    for (const onPartial of [true, false]) {
      const basis = after(base, taken, onPartial);
      expect(fullDiscount(basis, "2026-03-11")).toBe(discount);
      if (discount > 0n) expect(earnedDiscount(basis, basis.openMinor - discount, "2026-03-11")).toBe(discount);
      expect(isLapsedDiscount(basis, discount)).toBe(true);
    }
  });

  test("a part of the cash earns its share of what is due: % x (lines - line credits) / amount due", () => {
    expect(earnedDiscount(after("LINES", back(10_800n, 800n)), 39_800n, "2026-03-11")).toBe(700n);
  });

  test("the most that can have been taken unearned is the percentage of what is left of the invoice", () => {
    expect(mostUnearned(after("LINES", back(10_800n, 800n)), 1_400n)).toBe(220n);
  });
});

test("installments share what is left of the discount, however the credit fell on them", () => {
  const halves = [{ originalMinor: 45_900n, beforeMinor: 0n }, { originalMinor: 45_900n, beforeMinor: 45_900n }];
  const taken = [{ ...back(10_800n, 800n), itemMinor: 10_800n }, { ...back(10_800n, 800n), itemMinor: 0n, beforeMinor: 10_800n }];
  const discounts = halves.map((half, index) => {
    const basis = basisAfterCredits({ ...billed, ...half }, taken[index]!);
    return fullDiscount({ ...offered, ...basis, openMinor: basis.originalMinor }, "2026-03-11");
  });
  expect(discounts).toEqual([607n, 793n]);
});
