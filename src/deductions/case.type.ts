import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { allowedActions, type Blocker, BlockerCode, blockersOf, type CaseWorker } from "../domain/case-guards.ts";
import type { ApprovalLimit } from "../domain/case-guards.ts";
import { DeductionAction, DeductionState, TRANSITIONS, Verdict } from "../domain/deduction-case.ts";
import { Escalation } from "../domain/escalation.ts";
import { MoneyValue } from "../domain/money.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { ResolutionKind } from "../domain/resolution.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { ActivityRow, CaseRow } from "./case.sql.ts";
import type { SettlementRow } from "./settlement.sql.ts";

registerEnumType(DeductionState, {
  name: "DeductionState",
  description: "Where the work on a deduction stands. `deductionTransitions` says what may follow what.",
  valuesConfig: {
    CAPTURED: { description: "Taken, and nobody's yet." },
    OPEN: { description: "Somebody took it up." },
    RESEARCH: { description: "Papers are being collected and compared." },
    AWAITING_CUSTOMER: { description: "The customer was asked; our clock stands still." },
    AWAITING_INTERNAL: { description: "Somebody of ours was asked." },
    AUTO_RESOLVED: { description: "A rule settled it when it was taken." },
    DECIDED: { description: "It is decided what the customer may keep." },
    PENDING_APPROVAL: { description: "Somebody else has to approve the decision." },
    SETTLEMENT_PENDING: { description: "Approved, or settled in part: the rest has to be settled." },
    SETTLED: { description: "Nothing is left of it, nor of what was charged back. It opens again when its settlement is undone." },
    DENIED: { description: "Charged back: the customer owes it again. It is settled by itself once the chargeback is." },
    DISPUTED_AGAIN: { description: "The customer answered the denial with something new." },
    CONFIRMED: { description: "Settled for good." },
    VOIDED: { description: "It should not have been; nothing was open on it." },
  },
});
registerEnumType(DeductionAction, {
  name: "DeductionAction",
  description: "What may be done with a deduction.",
  valuesConfig: {
    TAKE_UP: { description: "Make it yours." },
    AUTO_RESOLVE: { description: "A rule settles it." },
    RESEARCH: { description: "Begin, or go on, to find out." },
    PUT_BACK: { description: "Leave the research for later." },
    ASK_CUSTOMER: { description: "Wait for the customer until a day." },
    ASK_INTERNALLY: { description: "Wait for somebody of ours until a day." },
    DECIDE: { description: "Say what the customer may keep." },
    REQUEST_APPROVAL: { description: "Ask somebody with a higher limit." },
    APPROVE: { description: "Approve what somebody else decided." },
    SEND_BACK: { description: "Do not approve it, and say why." },
    SUBMIT: { description: "Settle it in the ledger: what the customer keeps, or a reversal onto its invoice." },
    FAIL: { description: "The settlement could not be posted." },
    SETTLE: { description: "The last of it is settled. By itself: the customer repaid it, or what was charged back." },
    DENY: { description: "Charge it back; or stand by that when the customer answered. By itself: the chargeback is open again." },
    DISPUTE_AGAIN: { description: "The customer answered the denial." },
    CONFIRM: { description: "Close it for good." },
    REOPEN: { description: "Its settlement was undone." },
    VOID: { description: "Take it off the list: it should not have been." },
  },
});
registerEnumType(Verdict, {
  name: "DeductionVerdict",
  description: "What was decided.",
  valuesConfig: { VALID: { description: "The customer may keep all of it." }, INVALID: { description: "The customer may keep nothing of it." }, PARTIAL: { description: "The customer may keep a part; it was split." } },
});
registerEnumType(Escalation, {
  name: "DeductionEscalation",
  description: "To whom a deduction was taken, from the nearest to the last.",
  valuesConfig: { TEAM_LEAD: { description: "The head of the analysts." }, SALES: { description: "Whoever sells to the customer." }, SENIOR_MANAGEMENT: { description: "Senior management." }, LEGAL: { description: "Lawyers." } },
});
registerEnumType(BlockerCode, {
  name: "BlockerCode",
  description: "Why something cannot be done with a deduction now.",
  valuesConfig: {
    STATE: { description: "Its state does not lead there." },
    PERMISSION: { description: "It takes a permission that you do not have; the message names the roles that do." },
    NOTHING_RESEARCHED: { description: "Nothing is noted yet." },
    STILL_OPEN: { description: "Money is open on it." },
    APPROVAL_NEEDED: { description: "It is above your own limit; the message names who may approve." },
    NO_APPROVAL_NEEDED: { description: "It is within your own limit." },
    OWN_DECISION: { description: "Whoever decided does not approve." },
    ABOVE_LIMIT: { description: "It is above your limit as an approver; the message names who may." },
    WRONG_VERDICT: { description: "It was decided otherwise." },
    NOTHING_OPEN: { description: "Nothing of it is open: it was split, merged or settled." },
  },
});
registerEnumType(ResolutionKind, {
  name: "ResolutionKind",
  description: "How a part of a deduction is settled, and what that books against deductions receivable.",
  valuesConfig: {
    CREDIT_MEMO: { description: "The customer is right: a credit memo, returns and allowances with the tax on them." },
    CHARGEBACK: { description: "The customer is not: a debit memo bills it again." },
    WRITE_OFF: { description: "Not worth more work: an expense by the reason." },
    REVERSAL: { description: "It never was a deduction: its invoice is open again." },
    DISCOUNT: { description: "Let go as a cash discount." },
    NETTING: { description: "A credit memo that the customer has settles it." },
    PROMOTION: { description: "Against what was set aside for a promotion." },
    GOODWILL: { description: "Let go for the sake of the customer." },
    BAD_DEBT: { description: "Given up, out of the allowance for credit losses." },
  },
});

