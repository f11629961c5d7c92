import { Field, InputType, Int, ObjectType } from "type-graphql";
import { type DeductionPolicy, NEAR_DAYS } from "../domain/deduction-policy.ts";
import { MoneyValue } from "../domain/money.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";

@ObjectType("DeductionPolicy", { description: "What a company expects of the work on deductions.", simpleResolvers: true })
export class DeductionPolicyType {
  @Field(() => Int, { nullable: true, description: "In how many days with us a deduction is to be done; null where there is no target." })
  readonly slaDays!: number | null;

  @Field(() => Int, { description: "How many days before its last day a deadline is near." })
  readonly nearDays!: number;

  @Field(() => MoneyType, { nullable: true, description: "What it costs to work one deduction, in the functional currency; null where nobody said." })
  readonly costPerDeduction!: MoneyValue | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Since when; null where nobody said anything." })
  readonly effectiveOn!: string | null;

  @Field(() => String, { nullable: true, description: "Who said so; null when no member did." })
  readonly setBy!: string | null;
}

export const policyOf = ({ slaDays, nearDays, costMinor, ...fact }: DeductionPolicy & { readonly effectiveOn?: string; readonly memberName?: string | null }, currency: string): DeductionPolicyType => ({
  slaDays, nearDays, costPerDeduction: costMinor === null ? null : new MoneyValue(costMinor, currency), effectiveOn: fact.effectiveOn ?? null, setBy: fact.memberName ?? null,
});

@InputType({ description: "What is expected of the work on deductions from a day on. It takes the place of all that was said before." })
export class SetDeductionPolicyInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => Int, { nullable: true, description: "In how many days with us a deduction is to be done, 1 to 3650; no target when left out." })
  slaDays?: number | null;

  @Field(() => Int, { nullable: true, description: `How many days before its last day a deadline is near, 0 to 365; ${NEAR_DAYS} when left out.` })
  nearDays?: number | null;

  @Field(() => String, { nullable: true, description: "What it costs to work one deduction, as a plain decimal in the functional currency." })
  costPerDeduction?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "From this day on; today when left out." })
  effectiveOn?: string | null;
}

@ObjectType({ description: "The policy after the change." })
export class SetDeductionPolicyPayload extends MutationPayload {
  @Field(() => DeductionPolicyType, { nullable: true, description: "What is in force today; null when refused." })
  readonly deductionPolicy!: DeductionPolicyType | null;
}
