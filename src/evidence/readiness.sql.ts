import { statement } from "../db/database.ts";
import type { BusinessDate } from "../domain/dates.ts";
import type { EvidenceKind } from "../domain/evidence.ts";
import type { EvidenceNeed } from "../domain/readiness.ts";
import type { DeductionReason } from "../domain/reasons.ts";

/** What is needed for a deduction by rules, and what is there. */
export interface ReadinessRow {
  readonly companyId: string;
  readonly deductionId: string;
  readonly reason: DeductionReason;
  /** By a decision about its customer; null where there is none. */
  readonly ownNeeds: readonly EvidenceNeed[] | null;
  /** By a decision for every customer; null where there is none. */
  readonly commonNeeds: readonly EvidenceNeed[] | null;
  readonly there: readonly EvidenceKind[];
}

const NEEDS = (customer: string): string => `
  (select rule.needs from evidence_rule rule
    where rule.company_id = work.company_id and rule.reason = work.reason and rule.customer_id ${customer} and rule.effective_on <= deduction.taken_on
    order by rule.effective_on desc, rule.id desc limit 1)`;

/** What deductions need by the rules of the day they were taken, and the kinds of papers that count for them. An invoice on the books is there without a paper. */
export const readinessOfDeductions = statement<ReadinessRow, [readonly string[], readonly string[]]>(
  "readiness.ofDeductions",
  `select work.company_id as "companyId", work.deduction_id as "deductionId", work.reason, ${NEEDS("= deduction.customer_id")} as "ownNeeds", ${NEEDS("is null")} as "commonNeeds",
          case when deduction.invoice_id is null then array[]::text[] else array['INVOICE'] end || array(select distinct paper.kind from deduction_evidence paper
                 where paper.company_id = work.company_id
                   and (paper.deduction_id = work.deduction_id or paper.deduction_id in (select whole_id from deduction_part part where part.company_id = work.company_id and part.part_id = work.deduction_id))
                   and not exists (select from deduction_evidence_withdrawal gone where gone.company_id = paper.company_id and gone.evidence_id = paper.id)) as there
     from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     join deduction_case work on work.company_id = key.company_id and work.deduction_id = key.id
     join deduction on deduction.company_id = work.company_id and deduction.id = work.deduction_id`,
);

/** A decision of which papers a reason needs. */
export interface EvidenceRuleRow {
  readonly companyId: string;
  readonly id: string;
  /** Null for every customer without a decision of its own. */
  readonly customerId: string | null;
  readonly reason: DeductionReason;
  /** Null for a decision that takes back what was decided before. */
  readonly needs: readonly EvidenceNeed[] | null;
  readonly effectiveOn: BusinessDate;
  readonly memberName: string | null;
  readonly recordedAt: string;
}

/** Every decision of a company, those that took effect last first. */
export const rulesOfCompany = statement<EvidenceRuleRow, [string]>(
  "readiness.rules",
  `select rule.company_id as "companyId", rule.id, rule.customer_id as "customerId", rule.reason, rule.needs, rule.effective_on as "effectiveOn", known.name as "memberName", rule.recorded_at as "recordedAt"
     from evidence_rule rule left join company_member known on known.company_id = rule.company_id and known.member_id = rule.member_id
    where rule.company_id = $1 order by rule.effective_on desc, rule.id desc`,
);

export const insertRule = statement<object, [string, string, string | null, DeductionReason, string | null, BusinessDate, string | null, string]>(
  "readiness.insertRule",
  `insert into evidence_rule (company_id, id, customer_id, reason, needs, effective_on, member_id, recorded_at) values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8)`,
);
