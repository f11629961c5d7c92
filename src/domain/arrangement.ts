import { addDays, type BusinessDate } from "./dates.ts";
import { Refusal } from "./refusal.ts";
import { PLAIN_TERMS, type Terms } from "./terms.ts";

/** What may be agreed with a customer apart from its terms. Part of the public schema: add kinds, never rename them. */
export const ArrangementKind = {
  /** Other terms, or a later due date, for invoices of a period. */
  EXTENDED_TERMS: "EXTENDED_TERMS",
  /** More days of grace for discounts on payments of a period. */
  EXTRA_DISCOUNT_GRACE: "EXTRA_DISCOUNT_GRACE",
  /** Debts paid in parts that the document lists. */
  PAYMENT_PLAN: "PAYMENT_PLAN",
  /** Goods that are billed when the customer sells or uses them. */
  CONSIGNMENT: "CONSIGNMENT",
  /** A share of what is billed that the customer may take off. */
  AGREED_DEDUCTION_RATE: "AGREED_DEDUCTION_RATE",
  /** Goods that are billed before they are shipped. */
  BILL_AND_HOLD: "BILL_AND_HOLD",
} as const;
export type ArrangementKind = (typeof ArrangementKind)[keyof typeof ArrangementKind];

/** What was agreed: of EXTENDED_TERMS either terms or net days, of EXTRA_DISCOUNT_GRACE the days, of AGREED_DEDUCTION_RATE the rate. */
export interface Arrangement {
  readonly kind: ArrangementKind;
  readonly effectiveFrom: BusinessDate;
  /** The last day; null until further notice. */
  readonly effectiveTo: BusinessDate | null;
  readonly termsCode: string | null;
  readonly netDays: number | null;
  /** Days of grace on top of those of the terms. */
  readonly graceDays: number | null;
  /** Hundredths of a percent of what is billed. */
  readonly basisPoints: number | null;
}

/** What each kind says beside its days; the rest are facts whose content is in their document and note. */
const SAYS: Readonly<Record<ArrangementKind, readonly (typeof CONTENT)[number][]>> = {
  EXTENDED_TERMS: ["termsCode", "netDays"], EXTRA_DISCOUNT_GRACE: ["graceDays"], AGREED_DEDUCTION_RATE: ["basisPoints"],
  PAYMENT_PLAN: [], CONSIGNMENT: [], BILL_AND_HOLD: [],
};
const CONTENT = ["termsCode", "netDays", "graceDays", "basisPoints"] as const;

/** Refuses an arrangement that ends before it begins, and one that says too little or too much for its kind. */
export function checkArrangement(agreed: Arrangement): void {
  const { kind, effectiveFrom, effectiveTo, termsCode, netDays, graceDays, basisPoints } = agreed;
  const refuse = (message: string, field: string): never => {
    throw new Refusal("VALUE_INVALID", message, { field: [field] });
  };
  if (effectiveTo !== null && effectiveTo < effectiveFrom) throw new Refusal("DATE_INVALID", "It ends before it begins.", { field: ["effectiveTo"] });
  const foreign = CONTENT.find((field) => agreed[field] !== null && !SAYS[kind].includes(field));
  if (foreign) refuse(`${kind} says nothing of ${foreign}; agree that apart.`, foreign);
  if (kind === ArrangementKind.EXTENDED_TERMS) {
    if ((termsCode === null) === (netDays === null)) refuse("Extended terms name other terms or net days, and not both.", termsCode === null ? "netDays" : "termsCode");
    if (netDays !== null && (netDays < 0 || netDays > 3_650)) refuse("netDays takes 0 to 3650.", "netDays");
  }
  if (kind === ArrangementKind.EXTRA_DISCOUNT_GRACE && (graceDays === null || graceDays < 1 || graceDays > 365)) refuse("graceDays takes 1 to 365.", "graceDays");
  if (kind === ArrangementKind.AGREED_DEDUCTION_RATE && (basisPoints === null || basisPoints < 1 || basisPoints > 10_000)) refuse("basisPoints takes 1 to 10000.", "basisPoints");
}

/**
 * Refuses a last day that lies after the last day there is, or before the day ahead of the first: that day says that the
 * arrangement never takes effect.
 */
export function checkEnd({ effectiveFrom, effectiveTo }: Pick<Arrangement, "effectiveFrom" | "effectiveTo">, endsOn: BusinessDate): void {
  if (endsOn < addDays(effectiveFrom, -1)) throw new Refusal("DATE_INVALID", `It begins on ${effectiveFrom}; to cancel it, end it on the day before.`, { field: ["endsOn"] });
  if (effectiveTo !== null && endsOn > effectiveTo) throw new Refusal("DATE_INVALID", `It ends on ${effectiveTo} anyway; agree anew for the days after.`, { field: ["endsOn"] });
}

/** Terms that a due date of another distance was agreed for: their discounts stand, their own due dates do not. */
export const withNetDays = (terms: Terms | null, netDays: number): Terms => {
  const { graceDays, dueGraceDays, discountBase, discountOnPartial, discounts, cutoffDay } = terms ?? PLAIN_TERMS;
  return { ...PLAIN_TERMS, graceDays, dueGraceDays, discountBase, discountOnPartial, discounts, cutoffDay, netDays };
};
