import { Field, InputType, ObjectType } from "type-graphql";
import { Role } from "../domain/actor.ts";
import { MoneyValue } from "../domain/money.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { LimitRow } from "./limit.sql.ts";

@ObjectType("ApprovalLimit", {
  description: "How much of a deduction a role may let a customer keep, in one currency. Where nothing was set, a role that approves may let it keep any amount, and another nothing.",
  simpleResolvers: true,
})
export class ApprovalLimitType {
  @Field(() => Role, { description: "Whose limit it is. Of somebody with several roles the highest counts." })
  readonly role!: Role;

  @Field(() => DeductionReason, { nullable: true, description: "The reason it is for; null for every reason that has no limit of its own." })
  readonly reason!: DeductionReason | null;

  @Field(() => String, { description: "ISO 4217 code of the deductions it is for." })
  readonly currency!: string;

  @Field(() => MoneyType, { nullable: true, description: "The most that the customer may keep; null for any amount." })
  readonly amount!: MoneyValue | null;

  @Field(() => BusinessDateScalar, { description: "The first day it counts, until the next decision." })
  readonly effectiveOn!: string;

  @Field(() => String, { nullable: true, description: "Name of the member who set it; null when no member did." })
  readonly recordedBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was set." })
  readonly recordedAt!: string;
}

export const limitOf = ({ role, reason, currency, maxMinor, effectiveOn, recordedBy, recordedAt }: LimitRow): ApprovalLimitType => ({
  role, reason, currency, amount: maxMinor === null ? null : new MoneyValue(maxMinor, currency), effectiveOn, recordedBy, recordedAt,
});

@InputType({ description: "How much a role may let a customer keep." })
export class SetApprovalLimitInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => Role, { description: "A role that works on deductions or approves what was decided." })
  role!: Role;

  @Field(() => DeductionReason, { nullable: true, description: "The reason it is for; left out, it is for every reason that has no limit of its own." })
  reason?: DeductionReason | null;

  @Field(() => String, { description: "ISO 4217 code of the deductions it is for." })
  currency!: string;

  @Field(() => String, { nullable: true, description: "The most that the customer may keep, as a plain decimal; null or left out for any amount." })
  amount?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The first day it counts; today when left out. What was approved before stays approved." })
  effectiveOn?: string | null;
}

@ObjectType({ description: "The limits after the change." })
export class SetApprovalLimitPayload extends MutationPayload {
  @Field(() => [ApprovalLimitType], { nullable: true, description: "All limits of the company that are in force on the day the new one begins; null when refused." })
  readonly limits!: readonly ApprovalLimitType[] | null;
}
