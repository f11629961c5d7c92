import { addDays, type BusinessDate } from "./dates.ts";
import { dueDate, type DueRule, dayOfMonthAhead } from "./due-rule.ts";
import { divideHalfUp, least } from "./money.ts";
import { Refusal } from "./refusal.ts";

/** What a discount is a percentage of. */
export const DiscountBase = {
  /** All that was billed. */
  TOTAL: "TOTAL",
  /** The lines alone: neither tax nor freight. */
  LINES: "LINES",
  /** Lines and tax, without freight. */
  LINES_AND_TAX: "LINES_AND_TAX",
} as const;
export type DiscountBase = (typeof DiscountBase)[keyof typeof DiscountBase];

/** A cash discount for early payment: within some days of the invoice date, or by a day of a month. Exactly one of the two is given. */
export interface DiscountTier {
  readonly days: number | null;
  /** Day of the month, 31 for its last; the terms' cutoff counts here as well. */
  readonly proximoDay?: number | null;
  /** How many months ahead that day lies. */
  readonly proximoMonths?: number;
  /** Hundredths of a percent: 200 is 2 %. */
  readonly basisPoints: number;
}

/** How the amount of an installment is found. */
export const InstallmentKind = { SHARE: "SHARE", FIXED: "FIXED", BALANCE: "BALANCE" } as const;
export type InstallmentKind = (typeof InstallmentKind)[keyof typeof InstallmentKind];

/** A part of an invoice with a due date of its own. */
export interface TermsInstallment extends DueRule {
  readonly kind: InstallmentKind;
  /** With `of` the part of the total, exactly: 1 of 3, 30 of 100. Null unless the kind is SHARE. */
  readonly share: number | null;
  readonly of: number | null;
  /** With `currency` the amount itself. Null unless the kind is FIXED. */
  readonly fixedMinor: bigint | null;
  readonly currency: string | null;
}

/** Payment terms as agreed with a customer. */
export interface Terms extends DueRule {
  /** Days after the discount date on which the discount is still accepted. */
  readonly graceDays: number;
  /** Days after the due date on which an invoice does not count as late yet. */
  readonly dueGraceDays: number;
  readonly discountBase: DiscountBase;
  /** Whether cash that settles a part earns its share of the discount. */
  readonly discountOnPartial: boolean;
  readonly discounts: readonly DiscountTier[];
  /** Empty when the whole amount is due on one day, by the rule of the terms themselves. */
  readonly installments: readonly TermsInstallment[];
}

/** The plainest terms: due on the invoice date, no discount. Others are these with changes. */
export const PLAIN_TERMS: Terms = {
  netDays: 0, months: 0, endOfMonth: false, daysAfter: 0, proximoDay: null, proximoMonths: 0, cutoffDay: null,
  graceDays: 0, dueGraceDays: 0, discountBase: DiscountBase.TOTAL, discountOnPartial: true, discounts: [], installments: [],
};

/** A discount tier resolved to its last day. */
export interface OfferedDiscount {
  readonly discountOn: BusinessDate;
  readonly basisPoints: number;
}

/** A part of an invoice resolved to its amount and its due date. */
export interface ScheduledInstallment {
  readonly no: number;
  readonly dueOn: BusinessDate;
  readonly minor: bigint;
}

/** What terms mean for one invoice. The invoice keeps it, so that later changes of the terms do not move it. */
export interface PaymentSchedule {
  /** In the order they fall due, numbered from 1; together they are the total. */
  readonly installments: readonly ScheduledInstallment[];
  /** When the last installment is due. */
  readonly dueOn: BusinessDate;
  readonly dueGraceDays: number;
  readonly graceDays: number;
  /** Earliest first, at most one a day. */
  readonly discounts: readonly OfferedDiscount[];
  readonly discountBase: DiscountBase;
  readonly discountOnPartial: boolean;
}

/** The amounts of an invoice that its schedule depends on. */
export interface AmountsDue {
  readonly currency: string;
  readonly totalMinor: bigint;
}

