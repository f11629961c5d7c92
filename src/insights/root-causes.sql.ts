import { statement } from "../db/database.ts";
import type { CauseMonth, RootCauseBy } from "../domain/root-cause.ts";

/** Something that documents name exactly once; null where they name none, or several. */
const ONLY = (column: string, from: string): string => `(select min(${column}) from ${from} having count(distinct ${column}) = 1)`;
const SHIPMENTS = "shipment where shipment.company_id = $1 and shipment.invoice_id = deduction.invoice_id";

/** What was taken in a period by its cause and month. Parts of what was split or merged count once, as the whole. */
export const causesByMonth = statement<CauseMonth, [string, string, string, RootCauseBy]>(
  "rootCauses.byMonth",
  `with taken as (
     select deduction.currency, date_trunc('month', deduction.taken_on)::date as month, deduction.amount_minor as minor,
            case $4
              when 'REASON' then work.reason
              when 'CUSTOMER' then customer.account_number
              when 'ITEM' then coalesce(
                ${ONLY("line.item", "claim_match matched join claim_line line on line.company_id = $1 and line.claim_id = matched.claim_id where matched.company_id = $1 and matched.deduction_id = deduction.id and matched.undoes_id is null")},
                ${ONLY("line.item", "invoice_line line where line.company_id = $1 and line.invoice_id = deduction.invoice_id")})
              when 'CARRIER' then (select carrier.code from carrier where carrier.company_id = $1 and carrier.id = ${ONLY("shipment.carrier_id::text", SHIPMENTS)}::uuid)
              else ${ONLY("shipment.ship_from", SHIPMENTS)}
            end as cause
       from deduction
       join deduction_case work on work.company_id = $1 and work.deduction_id = deduction.id
       join customer on customer.company_id = $1 and customer.id = deduction.customer_id
      where deduction.company_id = $1 and deduction.source not in ('SPLIT', 'MERGE') and deduction.taken_on between $2::date and $3::date
   )
   select cause, currency, month, sum(minor)::bigint as minor, count(*)::int as count from taken group by 1, 2, 3`,
);
