import fc from "fast-check";
import { type AgingCell, agingLines, agingTotals, bucketNoOf, bucketsOf, DEFAULT_BOUNDS } from "../../src/domain/aging.ts";

describe("buckets", () => {
  test("the usual ones are current, 1-30, 31-60, 61-90, 91-120 and over 120", () => {
    expect(bucketsOf(DEFAULT_BOUNDS)).toEqual([
      { label: "current", fromDays: null, toDays: 0 },
      { label: "1-30", fromDays: 1, toDays: 30 },
      { label: "31-60", fromDays: 31, toDays: 60 },
      { label: "61-90", fromDays: 61, toDays: 90 },
      { label: "91-120", fromDays: 91, toDays: 120 },
      { label: "over 120", fromDays: 121, toDays: null },
    ]);
  });

  test.each([
    [-1, "current"], [0, "current"], [1, "1-30"], [30, "1-30"], [31, "31-60"], [60, "31-60"], [61, "61-90"], [90, "61-90"], [91, "91-120"], [120, "91-120"], [121, "over 120"],
  ])("an item of %i days is in %s", (days, label) => {
    expect(bucketsOf(DEFAULT_BOUNDS)[bucketNoOf(DEFAULT_BOUNDS, days)]!.label).toBe(label);
  });

  test("other bounds make other buckets, before the due date too", () => {
    expect(bucketsOf([-30, 0, 1, 45]).map(({ label }) => label)).toEqual(["up to -30", "-29 to 0", "1", "2-45", "over 45"]);
  });

  test.each([[[]], [[0, 0]], [[30, 0]], [[0.5]], [[40_000]], [Array.from({ length: 25 }, (_, index) => index)]])("bounds that make no buckets are refused: %j", (bounds) => {
    expect(() => bucketsOf(bounds)).toThrow(expect.objectContaining({ code: "VALUE_INVALID", field: ["buckets"] }));
  });

  test("every age is in exactly one bucket, whatever the bounds", () => {
    const bounds = fc.uniqueArray(fc.integer({ min: -400, max: 400 }), { minLength: 1, maxLength: 24 }).map((days) => days.sort((a, b) => a - b));
    fc.assert(
      fc.property(bounds, fc.integer({ min: -500, max: 500 }), (at, days) => {
        const holding = bucketsOf(at).flatMap(({ fromDays, toDays }, no) => ((fromDays === null || fromDays <= days) && (toDays === null || days <= toDays) ? [no] : []));
        expect(holding).toEqual([bucketNoOf(at, days)]);
      }),
    );
  });
});

describe("lines", () => {
  const cell = fc.record<AgingCell>({
    customerId: fc.constantFrom("a", "b", null),
    currency: fc.constantFrom("USD", "JPY"),
    bucketNo: fc.option(fc.nat({ max: 5 })),
    minor: fc.bigInt({ min: -1_000_000n, max: 1_000_000n }),
    deductionMinor: fc.bigInt({ min: 0n, max: 1000n }),
    pastDueMinor: fc.bigInt({ min: 0n, max: 1000n }),
    itemCount: fc.nat({ max: 9 }),
  });
  const sum = (minors: readonly bigint[]): bigint => minors.reduce((a, b) => a + b, 0n);

  test("balance = buckets + credits, line by line and in the totals of each currency, and nothing is lost", () => {
    fc.assert(
      fc.property(fc.array(cell), (cells) => {
        const lines = agingLines(cells, 6);
        const totals = agingTotals(lines, 6);
        for (const line of [...lines, ...totals]) expect(line.balanceMinor).toBe(sum(line.bucketMinors) + line.creditsMinor);
        for (const currency of ["USD", "JPY"]) {
          const of = cells.filter((it) => it.currency === currency);
          const [total] = totals.filter((it) => it.currency === currency);
          expect(total?.balanceMinor ?? 0n).toBe(sum(of.map((it) => it.minor)));
          expect(total?.deductionsMinor ?? 0n).toBe(sum(of.map((it) => it.deductionMinor)));
          expect(total?.pastDueMinor ?? 0n).toBe(sum(of.map((it) => it.pastDueMinor)));
          expect(total?.itemCount ?? 0).toBe(of.reduce((count, it) => count + it.itemCount, 0));
        }
      }),
    );
  });
});