/**
 * What terms mean for an invoice of a day and an amount. No date comes before the invoice date, and the installments are
 * the total to the minor unit. Refuses a fixed installment in another currency.
 */
export function resolveTerms(terms: Terms, invoicedOn: BusinessDate, amounts: AmountsDue): PaymentSchedule {
  const { graceDays, dueGraceDays, discountBase, discountOnPartial } = terms;
  const installments = installmentsOf(terms, invoicedOn, amounts);
  return { installments, dueOn: installments.at(-1)!.dueOn, dueGraceDays, graceDays, discounts: discountsOf(terms, invoicedOn), discountBase, discountOnPartial };
}

/** The schedule of an invoice that is due on a day and offers nothing. */
export const dueOnDay = (dueOn: BusinessDate, { totalMinor }: AmountsDue): PaymentSchedule => ({
  installments: [{ no: 1, dueOn, minor: totalMinor }], dueOn, dueGraceDays: 0, graceDays: 0, discounts: [], discountBase: DiscountBase.TOTAL, discountOnPartial: true,
});

/** The part of an invoice that its discounts are a percentage of. */
export function discountableMinor(base: DiscountBase, { totalMinor, taxMinor, freightMinor }: { readonly totalMinor: bigint; readonly taxMinor: bigint; readonly freightMinor: bigint }): bigint {
  switch (base) {
    case DiscountBase.TOTAL:
      return totalMinor;
    case DiscountBase.LINES:
      return totalMinor - taxMinor - freightMinor;
    case DiscountBase.LINES_AND_TAX:
      return totalMinor - freightMinor;
  }
}

/**
 * Shares and fixed parts are taken in their order, each no more than is left, and the balance is what remains: an invoice
 * below a fixed part is due with that part. Parts that come to nothing are left out.
 */
function installmentsOf(terms: Terms, invoicedOn: BusinessDate, { currency, totalMinor }: AmountsDue): ScheduledInstallment[] {
  if (terms.installments.length === 0) return [{ no: 1, dueOn: dueDate(terms, invoicedOn), minor: totalMinor }];
  let left = totalMinor;
  const amounts = terms.installments.map((part) => {
    const minor = least(left, amountOf(part, currency, totalMinor));
    left -= minor;
    return minor;
  });
  return terms.installments
    .map((part, index) => ({ dueOn: dueDate(part, invoicedOn), minor: part.kind === InstallmentKind.BALANCE ? left : amounts[index]! }))
    .filter(({ minor }) => minor > 0n)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : Number(a.dueOn > b.dueOn)))
    .map((part, index) => ({ ...part, no: index + 1 }));
}

function amountOf({ kind, share, of, fixedMinor, currency }: TermsInstallment, ofInvoice: string, totalMinor: bigint): bigint {
  if (kind === InstallmentKind.BALANCE) return 0n;
  if (kind === InstallmentKind.SHARE) return divideHalfUp(totalMinor * BigInt(share!), BigInt(of!));
  if (currency !== ofInvoice) throw new Refusal("CURRENCY_MISMATCH", `The terms have an installment in ${currency}; the invoice is in ${ofInvoice}.`, { field: ["termsCode"] });
  return fixedMinor!;
}

/** Tiers as days of the calendar. Of two that end together the higher is offered. */
function discountsOf({ discounts, cutoffDay }: Terms, invoicedOn: BusinessDate): OfferedDiscount[] {
  const byDay = new Map<BusinessDate, number>();
  for (const { days, proximoDay, proximoMonths = 0, basisPoints } of discounts) {
    const day = days === null ? dayOfMonthAhead(invoicedOn, proximoDay!, proximoMonths, cutoffDay) : addDays(invoicedOn, days);
    byDay.set(day, Math.max(basisPoints, byDay.get(day) ?? 0));
  }
  return [...byDay].map(([discountOn, basisPoints]) => ({ discountOn, basisPoints })).sort((a, b) => (a.discountOn < b.discountOn ? -1 : 1));
}
