import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { CompanyType } from "../companies/company.type.ts";
import { MoneyValue } from "../domain/money.ts";
import { ToleranceScope } from "../domain/tolerance.ts";
import { type UnearnedDiscountPolicy as Policy, UnearnedDiscountRule } from "../domain/unearned-discount.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import { CustomerType } from "./customer.type.ts";
import type { UnearnedPolicyRow } from "./unearned-policy.sql.ts";

registerEnumType(UnearnedDiscountRule, {
  name: "UnearnedDiscountRule",
  description: "What is done with a cash discount that a customer took after its last day, grace included, or beyond its rate. What a write-off tolerance covers is written off before this is asked.",
  valuesConfig: {
    ALLOW: { description: "It is given all the same, as discount allowed, within the extra days and the limit; beyond either it is a deduction." },
    CHARGE_BACK: { description: "A deduction is opened, denied and charged back at once: the customer owes a debit memo for it, due the same day." },
    LEAVE_OPEN: { description: "The invoice keeps it open. No deduction is opened." },
    WRITE_OFF_BELOW: { description: "It is written off up to the limit; above, all of it is a deduction." },
    OPEN_DEDUCTION: { description: "A deduction is opened for a person to decide about, also where the customer's other short pays stay open." },
  },
});

@ObjectType({ description: "What is done with the unearned cash discounts of one invoice and payment together.", simpleResolvers: true })
export class UnearnedDiscountPolicy {
  @Field(() => ToleranceScope, { description: "For whom it was decided." })
  readonly scope!: ToleranceScope;

  @Field(() => UnearnedDiscountRule, { description: "What is done." })
  readonly rule!: UnearnedDiscountRule;

  @Field(() => Int, { nullable: true, description: "Of ALLOW: how many days after the last day for the discount, grace included, it is still given. Null for any number." })
  readonly extraDays!: number | null;

  @Field(() => MoneyType, { nullable: true, description: "Of ALLOW and WRITE_OFF_BELOW: the most that is let go of one invoice by one payment. Discounts in another currency are above it. Null for any amount." })
  readonly limit!: MoneyValue | null;

  @Field(() => BusinessDateScalar, { description: "Payments deposited on this day or later count by it, until the next decision." })
  readonly effectiveOn!: string;

  @Field(() => String, { nullable: true, description: "Name of the member who decided it; null when no member did." })
  readonly recordedBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was decided." })
  readonly recordedAt!: string;
}

export const unearnedPolicyOf = ({ scope, rule, extraDays, limitMinor, limitCurrency, effectiveOn, recordedBy, recordedAt }: UnearnedPolicyRow & Policy): UnearnedDiscountPolicy => ({
  scope, rule, extraDays, limit: limitMinor === null ? null : new MoneyValue(limitMinor, limitCurrency!), effectiveOn, recordedBy, recordedAt,
});

@InputType({ description: "A policy for unearned cash discounts." })
export class SetUnearnedDiscountPolicyInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one, and where a customer is named." })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: "The customer it is for; left out, it is for every customer that has no decision of its own." })
  customerId?: string | null;

  @Field(() => UnearnedDiscountRule, { nullable: true, description: "What is done. Null or left out takes the decision back: a customer then has the company's, a company treats unearned discounts as any short pay." })
  rule?: UnearnedDiscountRule | null;

  @Field(() => Int, { nullable: true, description: "Only with ALLOW: how many days after the last day for the discount, grace included, it is still given, 0 to 365; any number when left out." })
  extraDays?: number | null;

  @Field(() => String, { nullable: true, description: "With WRITE_OFF_BELOW, and where wanted with ALLOW: the most that is let go of one invoice by one payment, as a plain decimal." })
  limit?: string | null;

  @Field(() => String, { nullable: true, description: "ISO 4217 code of the limit; goes with it." })
  limitCurrency?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The first day of deposit it counts for; today when left out. Applications that were made stay as they are." })
  effectiveOn?: string | null;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "Those whom a policy for unearned discounts was set for." })
export class UnearnedDiscountPolicyPayload extends MutationPayload {
  @Field(() => CompanyType, { nullable: true, description: "The company; null when refused." })
  readonly company!: CompanyType | null;

  @Field(() => CustomerType, { nullable: true, description: "The customer; null when it is for the whole company, or refused." })
  readonly customer!: CustomerType | null;
}
