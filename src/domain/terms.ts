import { addDays, type BusinessDate } from "./dates.ts";

/** A cash discount offered for paying within some days of the invoice date. */
export interface DiscountTier {
  readonly days: number;
  /** Hundredths of a percent: 200 is 2 %. */
  readonly basisPoints: number;
}

/** Payment terms as agreed with a customer. */
export interface Terms {
  readonly netDays: number;
  /** Days after the discount date on which the discount is still accepted. */
  readonly graceDays: number;
  readonly discounts: readonly DiscountTier[];
}

/** A discount tier resolved to its last day. */
export interface OfferedDiscount {
  readonly discountOn: BusinessDate;
  readonly basisPoints: number;
}

/** What terms mean for one invoice. The invoice keeps it, so that later changes of the terms do not move it. */
export interface PaymentSchedule {
  readonly dueOn: BusinessDate;
  readonly graceDays: number;
  readonly discounts: readonly OfferedDiscount[];
}

export function resolveTerms(terms: Terms, invoicedOn: BusinessDate): PaymentSchedule {
  return {
    dueOn: addDays(invoicedOn, terms.netDays),
    graceDays: terms.graceDays,
    discounts: terms.discounts.map(({ days, basisPoints }) => ({ discountOn: addDays(invoicedOn, days), basisPoints })),
  };
}
