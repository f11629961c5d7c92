import type { BusinessDate } from "./dates.ts";
import { DeductionReason } from "./reasons.ts";
import { Refusal } from "./refusal.ts";

/** A single word, and not so short that it is part of what anybody writes. */
const CODE = /^[\p{L}\p{N}][\p{L}\p{N}._/#-]{1,38}[\p{L}\p{N}]$/u;

/** How the code of a promotion is compared: without regard to case. Refuses what could not be found in a text of the customer's, such as a blank in it. */
export function promotionKey(code: string): string {
  const trimmed = code.trim();
  if (!CODE.test(trimmed)) throw new Refusal("VALUE_INVALID", "A code has 3 to 40 letters and digits, and . _ / # - between them.", { field: ["code"] });
  return trimmed.toUpperCase();
}

/** The words of what a customer wrote, as codes of promotions are compared; punctuation around a word is not of it. */
export function promotionWords(...texts: readonly (string | null)[]): string[] {
  const words = texts.flatMap((text) => text?.toUpperCase().split(/[^\p{L}\p{N}._/#-]+/u) ?? []).map((word) => word.replace(/^[._/#-]+|[._/#-]+$/g, ""));
  return [...new Set(words)].filter((word) => word !== "");
}

/** A span of days in which a promotion ran, both included. */
export interface PromotionDays {
  readonly validFrom: BusinessDate;
  readonly validTo: BusinessDate;
}

export const runsOn = ({ validFrom, validTo }: PromotionDays, on: BusinessDate): boolean => validFrom <= on && on <= validTo;

/** A promotion of the customer of a deduction, in its currency. */
export interface PromotionOffer extends PromotionDays {
  readonly id: string;
  readonly code: string;
  readonly codeKey: string;
  readonly leftMinor: bigint;
  /** Whether it is for all that the customer buys, or its item is on the invoice of the deduction. */
  readonly billed: boolean;
}

/** What tells which promotion a deduction is for. */
export interface PromotionFacts {
  /** Keys of the words of the claim number, the customer's code and the comment on its line. */
  readonly words: readonly string[];
  /** Null where it names no invoice. */
  readonly invoicedOn: BusinessDate | null;
  readonly takenOn: BusinessDate;
  /** Those whose code is among the words, and those with something left on the day of the invoice. */
  readonly offers: readonly PromotionOffer[];
}

/** The promotion that a deduction is taken to be for, and how sure that is, in percent. */
export interface PromotionMatch {
  readonly promotion: PromotionOffer;
  readonly confidence: number;
}

/** Why none is. */
export type PromotionMiss = "NO_PROMOTION" | "PROMOTION_OVER" | "PROMOTION_TOO_SMALL" | "SEVERAL_PROMOTIONS";

/** How sure a match is, in percent: the customer names the code; it says that it is for a promotion, and one fits; it does not say why, and one fits. */
export const PROMOTION_CONFIDENCE = { NAMED: 100, REASON: 80, UNSAID: 60 } as const;

/**
 * Which promotion a deduction is for. One that the customer names, which has to have run on the day of the invoice or on the day it
 * was taken, and to have enough left: no other is taken in its place. Where none is named, the only one with enough left that ran on
 * the day of the invoice (the day it was taken, where there is no invoice) and has its item on it, unless the reason is another than promotion.
 */
export function promotionFor({ reason, openMinor }: { readonly reason: DeductionReason; readonly openMinor: bigint }, { words, invoicedOn, takenOn, offers }: PromotionFacts): PromotionMatch | PromotionMiss {
  const [named, ...others] = offers.filter(({ codeKey }) => words.includes(codeKey));
  if (others.length > 0) return "SEVERAL_PROMOTIONS";
  if (named) {
    if (!runsOn(named, takenOn) && !(invoicedOn !== null && runsOn(named, invoicedOn))) return "PROMOTION_OVER";
    return named.leftMinor >= openMinor ? { promotion: named, confidence: PROMOTION_CONFIDENCE.NAMED } : "PROMOTION_TOO_SMALL";
  }
  if (reason !== DeductionReason.PROMOTION && reason !== DeductionReason.UNIDENTIFIED) return "NO_PROMOTION";
  const [only, ...alike] = offers.filter((it) => it.billed && it.leftMinor >= openMinor && runsOn(it, invoicedOn ?? takenOn));
  if (alike.length > 0) return "SEVERAL_PROMOTIONS";
  return only ? { promotion: only, confidence: reason === DeductionReason.PROMOTION ? PROMOTION_CONFIDENCE.REASON : PROMOTION_CONFIDENCE.UNSAID } : "NO_PROMOTION";
}
