import { factsOf, measuresOf, type MonthTaken, offendersAmong, paretoOf } from "../../src/domain/deduction-measures.ts";

const cents = (units: number, count = 0) => ({ minor: BigInt(units * 100), count });

test("case 21: DDO 45.00, win rate 65 %, validity 73.33 %, dilution 5.80 %", () => {
  const facts = factsOf({
    OPEN: cents(90_000), TAKEN: cents(180_000, 120), CHARGED_BACK: cents(40_000), RECOVERED: cents(26_000), VALID: cents(110_000), DECIDED: cents(150_000), REDUCED: cents(58_000), SALES: cents(1_000_000),
  });
  const { ddo, winRate, validityRate, dilutionRate, deductionRate } = measuresOf(facts, 90, null);
  expect([ddo, winRate, validityRate, dilutionRate, deductionRate].map(({ value }) => value)).toEqual([45, 0.65, 0.733333, 0.058, 0.18]);
});

test("a rate of nothing is not zero: there is none, and it says why", () => {
  const measures = Object.values(measuresOf(factsOf({}), 30, 0n));
  expect(measures.map(({ value }) => value)).toEqual(measures.map(() => null));
  for (const { why } of measures) expect(why).toMatch(/^Nothing was .+\.$/);
});

test("net recovery is what came back less what the work cost, of what was taken; escalations count once, at their highest level", () => {
  const facts = factsOf({ TAKEN: cents(10_000, 40), RECOVERED: cents(2_000), CHARGED_BACK: cents(4_000), WORKED: { minor: 0n, count: 20 }, SALES_LEVEL: cents(0, 3), LEGAL: cents(0, 1), WRITTEN_OFF: cents(500), MISSED: cents(100), AUTO_RESOLVED: cents(1_000, 10) });
  const measures = measuresOf(facts, 30, 15_000n);
  expect(measures).toMatchObject({ netRecoveryRate: { value: -0.1 }, escalationRate: { value: 0.1 }, windowMissRate: { value: 0.2 }, autoResolvedRate: { value: 0.1 }, autoResolvedCountRate: { value: 0.25 } });
  expect(measuresOf(facts, 30, null).netRecoveryRate).toEqual({ value: null, why: expect.stringContaining("not known") });
});

test("where most of it comes from: the largest first, with the sum of the shares so far", () => {
  expect(paretoOf([{ of: "a", m: 100n }, { of: "b", m: 600n }, { of: "c", m: 300n }], ({ m }) => m).map(({ row, share, cumulative }) => [row.of, share.value, cumulative.value])).toEqual([["b", 0.6, 0.6], ["c", 0.3, 0.9], ["a", 0.1, 1]]);
  expect(paretoOf([{ m: 0n }], ({ m }) => m)[0]!.share.value).toBeNull();
});

const took = (customerId: string, month: string, takenMinor: bigint, reason: MonthTaken["reason"] = "PRICE"): MonthTaken => ({ customerId, month: `${month}-01`, reason, takenMinor });

test("a customer far above the others stands out: of ten with 1 % and one with 30 %", () => {
  const ids = Array.from({ length: 10 }, (_, index) => `c${index}`);
  const sales = new Map([...ids, "worst"].map((id) => [id, 100_000n]));
  const offenders = offendersAmong(sales, [...ids.map((id) => took(id, "2026-01", 1_000n)), took("worst", "2026-01", 30_000n)]);
  // Mean (10 x 0.01 + 0.30) / 11 = 0.036364; deviation sqrt(10 x 0.026364^2 + 0.263636^2) / sqrt(11) = 0.083369.
  expect(offenders).toEqual([{ customerId: "worst", why: "HIGH_RATE", reason: null, rate: 0.3, threshold: 0.203102, months: null }]);
});

test.each([
  [["2026-01", "2026-02"], null],
  [["2026-01", "2026-02", "2026-03"], 3],
  [["2025-11", "2025-12", "2026-01", "2026-02"], 4],
  [["2026-01", "2026-02", "2026-04", "2026-05"], null],
])("the same reason in %j: a run of %s", (months, run) => {
  const offenders = offendersAmong(new Map(), [...months.map((month) => took("c", month, 1n)), took("c", "2026-03", 1n, "DAMAGE")]);
  expect(offenders.map((it) => [it.reason, it.months, it.rate, it.threshold])).toEqual(run === null ? [] : [["PRICE", run, null, null]]);
});
