import type { Answering } from "../db/database.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { decimalFromMinor } from "../domain/money.ts";
import { runsOn } from "../domain/promotion.ts";
import { Refusal } from "../domain/refusal.ts";
import { type PromotionRow, promotionsByKeys } from "./promotion.sql.ts";

/** What a promotion is to settle. */
export interface ToSettle {
  readonly companyId: string;
  readonly customerId: string;
  readonly currency: string;
  /** The days on one of which it has to have run. */
  readonly days: readonly BusinessDate[];
  readonly minor: bigint;
  /** What other parts of the same settlement take of it. */
  readonly besidesMinor: bigint;
}

/** The promotion that something is settled against. Refuses one of another customer or currency, one that ran on none of the days, and one with too little left. */
export async function requirePromotion(on: Answering, id: string, { companyId, customerId, currency, days, minor, besidesMinor }: ToSettle, field: (name: string) => string[]): Promise<PromotionRow> {
  const [promotion] = await promotionsByKeys(on, [companyId], [id]);
  if (!promotion) throw new Refusal("NOT_FOUND", "There is no such promotion in this company.", { field: field("promotionId") });
  if (promotion.customerId !== customerId || promotion.currency !== currency) throw new Refusal("VALUE_INVALID", "The promotion is of another customer or currency.", { field: field("promotionId") });
  if (!days.some((day) => runsOn(promotion, day))) throw new Refusal("DATE_INVALID", `Promotion ${promotion.code} ran from ${promotion.validFrom} to ${promotion.validTo}.`, { field: field("promotionId") });
  const left = promotion.accruedMinor - promotion.usedMinor - besidesMinor;
  if (minor > left) throw new Refusal("CREDIT_EXCEEDED", `Promotion ${promotion.code} has ${decimalFromMinor(left, currency)} ${currency} left.`, { field: field("amount") });
  return promotion;
}
