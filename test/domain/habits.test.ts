import fc from "fast-check";
import { addDays } from "../../src/domain/dates.ts";
import { type CashFact, type HabitFacts, type HabitFigures, habitsOf, type PaidFact, windowStart } from "../../src/domain/habits.ts";

type Part = readonly [minor: bigint, paidOn: string];

/** An invoice that was paid in full by some payments. */
function paid(issuedOn: string, dueOn: string, parts: readonly Part[], discount: Partial<PaidFact> = {}): { cash: CashFact[]; paid: PaidFact } {
  const last = parts.map(([, paidOn]) => paidOn).sort().at(-1)!;
  const originalMinor = parts.reduce((sum, [minor]) => sum + minor, 0n);
  return {
    cash: parts.map(([minor, paidOn]) => ({ issuedOn, dueOn, paidOn, minor, dueGraceDays: discount.dueGraceDays ?? 0 })),
    paid: { issuedOn, dueOn, lastPaidOn: last, dueGraceDays: 0, originalMinor, offeredBasisPoints: 0, earnedMinor: 0n, unearnedMinor: 0n, ...discount },
  };
}

const factsOf = (invoices: readonly ReturnType<typeof paid>[], sums: Partial<HabitFacts> = {}): HabitFacts => ({
  cash: invoices.flatMap(({ cash }) => cash), paid: invoices.map((it) => it.paid), invoicedMinor: 0n, deductedMinor: 0n, ...sums,
});

const ALL = { graceDays: 0, minimumSample: 1 };

const CASE_19 = factsOf([
  paid("2026-01-01", "2026-01-31", [[1_000_00n, "2026-01-28"]]),
  paid("2026-01-10", "2026-02-09", [[10_000_00n, "2026-02-24"]]),
  paid("2026-01-15", "2026-02-14", [[500_00n, "2026-02-14"]]),
  paid("2026-02-01", "2026-03-03", [[2_000_00n, "2026-03-03"], [2_000_00n, "2026-03-23"]]),
]);

describe("case 19: payment habits", () => {
  test.each<[keyof HabitFigures, string]>([
    ["averageDaysToPay", "38.00"],
    ["weightedDaysToPay", "42.06"],
    ["averageDaysBeyondTerms", "8.00"],
    ["medianDaysBeyondTerms", "7.50"],
    ["weightedDaysBeyondTerms", "12.06"],
    ["averageDaysLate", "8.75"],
    ["averageDaysLateWhenLate", "17.50"],
    ["onTimeRate", "50.00"],
    ["onTimeAmountRate", "22.58"],
  ])("%s is %s", (name, value) => {
    expect(habitsOf(CASE_19, ALL)[name]).toEqual({ value, reason: null });
  });

  test("4 were paid by 5 amounts of cash, 2 of them late and 1 early", () => {
    expect(habitsOf(CASE_19, ALL)).toMatchObject({ paidCount: 4, cashCount: 5, paidMinor: 15_500_00n, lateCount: 2, earlyCount: 1, daysToPaySum: 152, daysBeyondTermsSum: 32, daysLateSum: 35 });
    expect(habitsOf(CASE_19, ALL).lateness.map(({ label, count }) => [label, count])).toEqual([["on time", 2], ["1-15", 1], ["16-30", 1], ["31-60", 0], ["61-90", 0], ["over 90", 0]]);
  });

  test("15 days of grace bring the second on time, and change nothing else", () => {
    const { onTimeRate, onTimeAmountRate, ...rest } = habitsOf(CASE_19, { ...ALL, graceDays: 15 });
    expect([onTimeRate.value, onTimeAmountRate.value]).toEqual(["75.00", "87.10"]);
    expect(habitsOf(CASE_19, ALL)).toMatchObject(rest);
  });

  test("below the minimum sample every figure is missing for that reason, and counts and sums are there", () => {
    const habits = habitsOf(CASE_19, { ...ALL, minimumSample: 5 });
    const figures = Object.values(habits).filter((it): it is { value: string | null } => typeof it === "object" && it !== null && "value" in it);
    expect(figures).toHaveLength(13);
    for (const figure of figures) expect(figure).toEqual({ value: null, reason: "INSUFFICIENT_SAMPLE" });
    expect(habits).toMatchObject({ paidCount: 4, lateCount: 2, daysLateSum: 35 });
  });
});