@ObjectType({ description: "A step that the life of a deduction may take.", simpleResolvers: true })
export class DeductionTransitionType {
  @Field(() => DeductionState, { description: "From here." })
  readonly from!: DeductionState;

  @Field(() => DeductionAction, { description: "By this." })
  readonly action!: DeductionAction;

  @Field(() => DeductionState, { description: "To there." })
  readonly to!: DeductionState;

  @Field(() => Boolean, { description: "Whether a person asks for it; the others the books do by themselves." })
  readonly asked!: boolean;
}

export const transitions: readonly DeductionTransitionType[] = TRANSITIONS;

@ObjectType({ description: "What stands in the way of something.", simpleResolvers: true })
export class DeductionBlockerType {
  @Field(() => DeductionAction, { description: "What it keeps you from." })
  readonly action!: DeductionAction;

  @Field(() => BlockerCode, { description: "Branch on this." })
  readonly code!: BlockerCode;

  @Field(() => String, { description: "For people, in English: the same as the command would say." })
  readonly message!: string;
}

@ObjectType({ description: "Something that was done about a deduction: a fact.", simpleResolvers: true })
export class DeductionActivityType {
  @Field(() => ID, { description: "Id of this activity." })
  readonly id!: string;

  @Field(() => String, { description: "What was done: a `DeductionAction`, or NOTE, ASSIGN, ESCALATE, DEESCALATE, CORRECT_REASON, MATCH_CLAIM, UNMATCH_CLAIM, SPLIT, MERGE, ADD_EVIDENCE, WITHDRAW_EVIDENCE, COMPARE_PAPERS, WRITE_DENIAL, RECORD_ANSWER, SETTLE_PART (a part of it was settled while it waits) or UNDO (a settlement was undone while it is worked on)." })
  readonly action!: string;

  @Field(() => DeductionState, { description: "Where the work stood before." })
  readonly from!: DeductionState;

  @Field(() => DeductionState, { description: "And after." })
  readonly to!: DeductionState;

  @Field(() => String, { nullable: true, description: "Who did it; null for the books themselves, for a machine, and for somebody without a name here." })
  readonly by!: string | null;

  @Field(() => String, { nullable: true, description: "Why; null when nothing was said." })
  readonly note!: string | null;

  @Field(() => MomentScalar, { description: "When." })
  readonly at!: string;
}

export const activityOf = (row: ActivityRow): DeductionActivityType => ({
  id: globalId("DeductionActivity", row.companyId, row.id), action: row.action, from: row.fromState, to: row.toState, by: row.memberName, note: row.note, at: row.recordedAt,
});

@ObjectType({ description: "Where the work on a deduction stands, and what you may do next.", simpleResolvers: true })
export class DeductionCaseType {
  @Field(() => DeductionState, { description: "Where it stands." })
  readonly state!: DeductionState;

  @Field(() => Int, { description: "Rises with every step. Send it as `expectedVersion` to be told when somebody else was quicker." })
  readonly version!: number;

