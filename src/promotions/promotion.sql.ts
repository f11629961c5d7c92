import { memberName } from "../customers/customer.sql.ts";
import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage, readPages } from "../db/page.ts";
import type { Tx } from "../db/transaction.ts";
import type { BusinessDate } from "../domain/dates.ts";
import type { PromotionDays, PromotionOffer } from "../domain/promotion.ts";

/** What was set aside for a promotion of one customer. */
export interface NewPromotion extends PromotionDays {
  readonly id: string;
  readonly customerId: string;
  readonly code: string;
  /** How its code is compared; unique in the company. */
  readonly codeKey: string;
  readonly description: string;
  /** The item it is for; null for all that the customer buys. */
  readonly item: string | null;
  readonly currency: string;
  readonly accruedMinor: bigint;
}

export interface PromotionRow extends NewPromotion {
  readonly companyId: string;
  /** What settlements that were not undone took of it. */
  readonly usedMinor: bigint;
  readonly recordedBy: string | null;
  readonly recordedAt: string;
}

const insert = statement<object, [string, string, string | null, ...unknown[]]>(
  "promotions.insert",
  `insert into promotion (company_id, recorded_at, member_id, id, customer_id, code, code_key, description, item, valid_from, valid_to, currency, accrued_minor) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
);

export const insertPromotion = (tx: Tx, companyId: string, memberId: string | null, it: NewPromotion): Promise<object[]> =>
  insert(tx, companyId, tx.recordedAt, memberId, it.id, it.customerId, it.code, it.codeKey, it.description, it.item, it.validFrom, it.validTo, it.currency, it.accruedMinor);

export const promotionByCode = statement<{ id: string }, [string, string]>("promotions.byCode", "select id from promotion where company_id = $1 and code_key = $2");

/** What a promotion gave, less what it has back because a settlement was undone. */
const USED = `(select coalesce(sum(use.amount_minor), 0)::bigint from promotion_use use
  where use.company_id = promotion.company_id and use.promotion_id = promotion.id
    and not exists (select from deduction_settlement undoing where undoing.company_id = use.company_id and undoing.undoes_id = use.settlement_id))`;

const COLUMNS = `promotion.company_id as "companyId", promotion.id, promotion.customer_id as "customerId", promotion.code, promotion.code_key as "codeKey", promotion.description, promotion.item,
  promotion.valid_from as "validFrom", promotion.valid_to as "validTo", promotion.currency, promotion.accrued_minor as "accruedMinor", ${USED} as "usedMinor",
  ${memberName("promotion")} as "recordedBy", promotion.recorded_at as "recordedAt"`;

const PROMOTIONS: List<PromotionRow> = {
  name: "promotions.page",
  columns: COLUMNS,
  from: "promotion",
  order: [
    { sql: "promotion.valid_from", cast: "date" },
    { sql: "promotion.id", cast: "uuid" },
  ],
  descending: true,
  keys: (row) => [row.validFrom, row.id],
};

/** What a list of promotions may be narrowed to; null means any. */
export interface PromotionFilter {
  readonly customerId: string | null;
  readonly runningOn: BusinessDate | null;
}

/** A company's promotions, those that begin last first. */
export function readPromotions(on: Answering, companyId: string, { customerId, runningOn }: PromotionFilter, args: PageArgs): Promise<Page<PromotionRow>> {
  const conditions = new Conditions().add("promotion.company_id = ?", companyId).addIf(customerId, "promotion.customer_id = ?::uuid");
  if (runningOn !== null) conditions.add("?::date between promotion.valid_from and promotion.valid_to", runningOn);
  return readPage(on, PROMOTIONS, conditions, args);
}

/** The promotions of each of many customers, those that begin last first. */
export const readPromotionsOfCustomers = (on: Answering, customers: readonly { companyId: string; id: string }[], args: PageArgs): Promise<Page<PromotionRow>[]> =>
  readPages(on, PROMOTIONS, { company: "promotion.company_id", id: "promotion.customer_id" }, customers, (conditions) => conditions, args);

export const promotionsByKeys = statement<PromotionRow, [readonly string[], readonly string[]]>(
  "promotions.byKeys",
  `select ${COLUMNS} from promotion join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on promotion.company_id = key.company_id and promotion.id = key.id`,
);

const AT_MOST = 100;

/** The promotions of a customer in a currency that have one of some codes, then those with something left on a day, the most first; and whether their item is on an invoice. */
export const promotionsToOffer = statement<PromotionOffer, [string, string, string, readonly string[], BusinessDate, string | null]>(
  "promotions.toOffer",
  `select * from (
     select promotion.id, promotion.code, promotion.code_key as "codeKey", promotion.valid_from as "validFrom", promotion.valid_to as "validTo", promotion.accrued_minor - ${USED} as "leftMinor",
            promotion.item is null or exists (select from invoice_line line where line.company_id = $1 and line.invoice_id = $6::uuid and upper(line.item) = upper(promotion.item)) as billed
       from promotion where promotion.company_id = $1 and promotion.customer_id = $2 and promotion.currency = $3 and (promotion.code_key = any($4::text[]) or $5::date between promotion.valid_from and promotion.valid_to)
   ) as offer where offer."leftMinor" > 0 or offer."codeKey" = any($4::text[])
    order by offer."codeKey" = any($4::text[]) desc, offer."leftMinor" desc, offer.id limit ${AT_MOST}`,
);

const insertUses = statement<object, [string, string, readonly number[], readonly string[], readonly bigint[]]>(
  "promotions.insertUses",
  `insert into promotion_use (company_id, settlement_id, part_no, promotion_id, amount_minor) select $1, $2, * from unnest($3::smallint[], $4::uuid[], $5::bigint[])`,
);

/** What a part of a settlement takes of a promotion. */
export interface PromotionUse {
  /** Which part, from 1. */
  readonly partNo: number;
  readonly promotionId: string;
  readonly minor: bigint;
}

/** Writes what a settlement takes of promotions. Their customer is locked, so that what they have left was read after all before it. */
export async function usePromotions(tx: Tx, companyId: string, settlementId: string, uses: readonly PromotionUse[]): Promise<void> {
  if (uses.length > 0) await insertUses(tx, companyId, settlementId, uses.map((it) => it.partNo), uses.map((it) => it.promotionId), uses.map((it) => it.minor));
}
