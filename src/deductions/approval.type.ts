import { Field, ID, InputType, ObjectType } from "type-graphql";
import { MutationPayload } from "../graphql/payload.ts";
import { DeductionBlockerType } from "./case.type.ts";
import { DeductionType } from "./deduction.type.ts";

@InputType({ description: "Decisions to be approved." })
export class ApproveDeductionsInput {
  @Field(() => [ID], { description: "From 1 to 1,000 deductions of one company, each named once." })
  deductionIds!: string[];

  @Field(() => String, { nullable: true, description: "A remark on each that is approved: up to 10,000 characters." })
  note?: string | null;
}

@ObjectType({ description: "What became of one deduction that was to be approved.", simpleResolvers: true })
export class DeductionApprovalType {
  @Field(() => DeductionType, { description: "The deduction as it is now." })
  readonly deduction!: DeductionType;

  @Field(() => Boolean, { description: "Whether it was approved." })
  readonly approved!: boolean;

  @Field(() => [DeductionBlockerType], { description: "What kept it from that; empty when it was approved." })
  readonly blockers!: readonly DeductionBlockerType[];
}

@ObjectType({ description: "What became of each deduction." })
export class ApproveDeductionsPayload extends MutationPayload {
  @Field(() => [DeductionApprovalType], { nullable: true, description: "One for each deduction named, in that order; null when the whole command was refused." })
  readonly approvals!: readonly DeductionApprovalType[] | null;
}
