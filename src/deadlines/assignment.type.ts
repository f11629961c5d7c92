import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { ActivityRow } from "../deductions/case.sql.ts";
import { CaseInput } from "../deductions/case-commands.type.ts";
import { Escalation } from "../domain/escalation.ts";
import { globalId } from "../graphql/global-id.ts";
import { MomentScalar } from "../graphql/scalars.ts";
import type { AnalystRow } from "./assignment.sql.ts";

@ObjectType({ description: "Somebody who may work deductions.", simpleResolvers: true })
export class DeductionAnalystType {
  @Field(() => ID, { description: "Id of this person in this company, for `ownerId`." })
  readonly id!: string;

  @Field(() => String, { description: "Name for people." })
  readonly name!: string;

  @Field(() => Int, { description: "How many deductions with something open are this person's work." })
  readonly openCount!: number;
}

export const analystOf = ({ companyId, id, name, openCount }: AnalystRow): DeductionAnalystType => ({ id: globalId("Member", companyId, id), name, openCount });

@ObjectType({ description: "To whom a deduction was taken, by whom, when and why.", simpleResolvers: true })
export class CaseEscalationType {
  @Field(() => Escalation, { description: "The level it is at." })
  readonly level!: Escalation;

  @Field(() => String, { nullable: true, description: "Who took it there, or brought it down to there; null for somebody without a name here." })
  readonly by!: string | null;

  @Field(() => String, { nullable: true, description: "Why; null for one brought over from elsewhere without a reason." })
  readonly note!: string | null;

  @Field(() => MomentScalar, { description: "When." })
  readonly at!: string;
}

const TURNS: readonly string[] = ["ESCALATE", "DEESCALATE"];

/** The escalation that is in force: by the last activity that set its level. */
export function escalationOf(level: Escalation | null, activities: readonly ActivityRow[]): CaseEscalationType | null {
  const turn = activities.findLast(({ action }) => TURNS.includes(action));
  return level && turn ? { level, by: turn.memberName, note: turn.note, at: turn.recordedAt } : null;
}

@InputType({ description: "Whose work a deduction is to be." })
export class AssignDeductionInput extends CaseInput {
  @Field(() => ID, { description: "The member; `deductionAnalysts` lists those who may be." })
  ownerId!: string;

  @Field(() => String, { nullable: true, description: "Why: up to 10,000 characters." })
  note?: string | null;
}

@InputType({ description: "To whom a deduction is to be taken." })
export class EscalateDeductionInput extends CaseInput {
  @Field(() => Escalation, { description: "The level, above the one it is at." })
  level!: Escalation;

  @Field(() => String, { description: "Why: up to 10,000 characters." })
  note!: string;
}

@InputType({ description: "An escalation to be brought down." })
export class DeescalateDeductionInput extends CaseInput {
  @Field(() => Escalation, { nullable: true, description: "The level, below the one it is at; left out, the escalation ends." })
  level?: Escalation | null;

  @Field(() => String, { description: "Why: up to 10,000 characters." })
  note!: string;
}
