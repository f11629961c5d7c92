import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { LetGoBy, RuleKind } from "../domain/auto-resolution.ts";
import { MoneyValue } from "../domain/money.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { RuleRow } from "./rule.sql.ts";

registerEnumType(RuleKind, {
  name: "ResolutionRuleKind",
  description: "How a rule resolves a deduction.",
  valuesConfig: {
    NET_CREDIT: { description: "The customer has a credit memo whose number is that of its claim, or on the line of the advice that is nothing but the claim, or else exactly one about the same invoice with exactly this amount left: it settles the deduction." },
    DUPLICATE: { description: "The same customer took, or was credited, the same amount for the same reason and the same invoice or order before: it is decided that nothing of it is valid, and charged back where the rule says so. Two different claim numbers are two claims." },
    POD_FULL: { description: "Its papers were compared, and one that the receiver signed says that all that was billed arrived: it is decided that nothing of it is valid, and charged back where the rule says so. What was taken just now has no papers: see `applyResolutionRules`." },
    POD_SHORT: { description: "Its papers were compared, and one that the receiver signed accounts for all of it by a shortage at the price billed: it is credited, without tax." },
    PROMOTION: { description: "A promotion of the customer has enough left: it is settled against that, where it is sure enough which one it is, and otherwise the promotion is proposed (`TriedRule.promotion`). 100 percent where the customer names its code, in its claim number, its reason code or the text of its line, and it ran on the day of the invoice or on the day it was taken. Where none is named and only one with enough left ran on the day of the invoice, for everything or for an item on it: 80 percent where the reason is PROMOTION, 60 where it is not known." },
    SMALL_AND_USUAL: { description: "It is not worth research, and people found enough of what the customer took for the reason valid: it is written off or credited." },
    ROUTE: { description: "It becomes somebody's work. It stays CAPTURED." },
  },
});
registerEnumType(LetGoBy, {
  name: "LetGoBy",
  description: "How a small deduction is let go.",
  valuesConfig: { WRITE_OFF: { description: "An expense by the reason." }, CREDIT_MEMO: { description: "A credit memo without tax, used up at once." } },
});

@ObjectType("ResolutionRule", { description: "One version of a rule that resolves deductions when they are taken. Rules are tried in order, and the first that hits counts. Nothing is tried on cash discounts that were not earned.", simpleResolvers: true })
export class ResolutionRuleType {
  @Field(() => ID, { description: "Id of this version." })
  readonly id!: string;

  @Field(() => String, { description: "What the company calls the rule; all its versions have it." })
  readonly key!: string;

  @Field(() => Int, { description: "Counts from 1 with each change of the rule." })
  readonly version!: number;

  @Field(() => RuleKind, { description: "How it resolves." })
  readonly kind!: RuleKind;

  @Field(() => Int, { description: "Its place: the lowest is tried first, of the same place by key." })
  readonly position!: number;

  @Field(() => DeductionReason, { nullable: true, description: "The reason it is for, as known when it is tried; null for any." })
  readonly reason!: DeductionReason | null;

  @Field(() => ID, { nullable: true, description: "The customer it is for; null for every customer." })
  readonly customerId!: string | null;

  @Field(() => String, { nullable: true, description: "Account number of that customer; null for every customer." })
  readonly accountNumber!: string | null;

  @Field(() => String, { description: "ISO 4217 code of the deductions it is for." })
  readonly currency!: string;

  @Field(() => MoneyType, { nullable: true, description: "The most that may be open for it to touch the deduction; null for any amount, which no rule has that settles." })
  readonly maxAmount!: MoneyValue | null;

  @Field(() => LetGoBy, { nullable: true, description: "Of SMALL_AND_USUAL: how it is let go; null for the others." })
  readonly letGoBy!: LetGoBy | null;

  @Field(() => Int, { nullable: true, description: "Of SMALL_AND_USUAL: how much of what people decided has to have been valid, in percent of the amount; null for the others." })
  readonly minShare!: number | null;