describe("discounts and deductions", () => {
  test("what was offered, what was earned of it and what was taken without earning it", () => {
    const facts = factsOf(
      [
        paid("2026-01-01", "2026-01-31", [[980_00n, "2026-01-09"]], { originalMinor: 1_000_00n, offeredBasisPoints: 200, earnedMinor: 20_00n }),
        paid("2026-01-01", "2026-01-31", [[1_960_00n, "2026-01-30"]], { originalMinor: 2_000_00n, offeredBasisPoints: 200, unearnedMinor: 40_00n }),
        paid("2026-01-01", "2026-01-31", [[1_000_00n, "2026-01-30"]], { offeredBasisPoints: 200 }),
        paid("2026-01-01", "2026-01-31", [[9_999_00n, "2026-01-30"]]),
      ],
      { invoicedMinor: 14_000_00n, deductedMinor: 70_00n },
    );
    const habits = habitsOf(facts, ALL);
    expect([habits.discountOfferedMinor, habits.discountEarnedMinor, habits.discountUnearnedMinor]).toEqual([80_00n, 20_00n, 40_00n]);
    expect([habits.discountTakenRate, habits.discountEarnedRate, habits.discountUnearnedRate, habits.deductionRate].map(({ value }) => value)).toEqual(["75.00", "33.33", "66.67", "0.50"]);
  });

  test("each missing figure says why", () => {
    const onTime = paid("2026-01-01", "2026-01-31", [[1_00n, "2026-01-31"]]);
    const reasons = ({ averageDaysLateWhenLate, discountTakenRate, discountEarnedRate, deductionRate }: HabitFigures) => [averageDaysLateWhenLate, discountTakenRate, discountEarnedRate, deductionRate].map(({ reason }) => reason);
    expect(reasons(habitsOf(factsOf([onTime]), ALL))).toEqual(["NOTHING_LATE", "NO_DISCOUNT_OFFERED", "NO_DISCOUNT_OFFERED", "NOTHING_INVOICED"]);
    const offered = paid("2026-01-01", "2026-01-31", [[1_00n, "2026-01-31"]], { offeredBasisPoints: 200 });
    expect(reasons(habitsOf(factsOf([offered], { invoicedMinor: 1n }), ALL))).toEqual(["NOTHING_LATE", null, "NO_DISCOUNT_TAKEN", null]);
    expect(reasons(habitsOf(factsOf([]), ALL))).toEqual(Array.from({ length: 4 }, () => "INSUFFICIENT_SAMPLE"));
  });
});

test.each([
  ["2026-03-31", 12, "2025-04-01"], ["2026-02-28", 12, "2025-03-01"], ["2026-03-30", 1, "2026-03-01"], ["2024-02-29", 12, "2023-03-01"], ["2026-01-15", 1, "2025-12-16"], ["2026-12-31", 24, "2025-01-01"],
])("the window to %s of %i months begins on %s", (asOf, months, start) => {
  expect(windowStart(asOf, months)).toBe(start);
});

describe("whatever the facts", () => {
  const part = fc.tuple(fc.bigInt({ min: 1n, max: 10_000_000n }), fc.integer({ min: -40, max: 400 }));
  const invoice = fc.tuple(fc.nat({ max: 700 }), fc.integer({ min: 0, max: 90 }), fc.array(part, { minLength: 1, maxLength: 4 })).map(([day, term, parts]) => {
    const issuedOn = addDays("2024-01-01", day);
    return paid(issuedOn, addDays(issuedOn, term), parts.map(([minor, after]) => [minor, addDays(issuedOn, after)] as const));
  });
  const invoices = fc.array(invoice, { minLength: 1, maxLength: 12 });
  const number = ({ value }: { value: string | null }): number => Number(value);

  test("rates are between 0 and 100, and averages between the least and the most", () => {
    fc.assert(
      fc.property(invoices, fc.nat({ max: 30 }), (some, graceDays) => {
        const facts = factsOf(some);
        const habits = habitsOf(facts, { ...ALL, graceDays });
        const beyond = facts.cash.map(({ dueOn, paidOn }) => (Date.parse(paidOn) - Date.parse(dueOn)) / 86_400_000);
        for (const rate of [habits.onTimeRate, habits.onTimeAmountRate]) expect(number(rate) >= 0 && number(rate) <= 100).toBe(true);
        for (const days of [habits.averageDaysBeyondTerms, habits.medianDaysBeyondTerms, habits.weightedDaysBeyondTerms]) {
          expect(number(days)).toBeGreaterThanOrEqual(Math.min(...beyond) - 0.01);
          expect(number(days)).toBeLessThanOrEqual(Math.max(...beyond) + 0.01);
        }
        expect(number(habits.averageDaysLate)).toBeGreaterThanOrEqual(Math.max(0, number(habits.averageDaysBeyondTerms)));
        if (habits.lateCount > 0) expect(number(habits.averageDaysLateWhenLate)).toBeGreaterThanOrEqual(number(habits.averageDaysLate));
        expect(habits.lateness.reduce((count, it) => count + it.count, 0)).toBe(habits.paidCount);
        expect(habits.lateness[0]!.count).toBe(habits.paidCount - habits.lateCount);
      }),
    );
  });

  test("the order of the facts means nothing, and neither does the size of the unit", () => {
    fc.assert(
      fc.property(invoices, (some) => {
        const facts = factsOf(some);
        const habits = habitsOf(facts, ALL);
        expect(habitsOf({ ...facts, cash: [...facts.cash].reverse(), paid: [...facts.paid].reverse() }, ALL)).toEqual(habits);
        const { paidMinor: _paid, ...scaled } = habitsOf({ ...facts, cash: facts.cash.map((it) => ({ ...it, minor: it.minor * 1000n })) }, ALL);
        expect(habits).toMatchObject(scaled);
      }),
    );
  });
});
