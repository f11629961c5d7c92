import { statement } from "../db/database.ts";
import type { ClockStep } from "../domain/case-clock.ts";
import type { DeductionState } from "../domain/deduction-case.ts";
import type { DeductionPolicy } from "../domain/deduction-policy.ts";

export interface PolicyRow extends DeductionPolicy {
  readonly companyId: string;
  readonly effectiveOn: string;
  readonly memberName: string | null;
  readonly recordedAt: string;
}

/** The policies of companies that are in force on a day. */
export const policiesInForce = statement<PolicyRow, [readonly string[], string]>(
  "policies.inForce",
  `select distinct on (fact.company_id) fact.company_id as "companyId", fact.sla_days as "slaDays", fact.near_days as "nearDays", fact.cost_minor as "costMinor", fact.effective_on as "effectiveOn",
          known.name as "memberName", fact.recorded_at as "recordedAt"
     from deduction_policy fact left join company_member known on known.company_id = fact.company_id and known.member_id = fact.member_id
    where fact.company_id = any($1::uuid[]) and fact.effective_on <= $2::date order by fact.company_id, fact.effective_on desc, fact.id desc`,
);

export const insertPolicy = statement<object, [string, string, number | null, number, bigint | null, string, string | null, string]>(
  "policies.insert",
  `insert into deduction_policy (company_id, id, sla_days, near_days, cost_minor, effective_on, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

/** When a deduction was taken, and the steps of its case. */
export interface CaseTimesRow {
  readonly companyId: string;
  readonly id: string;
  readonly begunAt: string;
  readonly steps: readonly (Omit<ClockStep, "at"> & { readonly to: DeductionState; readonly at: string })[];
}

/** The steps of cases. A part goes on with the time of its whole, and a whole with that of the first of its parts, up to when it became one. */
export const caseTimes = statement<CaseTimesRow, [readonly string[], readonly string[]]>(
  "cases.times",
  `with recursive line as (
     select key.company_id, key.id as root, key.id, 'infinity'::timestamptz as until from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     union all
     select line.company_id, line.root, (came.details ->> 'from')::uuid, came.recorded_at
       from line join deduction_activity came on came.company_id = line.company_id and came.deduction_id = line.id and came.action in ('SPLIT', 'MERGE') and came.details ->> 'from' is not null
   )
   select line.company_id as "companyId", line.root as id, min(taken.recorded_at) as "begunAt",
          coalesce(jsonb_agg(jsonb_build_object('to', done.to_state, 'at', done.recorded_at) order by done.recorded_at, done.id) filter (where done.id is not null), '[]') as steps
     from line join deduction taken on taken.company_id = line.company_id and taken.id = line.id
     left join deduction_activity done on done.company_id = line.company_id and done.deduction_id = line.id and done.recorded_at < line.until
    group by line.company_id, line.root`,
);
