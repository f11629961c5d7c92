import { statement } from "../db/database.ts";
import type { Measured } from "../domain/deduction-measures.ts";
import type { DeductionReason } from "../domain/reasons.ts";

/** What is measured of one group in one currency. Sales and other facts of invoices have no reason. */
export interface MeasureFactRow {
  readonly customerId: string | null;
  readonly accountNumber: string | null;
  readonly name: string | null;
  readonly reason: DeductionReason | null;
  readonly currency: string;
  readonly fact: Measured;
  readonly minor: bigint;
  readonly count: number;
}

const BEGINS = "$2::date::timestamp at time zone 'UTC'";
const ENDS = "($3::date + 1)::timestamp at time zone 'UTC'";
const LATE = `work.dispute_by < done.settled_on and not exists (
         select from deduction_activity early where early.company_id = $1 and early.deduction_id = work.deduction_id and early.to_state = 'DECIDED' and (early.recorded_at at time zone 'UTC')::date <= work.dispute_by)`;

/** Everything the measures of a period are made of, by customer and by reason where that is asked: each kind of fact by its own day. */
export const measureFacts = statement<MeasureFactRow, [string, string, string, boolean, boolean]>(
  "deductionMeasures.facts",
  `with settled as (
     select deduction.customer_id, work.reason, deduction.currency, part.kind, part.amount_minor, part.memo_id, case when part.kind in ('WRITE_OFF', 'BAD_DEBT') then ${LATE} end as late
       from deduction_settlement done
       join deduction_settlement_part part on part.company_id = $1 and part.settlement_id = done.id
       join deduction on deduction.company_id = $1 and deduction.id = done.deduction_id
       join deduction_case work on work.company_id = $1 and work.deduction_id = done.deduction_id
      where done.company_id = $1 and done.settled_on between $2::date and $3::date and done.undoes_id is null
        and not exists (select from deduction_settlement undoing where undoing.company_id = $1 and undoing.undoes_id = done.id)
   ), taken as (
     select deduction.id, deduction.customer_id, work.reason, deduction.currency, deduction.amount_minor
       from deduction join deduction_case work on work.company_id = $1 and work.deduction_id = deduction.id
      where deduction.company_id = $1 and deduction.source not in ('SPLIT', 'MERGE') and deduction.taken_on between $2::date and $3::date
   ), decided as (
     select distinct step.deduction_id from deduction_activity step where step.company_id = $1 and step.to_state = 'DECIDED' and step.recorded_at >= ${BEGINS} and step.recorded_at < ${ENDS}
   ), fact as (
     select customer_id, reason, currency, 'TAKEN' as fact, sum(amount_minor) as minor, count(*) as items from taken group by 1, 2, 3
     union all
     select customer_id, reason, currency, 'AUTO_RESOLVED', sum(amount_minor), count(*) from taken
      where exists (select from deduction_activity step where step.company_id = $1 and step.deduction_id = taken.id
                       and (step.to_state = 'AUTO_RESOLVED' or (step.to_state = 'DENIED' and step.details ? 'ruleId'))) group by 1, 2, 3
     union all
     select customer_id, reason, currency, case raised.level when 'SALES' then 'SALES_LEVEL' else raised.level end, sum(amount_minor), count(*)
       from taken join (
         select distinct on (deduction_id) deduction_id, details ->> 'level' as level from deduction_activity where company_id = $1 and action = 'ESCALATE'
          order by deduction_id, array_position(array['TEAM_LEAD', 'SALES', 'SENIOR_MANAGEMENT', 'LEGAL'], details ->> 'level') desc
       ) as raised on raised.deduction_id = taken.id group by 1, 2, 3, 4
     union all
     select item.customer_id, work.reason, item.currency, 'OPEN', sum(item.original_minor - coalesce(gone.minor, 0)), count(*) filter (where item.original_minor > coalesce(gone.minor, 0))
       from open_item item
       join deduction_case work on work.company_id = $1 and work.deduction_id = item.document_id
       left join (
         select used.debit_item_id, sum(used.amount_minor) as minor from application used where used.company_id = $1 and used.debit_item_id is not null and used.effective_on <= $3::date group by 1
       ) as gone on gone.debit_item_id = item.id
      where item.company_id = $1 and item.kind = 'DEDUCTION' and item.effective_on <= $3::date group by 1, 2, 3
     union all
     select deduction.customer_id, work.reason, deduction.currency, part.fact, sum(part.minor), count(*)
       from decided
       join deduction on deduction.company_id = $1 and deduction.id = decided.deduction_id
       join deduction_case work on work.company_id = $1 and work.deduction_id = decided.deduction_id
      cross join lateral (values ('DECIDED', case when work.verdict = 'VALID' then work.valid_minor else deduction.amount_minor end), ('VALID', work.valid_minor)) as part (fact, minor)
      where work.verdict in ('VALID', 'INVALID') group by 1, 2, 3, 4
     union all
     select customer_id, reason, currency, part.fact, sum(amount_minor), count(*)
       from settled
      cross join lateral (values ('CHARGED_BACK', kind = 'CHARGEBACK'), ('WRITTEN_OFF', kind in ('WRITE_OFF', 'BAD_DEBT')), ('MISSED', coalesce(late, false)), ('REDUCED', kind not in ('CHARGEBACK', 'REVERSAL'))) as part (fact, counts)
      where part.counts group by 1, 2, 3, 4
     union all
     select settled.customer_id, settled.reason, settled.currency, 'RECOVERED', sum(paid.amount_minor), count(distinct settled.memo_id)
       from settled
       join open_item item on item.company_id = $1 and item.document_id = settled.memo_id
       join application paid on paid.company_id = $1 and paid.debit_item_id = item.id and paid.kind = 'CASH' and paid.effective_on <= $3::date
      where settled.kind = 'CHARGEBACK' group by 1, 2, 3
     union all
     select deduction.customer_id, work.reason, deduction.currency, 'WORKED', 0, count(distinct coalesce(came.whole, done.deduction_id::text))
       from (select distinct deduction_id from deduction_activity where company_id = $1 and member_id is not null and recorded_at >= ${BEGINS} and recorded_at < ${ENDS}) as done
       join deduction on deduction.company_id = $1 and deduction.id = done.deduction_id
       join deduction_case work on work.company_id = $1 and work.deduction_id = done.deduction_id
       left join lateral (
         select part.details ->> 'from' as whole from deduction_activity part
          where deduction.source in ('SPLIT', 'MERGE') and part.company_id = $1 and part.deduction_id = deduction.id and part.action in ('SPLIT', 'MERGE') and part.details ->> 'from' is not null limit 1
       ) as came on true group by 1, 2, 3
     union all
     select customer_id, null, currency, 'SALES', sum(total_minor), count(*) from invoice where company_id = $1 and invoiced_on between $2::date and $3::date group by 1, 3
     union all
     select item.customer_id, null, item.currency, 'REDUCED', sum(used.amount_minor), count(*)
       from application used join open_item item on item.company_id = $1 and item.id = used.debit_item_id
      where used.company_id = $1 and used.kind in ('EARNED_DISCOUNT', 'WRITE_OFF', 'CREDIT') and item.kind = 'INVOICE' and used.effective_on between $2::date and $3::date group by 1, 3
   ), grouped as (
     select case when $4 then customer_id end as customer_id, case when $5 then reason end as reason, currency, fact, sum(minor) as minor, sum(items) as items from fact group by 1, 2, 3, 4
   )
   select grouped.customer_id as "customerId", customer.account_number as "accountNumber", customer.name, grouped.reason, grouped.currency, grouped.fact, grouped.minor::bigint, grouped.items::int as count
     from grouped left join customer on customer.company_id = $1 and customer.id = grouped.customer_id`,
);

