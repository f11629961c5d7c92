import type { BusinessDate } from "./dates.ts";
import { discountAt, discountOnEverything, earnedDiscount, fullDiscount, rateOn } from "./discount.ts";
import { greatest, least, total } from "./money.ts";
import type { OpenDebit } from "./open-item.ts";

/** What one advice pays of one open item: `cash + discount + rest = open before`. */
export interface InstallmentPart {
  readonly item: OpenDebit;
  readonly cashMinor: bigint;
  readonly discountMinor: bigint;
  readonly restMinor: bigint;
}

/** Cash for the open items of one document, with what the advice says about discount and deductions. */
export interface CashForDocument {
  readonly netMinor: bigint;
  /** The discount that the advice states; nothing when it states none. */
  readonly discountMinor: bigint;
  /** What the advice takes off with a reason. Then no discount is read into the gap. */
  readonly codedMinor: bigint;
  readonly paidOn: BusinessDate;
}

/**
 * Spreads cash over the open items of one document, which come in the order they fall due: the oldest first, each in full
 * before the next. A discount that is stated is given as far as it is earned and the cash leaves room for it. One that is not
 * stated is inferred: of every item, when the cash reaches all that is open less all discounts, or less such discounts taken
 * off everything that was billed; else of an item that the cash does not pay in full.
 */
export function spreadCash(items: readonly OpenDebit[], { netMinor, discountMinor, codedMinor, paidOn }: CashForDocument): InstallmentPart[] {
  const open = total(items.map(({ openMinor }) => openMinor));
  const full = total(items.map((item) => fullDiscount(item, paidOn)));
  const overTaken = total(items.map((item) => discountOnEverything(item, rateOn(item, paidOn)) - item.discountTakenMinor));
  const reachesAll = netMinor < open && (netMinor >= open - full || open - netMinor === overTaken);
  let cash = netMinor;
  let stated = least(discountMinor, greatest(0n, open - netMinor));
  const statedFor = (item: OpenDebit): bigint => {
    const earned = least(stated, fullDiscount(item, paidOn));
    return item.discountOnPartial === false && cash + earned + codedMinor < item.openMinor ? 0n : earned;
  };
  const inferredFor = (item: OpenDebit): bigint => {
    if (codedMinor > 0n) return 0n;
    return reachesAll ? fullDiscount(item, paidOn) : earnedDiscount(item, cash, paidOn);
  };
  return items.map((item, index) => {
    const untouched = cash === 0n && index > 0;
    const earned = untouched ? 0n : discountMinor > 0n ? statedFor(item) : inferredFor(item);
    const paid = least(cash, item.openMinor - earned);
    cash -= paid;
    stated -= least(stated, earned);
    return { item, cashMinor: paid, discountMinor: earned, restMinor: item.openMinor - paid - earned };
  });
}

/** Whether a gap is exactly what one lapsed tier came to on all of these items together. */
export function isLapsedTogether(parts: readonly InstallmentPart[], gapMinor: bigint): boolean {
  const taken = gapMinor + total(parts.map(({ item, discountMinor }) => item.discountTakenMinor + discountMinor));
  const tiers = parts[0]?.item.discounts ?? [];
  return [discountAt, discountOnEverything].some((discount) => tiers.some(({ basisPoints }) => total(parts.map(({ item }) => discount(item, basisPoints))) === taken));
}
