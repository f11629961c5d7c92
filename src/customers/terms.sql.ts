import { type Answering, statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { Terms, TermsInstallment } from "../domain/terms.ts";
import { memberName } from "./customer.sql.ts";

/** Payment terms of a company, as they are to be written. */
export interface NewTermsRow extends Terms {
  readonly companyId: string;
  readonly code: string;
  readonly description: string;
}

/** Payment terms of a company. */
export interface TermsRow extends NewTermsRow {
  readonly id: string;
  /** Rises with every change. */
  readonly version: number;
  /** When they were retired; null while they may be given to customers. */
  readonly retiredAt: string | null;
}

/** What terms said before they were changed. */
export interface FormerTermsRow {
  readonly companyId: string;
  readonly termsId: string;
  readonly terms: TermsRow;
  readonly replacedAt: string;
  readonly replacedBy: string | null;
}

type Stored = Omit<TermsRow, "installments"> & { readonly installments: readonly (Omit<TermsInstallment, "fixedMinor"> & { readonly fixedMinor: string | null })[] };

const SELECT = `select terms.company_id as "companyId", terms.id, terms.version, terms.retired_at as "retiredAt", terms.code, terms.description, terms.net_days as "netDays", terms.months, terms.end_of_month as "endOfMonth",
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

const byKeys = statement<Stored, [readonly string[], readonly string[]]>(
  "terms.byKeys",
  `${SELECT} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on terms.company_id = key.company_id and terms.id = key.id`,
);

// Minor units come as text: JSON would make a float of them.
const read = ({ installments, ...terms }: Stored): TermsRow => ({
  ...terms,
  installments: installments.map(({ fixedMinor, ...part }) => ({ ...part, fixedMinor: fixedMinor === null ? null : BigInt(fixedMinor) })),
});

export const termsByKeys = async (on: Answering, companyIds: readonly string[], ids: readonly string[]): Promise<TermsRow[]> => (await byKeys(on, companyIds, ids)).map(read);

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
export async function insertTerms(tx: Tx, terms: NewTermsRow): Promise<boolean> {
  const { companyId, code } = terms;
  const added = await insert(
    tx, companyId, tx.recordedAt, code, terms.description, terms.netDays, terms.months, terms.endOfMonth, terms.daysAfter, terms.proximoDay, terms.proximoMonths,
    terms.cutoffDay, terms.graceDays, terms.dueGraceDays, terms.discountBase, terms.discountOnPartial,
  );
  if (added.length === 0) return false;
  await writeParts(tx, terms);
  return true;
}

async function writeParts(tx: Tx, { companyId, code, discounts, installments: parts }: NewTermsRow): Promise<void> {
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
}

/** The terms of a code, locked against other changes; null when there are none. */
export async function lockTerms(tx: Tx, companyId: string, code: string): Promise<TermsRow | null> {
  await lock(tx, companyId, code);
  return findTerms(tx, companyId, code);
}

const lock = statement<object, [string, string]>("terms.lock", "select from terms where company_id = $1 and code = $2 for update");

const keepFormer = statement<object, [string, string, number, string, string | null, string]>(
  "terms.keepFormer",
  `insert into terms_replaced (company_id, terms_code, version, wording, member_id, recorded_at) values ($1, $2, $3, $4::jsonb, $5, $6)`,
);

const clearDiscounts = statement<object, [string, string]>("terms.clearDiscounts", "delete from terms_discount where company_id = $1 and terms_code = $2");
const clearInstallments = statement<object, [string, string]>("terms.clearInstallments", "delete from terms_installment where company_id = $1 and terms_code = $2");

const change = statement<object, [string, string, ...unknown[]]>(
  "terms.change",
  `update terms set description = $3, net_days = $4, months = $5, end_of_month = $6, days_after = $7, proximo_day = $8, proximo_months = $9, cutoff_day = $10,
                    grace_days = $11, due_grace_days = $12, discount_base = $13, discount_on_partial = $14, version = version + 1
    where company_id = $1 and code = $2`,
);

/** Keeps what terms said, as a fact, and writes what they say from now on. They are locked. */
export async function replaceTerms(tx: Tx, memberId: string | null, former: TermsRow, terms: NewTermsRow): Promise<void> {
  const { companyId, code } = former;
  await keepFormer(tx, companyId, code, former.version, JSON.stringify(former, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value)), memberId, tx.recordedAt);
  await clearDiscounts(tx, companyId, code);
  await clearInstallments(tx, companyId, code);
  await change(
    tx, companyId, code, terms.description, terms.netDays, terms.months, terms.endOfMonth, terms.daysAfter, terms.proximoDay, terms.proximoMonths,
    terms.cutoffDay, terms.graceDays, terms.dueGraceDays, terms.discountBase, terms.discountOnPartial,
  );
  await writeParts(tx, terms);
}

export const markRetired = statement<object, [string, string, string]>("terms.retire", "update terms set retired_at = $3, version = version + 1 where company_id = $1 and code = $2");

const former = statement<Omit<FormerTermsRow, "terms"> & { readonly wording: Stored }, [readonly string[], readonly string[]]>(
  "terms.former",
  `select replaced.company_id as "companyId", terms.id as "termsId", replaced.wording, replaced.recorded_at as "replacedAt", ${memberName("replaced")} as "replacedBy"
     from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     join terms on terms.company_id = key.company_id and terms.id = key.id
     join terms_replaced replaced on replaced.company_id = terms.company_id and replaced.terms_code = terms.code
    order by replaced.company_id, replaced.terms_code, replaced.version desc`,
);

/** What terms said before their changes, the latest first. */
export const formerTermsByKeys = async (on: Answering, companyIds: readonly string[], ids: readonly string[]): Promise<FormerTermsRow[]> =>
  (await former(on, companyIds, ids)).map(({ wording, ...row }) => ({ ...row, terms: read(wording) }));
