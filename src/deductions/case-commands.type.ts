import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { Account } from "../domain/posting.ts";
import { DeductionReason } from "../domain/reasons.ts";
import type { MoneyValue } from "../domain/money.ts";
import { ResolutionKind } from "../domain/resolution.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import { DeductionType } from "./deduction.type.ts";
import { PLAIN_STEPS, type PlainStep } from "./case.service.ts";

/** The steps of the life cycle that are commands without an amount. */
export const DeductionStep = Object.fromEntries(PLAIN_STEPS.map((step) => [step, step])) as { readonly [Step in PlainStep]: Step };
registerEnumType(DeductionStep, {
  name: "DeductionStep",
  description: "A step that takes no more than a note and a day. To decide and to settle have commands of their own.",
  valuesConfig: {
    TAKE_UP: { description: "Make it yours." },
    RESEARCH: { description: "Begin, or go on, to find out." },
    PUT_BACK: { description: "Leave the research for later." },
    ASK_CUSTOMER: { description: "Wait for the customer; `followUpOn` is needed." },
    ASK_INTERNALLY: { description: "Wait for somebody of ours; `followUpOn` is needed." },
    REQUEST_APPROVAL: { description: "Ask somebody with a higher limit." },
    APPROVE: { description: "Approve what somebody else decided." },
    SEND_BACK: { description: "Do not approve it; `note` says why." },
    DISPUTE_AGAIN: { description: "The customer answered the denial; `note` says with what." },
    DENY: { description: "Stand by the denial that the customer answered; `note` says why. Nothing is booked." },
    CONFIRM: { description: "Close it for good." },
    VOID: { description: "It should not have been; `note` says why." },
  },
});

@InputType({ description: "Which deduction." })
export abstract class CaseInput {
  @Field(() => ID, { description: "The deduction." })
  deductionId!: string;

  @Field(() => Int, { nullable: true, description: "The version of its case that you saw: if it has changed, the command is refused as a conflict." })
  expectedVersion?: number | null;
}

@InputType({ description: "A step of the work on a deduction." })
export class WorkDeductionInput extends CaseInput {
  @Field(() => DeductionStep, { description: "The step." })
  step!: PlainStep;

  @Field(() => String, { nullable: true, description: "Why: up to 10,000 characters." })
  note?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "When to ask again." })
  followUpOn?: string | null;
}

@InputType({ description: "Something to be put on record." })
export class NoteDeductionInput extends CaseInput {
  @Field(() => String, { description: "What was found or said: up to 10,000 characters." })
  note!: string;
}

@InputType({ description: "A decision about a deduction." })
export class DecideDeductionInput extends CaseInput {
  @Field(() => String, { description: "What the customer may keep, as a plain decimal: nothing, all that is open, or a part; a part splits the deduction in two." })
  validAmount!: string;

  @Field(() => String, { description: "Why." })
  note!: string;
}

@InputType({ description: "A part of a settlement." })
export class SettlementPartInput {
  @Field(() => ResolutionKind, { description: "How." })
  kind!: ResolutionKind;

  @Field(() => String, { description: "How much, as a plain decimal." })
  amount!: string;

  @Field(() => String, { nullable: true, description: "Of a credit memo: the tax in the amount; none when left out." })
  tax?: string | null;

  @Field(() => String, { nullable: true, description: "Of a credit memo or a chargeback: the number of the memo; made up when left out." })
  number?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Of a chargeback: the last day to pay; the day of the settlement when left out." })
  dueOn?: string | null;

  @Field(() => ID, { nullable: true, description: "Of netting: the credit memo that settles it." })
  creditMemoId?: string | null;

  @Field(() => ID, { nullable: true, description: "Of a promotion: which one, of the same customer and currency, that ran on the day of the invoice or on the day the deduction was taken and has enough left. When left out, it is settled against what was set aside without saying for which." })
  promotionId?: string | null;
}

@InputType({ description: "What is to settle a deduction." })
export class SettleDeductionInput extends CaseInput {
  @Field(() => [SettlementPartInput], { description: "The parts, 1 to 100. What the customer keeps and what it does not are never together." })
  parts!: SettlementPartInput[];

  @Field(() => BusinessDateScalar, { nullable: true, description: "The business day; today when left out, and never before the deduction." })
  settledOn?: string | null;

  @Field(() => String, { nullable: true, description: "A remark." })
  note?: string | null;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "A settlement to be undone." })
export class UndoSettlementInput {
  @Field(() => ID, { description: "The settlement." })
  settlementId!: string;

  @Field(() => String, { description: "Why." })
  note!: string;
}

@InputType({ description: "A part that a deduction is split into." })
export class SplitPartInput {
  @Field(() => String, { description: "How much, as a plain decimal. The parts add up to what is open." })
  amount!: string;

  @Field(() => DeductionReason, { nullable: true, description: "Its reason; that of the whole when left out." })
  reason?: DeductionReason | null;
}

@InputType({ description: "A deduction to be split." })
export class SplitDeductionInput extends CaseInput {
  @Field(() => [SplitPartInput], { description: "Two parts or more." })
  parts!: SplitPartInput[];

  @Field(() => String, { description: "Why." })
  note!: string;
}

@InputType({ description: "Deductions to be made one." })
export class MergeDeductionsInput {
  @Field(() => [ID], { description: "Two or more, open, of one customer and one currency." })
  deductionIds!: string[];

  @Field(() => String, { description: "Why." })
  note!: string;
}

@ObjectType({ description: "The deduction after the command." })
export class DeductionPayload extends MutationPayload {
  @Field(() => DeductionType, { nullable: true, description: "As it is now; null when refused." })
  readonly deduction!: DeductionType | null;

  @Field(() => DeductionType, { nullable: true, description: "When the command was refused because the deduction was not as it counted on: as it is now. Null otherwise." })
  readonly current!: DeductionType | null;
}

@ObjectType({ description: "A line that a settlement would book.", simpleResolvers: true })
export class PreviewLineType {
  @Field(() => Account, { description: "The account." })
  readonly account!: Account;

  @Field(() => MoneyType, { description: "Positive is a debit, negative a credit." })
  readonly amount!: MoneyValue;
}

@ObjectType({ description: "What a settlement would book." })
export class SettlementPreviewPayload extends MutationPayload {
  @Field(() => [PreviewLineType], { nullable: true, description: "The lines of the entry, which add up to nothing; null when it would be refused." })
  readonly lines!: readonly PreviewLineType[] | null;
}
