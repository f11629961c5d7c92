import { statement } from "../db/database.ts";
import type { Terms } from "../domain/terms.ts";

/** Payment terms of a company. */
export interface TermsRow extends Terms {
  readonly companyId: string;
  readonly code: string;
  readonly description: string;
}

const SELECT = `select terms.company_id as "companyId", terms.code, terms.description, terms.net_days as "netDays", terms.grace_days as "graceDays",
    coalesce((select json_agg(json_build_object('days', tier.days, 'basisPoints', tier.basis_points) order by tier.days)
                from terms_discount tier where tier.company_id = terms.company_id and tier.terms_code = terms.code), '[]') as discounts
  from terms`;

export const termsOfCompany = statement<TermsRow, [string]>("terms.ofCompany", `${SELECT} where terms.company_id = $1 order by terms.code`);

export const termsByCode = statement<TermsRow, [string, string]>("terms.byCode", `${SELECT} where terms.company_id = $1 and terms.code = $2`);

export const insertTerms = statement<{ code: string }, [string, string, string, number, number, string]>(
  "terms.insert",
  `insert into terms (company_id, code, description, net_days, grace_days, recorded_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning code`,
);

export const insertTermsDiscounts = statement<object, [string, string, readonly number[], readonly number[]]>(
  "terms.insertDiscounts",
  `insert into terms_discount (company_id, terms_code, days, basis_points) select $1, $2, * from unnest($3::int[], $4::int[])`,
);
