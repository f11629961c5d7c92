import type { BusinessDate } from "./dates.ts";

/** Why a customer did not pay a part, in our own words. Part of the public schema: add reasons, never rename them. */
export const DeductionReason = {
  DAMAGE: "DAMAGE",
  SHORTAGE: "SHORTAGE",
  PROMOTION: "PROMOTION",
  PRICE: "PRICE",
  UNIT_PER_CASE: "UNIT_PER_CASE",
  RETURN: "RETURN",
  QUALITY: "QUALITY",
  UNEARNED_DISCOUNT: "UNEARNED_DISCOUNT",
  FREIGHT: "FREIGHT",
  TAX: "TAX",
  DUPLICATE: "DUPLICATE",
  BANK_FEE: "BANK_FEE",
  PRIOR_CREDIT: "PRIOR_CREDIT",
  UNIDENTIFIED: "UNIDENTIFIED",
} as const;
export type DeductionReason = (typeof DeductionReason)[keyof typeof DeductionReason];

/** What a customer's code means to us, from one day to another. A null customer means every customer of the company. */
export interface ReasonMapping {
  readonly customerId: string | null;
  readonly customerCode: string;
  readonly reason: DeductionReason;
  readonly effectiveFrom: BusinessDate;
  readonly effectiveTo: BusinessDate | null;
}

/** Codes compare without blanks, case or leading zeros: `022` and `22` are one. */
export const reasonCodeKey = (code: string): string => code.replace(/\s+/g, "").toUpperCase().replace(/^0+(?=.)/, "");

/**
 * The reason behind a customer's code on a day: the customer's own mapping before the company's, the latest start first.
 * A code that no mapping knows, and no code at all, are UNIDENTIFIED.
 */
export function reasonFor(
  mappings: readonly ReasonMapping[],
  customerId: string,
  customerCode: string | null,
  on: BusinessDate,
): DeductionReason {
  if (customerCode === null) return DeductionReason.UNIDENTIFIED;
  const key = reasonCodeKey(customerCode);
  const [best] = mappings
    .filter((it) => reasonCodeKey(it.customerCode) === key)
    .filter((it) => it.customerId === null || it.customerId === customerId)
    .filter((it) => it.effectiveFrom <= on && (it.effectiveTo === null || on <= it.effectiveTo))
    .sort((a, b) => Number(a.customerId === null) - Number(b.customerId === null) || (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  return best?.reason ?? DeductionReason.UNIDENTIFIED;
}
