import { statement } from "../db/database.ts";
import { foundUnearned } from "../payments/unearned-fate.sql.ts";

/** What the effect of unearned discounts on days sales outstanding is made of, in minor units of one currency. */
export interface UnearnedDsoRow {
  readonly receivableMinor: bigint;
  readonly salesMinor: bigint;
  readonly unearnedMinor: bigint;
}

/** What an item had open at the end of the last day: what it has now, and what was settled of it since. */
const openAt = (item: string, side: "debit_item_id" | "credit_item_id" = "debit_item_id"): string =>
  `${item}.open_minor + coalesce((select sum(later.amount_minor) from application later where later.company_id = $1 and later.${side} = ${item}.id and later.effective_on > $3::date), 0)`;

/**
 * What known customers owed at the end of a period, less what they had to their credit; what was billed in it; and what was open at
 * its end of the unearned discounts that were taken in it. Items that nothing is open of count only where they were settled later.
 */
export const unearnedDsoFacts = statement<UnearnedDsoRow, [string, string, string, string]>(
  "unearnedDiscounts.dso",
  `with ${foundUnearned((table) => `${table}.taken_on between $2::date and $3::date and ${table}.currency = $4`)},
   standing as (
     select item.id, item.kind, item.open_minor as minor from open_item item
      where item.company_id = $1 and item.currency = $4 and item.customer_id is not null and item.effective_on <= $3::date and item.open_minor > 0
     union all
     select item.id, item.kind, later.amount_minor from application later join open_item item on item.company_id = $1 and item.id in (later.debit_item_id, later.credit_item_id)
      where later.company_id = $1 and later.currency = $4 and later.effective_on > $3::date and item.customer_id is not null and item.effective_on <= $3::date
   ), deducted as (
     select stood.id, ${openAt("stood")} as minor from found join open_item stood on stood.company_id = $1 and stood.document_id = found.deduction_id and stood.kind = 'DEDUCTION'
      where stood.effective_on <= $3::date
   ), rebilled as (
     select ${openAt("owed")} as minor from deducted join application made on made.company_id = $1 and made.debit_item_id = deducted.id and made.kind = 'CHARGEBACK' and made.amount_minor > 0
       join open_item owed on owed.company_id = $1 and owed.id = made.opened_item_id where owed.effective_on <= $3::date
   ), left_open as (
     select least(found.amount_minor, ${openAt("billed")}) as minor from found join open_item billed on billed.company_id = $1 and billed.id = found.item_id where found.outcome = 'LEFT_OPEN'
   )
   select coalesce((select sum(case when kind in ('PAYMENT', 'CREDIT_MEMO') then -minor else minor end) from standing), 0)::bigint as "receivableMinor",
          coalesce((select sum(total_minor) from invoice where company_id = $1 and currency = $4 and invoiced_on between $2::date and $3::date), 0)::bigint as "salesMinor",
          (coalesce((select sum(minor) from deducted), 0) + coalesce((select sum(minor) from rebilled), 0) + coalesce((select sum(minor) from left_open), 0))::bigint as "unearnedMinor"`,
);
