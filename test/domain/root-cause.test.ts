import { rankCauses } from "../../src/domain/root-cause.ts";

const month = (cause: string | null, month: string, minor: bigint, currency = "USD", count = 1) => ({ cause, month: `2026-${month}-01`, minor, currency, count });

test("the heaviest cause comes first, each with its months, its share and the shares up to it", () => {
  const ranked = rankCauses([month("A", "02", 1_000n), month("B", "01", 5_000n), month("A", "01", 2_000n), month(null, "03", 2_000n)]);
  expect(ranked.map(({ cause, month: on, rank, share, cumulativeShare }) => [rank, cause, on, share, cumulativeShare])).toEqual([
    [1, "B", "2026-01-01", 0.5, 0.5], [2, "A", "2026-01-01", 0.3, 0.8], [2, "A", "2026-02-01", 0.3, 0.8], [3, null, "2026-03-01", 0.2, 1],
  ]);
});

test("currencies are ranked apart, and equal causes by name", () => {
  const ranked = rankCauses([month("B", "01", 100n), month("A", "01", 100n), month("B", "01", 7n, "EUR")]);
  expect(ranked.map(({ currency, rank, cause, share }) => [currency, rank, cause, share])).toEqual([["EUR", 1, "B", 1], ["USD", 1, "A", 0.5], ["USD", 2, "B", 0.5]]);
  expect(rankCauses([])).toEqual([]);
});
