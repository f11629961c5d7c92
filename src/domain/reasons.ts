import type { BusinessDate } from "./dates.ts";
import { type CodeList, standardReason } from "./standard-reasons.ts";

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

/** How the reason of a deduction was found. Part of the public schema: add sources, never rename them. */
export const ReasonSource = {
  CUSTOMER_CODE: "CUSTOMER_CODE",
  COMPANY_CODE: "COMPANY_CODE",
  STANDARD_CODE: "STANDARD_CODE",
  TERMS: "TERMS",
  PERSON: "PERSON",
  NOT_FOUND: "NOT_FOUND",
} as const;
export type ReasonSource = (typeof ReasonSource)[keyof typeof ReasonSource];

/** A reason, and how it was found. */
export interface FoundReason {
  readonly reason: DeductionReason;
  readonly source: ReasonSource;
  /** How sure the mapping is that said so, in percent; null where no mapping did. */
  readonly confidence: number | null;
}

/** What a customer's code means to us, from one day to another. A null customer means every customer of the company. */
export interface ReasonMapping {
  readonly customerId: string | null;
  readonly customerCode: string;
  readonly reason: DeductionReason;
  readonly effectiveFrom: BusinessDate;
  readonly effectiveTo: BusinessDate | null;
  /** In percent: 100 for what a person stated, and for what was learned the share of corrections that agree. */
  readonly confidence: number;
}

/** Codes compare without blanks, case or leading zeros: `022` and `22` are one. */
export const reasonCodeKey = (code: string): string => code.replace(/\s+/g, "").toUpperCase().replace(/^0+(?=.)/, "");

/** A code as a customer sent it. */
export interface SentCode {
  readonly customerId: string;
  /** Null when it sent none. */
  readonly code: string | null;
  /** The public list it says the code is of; null when it is one of its own, or does not say. */
  readonly list: CodeList | null;
  readonly on: BusinessDate;
}

/**
 * The reason behind a code on a day: the customer's own mapping, then the company's, of each the latest start first; then
 * what the public list says that the code was sent under. A code that nobody knows, and no code at all, are UNIDENTIFIED.
 */
export function findReason(mappings: readonly ReasonMapping[], { customerId, code, list, on }: SentCode): FoundReason {
  if (code === null) return UNKNOWN;
  const key = reasonCodeKey(code);
  const [best] = mappings
    .filter((it) => reasonCodeKey(it.customerCode) === key)
    .filter((it) => it.customerId === null || it.customerId === customerId)
    .filter((it) => it.effectiveFrom <= on && (it.effectiveTo === null || on <= it.effectiveTo))
    .sort((a, b) => Number(a.customerId === null) - Number(b.customerId === null) || (a.effectiveFrom < b.effectiveFrom ? 1 : -1));
  if (best) return { reason: best.reason, source: best.customerId === null ? "COMPANY_CODE" : "CUSTOMER_CODE", confidence: best.confidence };
  const standard = list && standardReason(list, code);
  return standard ? { reason: standard.reason, source: "STANDARD_CODE", confidence: null } : UNKNOWN;
}

const UNKNOWN: FoundReason = { reason: DeductionReason.UNIDENTIFIED, source: "NOT_FOUND", confidence: null };
