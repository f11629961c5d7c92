import { memberName } from "../customers/customer.sql.ts";
import { type Answering, statement } from "../db/database.ts";
import type { ApprovalLimit } from "../domain/case-guards.ts";
import type { BusinessDate } from "../domain/dates.ts";
import type { Role } from "../domain/actor.ts";
import type { DeductionReason } from "../domain/reasons.ts";

/** A limit that was set: a fact, which counts from its day until another of the same role, reason and currency does. */
export interface LimitRow extends ApprovalLimit {
  readonly companyId: string;
  readonly effectiveOn: BusinessDate;
  readonly recordedBy: string | null;
  readonly recordedAt: string;
}

/** The limits in force, the latest of each role, reason and currency; those of one day in the order they were set. */
const IN_FORCE = `distinct on (fact.company_id, fact.currency, fact.role, fact.reason) fact.company_id as "companyId", fact.role, fact.reason, fact.currency, fact.max_minor as "maxMinor",
  fact.effective_on as "effectiveOn", ${memberName("fact")} as "recordedBy", fact.recorded_at as "recordedAt"`;
const LATEST = `order by fact.company_id, fact.currency, fact.role, fact.reason nulls first, fact.effective_on desc, fact.id desc`;

/** The limits of companies in their currencies that are in force on a day. */
export const limitsOfCurrencies = statement<LimitRow, [readonly string[], readonly string[], BusinessDate]>(
  "limits.ofCurrencies",
  `select ${IN_FORCE} from unnest($1::uuid[], $2::char(3)[]) as key (company_id, currency)
     join approval_limit fact on fact.company_id = key.company_id and fact.currency = key.currency and fact.effective_on <= $3 ${LATEST}`,
);

/** The limits of one company in one currency that are in force on a day. */
export const limitsInForce = (on: Answering, companyId: string, currency: string, day: BusinessDate): Promise<LimitRow[]> => limitsOfCurrencies(on, [companyId], [currency], day);

/** All limits of a company that are in force on a day. */
export const limitsOfCompany = statement<LimitRow, [string, BusinessDate]>(
  "limits.ofCompany",
  `select ${IN_FORCE} from approval_limit fact where fact.company_id = $1 and fact.effective_on <= $2 ${LATEST}`,
);

export const insertLimit = statement<object, [string, string, Role, DeductionReason | null, string, bigint | null, BusinessDate, string | null, string]>(
  "limits.insert",
  `insert into approval_limit (company_id, id, role, reason, currency, max_minor, effective_on, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
