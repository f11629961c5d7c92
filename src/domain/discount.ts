import { addDays, type BusinessDate } from "./dates.ts";
import { divideHalfUp, greatest, least, share } from "./money.ts";
import type { OfferedDiscount } from "./terms.ts";

/** Where an item stands in a document whose discount is less than that of its total, or which has several installments. */
export interface DiscountPart {
  /** What the discounts of the document are a percentage of. */
  readonly discountableMinor: bigint;
  readonly totalMinor: bigint;
  /** What the installments before this one come to. */
  readonly beforeMinor: bigint;
}

/** What the discount of an item depends on. */
export interface DiscountBasis {
  /** What was billed, less what credit memos for the invoice took back. */
  readonly originalMinor: bigint;
  readonly openMinor: bigint;
  /** Discount given on this item before. */
  readonly discountTakenMinor: bigint;
  readonly discounts: readonly OfferedDiscount[];
  readonly graceDays: number;
  /** Left out where the item is the whole document and all of it counts. */
  readonly discountPart?: DiscountPart;
  /** Whether cash that settles a part earns its share; yes when left out. */
  readonly discountOnPartial?: boolean;
}

/** What the discount of a whole item depends on, beside the rate. */
export type DiscountShare = Pick<DiscountBasis, "originalMinor" | "discountPart">;

/** The best rate still earned by a payment on a day, grace included, in basis points; 0 when every discount has lapsed. */
export function rateOn({ discounts, graceDays }: DiscountBasis, paidOn: BusinessDate): number {
  const alive = discounts.filter(({ discountOn }) => paidOn <= addDays(discountOn, graceDays));
  return Math.max(0, ...alive.map(({ basisPoints }) => basisPoints));
}

/** The highest rate that was ever offered, in basis points. */
export const highestRate = ({ discounts }: DiscountBasis): number => Math.max(0, ...discounts.map(({ basisPoints }) => basisPoints));

const partOf = ({ discountPart, originalMinor }: DiscountShare): DiscountPart => discountPart ?? { discountableMinor: originalMinor, totalMinor: originalMinor, beforeMinor: 0n };

/**
 * The discount that a rate gives on the whole item. The installments of one document share its discount out without a
 * remainder: each has what the discount grows by when it is added to those before it.
 */
export function discountAt(basis: DiscountShare | DiscountBasis, basisPoints: number): bigint {
  const { discountableMinor, totalMinor, beforeMinor } = partOf(basis);
  const upTo = (minor: bigint): bigint => divideHalfUp(discountableMinor * minor * BigInt(basisPoints), totalMinor * 10_000n);
  return upTo(beforeMinor + basis.originalMinor) - upTo(beforeMinor);
}

/** The discount that a rate would give on the whole item if everything that was billed counted: what customers take who do not read the terms. */
export function discountOnEverything(basis: DiscountBasis, basisPoints: number): bigint {
  const part = partOf(basis);
  return discountAt({ ...basis, discountPart: { ...part, discountableMinor: part.totalMinor } }, basisPoints);
}

/**
 * The discount a payment earns when it settles the whole of what is open on that day. Where partial payments earn none, the
 * last one that closes the item earns the discount of the whole.
 */
export function fullDiscount(basis: DiscountBasis, paidOn: BusinessDate): bigint {
  const rate = rateOn(basis, paidOn);
  const left = greatest(0n, discountAt(basis, rate) - basis.discountTakenMinor);
  if (basis.discountOnPartial === false || basis.openMinor === basis.originalMinor) return least(left, basis.openMinor);
  const { discountableMinor, totalMinor } = partOf(basis);
  return least(divideHalfUp(basis.openMinor * discountableMinor * BigInt(rate), totalMinor * 10_000n), left);
}

/**
 * The discount that cash earns on a day. Cash that reaches what is open less the discount earns all of it; less cash earns
 * its share, `cash x % / (1 - %)`, rounded half-up (Oracle Receivables, "How discounts are calculated"), or nothing where
 * the terms give none on a partial payment. The rate counts for as much of the document as the discount is a percentage of;
 * cash that took it off everything is no part, and earns all that there is to earn.
 * Cash that pays everything that is open has not taken a discount, and earns none.
 */
export function earnedDiscount(basis: DiscountBasis, cashMinor: bigint, paidOn: BusinessDate): bigint {
  if (cashMinor >= basis.openMinor) return 0n;
  const full = fullDiscount(basis, paidOn);
  const rate = rateOn(basis, paidOn);
  if (cashMinor >= basis.openMinor - full || basis.openMinor - cashMinor === discountOnEverything(basis, rate) - basis.discountTakenMinor) return full;
  if (basis.discountOnPartial === false) return 0n;
  const { discountableMinor, totalMinor } = partOf(basis);
  const rated = BigInt(rate) * discountableMinor;
  return least(full, divideHalfUp(cashMinor * rated, totalMinor * 10_000n - rated));
}

/** The most that a customer can still have taken without earning it: the highest discount ever offered, on everything, less what was given. */
export function mostUnearned(basis: DiscountBasis, earnedMinor: bigint): bigint {
  return greatest(0n, share(basis.originalMinor, highestRate(basis)) - basis.discountTakenMinor - earnedMinor);
}

/**
 * Whether a gap is exactly a discount that was offered and has lapsed, or what such a discount would have been on everything
 * that was billed: the mark of an unearned discount nobody named.
 */
export function isLapsedDiscount(basis: DiscountBasis, gapMinor: bigint): boolean {
  const taken = gapMinor + basis.discountTakenMinor;
  return basis.discounts.some(({ basisPoints }) => discountAt(basis, basisPoints) === taken || discountOnEverything(basis, basisPoints) === taken);
}
