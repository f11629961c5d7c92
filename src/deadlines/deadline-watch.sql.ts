import { statement } from "../db/database.ts";
import { NEAR_DAYS } from "../domain/deduction-policy.ts";
import { UNDECIDED } from "../domain/dispute-window.ts";
import type { DeductionReason } from "../domain/reasons.ts";

/** A deduction whose window closes soon, of which nobody was told. */
export interface NearRow {
  readonly companyId: string;
  readonly deductionId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly reason: DeductionReason;
  readonly openMinor: bigint;
}

const STATES = UNDECIDED.map((state) => `'${state}'`).join(", ");

/** Those whose window closes within as many days as their company has it and that are not decided: of one company, or of all where that is null. */
export const nearDeadlines = statement<NearRow, [string, string | null, number]>(
  "deadlines.near",
  `select work.company_id as "companyId", work.deduction_id as "deductionId", deduction.customer_id as "customerId", deduction.currency, work.reason, item.open_minor as "openMinor"
     from company
     left join lateral (select near_days from deduction_policy where company_id = company.id and effective_on <= $1::date order by effective_on desc, id desc limit 1) as policy on true
     join deduction_case work on work.company_id = company.id and coalesce(work.dispute_by, 'infinity'::date) between $1::date and $1::date + coalesce(policy.near_days, ${NEAR_DAYS})
     join deduction on deduction.company_id = work.company_id and deduction.id = work.deduction_id
     join open_item item on item.company_id = work.company_id and item.document_id = work.deduction_id and item.kind = 'DEDUCTION'
    where ($2::uuid is null or company.id = $2) and work.state in (${STATES}) and item.open_minor > 0
      and not exists (select from deadline_notice told where told.company_id = work.company_id and told.deduction_id = work.deduction_id)
    order by work.company_id, work.dispute_by, work.deduction_id limit $3`,
);

/** Notes that live clients were told. Answers with those of which nobody was told before, and that are not decided still. */
export const insertNotices = statement<{ deductionId: string }, [string, string, readonly string[]]>(
  "deadlines.tell",
  `insert into deadline_notice (company_id, deduction_id, recorded_at)
   select $1, work.deduction_id, $2 from deduction_case work where work.company_id = $1 and work.deduction_id = any($3::uuid[]) and work.state in (${STATES})
   on conflict do nothing returning deduction_id as "deductionId"`,
);
