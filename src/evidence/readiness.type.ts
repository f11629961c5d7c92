import { Field, Float, ID, InputType, ObjectType } from "type-graphql";
import { EvidenceKind } from "../domain/evidence.ts";
import { type EvidenceNeed, readinessOf, USUAL_NEEDS } from "../domain/readiness.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { globalId } from "../graphql/global-id.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { EvidenceRuleRow, ReadinessRow } from "./readiness.sql.ts";

@ObjectType("EvidenceNeed", { description: "A paper that is needed.", simpleResolvers: true })
export class EvidenceNeedType {
  @Field(() => [EvidenceKind], { description: "Any one of these kinds is enough." })
  readonly anyOf!: readonly EvidenceKind[];
}

const needOf = (anyOf: EvidenceNeed): EvidenceNeedType => ({ anyOf });

@ObjectType("DeductionReadiness", {
  description: "Whether the papers that decide a deduction are together: by the decision about its customer, or else the company's, or else what its reason usually needs. The reason is the one known by now; the rules are those of the day it was taken.",
  simpleResolvers: true,
})
export class DeductionReadinessType {
  @Field(() => [EvidenceNeedType], { description: "What is needed." })
  readonly required!: readonly EvidenceNeedType[];

  @Field(() => [EvidenceNeedType], { description: "What of it is there, and was not withdrawn." })
  readonly present!: readonly EvidenceNeedType[];

  @Field(() => [EvidenceNeedType], { description: "What of it is not." })
  readonly missing!: readonly EvidenceNeedType[];

  @Field(() => Float, { description: "Present of required, from 0 to 1; 1 where nothing is required." })
  readonly share!: number;
}

export function readinessTypeOf({ reason, ownNeeds, commonNeeds, there }: ReadinessRow): DeductionReadinessType {
  const { required, present, missing, share } = readinessOf(ownNeeds ?? commonNeeds ?? USUAL_NEEDS[reason], there);
  return { required: required.map(needOf), present: present.map(needOf), missing: missing.map(needOf), share };
}

@ObjectType("EvidenceRule", { description: "A decision of which papers deductions of a reason need: a fact, in force until the next one.", simpleResolvers: true })
export class EvidenceRuleType {
  @Field(() => ID, { description: "Id of this decision." })
  readonly id!: string;

  @Field(() => ID, { nullable: true, description: "The customer it is about; null for every customer without a decision of its own." })
  readonly customerId!: string | null;

  @Field(() => DeductionReason, { description: "The reason." })
  readonly reason!: DeductionReason;

  @Field(() => [EvidenceNeedType], { nullable: true, description: "What is needed; null for a decision that takes back the one before: then the company's counts, or what is usual." })
  readonly needs!: readonly EvidenceNeedType[] | null;

  @Field(() => BusinessDateScalar, { description: "Deductions taken on this day or later count by it." })
  readonly effectiveOn!: string;

  @Field(() => String, { nullable: true, description: "Name of the member who decided it; null when no member did." })
  readonly recordedBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was decided." })
  readonly recordedAt!: string;
}

export const evidenceRuleOf = ({ companyId, id, customerId, reason, needs, effectiveOn, memberName, recordedAt }: EvidenceRuleRow): EvidenceRuleType => ({
  id: globalId("EvidenceRule", companyId, id), customerId: customerId && globalId("Customer", companyId, customerId), reason, needs: needs?.map(needOf) ?? null, effectiveOn, recordedBy: memberName, recordedAt,
});

@InputType({ description: "A paper that is needed." })
export class EvidenceNeedInput {
  @Field(() => [EvidenceKind], { description: "Any one of these kinds is enough." })
  anyOf!: EvidenceKind[];
}

@InputType({ description: "Which papers deductions of a reason need." })
export class SetEvidenceRuleInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one, and where a customer is named." })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: "The customer it is about; left out, it counts for every customer that has no decision of its own." })
  customerId?: string | null;

  @Field(() => DeductionReason, { description: "The reason." })
  reason!: DeductionReason;

  @Field(() => [EvidenceNeedInput], { nullable: true, description: "What is needed, 20 papers at most; an empty list for nothing. Null or left out takes the decision back." })
  needs?: EvidenceNeedInput[] | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Deductions taken on this day or later count by it; today when left out." })
  effectiveOn?: string | null;
}

@ObjectType({ description: "The decisions after the change." })
export class EvidenceRulePayload extends MutationPayload {
  @Field(() => [EvidenceRuleType], { nullable: true, description: "Every decision of the company, those that took effect last first; null when refused." })
  readonly rules!: readonly EvidenceRuleType[] | null;
}
