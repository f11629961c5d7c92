import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import { WITH_WHOLES } from "../deductions/deduction-part.sql.ts";
import type { Evidence, Stance } from "../domain/evidence.ts";

/** A paper of a deduction, as it is put on record. */
export interface NewEvidence extends Evidence {
  readonly id: string;
  readonly deductionId: string;
  readonly fileId: string | null;
  /** SHA-256 of what is kept of it, in hexadecimal digits; null where it is only named. */
  readonly digest: string | null;
  readonly capturedAt: string;
  readonly supports: Stance;
  /** What it says, as JSON in the form of its kind; null where nobody wrote that down. */
  readonly document: string | null;
}

const insert = statement<object, [string, string, string | null, ...unknown[]]>(
  "evidence.insert",
  `insert into deduction_evidence (company_id, recorded_at, member_id, id, deduction_id, kind, reference, file_id, digest, source, captured_at, supports, note, document)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);

export const insertEvidence = (tx: Tx, companyId: string, memberId: string | null, it: NewEvidence): Promise<object[]> =>
  insert(tx, companyId, tx.recordedAt, memberId, it.id, it.deductionId, it.kind, it.reference, it.fileId, it.digest, it.source, it.capturedAt, it.supports, it.note, it.document);

export const insertWithdrawal = statement<object, [string, string, string, string | null, string]>(
  "evidence.withdraw",
  `insert into deduction_evidence_withdrawal (company_id, evidence_id, note, member_id, recorded_at) values ($1, $2, $3, $4, $5)`,
);

/** A paper of a deduction, and its withdrawal. */
export interface EvidenceRow extends NewEvidence {
  readonly companyId: string;
  readonly memberName: string | null;
  readonly recordedAt: string;
  /** When it was withdrawn; null while it counts. */
  readonly withdrawnAt: string | null;
  readonly withdrawnBy: string | null;
  readonly withdrawnBecause: string | null;
}

const EVIDENCE = (keys: string, column: string): string => `
  select key.asked as "askedId", paper.company_id as "companyId", paper.id, paper.deduction_id as "deductionId", paper.kind, paper.reference, paper.file_id as "fileId", paper.digest, paper.document, paper.source,
         paper.captured_at as "capturedAt", paper.supports, paper.note, keeper.name as "memberName", paper.recorded_at as "recordedAt",
         gone.recorded_at as "withdrawnAt", taker.name as "withdrawnBy", gone.note as "withdrawnBecause"
    from ${keys} as key (company_id, asked, id)
    join deduction_evidence paper on paper.company_id = key.company_id and paper.${column} = key.id
    left join deduction_evidence_withdrawal gone on gone.company_id = paper.company_id and gone.evidence_id = paper.id
    left join company_member keeper on keeper.company_id = paper.company_id and keeper.member_id = paper.member_id
    left join company_member taker on taker.company_id = gone.company_id and taker.member_id = gone.member_id
   order by paper.id`;

export const evidenceByKeys = statement<EvidenceRow, [readonly string[], readonly string[]]>("evidence.byKeys", EVIDENCE("(select *, id from unnest($1::uuid[], $2::uuid[]) as own (company_id, id))", "id"));

/** The papers of deductions and of what they stand for, the first first, withdrawn ones too. */
export const evidenceOfDeductions = statement<EvidenceRow & { readonly askedId: string }, [readonly string[], readonly string[]]>("evidence.ofDeductions", EVIDENCE(WITH_WHOLES, "deduction_id"));
