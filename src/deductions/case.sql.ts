import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { DeductionAction, DeductionState, Verdict } from "../domain/deduction-case.ts";
import { type DeductionReason, reasonCodeKey } from "../domain/reasons.ts";
import type { Escalation } from "../domain/escalation.ts";

/**
 * Of the windows that hold for a deduction on the day it was taken, that of its customer comes before one for all, that for a
 * code before one for any, and that for a reason before one for any. Of those for just the same, the last to take effect counts;
 * one without days took the window back.
 */
const open = statement<object, [string, string, readonly string[], readonly string[], readonly (string | null)[]]>(
  "cases.open",
  `insert into deduction_case (company_id, deduction_id, state, reason, entered_state_at, dispute_by, dispute_window_id)
   select $1, fresh.id, 'CAPTURED', fresh.reason, $2, case when win.counts_from = 'INVOICED' then coalesce(invoice.invoiced_on, taken.taken_on) else taken.taken_on end + win.days, win.id
     from unnest($3::uuid[], $4::text[], $5::text[]) as fresh (id, reason, code)
     join deduction taken on taken.company_id = $1 and taken.id = fresh.id
     left join invoice on invoice.company_id = $1 and invoice.id = taken.invoice_id
     left join lateral (
       select latest.* from (
         select distinct on (rule.customer_id, rule.customer_code, rule.reason) rule.* from dispute_window rule
          where rule.company_id = $1 and (rule.customer_id is null or rule.customer_id = taken.customer_id) and (rule.customer_code is null or rule.customer_code = fresh.code)
            and (rule.reason is null or rule.reason = fresh.reason) and rule.effective_on <= taken.taken_on
          order by rule.customer_id, rule.customer_code, rule.reason, rule.effective_on desc, rule.id desc
       ) as latest where latest.days is not null
       order by latest.customer_id nulls last, latest.customer_code nulls last, latest.reason nulls last limit 1
     ) as win on true`,
);

/** Opens the case of each new deduction, in the transaction that takes it, and sets the day by which it may be disputed. */
export const openCases = async (tx: Tx, companyId: string, rows: readonly { readonly id: string; readonly reason: DeductionReason; readonly customerCode: string | null }[]): Promise<void> =>
  void (await open(tx, companyId, tx.recordedAt, rows.map(({ id }) => id), rows.map(({ reason }) => reason), rows.map(({ customerCode }) => customerCode && reasonCodeKey(customerCode))));

const inherit = statement<object, [string, readonly string[], readonly string[]]>(
  "cases.inheritDeadline",
  `update deduction_case fresh set dispute_by = whole.dispute_by, dispute_window_id = whole.dispute_window_id
     from (select dispute_by, dispute_window_id from deduction_case where company_id = $1 and deduction_id = any($3::uuid[]) order by dispute_by nulls last, deduction_id limit 1) as whole
    where fresh.company_id = $1 and fresh.deduction_id = any($2::uuid[])`,
);

/** Gives new deductions the deadline of those they stand for: of several, the first. */
export const inheritDeadline = async (tx: Tx, companyId: string, fresh: readonly string[], from: readonly string[]): Promise<void> => void (await inherit(tx, companyId, fresh, from));

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
  /** What the company calls the owner by: the id of a `company_member`. */
  readonly ownerKey: string | null;
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
  readonly disputeWindowId: string | null;
  readonly enteredStateAt: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly openMinor: bigint;
  readonly itemId: string;
  readonly effectiveOn: string;
  readonly takenOn: string;
  readonly recordedAt: string;
  readonly invoiceId: string | null;
  readonly researched: boolean;
}

const CASES = `
  select work.company_id as "companyId", work.deduction_id as "deductionId", deduction.customer_id as "customerId", work.state, work.version, work.reason, work.owner_id as "ownerId",
         work.follow_up_on as "followUpOn", work.verdict, work.valid_minor as "validMinor", work.decided_by as "decidedBy", work.approved_by as "approvedBy", work.rounds, work.escalation,
         work.dispute_by as "disputeBy", work.dispute_window_id as "disputeWindowId", work.entered_state_at as "enteredStateAt", deduction.currency, deduction.amount_minor as minor, item.open_minor as "openMinor", item.id as "itemId",
         item.effective_on as "effectiveOn", deduction.taken_on as "takenOn", deduction.recorded_at as "recordedAt", deduction.invoice_id as "invoiceId",
         owner.name as "ownerName", owner.id as "ownerKey", decider.name as "deciderName", approver.name as "approverName",
         exists (select from deduction_activity noted where noted.company_id = work.company_id and noted.deduction_id = work.deduction_id and noted.note is not null) as researched
    from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
    join deduction_case work on work.company_id = key.company_id and work.deduction_id = key.id
    join deduction on deduction.company_id = work.company_id and deduction.id = work.deduction_id
    join open_item item on item.company_id = work.company_id and item.document_id = work.deduction_id and item.installment_no = 1
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
  /** What was done: an action of the life cycle, or something that leaves the case where it stands, such as a note. */
  readonly action: DeductionAction | "NOTE" | "ASSIGN" | "ESCALATE" | "DEESCALATE" | "CORRECT_REASON" | "MATCH_CLAIM" | "UNMATCH_CLAIM" | "SPLIT" | "MERGE" | "SETTLE_PART" | "UNDO" | "ADD_EVIDENCE" | "WITHDRAW_EVIDENCE" | "COMPARE_PAPERS" | "WRITE_DENIAL" | "RECORD_ANSWER";
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

/** An activity, and whose work the deduction is by now. */
export interface CaseNewsRow extends ActivityRow {
  readonly ownerKey: string | null;
}

/** Activities by their ids. */
export const caseNewsByKeys = statement<CaseNewsRow, [readonly string[], readonly string[]]>(
  "cases.news",
  `select done.company_id as "companyId", done.id, done.deduction_id as "deductionId", done.action, done.from_state as "fromState", done.to_state as "toState", done.member_id as "memberId", known.name as "memberName",
          done.note, done.details, done.recorded_at as "recordedAt", owner.id as "ownerKey"
     from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     join deduction_activity done on done.company_id = key.company_id and done.id = key.id
     join deduction_case work on work.company_id = done.company_id and work.deduction_id = done.deduction_id
     left join company_member known on known.company_id = done.company_id and known.member_id = done.member_id
     left join company_member owner on owner.company_id = work.company_id and owner.member_id = work.owner_id`,
);

/** What was done about deductions, the first thing first. */
export const activitiesOfDeductions = statement<ActivityRow, [readonly string[], readonly string[]]>(
  "cases.activities",
  `select done.company_id as "companyId", done.id, done.deduction_id as "deductionId", done.action, done.from_state as "fromState", done.to_state as "toState", done.member_id as "memberId", known.name as "memberName",
          done.note, done.details, done.recorded_at as "recordedAt"
     from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     join deduction_activity done on done.company_id = key.company_id and done.deduction_id = key.id
     left join company_member known on known.company_id = done.company_id and known.member_id = done.member_id order by done.id`,
);

