import { ArgsType, Field, ID, ObjectType } from "type-graphql";
import { DeductionState } from "../domain/deduction-case.ts";
import { StreamArgs } from "../graphql/live.ts";
import { DeductionActivityType } from "./case.type.ts";
import { DeductionType, LiveDeductionArgs } from "./deduction.type.ts";

@ArgsType()
export class CaseNewsArgs extends LiveDeductionArgs {
  @Field(() => ID, { nullable: true, description: "Only what is this member's work when it is told; `deductionAnalysts` lists them." })
  ownerId?: string | null;

  @Field(() => [DeductionState], { nullable: true, description: "Only steps that led to one of these." })
  states?: DeductionState[] | null;

  @Field(() => [String], { nullable: true, description: "Only these, named as in `DeductionActivity.action`: `ASSIGN` tells what was given to somebody, `SETTLE` what was settled." })
  actions?: string[] | null;
}

@ArgsType()
export class TimelineArgs extends StreamArgs {
  @Field(() => ID, { nullable: true, description: "Only what is done about this deduction." })
  deductionId?: string | null;
}

@ObjectType({ description: "Something that was just done about a deduction.", simpleResolvers: true })
export class TimelinePush {
  @Field(() => String, { description: "Keep it: as `after` it brings what comes later." })
  readonly cursor!: string;

  @Field(() => DeductionActivityType, { nullable: true, description: "What was done; null in a push that only brings a newer cursor." })
  readonly activity!: DeductionActivityType | null;

  @Field(() => DeductionType, { nullable: true, description: "The deduction as it is now; null in a push that only brings a newer cursor." })
  readonly deduction!: DeductionType | null;
}
