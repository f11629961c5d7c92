import { addDays, type BusinessDate, daysBetween } from "./dates.ts";
import { type DiscountBasis, discountOnEverything } from "./discount.ts";
import { Refusal } from "./refusal.ts";
import type { OfferedDiscount } from "./terms.ts";

/** What a company does with a cash discount that was taken without earning it. Part of the public schema: add kinds, never rename them. */
export const UnearnedDiscountRule = {
  ALLOW: "ALLOW",
  CHARGE_BACK: "CHARGE_BACK",
  LEAVE_OPEN: "LEAVE_OPEN",
  WRITE_OFF_BELOW: "WRITE_OFF_BELOW",
  OPEN_DEDUCTION: "OPEN_DEDUCTION",
} as const;
export type UnearnedDiscountRule = (typeof UnearnedDiscountRule)[keyof typeof UnearnedDiscountRule];

/** What became of an unearned discount when its payment was applied. */
export const UnearnedOutcome = { ALLOWED: "ALLOWED", CHARGED_BACK: "CHARGED_BACK", LEFT_OPEN: "LEFT_OPEN", WRITTEN_OFF: "WRITTEN_OFF", DEDUCTION: "DEDUCTION" } as const;
export type UnearnedOutcome = (typeof UnearnedOutcome)[keyof typeof UnearnedOutcome];

/** A policy for unearned discounts. */
export interface UnearnedDiscountPolicy {
  readonly rule: UnearnedDiscountRule;
  /** How many days after the last day for the discount, grace included, it is still allowed; null for any number. */
  readonly extraDays: number | null;
  /** The most of one invoice and payment that is allowed or written off; null for any amount. */
  readonly limitMinor: bigint | null;
  readonly limitCurrency: string | null;
}

/** A decision about it, for a company or for one of its customers. Null as the rule takes back what was decided before. */
export interface UnearnedDiscountDecision extends Omit<UnearnedDiscountPolicy, "rule"> {
  readonly scope: "COMPANY" | "CUSTOMER";
  readonly rule: UnearnedDiscountRule | null;
}

/** The policy that counts, of the decisions in force: the customer's own where it has one, else the company's; null where there is none. */
export function policyAmong<Decision extends UnearnedDiscountDecision>(decisions: readonly Decision[]): (Decision & UnearnedDiscountPolicy) | null {
  const standing = decisions.filter((it): it is Decision & UnearnedDiscountPolicy => it.rule !== null);
  return standing.find(({ scope }) => scope === "CUSTOMER") ?? standing[0] ?? null;
}

/** The policy that counts on a day. Decisions come with the last to take effect first. */
export function policyOn<Decision extends UnearnedDiscountDecision & { readonly effectiveOn: BusinessDate }>(latestFirst: readonly Decision[], day: BusinessDate): (Decision & UnearnedDiscountPolicy) | null {
  const inForce = latestFirst.filter(({ effectiveOn }) => effectiveOn <= day);
  return policyAmong((["CUSTOMER", "COMPANY"] as const).flatMap((scope) => inForce.find((it) => it.scope === scope) ?? []));
}

const MOST_DAYS = 365;

/** Refuses a policy that does not say what it needs, or says what it has no use for. */
export function checkPolicy({ rule, extraDays, limitMinor }: Omit<UnearnedDiscountPolicy, "rule"> & { readonly rule: UnearnedDiscountRule | null }): void {
  const refuse = (code: "AMOUNT_INVALID" | "VALUE_INVALID", message: string, field: string): never => {
    throw new Refusal(code, message, { field: [field] });
  };
  if (limitMinor !== null && limitMinor < 0n) refuse("AMOUNT_INVALID", "A limit is not negative.", "limit");
  if (rule === "WRITE_OFF_BELOW" && limitMinor === null) refuse("VALUE_INVALID", "Say up to which amount unearned discounts are written off.", "limit");
  if (limitMinor !== null && rule !== "WRITE_OFF_BELOW" && rule !== "ALLOW") refuse("VALUE_INVALID", "Only what is allowed or written off has a limit.", "limit");
  if (extraDays !== null && rule !== "ALLOW") refuse("VALUE_INVALID", "Only where discounts are allowed late are there extra days.", "extraDays");
  if (extraDays !== null && (extraDays < 0 || extraDays > MOST_DAYS)) refuse("VALUE_INVALID", `Extra days are 0 to ${MOST_DAYS}.`, "extraDays");
}

/** A discount that was taken too late, or beyond its rate, of one invoice by one payment. */
export interface LateDiscount {
  readonly minor: bigint;
  readonly currency: string;
  readonly daysLate: number;
}

/** What becomes of it. What is beyond the limit of a policy, late beyond its days, or in another currency than its limit, is a deduction. */
export function outcomeOf({ rule, extraDays, limitMinor, limitCurrency }: UnearnedDiscountPolicy, { minor, currency, daysLate }: LateDiscount): UnearnedOutcome {
  const within = limitMinor === null || (currency === limitCurrency && minor <= limitMinor);
  switch (rule) {
    case "ALLOW":
      return within && (extraDays === null || daysLate <= extraDays) ? "ALLOWED" : "DEDUCTION";
    case "WRITE_OFF_BELOW":
      return within ? "WRITTEN_OFF" : "DEDUCTION";
    case "CHARGE_BACK":
      return "CHARGED_BACK";
    case "LEAVE_OPEN":
      return "LEFT_OPEN";
    case "OPEN_DEDUCTION":
      return "DEDUCTION";
  }
}

/** The tier that a customer took who took so much: the lowest that comes to it on everything that was billed, else the highest. Null where none was offered. */
export function tierTaken(basis: DiscountBasis, takenMinor: bigint): OfferedDiscount | null {
  const upwards = [...basis.discounts].sort((one, other) => one.basisPoints - other.basisPoints);
  return upwards.find(({ basisPoints }) => discountOnEverything(basis, basisPoints) >= takenMinor) ?? upwards.at(-1) ?? null;
}

/** Until when a discount could be taken, without its days of grace, and how many days after the last of these it was; 0 for one taken in time, but beyond its rate. */
export interface Lateness {
  readonly discountOn: BusinessDate;
  readonly graceDays: number;
  readonly daysLate: number;
}

/** How late so much of a discount was taken of an item; null where it offers none. */
export function latenessOf(basis: DiscountBasis, takenMinor: bigint, paidOn: BusinessDate): Lateness | null {
  const tier = tierTaken(basis, takenMinor);
  if (!tier) return null;
  const { discountOn } = tier;
  return { discountOn, graceDays: basis.graceDays, daysLate: Math.max(0, daysBetween(addDays(discountOn, basis.graceDays), paidOn)) };
}