/** How long deductions took that ended in a period, in days: the median and the ninth decile. */
export interface CycleRow {
  readonly customerId: string | null;
  readonly reason: DeductionReason | null;
  readonly currency: string;
  readonly ended: number;
  readonly whole: readonly [number, number];
  readonly research: readonly [number, number];
  readonly waiting: readonly [number, number];
  readonly approval: readonly [number, number];
}

const deciles = (column: string): string => `percentile_cont(array[0.5, 0.9]) within group (order by ${column})`;
const spent = (states: string): string => `coalesce(sum(extract(epoch from next_at - at)) filter (where to_state in (${states})), 0) / 86400`;

/** A part counts from the whole it was split from, and a whole from the first of its parts. */
export const cycleTimes = statement<CycleRow, [string, string, string, boolean, boolean]>(
  "deductionMeasures.cycles",
  `with recursive ended as (
     select step.deduction_id as root, max(step.recorded_at) as ended_at from deduction_activity step
       join deduction_case work on work.company_id = $1 and work.deduction_id = step.deduction_id and work.state in ('SETTLED', 'DENIED', 'AUTO_RESOLVED', 'CONFIRMED')
      where step.company_id = $1 and step.to_state in ('SETTLED', 'DENIED', 'AUTO_RESOLVED') and step.from_state <> step.to_state and step.recorded_at >= ${BEGINS} and step.recorded_at < ${ENDS} group by 1
   ), line as (
     select root, root as id, ended_at, 'infinity'::timestamptz as until from ended
     union all
     select line.root, (came.details ->> 'from')::uuid, line.ended_at, came.recorded_at
       from line join deduction_activity came on came.company_id = $1 and came.deduction_id = line.id and came.action in ('SPLIT', 'MERGE') and came.details ->> 'from' is not null
   ), step as (
     select line.root, line.ended_at, 'CAPTURED' as to_state, min(taken.recorded_at) as at, null::uuid as id from line join deduction taken on taken.company_id = $1 and taken.id = line.id group by 1, 2
     union all
     select line.root, line.ended_at, done.to_state, done.recorded_at, done.id
       from line join deduction_activity done on done.company_id = $1 and done.deduction_id = line.id and done.recorded_at < line.until and done.recorded_at <= line.ended_at
   ), span as (
     select root, ended_at, to_state, at, coalesce(lead(at) over (partition by root order by at, id nulls first), ended_at) as next_at from step
   ), cycle as (
     select root, extract(epoch from max(ended_at) - min(at)) / 86400 as whole, ${spent("'CAPTURED', 'OPEN', 'RESEARCH', 'DISPUTED_AGAIN'")} as research,
            ${spent("'AWAITING_CUSTOMER', 'AWAITING_INTERNAL'")} as waiting, ${spent("'DECIDED', 'PENDING_APPROVAL', 'SETTLEMENT_PENDING'")} as approval
       from span group by root
   )
   select case when $4 then deduction.customer_id end as "customerId", case when $5 then work.reason end as reason, deduction.currency, count(*)::int as ended,
          ${deciles("cycle.whole::float8")} as whole, ${deciles("cycle.research::float8")} as research, ${deciles("cycle.waiting::float8")} as waiting, ${deciles("cycle.approval::float8")} as approval
     from cycle join deduction on deduction.company_id = $1 and deduction.id = cycle.root join deduction_case work on work.company_id = $1 and work.deduction_id = cycle.root
    group by 1, 2, 3`,
);

