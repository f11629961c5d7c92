import type { BusinessDate } from "./dates.ts";
import { Refusal } from "./refusal.ts";

const CODE = /^[\p{L}\p{N}](?:[\p{L}\p{N}._/#-]{0,38}[\p{L}\p{N}])?$/u;

/** How the code of a promotion is compared: without regard to case. Refuses what could not be found in a text of the customer's, such as a blank in it. */
export function promotionKey(code: string): string {
  const trimmed = code.trim();
  if (!CODE.test(trimmed)) throw new Refusal("VALUE_INVALID", "A code has 1 to 40 letters and digits, and . _ / # - between them.", { field: ["code"] });
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
