import { type Answering, statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { ApprovalLimit } from "../domain/case-guards.ts";
import type { DeductionAction, DeductionState, Verdict } from "../domain/deduction-case.ts";
import type { DeductionReason } from "../domain/reasons.ts";
import type { Escalation } from "../domain/escalation.ts";

const open = statement<object, [string, string, readonly string[], readonly string[]]>(
  "cases.open",
  `insert into deduction_case (company_id, deduction_id, state, reason, entered_state_at)
   select $1, fresh.id, 'CAPTURED', fresh.reason, $2 from unnest($3::uuid[], $4::text[]) as fresh (id, reason)`,
);

/** Opens the case of each new deduction, in the transaction that takes it. */
export const openCases = async (tx: Tx, companyId: string, rows: readonly { readonly id: string; readonly reason: DeductionReason }[]): Promise<void> =>
  void (await open(tx, companyId, tx.recordedAt, rows.map(({ id }) => id), rows.map(({ reason }) => reason)));

/** Where the work on a deduction stands. */
export interface CaseRow {
  readonly companyId: string;
  readonly deductionId: string;
  readonly customerId: string;
  readonly state: DeductionState;
  readonly version: number;
  readonly reason: DeductionReason;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly followUpOn: string | null;
  readonly verdict: Verdict | null;
  readonly validMinor: bigint | null;
  readonly decidedBy: string | null;
  readonly deciderName: string | null;
  readonly approvedBy: string | null;
  readonly approverName: string | null;
  readonly rounds: number;
  readonly escalation: Escalation | null;
  readonly disputeBy: string | null;
  readonly enteredStateAt: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly openMinor: bigint;
  readonly itemId: string;
  readonly effectiveOn: string;
  readonly takenOn: string;
  readonly invoiceId: string | null;
  readonly researched: boolean;
}

const CASES = `
  select work.company_id as "companyId", work.deduction_id as "deductionId", deduction.customer_id as "customerId", work.state, work.version, work.reason, work.owner_id as "ownerId",
         work.follow_up_on as "followUpOn", work.verdict, work.valid_minor as "validMinor", work.decided_by as "decidedBy", work.approved_by as "approvedBy", work.rounds, work.escalation,
         work.dispute_by as "disputeBy", work.entered_state_at as "enteredStateAt", deduction.currency, deduction.amount_minor as minor, item.open_minor as "openMinor", item.id as "itemId",
         item.effective_on as "effectiveOn", deduction.taken_on as "takenOn", deduction.invoice_id as "invoiceId",
         owner.name as "ownerName", decider.name as "deciderName", approver.name as "approverName",
         exists (select from deduction_activity noted where noted.company_id = work.company_id and noted.deduction_id = work.deduction_id and noted.note is not null) as researched
    from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
    join deduction_case work on work.company_id = key.company_id and work.deduction_id = key.id
    join deduction on deduction.company_id = work.company_id and deduction.id = work.deduction_id
    join open_item item on item.company_id = work.company_id and item.document_id = work.deduction_id and item.kind = 'DEDUCTION'
    left join company_member owner on owner.company_id = work.company_id and owner.member_id = work.owner_id
    left join company_member decider on decider.company_id = work.company_id and decider.member_id = work.decided_by
    left join company_member approver on approver.company_id = work.company_id and approver.member_id = work.approved_by`;

/** Cases by the ids of their deductions. */
export const casesByKeys = statement<CaseRow, [readonly string[], readonly string[]]>("cases.byKeys", CASES);

/** What a step changes of a case; what is left out stays as it is. */
export interface CaseChange {
  readonly state: DeductionState;
  readonly reason?: DeductionReason;
  readonly ownerId?: string | null;
  readonly followUpOn?: string | null;
  readonly verdict?: Verdict | null;
  readonly validMinor?: bigint | null;
  readonly decidedBy?: string | null;
  readonly approvedBy?: string | null;
  readonly rounds?: number;
  readonly escalation?: Escalation | null;
}

const update = statement<{ version: number }, [string, string, number, ...unknown[]]>(
  "cases.update",
  `update deduction_case set entered_state_at = case when state = $4 then entered_state_at else $14 end, state = $4, reason = $5, owner_id = $6, follow_up_on = $7, verdict = $8,
          valid_minor = $9, decided_by = $10, approved_by = $11, rounds = $12, escalation = $13, version = version + 1
    where company_id = $1 and deduction_id = $2 and version = $3 returning version`,
);

/** Changes a case that is as it was read. Says whether it was. */
export async function updateCase(tx: Tx, row: CaseRow, change: CaseChange): Promise<boolean> {
  const next = { ...row, ...change };
  const changed = await update(
    tx, row.companyId, row.deductionId, row.version, next.state, next.reason, next.ownerId, next.followUpOn, next.verdict, next.validMinor, next.decidedBy, next.approvedBy, next.rounds, next.escalation, tx.recordedAt,
  );
  return changed.length === 1;
}

/** Something that was done about a deduction. */
export interface NewActivity {
  readonly id: string;
  readonly deductionId: string;
  /** What was done: an action of the life cycle, or a note, an assignment, an escalation. */
  readonly action: DeductionAction | "NOTE" | "ASSIGN" | "ESCALATE" | "CORRECT_REASON" | "SPLIT" | "MERGE" | "ADD_EVIDENCE" | "WITHDRAW_EVIDENCE" | "COMPARE_PAPERS" | "WRITE_DENIAL" | "RECORD_ANSWER";
  readonly fromState: DeductionState;
  readonly toState: DeductionState;
  readonly memberId: string | null;
  readonly note: string | null;
  readonly details: Readonly<Record<string, string | number | null>>;
}

const insertActivity = statement<object, [string, string, string, string, string, string, string, string | null, string | null, string]>(
  "cases.activity",
  `insert into deduction_activity (company_id, recorded_at, id, deduction_id, action, from_state, to_state, member_id, note, details) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb)`,
);

export const writeActivity = (tx: Tx, companyId: string, it: NewActivity): Promise<object[]> =>
  insertActivity(tx, companyId, tx.recordedAt, it.id, it.deductionId, it.action, it.fromState, it.toState, it.memberId, it.note, JSON.stringify(it.details));

export interface ActivityRow extends NewActivity {
  readonly companyId: string;
  readonly memberName: string | null;
  readonly recordedAt: string;
}

/** What was done about deductions, the first thing first. */
export const activitiesOfDeductions = statement<ActivityRow, [readonly string[], readonly string[]]>(
  "cases.activities",
  `select done.company_id as "companyId", done.id, done.deduction_id as "deductionId", done.action, done.from_state as "fromState", done.to_state as "toState", done.member_id as "memberId", known.name as "memberName",
          done.note, done.details, done.recorded_at as "recordedAt"
     from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     join deduction_activity done on done.company_id = key.company_id and done.deduction_id = key.id
     left join company_member known on known.company_id = done.company_id and known.member_id = done.member_id order by done.id`,
);

/** The limits in force on a day, the reason's own first. */
export const limitsInForce = (on: Answering, companyId: string, currency: string, day: string): Promise<ApprovalLimit[]> => limits(on, companyId, currency, day);
const limits = statement<ApprovalLimit, [string, string, string]>(
  "cases.limits",
  `select distinct on (role, reason) role, reason, currency, max_minor as "maxMinor" from approval_limit
    where company_id = $1 and currency = $2 and effective_on <= $3 order by role, reason, effective_on desc, id desc`,
);
