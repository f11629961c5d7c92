import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { DeductionReason } from "../domain/reasons.ts";
import { CodeList, codesOf } from "../domain/standard-reasons.ts";
import { globalId } from "../graphql/global-id.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import type { ReasonMappingRow } from "./reason.sql.ts";

@ObjectType("ReasonMapping", { description: "What a customer's reason code means to us, from one day to another.", simpleResolvers: true })
export class ReasonMappingType {
  @Field(() => ID, { description: "Id of this mapping." })
  readonly id!: string;

  @Field(() => ID, { nullable: true, description: "The customer whose code it is; null when it holds for every customer without a mapping of its own." })
  readonly customerId!: string | null;

  @Field(() => String, { description: "The code. Blanks, case and leading zeros do not count." })
  readonly customerCode!: string;

  @Field(() => DeductionReason, { description: "Our reason." })
  readonly reason!: DeductionReason;

  @Field(() => BusinessDateScalar, { description: "First day it holds." })
  readonly effectiveFrom!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Last day it holds; null for ever. Before its first day, when it was replaced whole and never holds." })
  readonly effectiveTo!: string | null;

  @Field(() => Int, { description: "How sure it is, in percent: 100 for what a person stated; for what was learned, the share of corrections of the code that agreed when it was learned." })
  readonly confidence!: number;

  @Field(() => ID, { nullable: true, description: "The deduction whose correction it was learned from; null when a person stated it." })
  readonly learnedFrom!: string | null;
}

export const reasonMappingOf = (row: ReasonMappingRow): ReasonMappingType => ({
  ...row,
  id: globalId("ReasonMapping", row.companyId, row.id),
  customerId: row.customerId && globalId("Customer", row.companyId, row.customerId),
  learnedFrom: row.learnedFrom && globalId("Deduction", row.companyId, row.learnedFrom),
});

@InputType({ description: "What a customer's reason code means to us." })
export class MapReasonInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { nullable: true, description: "Account number of the customer whose code it is; left out, it holds for every customer without a mapping of its own." })
  account?: string | null;

  @Field(() => String, { description: "The customer's code." })
  customerCode!: string;

  @Field(() => DeductionReason, { description: "Our reason." })
  reason!: DeductionReason;

  @Field(() => BusinessDateScalar, { description: "First day it holds." })
  effectiveFrom!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Last day it holds; for ever when left out." })
  effectiveTo?: string | null;
}

@InputType({ description: "What the reason of a deduction is after all." })
export class CorrectReasonInput {
  @Field(() => ID, { description: "The deduction. It must not be decided yet." })
  deductionId!: string;

  @Field(() => Int, { nullable: true, description: "The version of its case that you saw: if it has changed, the command is refused as a conflict." })
  expectedVersion?: number | null;

  @Field(() => DeductionReason, { description: "Our reason." })
  reason!: DeductionReason;

  @Field(() => String, { nullable: true, description: "How you know: up to 10,000 characters." })
  note?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "Whether the customer's code means this from now on: a mapping of this customer and code from the day the deduction was taken, which ends the earlier ones the day before. Needs the permission reason:write." })
  learn!: boolean;
}

@ObjectType({ description: "The mappings after the change." })
export class MapReasonPayload extends MutationPayload {
  @Field(() => [ReasonMappingType], { nullable: true, description: "All mappings of the company; null when refused." })
  readonly mappings!: readonly ReasonMappingType[] | null;
}

@ObjectType("StandardReasonCode", { description: "A code of a public list that says something about a deduction.", simpleResolvers: true })
export class StandardReasonCodeType {
  @Field(() => CodeList, { description: "The list." })
  readonly list!: CodeList;

  @Field(() => String, { description: "The code as the list writes it." })
  readonly code!: string;

  @Field(() => String, { description: "What it says." })
  readonly meaning!: string;

  @Field(() => DeductionReason, { description: "Our reason; a mapping of the code is asked first." })
  readonly reason!: DeductionReason;

  @Field(() => Boolean, { description: "Whether it says why nothing was paid: a question for billing." })
  readonly nonPayment!: boolean;
}

export const standardReasonCodes: readonly StandardReasonCodeType[] = Object.values(CodeList).flatMap((list) => codesOf(list).map((it) => ({ list, ...it })));
