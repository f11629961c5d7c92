import { addDays, type BusinessDate } from "./dates.ts";
import { divideHalfUp, greatest, least, share } from "./money.ts";
import type { OfferedDiscount } from "./terms.ts";

/** What the discount of an item depends on. */
export interface DiscountBasis {
  readonly originalMinor: bigint;
  readonly openMinor: bigint;
  /** Discount given on this item before. */
  readonly discountTakenMinor: bigint;
  readonly discounts: readonly OfferedDiscount[];
  readonly graceDays: number;
}

/** The best rate still earned by a payment on a day, grace included, in basis points; 0 when every discount has lapsed. */
export function rateOn({ discounts, graceDays }: DiscountBasis, paidOn: BusinessDate): number {
  const alive = discounts.filter(({ discountOn }) => paidOn <= addDays(discountOn, graceDays));
  return Math.max(0, ...alive.map(({ basisPoints }) => basisPoints));
}

/** The highest rate that was ever offered, in basis points. */
export const highestRate = ({ discounts }: DiscountBasis): number => Math.max(0, ...discounts.map(({ basisPoints }) => basisPoints));

/** The discount a payment earns when it settles the whole of what is open on that day. */
export function fullDiscount(basis: DiscountBasis, paidOn: BusinessDate): bigint {
  const rate = rateOn(basis, paidOn);
  const left = greatest(0n, share(basis.originalMinor, rate) - basis.discountTakenMinor);
  return least(share(basis.openMinor, rate), left);
}

/**
 * The discount that cash earns on a day. Cash that reaches what is open less the discount earns all of it; less cash earns
 * its share, `cash x % / (1 - %)`, rounded half-up (Oracle Receivables, "How discounts are calculated").
 * Cash that pays everything that is open has not taken a discount, and earns none.
 */
export function earnedDiscount(basis: DiscountBasis, cashMinor: bigint, paidOn: BusinessDate): bigint {
  if (cashMinor >= basis.openMinor) return 0n;
  const full = fullDiscount(basis, paidOn);
  if (cashMinor >= basis.openMinor - full) return full;
  const rate = BigInt(rateOn(basis, paidOn));
  return least(full, divideHalfUp(cashMinor * rate, 10_000n - rate));
}

/** The most that a customer can still have taken without earning it: the highest discount ever offered, less what was given. */
export function mostUnearned(basis: DiscountBasis, earnedMinor: bigint): bigint {
  return greatest(0n, share(basis.originalMinor, highestRate(basis)) - basis.discountTakenMinor - earnedMinor);
}

/** Whether a gap is exactly a discount that was offered and has lapsed: the mark of an unearned discount nobody named. */
export function isLapsedDiscount(basis: DiscountBasis, gapMinor: bigint): boolean {
  return basis.discounts.some(({ basisPoints }) => share(basis.originalMinor, basisPoints) - basis.discountTakenMinor === gapMinor);
}
