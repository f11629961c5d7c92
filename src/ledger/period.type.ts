import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { CompanyType } from "../companies/company.type.ts";
import { ClosedPeriodPolicy, periodName } from "../domain/period.ts";
import { globalId } from "../graphql/global-id.ts";
import { Node } from "../graphql/node.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { PeriodRow } from "./period.sql.ts";

registerEnumType(ClosedPeriodPolicy, {
  name: "ClosedPeriodPolicy",
  description: "What becomes of a posting that would count on a day of a closed period.",
  valuesConfig: {
    REFUSE: { description: "It is refused with `PERIOD_CLOSED`." },
    FIRST_OPEN_DAY: { description: "It counts from the first open day; documents keep their dates, and discounts are judged by the day of payment." },
  },
});

@ObjectType("AccountingPeriod", { description: "A span of days that is closed to postings, or was. Days without a period are open.", implements: Node, simpleResolvers: true })
export class PeriodType extends Node {
  @Field(() => String, { description: "What people call it: `2026-03` for a whole month, else its first and last day." })
  readonly name!: string;

  @Field(() => BusinessDateScalar, { description: "First day." })
  readonly from!: string;

  @Field(() => BusinessDateScalar, { description: "Last day." })
  readonly to!: string;

  @Field(() => MomentScalar, { nullable: true, description: "When it was closed; null while it is open." })
  readonly closedAt!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the member who closed it; null while it is open." })
  readonly closedBy!: string | null;
}

export const periodOf = (row: PeriodRow): PeriodType => ({
  id: globalId("AccountingPeriod", row.companyId, row.id), name: periodName(row), from: row.fromOn, to: row.toOn, closedAt: row.closedAt, closedBy: row.closedBy,
});

@InputType({ description: "The period to be closed, by its days. A period of these days is made where there is none." })
export class ClosePeriodInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => BusinessDateScalar, { description: "First day." })
  from!: string;

  @Field(() => BusinessDateScalar, { description: "Last day, which has to be past." })
  to!: string;
}

@InputType({ description: "The period to be opened again." })
export class ReopenPeriodInput {
  @Field(() => ID, { description: "A closed period." })
  periodId!: string;
}

@ObjectType({ description: "The period after the command." })
export class PeriodPayload extends MutationPayload {
  @Field(() => PeriodType, { nullable: true, description: "Null when refused." })
  readonly period!: PeriodType | null;
}

@InputType({ description: "What is to become of postings into closed periods." })
export class SetClosedPeriodPolicyInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => ClosedPeriodPolicy, { description: "The policy; until one is set, such postings are refused." })
  postIntoClosedPeriod!: ClosedPeriodPolicy;
}

@ObjectType({ description: "The company after the command." })
export class SetClosedPeriodPolicyPayload extends MutationPayload {
  @Field(() => CompanyType, { nullable: true, description: "Null when refused." })
  readonly company!: CompanyType | null;
}
