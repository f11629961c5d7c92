import type { DiscountBasis } from "./discount.ts";
import { greatest } from "./money.ts";
import { type DiscountBase, discountableMinor } from "./terms.ts";

/** An item of an invoice as it was billed. */
export interface BilledItem {
  readonly originalMinor: bigint;
  /** What the installments before this one come to. */
  readonly beforeMinor: bigint;
  readonly discountBase: DiscountBase;
  /** Of the whole invoice. */
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
  readonly freightMinor: bigint;
}

/** What credit memos for the invoice took back: of the whole invoice, and how much of that settled this item and those before it. */
export interface TakenBack {
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
  readonly itemMinor: bigint;
  readonly beforeMinor: bigint;
}

/**
 * What an item's discount is computed from: what was billed less what credit memos for the invoice took back, so that with
 * lines alone it is `% x (lines - line credits) / amount due` (Oracle Receivables). What a memo credits beside tax counts as
 * lines, freight too: a memo does not tell them apart. A credit that was given for something else pays, and takes nothing back.
 */
export function basisAfterCredits(billed: BilledItem, back: TakenBack): Required<Pick<DiscountBasis, "originalMinor" | "discountPart">> {
  const totalMinor = billed.totalMinor - back.totalMinor;
  const discountable = discountableMinor(billed.discountBase, { totalMinor, taxMinor: billed.taxMinor - back.taxMinor, freightMinor: billed.freightMinor });
  return {
    originalMinor: billed.originalMinor - back.itemMinor,
    discountPart: { discountableMinor: greatest(0n, discountable), totalMinor, beforeMinor: billed.beforeMinor - back.beforeMinor },
  };
}
