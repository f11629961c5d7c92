import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { DeductionType } from "../deductions/deduction.type.ts";
import { ResolutionOutcome, type RuleAnswer, RuleMiss } from "../domain/auto-resolution.ts";
import { unpacked } from "../evidence/research-outcome.ts";
import { globalId } from "../graphql/global-id.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { MomentScalar } from "../graphql/scalars.ts";
import type { HitRow } from "./hit.sql.ts";
import { ResolutionRuleType, ruleOf } from "./rule.type.ts";
import type { RuleRow } from "./rule.sql.ts";

registerEnumType(ResolutionOutcome, {
  name: "ResolutionOutcome",
  description: "What a rule did with a deduction.",
  valuesConfig: {
    SETTLED: { description: "Settled it: AUTO_RESOLVED." },
    CHARGED_BACK: { description: "Decided that nothing of it is valid, and charged it back: DENIED." },
    DECIDED: { description: "Decided that nothing of it is valid; a person charges it back: DECIDED." },
    ROUTED: { description: "Gave it to somebody." },
  },
});
registerEnumType(RuleMiss, {
  name: "RuleMiss",
  description: "Why a rule did not hit.",
  valuesConfig: {
    HAS_POLICY: { description: "A cash discount that was not earned: no rule is for it." },
    OTHER_CURRENCY: { description: "It is for another currency." },
    OTHER_REASON: { description: "It is for another reason." },
    OTHER_CUSTOMER: { description: "It is for another customer." },
    ABOVE_LIMIT: { description: "More is open than its limit." },
    ABOVE_EVERY_LIMIT: { description: "It would let go more than anybody may approve." },
    NO_CREDIT: { description: "No credit memo fits." },
    CREDIT_TOO_SMALL: { description: "The credit memo that the customer names has less left." },
    SEVERAL_CREDITS: { description: "Several credit memos fit: a question for a person." },
    NO_REASON: { description: "Why it was taken is not known." },
    NOTHING_EARLIER: { description: "Nothing like it was deducted or credited before." },
    NOT_RESEARCHED: { description: "Its papers were not compared." },
    PAPERS_CHANGED: { description: "Its papers, its reason or its amount are not those that were compared: compare them again." },
    NOT_PROVED: { description: "No paper that the receiver signed accounts for all of it, or there is something to look at besides." },
    NO_PROMOTION: { description: "No promotion of the customer fits." },
    PROMOTION_OVER: { description: "The promotion that the customer names ran neither on the day of the invoice nor on the day it was taken." },
    PROMOTION_TOO_SMALL: { description: "The promotion that the customer names has less left." },
    SEVERAL_PROMOTIONS: { description: "Several promotions fit: a question for a person." },
    UNSURE: { description: "One promotion fits, and the rule wants to be surer: it is proposed." },
    TOO_FEW_DECIDED: { description: "People decided too few." },
    SELDOM_VALID: { description: "People found too little of it valid." },
    HAS_OWNER: { description: "It is somebody's work already." },
    OWNER_GONE: { description: "The person may not work deductions any more." },
  },
});

@ObjectType({ description: "A rule that was tried and did not hit.", simpleResolvers: true })
export class TriedRuleType {
  @Field(() => ID, { description: "Id of the version that was tried." })
  readonly ruleId!: string;

  @Field(() => String, { description: "What the rule is called." })
  readonly key!: string;

  @Field(() => Int, { description: "Its version." })
  readonly version!: number;

  @Field(() => RuleMiss, { description: "Why it did not hit." })
  readonly miss!: RuleMiss;

  @Field(() => String, { nullable: true, description: "Of UNSURE: code of the promotion that is proposed; null for the others." })
  readonly promotion?: string | null;

  @Field(() => Int, { nullable: true, description: "Of UNSURE: how sure it is, in percent; null for the others." })
  readonly confidence?: number | null;
}

@ObjectType("AutoResolution", { description: "What a rule did with a deduction, with all that went into it: a fact. The same inputs give the same again.", simpleResolvers: true })
export class AutoResolutionType {
  @Field(() => ID, { description: "Id of this hit." })
  readonly id!: string;

  @Field(() => ResolutionRuleType, { description: "The version of the rule that hit, as it was then." })
  readonly rule!: ResolutionRuleType;

  @Field(() => Int, { description: "Its version." })
  readonly version!: number;

  @Field(() => ResolutionOutcome, { description: "What it did." })
  readonly outcome!: ResolutionOutcome;

  @Field(() => String, { description: "Everything that was looked at, as JSON: `rules`, in the versions that were tried, the one that hit among them, and `facts`, of which those that no rule in question looks at are empty. Amounts are in minor units, as objects with their `digits`." })
  readonly inputs!: string;

  @Field(() => [TriedRuleType], { description: "The rules that were tried before and did not hit, in order." })
  readonly tried!: readonly TriedRuleType[];

  @Field(() => ID, { nullable: true, description: "The settlement that it booked, as in `Deduction.settlements`; null where it booked nothing." })
  readonly settlementId!: string | null;

  @Field(() => MomentScalar, { description: "When." })
  readonly at!: string;
}

const triedOf = (companyId: string, { tried }: Pick<RuleAnswer, "tried">): TriedRuleType[] => tried.map((it) => ({ ...it, ruleId: globalId("ResolutionRule", companyId, it.ruleId) }));

export const autoResolutionOf = ({ companyId, id, outcome, inputs, answer, settlementId, recordedAt }: HitRow, rule: RuleRow): AutoResolutionType => ({
  id: globalId("AutoResolution", companyId, id), rule: ruleOf(rule), version: rule.version, outcome, inputs: JSON.stringify(inputs), tried: triedOf(companyId, unpacked<RuleAnswer>(answer)),
  settlementId: settlementId && globalId("DeductionSettlement", companyId, settlementId), at: recordedAt,
});

@InputType({ description: "Deductions that the rules of today are to be tried on." })
export class ApplyResolutionRulesInput {
  @Field(() => [ID], { description: "From 1 to 1,000 deductions of one company, each named once." })
  deductionIds!: string[];
}

@ObjectType({ description: "What became of one deduction that rules were tried on.", simpleResolvers: true })
export class ResolutionAttemptType {
  @Field(() => DeductionType, { description: "The deduction as it is now." })
  readonly deduction!: DeductionType;

  @Field(() => ResolutionOutcome, { nullable: true, description: "What a rule did; null where none hit, and where it was not CAPTURED any more." })
  readonly outcome!: ResolutionOutcome | null;

  @Field(() => [TriedRuleType], { nullable: true, description: "The rules that did not hit, in order; null where it was not CAPTURED any more, so that none was tried." })
  readonly tried!: readonly TriedRuleType[] | null;
}

export const attemptOf = (deduction: DeductionType, outcome: ResolutionOutcome | null, answer: RuleAnswer | null): ResolutionAttemptType => ({ deduction, outcome, tried: answer && triedOf(deduction.companyId, answer) });

@ObjectType({ description: "What became of each deduction." })
export class ApplyResolutionRulesPayload extends MutationPayload {
  @Field(() => [ResolutionAttemptType], { nullable: true, description: "One for each deduction named, in that order; null when the whole command was refused." })
  readonly attempts!: readonly ResolutionAttemptType[] | null;
}