  @Field(() => DeductionReason, { description: "The reason as it is known by now; `Deduction.reason` is as it was taken." })
  readonly reason!: DeductionReason;

  @Field(() => String, { nullable: true, description: "Whose work it is; null while nobody took it up." })
  readonly owner!: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "When to ask again; null when nobody is waited for." })
  readonly followUpOn!: string | null;

  @Field(() => Verdict, { nullable: true, description: "What was decided; null before." })
  readonly verdict!: Verdict | null;

  @Field(() => MoneyType, { nullable: true, description: "What the customer may keep; null before a decision." })
  readonly valid!: MoneyValue | null;

  @Field(() => String, { nullable: true, description: "Who decided." })
  readonly decidedBy!: string | null;

  @Field(() => String, { nullable: true, description: "Who approved; null where nobody had to." })
  readonly approvedBy!: string | null;

  @Field(() => Int, { description: "How often the customer answered a denial." })
  readonly rounds!: number;

  @Field(() => Escalation, { nullable: true, description: "How far it was taken; null when it was not." })
  readonly escalation!: Escalation | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The last day on which the customer hears of it being disputed, by `disputeWindow`; null where no window held when it was taken." })
  readonly disputeBy!: string | null;

  @Field(() => MomentScalar, { description: "Since when it stands there." })
  readonly enteredStateAt!: string;

  @Field(() => [DeductionAction], { description: "What you may do now." })
  readonly allowedActions!: readonly DeductionAction[];

  @Field(() => [DeductionBlockerType], { description: "What keeps you from each other step that leads on from here; the commands say the same." })
  readonly blockers!: readonly DeductionBlockerType[];

  /** Not a field: what field resolvers read. */
  readonly row!: CaseRow;
}

/** A case as one person sees it. */
export function caseOf(row: CaseRow, worker: CaseWorker, limits: readonly ApprovalLimit[]): DeductionCaseType {
  const steps = [...new Set(TRANSITIONS.filter(({ from, asked }) => asked && from === row.state).map(({ action }) => action))];
  const blockers = steps.flatMap((action) => blockersOf(action, row, worker, limits).map((it: Blocker) => ({ action, ...it })));
  return {
    state: row.state, version: row.version, reason: row.reason, owner: row.ownerName, followUpOn: row.followUpOn, verdict: row.verdict,
    valid: row.validMinor === null ? null : new MoneyValue(row.validMinor, row.currency), decidedBy: row.deciderName, approvedBy: row.approverName, rounds: row.rounds,
    escalation: row.escalation, disputeBy: row.disputeBy, row, enteredStateAt: row.enteredStateAt, allowedActions: allowedActions(row, worker, limits), blockers,
  };
}

@ObjectType({ description: "A part of a settlement.", simpleResolvers: true })
export class SettlementPartType {
  readonly companyId!: string;
  readonly promotionKey!: string | null;

  @Field(() => ResolutionKind, { description: "How." })
  readonly kind!: ResolutionKind;

  @Field(() => MoneyType, { description: "How much." })
  readonly amount!: MoneyValue;
}

@ObjectType({ description: "What settled a deduction in one command: a fact, undone only by an opposite one.", simpleResolvers: true })
export class DeductionSettlementType {
  @Field(() => ID, { description: "Id of this settlement." })
  readonly id!: string;

  @Field(() => [SettlementPartType], { description: "Its parts; empty for the undoing of another." })
  readonly parts!: readonly SettlementPartType[];

  @Field(() => BusinessDateScalar, { description: "The business day it counts from." })
  readonly settledOn!: string;

  @Field(() => String, { nullable: true, description: "Who settled it." })
  readonly by!: string | null;

  @Field(() => ID, { nullable: true, description: "The settlement that this one undoes; null for one that settles." })
  readonly undoes!: string | null;

  @Field(() => Boolean, { description: "Whether it was undone." })
  readonly undone!: boolean;
}

export const settlementOf = (row: SettlementRow): DeductionSettlementType => ({
  id: globalId("DeductionSettlement", row.companyId, row.id), settledOn: row.settledOn, by: row.memberName, undone: row.undoneById !== null,
  undoes: row.undoesId && globalId("DeductionSettlement", row.companyId, row.undoesId),
  parts: row.parts.map(({ kind, minor, promotionId }) => ({ companyId: row.companyId, kind, amount: new MoneyValue(BigInt(minor), row.currency), promotionKey: promotionId })),
});
