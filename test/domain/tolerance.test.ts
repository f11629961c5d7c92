import { checkShare, type ToleranceDecision, toleranceAmong, tolerancesOn, tolerates } from "../../src/domain/tolerance.ts";

const own = (maxMinor: bigint | null): ToleranceDecision => ({ scope: "CUSTOMER", maxMinor, basisPoints: 10_000 });
const common = (maxMinor: bigint | null): ToleranceDecision => ({ scope: "COMPANY", maxMinor, basisPoints: 10_000 });

describe("the tolerance that counts", () => {
  test.each<[string, ToleranceDecision[], bigint | null]>([
    ["is none when nothing was decided", [], null],
    ["is the company's", [common(500n)], 500n],
    ["is the customer's own, though it is lower", [common(500n), own(100n)], 100n],
    ["is the customer's own, though it is higher", [own(900n), common(500n)], 900n],
    ["is nothing for a customer of whom nothing is written off", [common(500n), own(0n)], 0n],
    ["is the company's again when the customer's own was taken back", [own(null), common(500n)], 500n],
    ["is none when the company's was taken back", [common(null)], null],
  ])("%s", (_rule, decisions, expected) => {
    expect(toleranceAmong(decisions)?.maxMinor ?? null).toBe(expected);
  });

  test("changes from day to day, and is another in each currency", () => {
    const latestFirst = [
      { ...own(null), currency: "USD", effectiveOn: "2026-03-01" }, { ...common(7n), currency: "EUR", effectiveOn: "2026-02-15" },
      { ...own(100n), currency: "USD", effectiveOn: "2026-02-01" }, { ...common(500n), currency: "USD", effectiveOn: "2026-01-01" },
    ];
    const on = (day: string) => tolerancesOn(latestFirst, day).map(({ currency, scope, maxMinor }) => [currency, scope, maxMinor]);
    expect(on("2025-12-31")).toEqual([]);
    expect(on("2026-01-01")).toEqual([["USD", "COMPANY", 500n]]);
    expect(on("2026-02-01")).toEqual([["USD", "CUSTOMER", 100n]]);
    expect(on("2026-03-01")).toEqual([["EUR", "COMPANY", 7n], ["USD", "COMPANY", 500n]]);
  });
});

test.each([
  [500n, 10_000, 500n, 91_800n, true], [500n, 10_000, 501n, 91_800n, false], [500n, 25, 229n, 91_800n, true], [500n, 25, 230n, 91_800n, false], [0n, 10_000, 1n, 91_800n, false],
])("of %s and %s basis points the lower decides: %s of %s", (maxMinor, basisPoints, gap, billed, expected) => {
  expect(tolerates({ maxMinor, basisPoints }, gap, billed)).toBe(expected);
});

test("nothing is tolerated without a tolerance", () => {
  expect(tolerates(null, 1n, 1_000n)).toBe(false);
});

test("a share is between nothing and all of the invoice", () => {
  for (const wrong of [-1, 10_001]) expect(() => checkShare(wrong)).toThrow("0 to 10000 basis points");
});
