import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { DeductionReason, ReasonMapping } from "../domain/reasons.ts";

/** A mapping with where it came from. One that was replaced before its first day ends before it begins, and never holds. */
export interface ReasonMappingRow extends ReasonMapping {
  readonly companyId: string;
  readonly id: string;
  /** The deduction whose correction it was learned from; null for one that a person stated. */
  readonly learnedFrom: string | null;
}

const MAPPINGS = `select mapping.company_id as "companyId", mapping.id, mapping.customer_id as "customerId", mapping.customer_code as "customerCode", mapping.reason,
         mapping.effective_from as "effectiveFrom", least(mapping.effective_to, ended.ends_on) as "effectiveTo", mapping.confidence, mapping.learned_from as "learnedFrom"
    from reason_mapping mapping left join reason_mapping_end ended on ended.company_id = mapping.company_id and ended.mapping_id = mapping.id`;

/** A company's mappings of reason codes that hold for a customer: its own and those for every customer. */
export const mappingsForCustomer = statement<ReasonMappingRow, [string, string]>(
  "reasons.forCustomer",
  `${MAPPINGS} where mapping.company_id = $1 and (mapping.customer_id is null or mapping.customer_id = $2)`,
);

export const mappingsOfCompany = statement<ReasonMappingRow, [string]>(
  "reasons.ofCompany",
  `${MAPPINGS} where mapping.company_id = $1 order by mapping.customer_code, mapping.customer_id nulls first, mapping.effective_from, mapping.id`,
);

/** A mapping to be written. */
export interface NewMapping extends ReasonMapping {
  readonly id: string;
  readonly learnedFrom: string | null;
  readonly memberId: string | null;
}

const insert = statement<object, [string, string, string, string | null, string, DeductionReason, string, string | null, number, string | null, string | null]>(
  "reasons.insert",
  `insert into reason_mapping (company_id, recorded_at, id, customer_id, customer_code, reason, effective_from, effective_to, confidence, learned_from, member_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);

export const insertMapping = (tx: Tx, companyId: string, it: NewMapping): Promise<object[]> =>
  insert(tx, companyId, tx.recordedAt, it.id, it.customerId, it.customerCode, it.reason, it.effectiveFrom, it.effectiveTo, it.confidence, it.learnedFrom, it.memberId);

/** Mappings of the same code for the same customers whose days meet these. */
export const mappingsThatMeet = statement<{ id: string; effectiveFrom: string }, [string, string | null, string, string, string | null]>(
  "reasons.meet",
  `select met.id, met."effectiveFrom" from (${MAPPINGS} where mapping.company_id = $1 and mapping.customer_id is not distinct from $2 and mapping.customer_code = $3) as met
    where (met."effectiveTo" is null or (met."effectiveTo" >= met."effectiveFrom" and met."effectiveTo" >= $4::date)) and ($5::date is null or met."effectiveFrom" <= $5::date)`,
);

const end = statement<object, [string, string, string, string, readonly string[]]>(
  "reasons.end",
  `insert into reason_mapping_end (company_id, mapping_id, ends_on, replaced_by, recorded_at) select $1, unnest($5::uuid[]), $2, $3, $4`,
);

/** Ends mappings that another replaces. */
export const endMappings = async (tx: Tx, companyId: string, ids: readonly string[], endsOn: string, replacedBy: string): Promise<void> =>
  void (ids.length > 0 && (await end(tx, companyId, endsOn, replacedBy, tx.recordedAt, ids)));

/** What deductions of a customer with a code were corrected to, the last correction of each. The code is compared as its key. */
export const correctionsOfCode = statement<{ reason: DeductionReason }, [string, string, string]>(
  "reasons.corrections",
  `select distinct on (done.deduction_id) done.details ->> 'reason' as reason
     from deduction join deduction_activity done on done.company_id = deduction.company_id and done.deduction_id = deduction.id and done.action = 'CORRECT_REASON'
    where deduction.company_id = $1 and deduction.customer_id = $2 and regexp_replace(upper(regexp_replace(deduction.customer_code, '\\s', '', 'g')), '^0+(?=.)', '') = $3
    order by done.deduction_id, done.id desc`,
);
