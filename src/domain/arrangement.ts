import type { BusinessDate } from "./dates.ts";
import { Refusal } from "./refusal.ts";
import { PLAIN_TERMS, type Terms } from "./terms.ts";

/** What may be agreed with a customer apart from its terms. Part of the public schema: add kinds, never rename them. */
export const ArrangementKind = {
  /** Other terms, or a later due date, for invoices of a period. */
  EXTENDED_TERMS: "EXTENDED_TERMS",
  /** More days of grace for discounts on payments of a period. */
  EXTRA_DISCOUNT_GRACE: "EXTRA_DISCOUNT_GRACE",
} as const;
export type ArrangementKind = (typeof ArrangementKind)[keyof typeof ArrangementKind];

/** What was agreed: of EXTENDED_TERMS either terms or net days, of EXTRA_DISCOUNT_GRACE the days. */
export interface Arrangement {
  readonly kind: ArrangementKind;
  readonly effectiveFrom: BusinessDate;
  /** The last day; null until further notice. */
  readonly effectiveTo: BusinessDate | null;
  readonly termsCode: string | null;
  readonly netDays: number | null;
  /** Days of grace on top of those of the terms. */
  readonly graceDays: number | null;
}

/** Refuses an arrangement that ends before it begins, and one that says too little or too much for its kind. */
export function checkArrangement({ kind, effectiveFrom, effectiveTo, termsCode, netDays, graceDays }: Arrangement): void {
  const refuse = (message: string, field: string): never => {
    throw new Refusal("VALUE_INVALID", message, { field: [field] });
  };
  if (effectiveTo !== null && effectiveTo < effectiveFrom) throw new Refusal("DATE_INVALID", "It ends before it begins.", { field: ["effectiveTo"] });
  if (kind === ArrangementKind.EXTENDED_TERMS) {
    if ((termsCode === null) === (netDays === null)) refuse("Extended terms name other terms or net days, and not both.", termsCode === null ? "netDays" : "termsCode");
    if (graceDays !== null) refuse("Extended terms give no grace; agree that apart.", "graceDays");
    if (netDays !== null && (netDays < 0 || netDays > 3_650)) refuse("netDays takes 0 to 3650.", "netDays");
    return;
  }
  if (termsCode !== null || netDays !== null) refuse("Extra grace does not change the terms; agree that apart.", termsCode === null ? "netDays" : "termsCode");
  if (graceDays === null || graceDays < 1 || graceDays > 365) refuse("graceDays takes 1 to 365.", "graceDays");
}

/** Terms that a due date of another distance was agreed for: their discounts stand, their own due dates do not. */
export const withNetDays = (terms: Terms | null, netDays: number): Terms => {
  const { graceDays, dueGraceDays, discountBase, discountOnPartial, discounts, cutoffDay } = terms ?? PLAIN_TERMS;
  return { ...PLAIN_TERMS, graceDays, dueGraceDays, discountBase, discountOnPartial, discounts, cutoffDay, netDays };
};
