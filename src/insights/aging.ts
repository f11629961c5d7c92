import type { Database } from "../db/database.ts";
import { settleKnownAt } from "../db/known-at.ts";
import { type AgingBasis, type AgingBucket, type AgingBy, bucketsOf, CREDIT_KINDS, DEFAULT_BOUNDS, firstDays } from "../domain/aging.ts";
import { dayOf } from "../domain/dates.ts";
import { exponentOf } from "../domain/money.ts";
import { at } from "../domain/refusal.ts";
import { type AgingCellRow, ageItems } from "./aging.sql.ts";

/** How an aging is asked for. */
export interface AgingWish {
  readonly asOf?: string | null | undefined;
  readonly knownAt?: string | null | undefined;
  readonly by: AgingBy;
  readonly basis: AgingBasis;
  readonly buckets?: readonly number[] | null | undefined;
  readonly currency?: string | null | undefined;
}

/** The open items of a company by age, and what exactly was asked. */
export interface AgedBook {
  readonly companyId: string;
  readonly asOf: string;
  readonly knownAt: string;
  readonly by: AgingBy;
  readonly basis: AgingBasis;
  readonly buckets: readonly AgingBucket[];
  readonly cells: readonly AgingCellRow[];
}

/** Ages the open items of a company. Refuses bounds that make no buckets, and a currency that is none. */
export async function ageBook(db: Database, companyId: string, wish: AgingWish): Promise<AgedBook> {
  const { by, basis, currency = null } = wish;
  const bounds = wish.buckets ?? DEFAULT_BOUNDS;
  const buckets = bucketsOf(bounds);
  if (currency !== null) at({ field: ["currency"] }, () => exponentOf(currency));
  const knownAt = await settleKnownAt(db, wish.knownAt ?? null);
  const asOf = wish.asOf ?? dayOf(db.clock.now() ?? new Date());
  const cells = await ageItems(db, companyId, { asOf, knownAt, by, basis, firstDays: firstDays(bounds), currency, creditKinds: CREDIT_KINDS });
  return { companyId, asOf, knownAt, by, basis, buckets, cells };
}
