import { statement } from "../db/database.ts";
import { WITH_WHOLES } from "../deductions/deduction-part.sql.ts";
import type { Tx } from "../db/transaction.ts";
import type { Recommendation } from "../domain/claim-research.ts";
import type { EarlierDeduction } from "../domain/deduction-file.ts";
import type { EvidenceKind } from "../domain/evidence.ts";
import type { DeductionReason } from "../domain/reasons.ts";

/** What the books say of a deduction, apart from the lines and discounts of its invoice. */
export interface BookFactsRow {
  readonly currency: string;
  readonly minor: bigint;
  readonly reason: DeductionReason;
  readonly takenOn: string;
  readonly claimNumber: string | null;
  readonly purchaseOrder: string | null;
  readonly invoiceId: string | null;
  readonly paidOn: string | null;
  readonly earlier: readonly (Omit<EarlierDeduction, "minor"> & { readonly minor: string })[];
}

/** The most earlier deductions that are looked at, the latest first. */
const MOST_EARLIER = 50;

/** What the books say; of other deductions, those that were taken and not made of others, about the same invoice, order or claim. */
export const factsOfDeduction = statement<BookFactsRow, [string, string]>(
  "research.facts",
  `select deduction.currency, deduction.amount_minor as minor, work.reason, deduction.taken_on as "takenOn", deduction.claim_number as "claimNumber",
          coalesce(deduction.purchase_order, invoice.purchase_order) as "purchaseOrder", deduction.invoice_id as "invoiceId", payment.received_on as "paidOn",
          coalesce((select jsonb_agg(jsonb_build_object('id', earlier.id, 'reason', earlier.reason, 'minor', earlier.minor::text, 'takenOn', earlier.taken_on, 'claimNumber', earlier.claim_number,
                                                        'invoiceNumber', earlier.number, 'state', earlier.state) order by earlier.taken_on desc, earlier.id desc)
                      from (select other.id, about.reason, other.amount_minor as minor, other.taken_on, other.claim_number, its.number, about.state
                              from deduction other
                              join deduction_case about on about.company_id = other.company_id and about.deduction_id = other.id
                              left join invoice its on its.company_id = other.company_id and its.id = other.invoice_id
                             where other.company_id = deduction.company_id and other.customer_id = deduction.customer_id and other.id <> deduction.id and other.id < deduction.id
                               and other.currency = deduction.currency and other.source not in ('SPLIT', 'MERGE') and deduction.source not in ('SPLIT', 'MERGE')
                               and (other.invoice_id = deduction.invoice_id or other.claim_number = deduction.claim_number or coalesce(other.purchase_order, its.purchase_order) = coalesce(deduction.purchase_order, invoice.purchase_order))
                             order by other.taken_on desc, other.id desc limit ${MOST_EARLIER}) as earlier), '[]') as earlier
     from deduction
     join deduction_case work on work.company_id = deduction.company_id and work.deduction_id = deduction.id
     left join invoice on invoice.company_id = deduction.company_id and invoice.id = deduction.invoice_id
     left join payment on payment.company_id = deduction.company_id and payment.id = deduction.payment_id
    where deduction.company_id = $1 and deduction.id = $2`,
);

/** A paper that went into a comparison. */
export interface ResearchInput {
  readonly evidenceId: string;
  readonly kind: EvidenceKind;
  readonly reference: string | null;
  readonly digest: string;
}

/** A comparison as it is kept. The file and the outcome are JSON in which whole numbers beyond JSON's own stand as texts. */
export interface NewResearch {
  readonly id: string;
  readonly deductionId: string;
  readonly engine: number;
  readonly inputs: readonly ResearchInput[];
  readonly file: string;
  readonly outcome: string;
  readonly recommendation: Recommendation;
  readonly currency: string;
  readonly minor: bigint;
  readonly explainedMinor: bigint;
  readonly validMinor: bigint;
}

const insert = statement<object, [string, string, string | null, ...unknown[]]>(
  "research.insert",
  `insert into deduction_research (company_id, recorded_at, member_id, id, deduction_id, engine, inputs, file, outcome, recommendation, currency, amount_minor, explained_minor, valid_minor)
   values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9::jsonb, $10, $11, $12, $13, $14)`,
);

export const insertResearch = (tx: Tx, companyId: string, memberId: string | null, it: NewResearch): Promise<object[]> =>
  insert(tx, companyId, tx.recordedAt, memberId, it.id, it.deductionId, it.engine, JSON.stringify(it.inputs), it.file, it.outcome, it.recommendation, it.currency, it.minor, it.explainedMinor, it.validMinor);

export interface ResearchRow extends Omit<NewResearch, "file" | "outcome"> {
  readonly companyId: string;
  readonly file: unknown;
  readonly outcome: unknown;
  readonly memberName: string | null;
  readonly recordedAt: string;
}

const RESEARCH = (keys: string, column: string): string => `
  select key.asked as "askedId", done.company_id as "companyId", done.id, done.deduction_id as "deductionId", done.engine, done.inputs, done.file, done.outcome, done.recommendation, done.currency, done.amount_minor as minor,
         done.explained_minor as "explainedMinor", done.valid_minor as "validMinor", known.name as "memberName", done.recorded_at as "recordedAt"
    from ${keys} as key (company_id, asked, id)
    join deduction_research done on done.company_id = key.company_id and done.${column} = key.id
    left join company_member known on known.company_id = done.company_id and known.member_id = done.member_id
   order by done.id desc`;

export const researchByKeys = statement<ResearchRow, [readonly string[], readonly string[]]>("research.byKeys", RESEARCH("(select *, id from unnest($1::uuid[], $2::uuid[]) as own (company_id, id))", "id"));

/** Every comparison of deductions and of what they stand for, the latest first. */
export const researchOfDeductions = statement<ResearchRow & { readonly askedId: string }, [readonly string[], readonly string[]]>("research.ofDeductions", RESEARCH(WITH_WHOLES, "deduction_id"));
