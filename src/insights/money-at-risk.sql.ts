import { type Answering, statement } from "../db/database.ts";
import { UNDECIDED } from "../domain/dispute-window.ts";
import type { DeductionReason } from "../domain/reasons.ts";
import type { RiskBy } from "../domain/work-list.ts";

/** Deductions whose dispute window closes, or closed, in a span of days: of one group, in one currency. */
export interface RiskRow {
  readonly customerId: string | null;
  readonly accountNumber: string | null;
  readonly name: string | null;
  readonly reason: DeductionReason | null;
  /** The Monday of the week in which the window closes. */
  readonly weekOf: string | null;
  readonly currency: string;
  readonly minor: bigint;
  readonly openMinor: bigint;
  readonly count: number;
}

/** The deductions under a condition, by what is asked. The week is that of ISO 8601, which begins on Monday. */
const grouped = (condition: string): string => `
  with found as (
    select case when $4 then deduction.customer_id end as customer_id, case when $5 then work.reason end as reason, case when $6 then date_trunc('week', work.dispute_by)::date end as week_of,
           deduction.currency, sum(deduction.amount_minor) as minor, sum(item.open_minor) as open_minor, count(*) as items
      from deduction_case work
      join deduction on deduction.company_id = work.company_id and deduction.id = work.deduction_id
      join open_item item on item.company_id = work.company_id and item.document_id = work.deduction_id and item.kind = 'DEDUCTION'
     where work.company_id = $1 and work.dispute_by is not null and coalesce(work.dispute_by, 'infinity'::date) between $2::date and $3::date and ${condition}
     group by 1, 2, 3, 4
  )
  select found.customer_id as "customerId", customer.account_number as "accountNumber", customer.name, found.reason, found.week_of as "weekOf", found.currency, found.minor::bigint,
         found.open_minor::bigint as "openMinor", found.items::int as count
    from found left join customer on customer.company_id = $1 and customer.id = found.customer_id
   order by found.currency, found.week_of, found.open_minor desc, found.minor desc, customer.name, found.customer_id, found.reason`;

type Values = [string, string, string, boolean, boolean, boolean];

const atRisk = statement<RiskRow, Values>("moneyAtRisk.open", grouped(`item.open_minor > 0 and work.state in (${UNDECIDED.map((state) => `'${state}'`).join(", ")})`));

/** A whole that was split or merged is not counted: what it became is. */
const unworked = statement<RiskRow, Values>(
  "moneyAtRisk.expired",
  grouped(`work.verdict is distinct from 'PARTIAL'
       and not exists (select from deduction_activity done where done.company_id = $1 and done.deduction_id = work.deduction_id and done.action in ('SPLIT', 'MERGE') and done.details ->> 'from' is null)
       and not exists (
         select from deduction_activity done where done.company_id = $1 and done.deduction_id = work.deduction_id
            and done.to_state in ('DECIDED', 'AUTO_RESOLVED', 'SETTLED', 'DENIED', 'VOIDED') and (done.recorded_at at time zone 'UTC')::date <= work.dispute_by)`),
);

const values = (companyId: string, from: string, to: string, by: readonly RiskBy[]): Values => [companyId, from, to, by.includes("CUSTOMER"), by.includes("REASON"), by.includes("WEEK")];

/** What is open, not decided, and closes in a span of days. */
export const moneyAtRisk = (on: Answering, companyId: string, from: string, to: string, by: readonly RiskBy[]): Promise<RiskRow[]> => atRisk(on, ...values(companyId, from, to, by));

/** What closed in a span of days without ever having been decided by then. */
export const expiredUnworked = (on: Answering, companyId: string, from: string, to: string, by: readonly RiskBy[]): Promise<RiskRow[]> => unworked(on, ...values(companyId, from, to, by));
