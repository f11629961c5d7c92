import { type Answering, statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { Terms, TermsInstallment } from "../domain/terms.ts";

/** Payment terms of a company. */
export interface TermsRow extends Terms {
  readonly companyId: string;
  readonly code: string;
  readonly description: string;
}

type Stored = Omit<TermsRow, "installments"> & { readonly installments: readonly (Omit<TermsInstallment, "fixedMinor"> & { readonly fixedMinor: string | null })[] };

const SELECT = `select terms.company_id as "companyId", terms.code, terms.description, terms.net_days as "netDays", terms.months, terms.end_of_month as "endOfMonth",
    terms.days_after as "daysAfter", terms.proximo_day as "proximoDay", terms.proximo_months as "proximoMonths", terms.cutoff_day as "cutoffDay",
    terms.grace_days as "graceDays", terms.due_grace_days as "dueGraceDays", terms.discount_base as "discountBase", terms.discount_on_partial as "discountOnPartial",
    coalesce((select json_agg(json_build_object('days', tier.days, 'proximoDay', tier.proximo_day, 'proximoMonths', tier.proximo_months, 'basisPoints', tier.basis_points)
                              order by tier.days, tier.proximo_months, tier.proximo_day)
                from terms_discount tier where tier.company_id = terms.company_id and tier.terms_code = terms.code), '[]') as discounts,
    coalesce((select json_agg(json_build_object('kind', part.kind, 'share', part.share, 'of', part.of_parts, 'fixedMinor', part.fixed_minor::text, 'currency', part.currency,
                                                'netDays', part.net_days, 'months', part.months, 'endOfMonth', part.end_of_month, 'daysAfter', part.days_after,
                                                'proximoDay', part.proximo_day, 'proximoMonths', part.proximo_months, 'cutoffDay', part.cutoff_day) order by part.no)
                from terms_installment part where part.company_id = terms.company_id and part.terms_code = terms.code), '[]') as installments
  from terms`;

const ofCompany = statement<Stored, [string]>("terms.ofCompany", `${SELECT} where terms.company_id = $1 order by terms.code`);
const byCode = statement<Stored, [string, string]>("terms.byCode", `${SELECT} where terms.company_id = $1 and terms.code = $2`);

// Minor units come as text: JSON would make a float of them.
const read = ({ installments, ...terms }: Stored): TermsRow => ({
  ...terms,
  installments: installments.map(({ fixedMinor, ...part }) => ({ ...part, fixedMinor: fixedMinor === null ? null : BigInt(fixedMinor) })),
});

/** All terms of a company, by code. */
export const termsOfCompany = async (on: Answering, companyId: string): Promise<TermsRow[]> => (await ofCompany(on, companyId)).map(read);

/** The terms of a code; null when there are none. */
export async function findTerms(on: Answering, companyId: string, code: string): Promise<TermsRow | null> {
  const [found] = await byCode(on, companyId, code);
  return found ? read(found) : null;
}

const insert = statement<{ code: string }, [string, string, ...unknown[]]>(
  "terms.insert",
  `insert into terms (company_id, recorded_at, code, description, net_days, months, end_of_month, days_after, proximo_day, proximo_months, cutoff_day,
                      grace_days, due_grace_days, discount_base, discount_on_partial)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict do nothing returning code`,
);

const insertDiscounts = statement<object, [string, string, ...unknown[][]]>(
  "terms.insertDiscounts",
  `insert into terms_discount (company_id, terms_code, days, proximo_day, proximo_months, basis_points)
   select $1, $2, * from unnest($3::int[], $4::int[], $5::int[], $6::int[])`,
);

const insertInstallments = statement<object, [string, string, ...unknown[][]]>(
  "terms.insertInstallments",
  `insert into terms_installment (company_id, terms_code, no, kind, share, of_parts, fixed_minor, currency, net_days, months, end_of_month, days_after,
                                  proximo_day, proximo_months, cutoff_day)
   select $1, $2, * from unnest($3::int[], $4::text[], $5::int[], $6::int[], $7::bigint[], $8::text[], $9::int[], $10::int[], $11::boolean[], $12::int[],
                                $13::int[], $14::int[], $15::int[])`,
);

/** Writes terms with their discounts and installments. Answers whether the code was free. */
export async function insertTerms(tx: Tx, terms: TermsRow): Promise<boolean> {
  const { companyId, code, discounts, installments: parts } = terms;
  const added = await insert(
    tx, companyId, tx.recordedAt, code, terms.description, terms.netDays, terms.months, terms.endOfMonth, terms.daysAfter, terms.proximoDay, terms.proximoMonths,
    terms.cutoffDay, terms.graceDays, terms.dueGraceDays, terms.discountBase, terms.discountOnPartial,
  );
  if (added.length === 0) return false;
  if (discounts.length > 0) {
    await insertDiscounts(tx, companyId, code, discounts.map((it) => it.days), discounts.map((it) => it.proximoDay ?? null), discounts.map((it) => it.proximoMonths ?? 0), discounts.map((it) => it.basisPoints));
  }
  if (parts.length > 0) {
    await insertInstallments(
      tx, companyId, code, parts.map((_, index) => index + 1), parts.map((it) => it.kind), parts.map((it) => it.share), parts.map((it) => it.of), parts.map((it) => it.fixedMinor),
      parts.map((it) => it.currency), parts.map((it) => it.netDays), parts.map((it) => it.months), parts.map((it) => it.endOfMonth), parts.map((it) => it.daysAfter),
      parts.map((it) => it.proximoDay), parts.map((it) => it.proximoMonths), parts.map((it) => it.cutoffDay),
    );
  }
  return true;
}
