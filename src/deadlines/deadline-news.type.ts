import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { LiveDeductionArgs } from "../deductions/deduction.type.ts";
import { MutationPayload } from "../graphql/payload.ts";

@ArgsType()
export class DeadlineNewsArgs extends LiveDeductionArgs {
  @Field(() => ID, { nullable: true, description: "Only what is this member's work when it is told; `deductionAnalysts` lists them." })
  ownerId?: string | null;
}

@InputType({ description: "Whose deadlines to look at." })
export class TellDeadlinesInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;
}

@ObjectType({ description: "What was found." })
export class TellDeadlinesPayload extends MutationPayload {
  @Field(() => Int, { nullable: true, description: "How many deductions live clients were told of now; null when refused." })
  readonly told!: number | null;
}
