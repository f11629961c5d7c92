import { type Answering, statement } from "../db/database.ts";
import type { AgingBasis, AgingBy, AgingCell } from "../domain/aging.ts";
import type { ItemKind } from "../domain/open-item.ts";

/** A cell of an aging, with the customer it is about. */
export interface AgingCellRow extends AgingCell {
  readonly accountNumber: string | null;
  readonly name: string | null;
}

/** What is asked, with the bounds of the buckets as the first day of each bucket but the first. */
export interface AgingQuestion {
  readonly asOf: string;
  readonly knownAt: string;
  readonly by: AgingBy;
  readonly basis: AgingBasis;
  readonly firstDays: readonly number[];
  readonly currency: string | null;
  readonly creditKinds: readonly ItemKind[];
}

/** Items and applications are added up first, and only what is left of them is looked up: an application never counts before its item does. */
const cells = statement<AgingCellRow, [string, string, string, string | null, AgingBasis, AgingBy, readonly number[], readonly ItemKind[]]>(
  "aging.cells",
  `with movement as (
     select id as item_id, original_minor as minor from open_item
      where company_id = $1 and effective_on <= $2::date and recorded_at <= $3::timestamptz and ($4::text is null or currency = $4)
     union all
     select debit_item_id, -amount_minor from application
      where company_id = $1 and effective_on <= $2::date and recorded_at <= $3::timestamptz and ($4::text is null or currency = $4) and debit_item_id is not null
     union all
     select credit_item_id, -amount_minor from application
      where company_id = $1 and effective_on <= $2::date and recorded_at <= $3::timestamptz and ($4::text is null or currency = $4) and credit_item_id is not null
   ), rest as (
     select item_id, sum(minor) as minor from movement group by item_id having sum(minor) <> 0
   ), standing as (
     select item.*, item.kind = any($8::text[]) as credit, rest.minor as rest_minor
       from rest join open_item item on item.company_id = $1 and item.id = rest.item_id
   ), aged as (
     select case when $6 = 'CUSTOMER' then standing.customer_id end as customer_id, standing.currency, standing.kind, standing.credit,
            case when standing.credit then -standing.rest_minor else standing.rest_minor end as minor,
            $2::date - coalesce(standing.due_on, standing.effective_on) as days_due,
            $2::date - case when $5 = 'INVOICE_DATE' then coalesce(invoice.invoiced_on, standing.effective_on) else coalesce(standing.due_on, standing.effective_on) end as days
       from standing left join invoice on invoice.company_id = $1 and invoice.id = standing.document_id
   ), cell as (
     select customer_id, currency, case when not credit then width_bucket(days, $7::int[]) end as bucket_no, sum(minor) as minor,
            coalesce(sum(minor) filter (where kind = 'DEDUCTION'), 0) as deduction_minor,
            coalesce(sum(minor) filter (where not credit and days_due > 0), 0) as past_due_minor, count(*) as items
       from aged group by 1, 2, 3
   )
   select cell.customer_id as "customerId", customer.account_number as "accountNumber", customer.name, cell.currency, cell.bucket_no as "bucketNo", cell.minor::bigint,
          cell.deduction_minor::bigint as "deductionMinor", cell.past_due_minor::bigint as "pastDueMinor", cell.items::int as "itemCount"
     from cell left join customer on customer.company_id = $1 and customer.id = cell.customer_id
    order by customer.name nulls last, cell.customer_id, cell.currency, cell.bucket_no`,
);

/** Everything that a company has open at a business date, as the books knew it at a moment, from items and applications alone. */
export const ageItems = (on: Answering, companyId: string, { asOf, knownAt, by, basis, firstDays, currency, creditKinds }: AgingQuestion): Promise<AgingCellRow[]> =>
  cells(on, companyId, asOf, knownAt, currency, basis, by, firstDays, creditKinds);
