import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { CompanyType } from "../companies/company.type.ts";
import { MoneyValue } from "../domain/money.ts";
import { ALL_OF_IT, type Tolerance, ToleranceScope } from "../domain/tolerance.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import { CustomerType } from "./customer.type.ts";
import type { ToleranceRow } from "./tolerance.sql.ts";

registerEnumType(ToleranceScope, {
  name: "ToleranceScope",
  description: "For whom a tolerance was decided.",
  valuesConfig: {
    COMPANY: { description: "For every customer that has no decision of its own in that currency." },
    CUSTOMER: { description: "For one customer. It counts instead of the company's, higher or lower." },
  },
});

@ObjectType({
  description: "How much of a short pay that nobody explained is written off at once, in one currency: no more than the amount, and no more than the share of the invoice. What is above stays or becomes a deduction whole.",
  simpleResolvers: true,
})
export class WriteOffTolerance {
  @Field(() => ToleranceScope, { description: "For whom it was decided." })
  readonly scope!: ToleranceScope;

  @Field(() => MoneyType, { description: "The most that is written off of one invoice by one payment; zero for never." })
  readonly amount!: MoneyValue;

  @Field(() => Int, { description: "The most as a share of the invoice's total, in basis points; 10000 when only the amount decides." })
  readonly basisPoints!: number;

  @Field(() => BusinessDateScalar, { description: "Payments deposited on this day or later count by it, until the next decision." })
  readonly effectiveOn!: string;

  @Field(() => String, { nullable: true, description: "Name of the member who decided it; null when no member did." })
  readonly recordedBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was decided." })
  readonly recordedAt!: string;
}

export const toleranceOf = ({ scope, currency, maxMinor, basisPoints, effectiveOn, recordedBy, recordedAt }: ToleranceRow & Tolerance): WriteOffTolerance => ({
  scope, amount: new MoneyValue(maxMinor, currency), basisPoints, effectiveOn, recordedBy, recordedAt,
});

@InputType({ description: "A tolerance for short pays." })
export class SetWriteOffToleranceInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one, and where a customer is named." })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: "The customer it is for; left out, it is for every customer that has no decision of its own." })
  customerId?: string | null;

  @Field(() => String, { description: "ISO 4217 code of the payments it is for." })
  currency!: string;

  @Field(() => String, { nullable: true, description: "The most that is written off, as a plain decimal; zero for never. Null or left out takes the decision back: a customer then has the company's, a company none." })
  amount?: string | null;

  @Field(() => Int, { defaultValue: ALL_OF_IT, description: "The most as a share of the invoice's total, in basis points, 0 to 10000; the lower of both decides." })
  basisPoints!: number;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The first day of deposit it counts for; today when left out. Applications that were made stay as they are." })
  effectiveOn?: string | null;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "Those whom a tolerance was set for." })
export class WriteOffTolerancePayload extends MutationPayload {
  @Field(() => CompanyType, { nullable: true, description: "The company; null when refused." })
  readonly company!: CompanyType | null;

  @Field(() => CustomerType, { nullable: true, description: "The customer; null when it is for the whole company, or refused." })
  readonly customer!: CustomerType | null;
}
