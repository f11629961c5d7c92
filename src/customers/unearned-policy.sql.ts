import { type Answering, statement } from "../db/database.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { type Tolerance, type ToleranceDecision, toleranceAmong } from "../domain/tolerance.ts";
import { policyAmong, type UnearnedDiscountDecision, type UnearnedDiscountPolicy } from "../domain/unearned-discount.ts";
import { memberName } from "./customer.sql.ts";

const SCOPE = `case when fact.customer_id is null then 'COMPANY' else 'CUSTOMER' end`;

type InForceRow = ({ readonly about: "TOLERANCE" } & ToleranceDecision) | ({ readonly about: "UNEARNED_DISCOUNT" } & UnearnedDiscountDecision);

/** What was decided for a company and for one of its customers about short pays, each as it is in force on a day: the tolerance in a currency, and unearned discounts. */
const inForceFor = statement<InForceRow, [string, string, string, BusinessDate]>(
  "unearnedPolicies.inForce",
  `(select distinct on (fact.customer_id) 'TOLERANCE' as about, ${SCOPE} as scope, fact.max_minor as "maxMinor", fact.basis_points as "basisPoints",
           null as rule, null::int as "extraDays", null::bigint as "limitMinor", null as "limitCurrency"
      from write_off_tolerance fact
     where fact.company_id = $1 and (fact.customer_id = $2 or fact.customer_id is null) and fact.currency = $3 and fact.effective_on <= $4::date
     order by fact.customer_id, fact.effective_on desc, fact.id desc)
   union all
   (select distinct on (fact.customer_id) 'UNEARNED_DISCOUNT', ${SCOPE}, null, null, fact.rule, fact.extra_days, fact.limit_minor, fact.limit_currency
      from unearned_discount_policy fact
     where fact.company_id = $1 and (fact.customer_id = $2 or fact.customer_id is null) and fact.effective_on <= $4::date
     order by fact.customer_id, fact.effective_on desc, fact.id desc)`,
);

/** What counts for the short pays of a customer on a day. */
export interface ShortPayRules {
  /** Null where short pays are never written off. */
  readonly tolerance: Tolerance | null;
  /** Null where nothing was decided about unearned discounts. */
  readonly unearnedDiscounts: UnearnedDiscountPolicy | null;
}

/** What counts for the short pays of a customer on a day, read at once. */
export async function shortPayRulesFor(
  on: Answering,
  { companyId, customerId, currency }: { readonly companyId: string; readonly customerId: string; readonly currency: string },
  day: BusinessDate,
): Promise<ShortPayRules> {
  const rows = await inForceFor(on, companyId, customerId, currency, day);
  return {
    tolerance: toleranceAmong(rows.flatMap((it) => (it.about === "TOLERANCE" ? it : []))),
    unearnedDiscounts: policyAmong(rows.flatMap((it) => (it.about === "UNEARNED_DISCOUNT" ? it : []))),
  };
}

/** A decision about unearned discounts, who took it and when. */
export interface UnearnedPolicyRow extends UnearnedDiscountDecision {
  readonly companyId: string;
  /** Null for a decision about the whole company. */
  readonly customerId: string | null;
  readonly effectiveOn: BusinessDate;
  readonly recordedBy: string | null;
  readonly recordedAt: string;
}

const COLUMNS = `fact.company_id as "companyId", fact.customer_id as "customerId", ${SCOPE} as scope, fact.rule, fact.extra_days as "extraDays", fact.limit_minor as "limitMinor",
  fact.limit_currency as "limitCurrency", fact.effective_on as "effectiveOn", ${memberName("fact")} as "recordedBy", fact.recorded_at as "recordedAt"`;

/** What was decided about customers by themselves, those decisions that took effect last first. */
export const unearnedPoliciesByCustomers = statement<UnearnedPolicyRow, [readonly string[], readonly string[]]>(
  "unearnedPolicies.byCustomers",
  `select ${COLUMNS} from unearned_discount_policy fact join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on fact.company_id = key.company_id and fact.customer_id = key.id
    order by fact.effective_on desc, fact.id desc`,
);

/** What was decided about whole companies, those decisions that took effect last first. */
export const unearnedPoliciesByCompanies = statement<UnearnedPolicyRow, [readonly string[]]>(
  "unearnedPolicies.byCompanies",
  `select ${COLUMNS} from unearned_discount_policy fact where fact.company_id = any($1::uuid[]) and fact.customer_id is null order by fact.effective_on desc, fact.id desc`,
);

export const insertUnearnedPolicy = statement<object, [string, string, string | null, string | null, number | null, bigint | null, string | null, BusinessDate, string | null, string]>(
  "unearnedPolicies.insert",
  `insert into unearned_discount_policy (company_id, id, customer_id, rule, extra_days, limit_minor, limit_currency, effective_on, member_id, recorded_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
