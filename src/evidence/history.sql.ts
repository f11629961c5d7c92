import { statement } from "../db/database.ts";
import type { DeductionReason } from "../domain/reasons.ts";

/** What became of a customer's deductions of one reason in one currency. */
export interface HistoryRow {
  readonly companyId: string;
  readonly customerId: string;
  readonly reason: DeductionReason;
  readonly currency: string;
  readonly count: number;
  readonly openCount: number;
  readonly takenMinor: bigint;
  readonly openMinor: bigint;
  readonly validMinor: bigint;
  readonly invalidMinor: bigint;
  readonly lastTakenOn: string;
  /** Median days from the books' learning of one to its end; null while none has ended. */
  readonly medianDays: number | null;
}

/** Earlier deductions by reason, what most was taken for first. What was split or merged counts as its parts or its whole, once. */
export const historyOfCustomers = statement<HistoryRow, [readonly string[], readonly string[]]>(
  "history.ofCustomers",
  `select deduction.company_id as "companyId", deduction.customer_id as "customerId", work.reason, deduction.currency,
          count(*)::int as count, (count(*) filter (where item.open_minor > 0))::int as "openCount", sum(deduction.amount_minor)::bigint as "takenMinor", sum(item.open_minor)::bigint as "openMinor",
          coalesce(sum(work.valid_minor) filter (where work.verdict is not null), 0)::bigint as "validMinor",
          coalesce(sum(deduction.amount_minor - work.valid_minor) filter (where work.verdict is not null), 0)::bigint as "invalidMinor", max(deduction.taken_on) as "lastTakenOn",
          percentile_cont(0.5) within group (order by extract(epoch from work.entered_state_at - deduction.recorded_at) / 86400)
            filter (where work.state in ('AUTO_RESOLVED', 'SETTLED', 'DENIED', 'CONFIRMED')) as "medianDays"
     from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     join deduction on deduction.company_id = key.company_id and deduction.customer_id = key.id
     join deduction_case work on work.company_id = deduction.company_id and work.deduction_id = deduction.id
     join open_item item on item.company_id = deduction.company_id and item.document_id = deduction.id and item.kind = 'DEDUCTION'
    where work.state <> 'VOIDED'
      and not exists (select from application parted where parted.company_id = deduction.company_id and parted.debit_item_id = item.id and parted.kind = 'SPLIT')
    group by deduction.company_id, deduction.customer_id, work.reason, deduction.currency
    order by deduction.customer_id, sum(deduction.amount_minor) desc, work.reason`,
);
