import { statement } from "../db/database.ts";
import type { ClosedPeriodPolicy, PeriodDays } from "../domain/period.ts";

/** An accounting period as the graph shows it. */
export interface PeriodRow extends PeriodDays {
  readonly companyId: string;
  readonly id: string;
  /** Null while it is open. */
  readonly closedAt: string | null;
  readonly closedBy: string | null;
}

/**
 * The closed periods that end on a day or later, by date, under a lock that closing waits for. The lock is taken inside the
 * function, before it reads: a posting that had to wait for a closing sees it.
 */
export const closedPeriodsFrom = statement<PeriodDays & { readonly policy: ClosedPeriodPolicy }, [string, string]>(
  "periods.closedFrom",
  `select from_on as "fromOn", to_on as "toOn", policy from hold_open_periods($1, $2::date)`,
);

/** Waits until no posting of the company runs, and lets none begin until the transaction ends. Assigns no transaction id. */
export const holdPostings = statement<object, [string]>("periods.holdPostings", `select pg_advisory_xact_lock(period_lock_key($1), 0)`);

const COLUMNS = `period.company_id as "companyId", period.id, period.from_on as "fromOn", period.to_on as "toOn", period.closed_at as "closedAt", known.name as "closedBy"`;
const FROM = `accounting_period period left join company_member known on known.company_id = period.company_id and known.member_id = period.closed_by`;

/** The periods of a company, latest first. */
export const periodsOfCompany = statement<PeriodRow, [string]>("periods.ofCompany", `select ${COLUMNS} from ${FROM} where period.company_id = $1 order by period.from_on desc`);

export const periodsByKeys = statement<PeriodRow, [readonly string[], readonly string[]]>(
  "periods.byKeys",
  `select ${COLUMNS} from ${FROM} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on period.company_id = key.company_id and period.id = key.id`,
);

/** Periods that share a day with these days. */
export const periodsThatMeet = statement<PeriodRow, [string, string, string]>(
  "periods.meet",
  `select ${COLUMNS} from ${FROM} where period.company_id = $1 and period.from_on <= $3::date and period.to_on >= $2::date order by period.from_on`,
);

export const insertPeriod = statement<object, [string, string, string, string, string]>(
  "periods.insert",
  `insert into accounting_period (company_id, id, from_on, to_on, recorded_at) values ($1, $2, $3, $4, $5)`,
);

/** Closes a period, or opens it again with nulls. */
export const setClosed = statement<object, [string, string, string | null, string | null]>(
  "periods.setClosed",
  `update accounting_period set closed_at = $3, closed_by = $4 where company_id = $1 and id = $2`,
);

/** The policies of companies; one without a row refuses. */
export const policiesByCompanies = statement<{ companyId: string; policy: ClosedPeriodPolicy }, [readonly string[]]>(
  "periods.policies",
  `select company_id as "companyId", policy from closed_period_policy where company_id = any($1::uuid[])`,
);

export const setPolicy = statement<object, [string, ClosedPeriodPolicy, string]>(
  "periods.setPolicy",
  `insert into closed_period_policy (company_id, policy, recorded_at) values ($1, $2, $3) on conflict (company_id) do update set policy = excluded.policy, recorded_at = excluded.recorded_at`,
);
