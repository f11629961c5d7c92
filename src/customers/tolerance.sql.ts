import { statement } from "../db/database.ts";
import type { BusinessDate } from "../domain/dates.ts";
import type { ToleranceDecision } from "../domain/tolerance.ts";
import { memberName } from "./customer.sql.ts";

const SCOPE = `case when fact.customer_id is null then 'COMPANY' else 'CUSTOMER' end`;

/** A decision about a tolerance, who took it and when. */
export interface ToleranceRow extends ToleranceDecision {
  readonly companyId: string;
  /** Null for a decision about the whole company. */
  readonly customerId: string | null;
  readonly currency: string;
  readonly effectiveOn: BusinessDate;
  readonly recordedBy: string | null;
  readonly recordedAt: string;
}

const COLUMNS = `fact.company_id as "companyId", fact.customer_id as "customerId", ${SCOPE} as scope, fact.currency, fact.max_minor as "maxMinor",
  fact.basis_points as "basisPoints", fact.effective_on as "effectiveOn", ${memberName("fact")} as "recordedBy", fact.recorded_at as "recordedAt"`;

/** What was decided about customers by themselves, those decisions that took effect last first. */
export const tolerancesByCustomers = statement<ToleranceRow, [readonly string[], readonly string[]]>(
  "tolerances.byCustomers",
  `select ${COLUMNS} from write_off_tolerance fact join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on fact.company_id = key.company_id and fact.customer_id = key.id
    order by fact.effective_on desc, fact.id desc`,
);

/** What was decided about whole companies, those decisions that took effect last first. */
export const tolerancesByCompanies = statement<ToleranceRow, [readonly string[]]>(
  "tolerances.byCompanies",
  `select ${COLUMNS} from write_off_tolerance fact where fact.company_id = any($1::uuid[]) and fact.customer_id is null order by fact.effective_on desc, fact.id desc`,
);

export const insertTolerance = statement<object, [string, string, string | null, string, bigint | null, number, BusinessDate, string | null, string]>(
  "tolerances.insert",
  `insert into write_off_tolerance (company_id, id, customer_id, currency, max_minor, basis_points, effective_on, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
