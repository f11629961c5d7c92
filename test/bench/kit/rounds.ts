/** What one side of a comparison came to, over all rounds. */
export interface Series {
  readonly values: readonly number[];
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The rounds of every scenario, unless BENCH_ROUNDS asks for more. */
export const ROUNDS = Math.max(5, Number(process.env["BENCH_ROUNDS"] ?? 5));

/** A result as it is printed: one line of JSON. */
export interface Result {
  readonly name: string;
  /** How many times better than the other side, as `compared` says; null where nothing is compared. */
  readonly ratio: number | null;
  readonly compared: string;
  readonly target: number | null;
  readonly met: boolean | null;
  readonly unit: string;
  readonly medians: Readonly<Record<string, number>>;
  /** The least and the most of the rounds. */
  readonly spread: Readonly<Record<string, readonly [number, number]>>;
  readonly rounds: number;
  readonly notes: readonly string[];
}

/** Figures to three digits; a bench knows no more. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export const seriesOf = (values: readonly number[]): Series => ({ values, median: median(values), min: Math.min(...values), max: Math.max(...values) });

/** Measures every side once a round, in turn (A-B-A-B), so that what else the machine does meets all of them alike. */
export async function interleave<Side extends string>(sides: Readonly<Record<Side, (round: number) => Promise<number>>>, rounds = ROUNDS): Promise<Record<Side, Series>> {
  const names = Object.keys(sides) as Side[];
  const measured = new Map<Side, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const value = await sides[name](round);
      measured.get(name)!.push(value);
      console.error(`  round ${round + 1}/${rounds} ${name}: ${rounded(value)}`);
    }
  }
  return Object.fromEntries(names.map((name) => [name, seriesOf(measured.get(name)!)])) as Record<Side, Series>;
}

/** The ratio of two sides, round by round: what the machine did in a round meets both. */
export const ratioOf = (upper: Series, lower: Series): Series => seriesOf(upper.values.map((value, round) => value / lower.values[round]!));

/** Puts a result together from its series. */
export function resultOf(
  name: string,
  about: { readonly compared: string; readonly unit: string; readonly target?: number; readonly atMost?: boolean; readonly ratio?: Series; readonly notes?: readonly string[] },
  series: Readonly<Record<string, Series>>,
): Result {
  const { compared, unit, target = null, atMost = false, ratio = null, notes = [] } = about;
  const judged = ratio?.median ?? Object.values(series)[0]!.median;
  const all = { ...series, ...(ratio && { ratio }) };
  return {
    name, ratio: ratio && rounded(ratio.median), compared, target, met: target === null ? null : atMost ? judged <= target : judged >= target, unit,
    medians: Object.fromEntries(Object.entries(series).map(([side, it]) => [side, rounded(it.median)])),
    spread: Object.fromEntries(Object.entries(all).map(([side, it]) => [side, [rounded(it.min), rounded(it.max)]])),
    rounds: Object.values(series)[0]!.values.length,
    notes,
  };
}
