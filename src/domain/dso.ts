import { divideHalfUp } from "./money.ts";

/** What days sales outstanding is made of: what is owed at the end of a period, what was billed in it, and its days. */
export interface DsoFacts {
  readonly receivableMinor: bigint;
  readonly salesMinor: bigint;
  readonly days: number;
}

const HUNDREDTHS = 100n;

const inHundredths = ({ receivableMinor, salesMinor, days }: DsoFacts): bigint | null => (salesMinor <= 0n ? null : divideHalfUp(receivableMinor * BigInt(days) * HUNDREDTHS, salesMinor));

const inDays = (hundredths: bigint | null): number | null => (hundredths === null ? null : Number(hundredths) / Number(HUNDREDTHS));

/** Days sales outstanding in the simple form, `receivable / sales x days`, rounded half-up to hundredths of a day. Null where nothing was sold, or less than was taken back. */
export const simpleDso = (facts: DsoFacts): number | null => inDays(inHundredths(facts));

/** Days sales outstanding with and without a part of what is owed, and what the part adds, so that the three add up. */
export interface DsoEffect {
  readonly dso: number | null;
  readonly dsoWithout: number | null;
  readonly added: number | null;
}

/** What a part of what is owed adds to days sales outstanding. */
export function dsoEffect(facts: DsoFacts, partMinor: bigint): DsoEffect {
  const [whole, rest] = [inHundredths(facts), inHundredths({ ...facts, receivableMinor: facts.receivableMinor - partMinor })];
  return { dso: inDays(whole), dsoWithout: inDays(rest), added: whole === null || rest === null ? null : inDays(whole - rest) };
}
