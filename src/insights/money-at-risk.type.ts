import { ArgsType, Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { decimalFromMinor } from "../domain/money.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { RiskBy } from "../domain/work-list.ts";
import { globalId } from "../graphql/global-id.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import type { RiskRow } from "./money-at-risk.sql.ts";

registerEnumType(RiskBy, {
  name: "MoneyAtRiskBy",
  description: "What rows of money at risk are about. Each row is in one currency.",
  valuesConfig: { CUSTOMER: { description: "Each customer apart." }, REASON: { description: "Each reason apart, as it is known by now." }, WEEK: { description: "Each week apart in which windows close, from Monday." } },
});

@ArgsType()
class RiskArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => [RiskBy], { defaultValue: [], description: "What the rows are about; one row for each currency when left out." })
  groupBy!: RiskBy[];

  @Field(() => Int, { defaultValue: 1_000, description: "How many rows at most: 1 to 10000." })
  limit!: number;

  @Field(() => Int, { defaultValue: 0, description: "How many rows to leave out from the start." })
  offset!: number;
}

@ArgsType()
export class MoneyAtRiskArgs extends RiskArgs {
  @Field(() => BusinessDateScalar, { description: "The last day that counts; a Sunday for what expires until the end of its week." })
  by!: string;
}

@ArgsType()
export class ExpiredArgs extends RiskArgs {
  @Field(() => BusinessDateScalar, { description: "First day on which windows closed." })
  from!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Last such day; yesterday when left out, and never later." })
  to?: string | null;
}

@ObjectType({ description: "Deductions whose dispute windows close, or closed, in a span of days. A flat row for reports.", simpleResolvers: true })
export class MoneyAtRiskRow {
  @Field(() => String, { description: "Code of the company." })
  readonly company!: string;

  @Field(() => BusinessDateScalar, { description: "First day of the span." })
  readonly from!: string;

  @Field(() => BusinessDateScalar, { description: "Last day of the span." })
  readonly to!: string;

  @Field(() => ID, { nullable: true, description: "Id of the customer; null where rows are not by customer." })
  readonly customerId!: string | null;

  @Field(() => String, { nullable: true, description: "Account number of the customer; null where rows are not by customer." })
  readonly accountNumber!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the customer; null where rows are not by customer." })
  readonly customerName!: string | null;

  @Field(() => DeductionReason, { nullable: true, description: "The reason; null where rows are not by reason." })
  readonly reason!: DeductionReason | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The Monday of the week in which windows close; null where rows are not by week." })
  readonly weekOf!: string | null;

  @Field(() => String, { description: "ISO 4217 code of the amounts." })
  readonly currency!: string;

  @Field(() => String, { description: "What is open, as a plain decimal: the money at risk." })
  readonly open!: string;

  @Field(() => Float, { description: "The same as a number." })
  readonly openValue!: number;

  @Field(() => Float, { description: "What was taken." })
  readonly takenValue!: number;

  @Field(() => Int, { description: "How many deductions." })
  readonly deductionCount!: number;
}

/** A group as a flat row. */
export const riskRowOf = ({ customerId, name, minor, openMinor, count, ...row }: RiskRow, companyId: string, company: string, from: string, to: string): MoneyAtRiskRow => ({
  ...row, company, from, to, customerId: customerId && globalId("Customer", companyId, customerId), customerName: name, deductionCount: count,
  open: decimalFromMinor(openMinor, row.currency), openValue: Number(decimalFromMinor(openMinor, row.currency)), takenValue: Number(decimalFromMinor(minor, row.currency)),
});
