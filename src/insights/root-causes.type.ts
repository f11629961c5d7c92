import { ArgsType, Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { decimalFromMinor } from "../domain/money.ts";
import { type RankedCauseMonth, RootCauseBy } from "../domain/root-cause.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import { PeriodArgs } from "./deduction-measures.type.ts";

registerEnumType(RootCauseBy, {
  name: "RootCauseBy",
  description: "What deductions may be traced to.",
  valuesConfig: {
    REASON: { description: "The reason, as it is known by now." },
    CUSTOMER: { description: "The customer's account number." },
    ITEM: { description: "The item, where the lines of the claim or else of the invoice name exactly one." },
    CARRIER: { description: "The code of the carrier, where exactly one carried what the invoice bills." },
    SHIP_FROM: { description: "The site it left from, where the shipments of the invoice name exactly one." },
  },
});

@ArgsType()
export class RootCauseArgs extends PeriodArgs {
  @Field(() => RootCauseBy, { description: "What the deductions are traced to." })
  by!: RootCauseBy;
}

@ObjectType({ description: "What was taken in a month for one cause, and what the cause weighs in the period. A flat row for reports.", simpleResolvers: true })
export class RootCauseRow {
  @Field(() => RootCauseBy, { description: "What the cause is." })
  readonly by!: RootCauseBy;

  @Field(() => String, { nullable: true, description: "The cause; null where the documents name none, or several." })
  readonly cause!: string | null;

  @Field(() => Int, { description: "Its place among the causes of its currency, from 1, by all that was taken for it in the period." })
  readonly rank!: number;

  @Field(() => Float, { description: "Its share in all that was taken in the period in this currency, 0 to 1, rounded to 6 places." })
  readonly share!: number;

  @Field(() => Float, { description: "The shares up to this cause: where most of it comes from." })
  readonly cumulativeShare!: number;

  @Field(() => BusinessDateScalar, { description: "First day of the month that this row is about; months without a deduction have none." })
  readonly month!: string;

  @Field(() => String, { description: "ISO 4217 code of the amounts." })
  readonly currency!: string;

  @Field(() => String, { description: "What was taken in the month, as a plain decimal; parts of what was split count once, as the whole." })
  readonly taken!: string;

  @Field(() => Float, { description: "The same as a number." })
  readonly takenValue!: number;

  @Field(() => Int, { description: "How many were taken in the month." })
  readonly takenCount!: number;
}

export const causeRowOf = ({ minor, count, ...row }: RankedCauseMonth, by: RootCauseBy): RootCauseRow => {
  const taken = decimalFromMinor(minor, row.currency);
  return { ...row, by, taken, takenValue: Number(taken), takenCount: count };
};