  @Field(() => Int, { nullable: true, description: "Of SMALL_AND_USUAL: how many deductions people have to have decided; null for the others." })
  readonly minDecided!: number | null;

  @Field(() => Int, { nullable: true, description: "Of PROMOTION: how sure it has to be which promotion it is, in percent; null for the others." })
  readonly minConfidence!: number | null;

  @Field(() => Boolean, { description: "Of DUPLICATE and POD_FULL: whether it is charged back as well. False for the others." })
  readonly chargeBack!: boolean;

  @Field(() => ID, { nullable: true, description: "Of ROUTE: whose work it becomes, as in `deductionAnalysts`; null for the others." })
  readonly ownerId!: string | null;

  @Field(() => String, { nullable: true, description: "Name of that person; null for the other kinds." })
  readonly owner!: string | null;

  @Field(() => BusinessDateScalar, { description: "The first day it counts, until another version of the rule does." })
  readonly effectiveOn!: string;

  @Field(() => Boolean, { description: "Whether this version ends the rule." })
  readonly retired!: boolean;

  @Field(() => String, { nullable: true, description: "Name of the member who set it; null when no member did." })
  readonly recordedBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was set." })
  readonly recordedAt!: string;
}

export const ruleOf = ({ companyId, id, customerId, maxMinor, ownerKey, ownerName, ...row }: RuleRow): ResolutionRuleType => ({
  ...row, id: globalId("ResolutionRule", companyId, id), customerId: customerId && globalId("Customer", companyId, customerId), maxAmount: maxMinor === null ? null : new MoneyValue(maxMinor, row.currency),
  ownerId: ownerKey && globalId("Member", companyId, ownerKey), owner: ownerName,
});

@InputType({ description: "A rule, or the next version of one: it takes the place of all that was said before under its key." })
export class SetResolutionRuleInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "What the rule is called: 1 to 60 characters." })
  key!: string;

  @Field(() => RuleKind, { description: "How it resolves." })
  kind!: RuleKind;

  @Field(() => Int, { description: "Its place, 1 to 10,000: the lowest is tried first." })
  position!: number;

  @Field(() => DeductionReason, { nullable: true, description: "The reason it is for; any when left out." })
  reason?: DeductionReason | null;

  @Field(() => String, { nullable: true, description: "Account number of the customer it is for; every customer when left out." })
  account?: string | null;

  @Field(() => String, { description: "ISO 4217 code of the deductions it is for." })
  currency!: string;

  @Field(() => String, { nullable: true, description: "The most that may be open, as a plain decimal; any amount when left out, which a rule that settles may not." })
  maxAmount?: string | null;

  @Field(() => LetGoBy, { nullable: true, description: "Of SMALL_AND_USUAL: how it is let go." })
  letGoBy?: LetGoBy | null;

  @Field(() => Int, { nullable: true, description: "Of SMALL_AND_USUAL: 1 to 100 percent." })
  minShare?: number | null;

  @Field(() => Int, { nullable: true, description: "Of SMALL_AND_USUAL: from 1 on." })
  minDecided?: number | null;

  @Field(() => Int, { nullable: true, description: "Of PROMOTION: 1 to 100 percent. With 100, only what the customer names is settled." })
  minConfidence?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Of DUPLICATE and POD_FULL: whether it is charged back as well; a person does that when left out." })
  chargeBack?: boolean | null;

  @Field(() => ID, { nullable: true, description: "Of ROUTE: whose work it becomes, one of `deductionAnalysts`." })
  ownerId?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The first day it counts; today when left out. What was resolved before stays as it is." })
  effectiveOn?: string | null;
}

@InputType({ description: "A rule that is to be tried no more." })
export class RetireResolutionRuleInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "What the rule is called." })
  key!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The first day it does not count any more; today when left out." })
  effectiveOn?: string | null;
}

@ObjectType({ description: "The rules after the change." })
export class ResolutionRulesPayload extends MutationPayload {
  @Field(() => [ResolutionRuleType], { nullable: true, description: "All rules in force on the day the change begins, in order; null when refused." })
  readonly resolutionRules!: readonly ResolutionRuleType[] | null;
}
