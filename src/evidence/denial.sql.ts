import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { DenialAnswer } from "./denial-answer.ts";

/** A packet that tells a customer why a deduction is denied. */
export interface NewDenial {
  readonly id: string;
  readonly deductionId: string;
  readonly researchId: string | null;
  readonly fileId: string;
  /** The address to write to; null where none is known that may be used. */
  readonly recipient: string | null;
  readonly subject: string;
  readonly body: string;
  readonly answerBy: string;
}

const insert = statement<object, [string, string, string | null, ...unknown[]]>(
  "denials.insert",
  `insert into deduction_denial (company_id, recorded_at, member_id, id, deduction_id, research_id, file_id, recipient, subject, body, answer_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);

export const insertDenial = (tx: Tx, companyId: string, memberId: string | null, it: NewDenial): Promise<object[]> =>
  insert(tx, companyId, tx.recordedAt, memberId, it.id, it.deductionId, it.researchId, it.fileId, it.recipient, it.subject, it.body, it.answerBy);

export const insertAnswer = statement<object, [string, string, string, DenialAnswer, string, string, string | null, string]>(
  "denials.answer",
  `insert into deduction_denial_answer (company_id, id, denial_id, kind, answered_on, note, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export interface DenialRow extends NewDenial {
  readonly companyId: string;
  readonly memberName: string | null;
  readonly recordedAt: string;
  readonly answers: readonly { readonly kind: DenialAnswer; readonly answeredOn: string; readonly note: string; readonly by: string | null }[];
}

const DENIALS = `
  select sent.company_id as "companyId", sent.id, sent.deduction_id as "deductionId", sent.research_id as "researchId", sent.file_id as "fileId", sent.recipient, sent.subject, sent.body,
         sent.answer_by as "answerBy", writer.name as "memberName", sent.recorded_at as "recordedAt",
         coalesce((select jsonb_agg(jsonb_build_object('kind', answer.kind, 'answeredOn', answer.answered_on, 'note', answer.note, 'by', keeper.name) order by answer.id)
                     from deduction_denial_answer answer left join company_member keeper on keeper.company_id = answer.company_id and keeper.member_id = answer.member_id
                    where answer.company_id = sent.company_id and answer.denial_id = sent.id), '[]') as answers
    from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
    join deduction_denial sent on sent.company_id = key.company_id and sent.KEY = key.id
    left join company_member writer on writer.company_id = sent.company_id and writer.member_id = sent.member_id
   order by sent.id desc`;

export const denialsByKeys = statement<DenialRow, [readonly string[], readonly string[]]>("denials.byKeys", DENIALS.replace("KEY", "id"));

/** The packets of deductions, the latest first. */
export const denialsOfDeductions = statement<DenialRow, [readonly string[], readonly string[]]>("denials.ofDeductions", DENIALS.replace("KEY", "deduction_id"));