/** What customers took by month and reason, and what they were billed in the whole period: a row of billing has no month and no reason. */
export interface TakenMonthRow {
  readonly customerId: string;
  readonly accountNumber: string;
  readonly name: string;
  readonly currency: string;
  readonly month: string | null;
  readonly reason: DeductionReason | null;
  readonly minor: bigint;
}

export const takenByMonth = statement<TakenMonthRow, [string, string, string]>(
  "deductionMeasures.takenByMonth",
  `with fact as (
     select deduction.customer_id, deduction.currency, date_trunc('month', deduction.taken_on)::date as month, work.reason, sum(deduction.amount_minor) as minor
       from deduction join deduction_case work on work.company_id = $1 and work.deduction_id = deduction.id
      where deduction.company_id = $1 and deduction.source not in ('SPLIT', 'MERGE') and deduction.taken_on between $2::date and $3::date group by 1, 2, 3, 4
     union all
     select customer_id, currency, null, null, sum(total_minor) from invoice where company_id = $1 and invoiced_on between $2::date and $3::date group by 1, 2
   )
   select fact.customer_id as "customerId", customer.account_number as "accountNumber", customer.name, fact.currency, fact.month, fact.reason, fact.minor::bigint
     from fact join customer on customer.company_id = $1 and customer.id = fact.customer_id order by customer.name, fact.customer_id, fact.currency, fact.month, fact.reason`,
);
