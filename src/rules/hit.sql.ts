import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { ResolutionOutcome } from "../domain/auto-resolution.ts";

/** A hit to be kept. Inputs and answer are JSON in which whole numbers beyond JSON's own stand as texts. */
export interface NewHit {
  readonly id: string;
  readonly deductionId: string;
  readonly ruleId: string;
  readonly outcome: ResolutionOutcome;
  readonly inputs: string;
  readonly answer: string;
  readonly settlementId: string | null;
}

const insert = statement<object, [string, string, string, string, string, ResolutionOutcome, string, string, string | null]>(
  "rules.insertHit",
  `insert into resolution_hit (company_id, recorded_at, id, deduction_id, rule_id, outcome, inputs, answer, settlement_id) values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9)`,
);

export const insertHit = (tx: Tx, companyId: string, it: NewHit): Promise<object[]> => insert(tx, companyId, tx.recordedAt, it.id, it.deductionId, it.ruleId, it.outcome, it.inputs, it.answer, it.settlementId);

export interface HitRow extends Omit<NewHit, "inputs" | "answer"> {
  readonly companyId: string;
  readonly inputs: unknown;
  readonly answer: unknown;
  readonly recordedAt: string;
}

/** The hits of deductions, the first first. */
export const hitsOfDeductions = statement<HitRow, [readonly string[], readonly string[]]>(
  "rules.hits",
  `select hit.company_id as "companyId", hit.id, hit.deduction_id as "deductionId", hit.rule_id as "ruleId", hit.outcome, hit.inputs, hit.answer, hit.settlement_id as "settlementId", hit.recorded_at as "recordedAt"
     from unnest($1::uuid[], $2::uuid[]) as key (company_id, id) join resolution_hit hit on hit.company_id = key.company_id and hit.deduction_id = key.id order by hit.id`,
);
