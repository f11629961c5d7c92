import { Field, Float, Int, ObjectType } from "type-graphql";
import { MoneyValue } from "../domain/money.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import type { HistoryRow } from "./history.sql.ts";

@ObjectType("DeductionHistory", { description: "What became of a customer's deductions of one reason in one currency. One that was split counts as its parts, several that were merged as one; voided ones do not count.", simpleResolvers: true })
export class DeductionHistoryType {
  @Field(() => DeductionReason, { description: "The reason as it is known by now." })
  readonly reason!: DeductionReason;

  @Field(() => Int, { description: "How many there are." })
  readonly count!: number;

  @Field(() => Int, { description: "How many of them have something open." })
  readonly openCount!: number;

  @Field(() => MoneyType, { description: "What was taken." })
  readonly taken!: MoneyValue;

  @Field(() => MoneyType, { description: "What is not settled yet." })
  readonly open!: MoneyValue;

  @Field(() => MoneyType, { description: "What the customer was found right about, of those that were decided." })
  readonly foundValid!: MoneyValue;

  @Field(() => MoneyType, { description: "What it was not." })
  readonly foundInvalid!: MoneyValue;

  @Field(() => Float, { nullable: true, description: "Median days from the day the books learned of one to the day it was settled, denied or confirmed; null while none was." })
  readonly medianDaysToResolve!: number | null;

  @Field(() => BusinessDateScalar, { description: "The day the latest was taken." })
  readonly lastTakenOn!: string;
}

export const historyOf = ({ reason, currency, count, openCount, takenMinor, openMinor, validMinor, invalidMinor, medianDays, lastTakenOn }: HistoryRow): DeductionHistoryType => ({
  reason, count, openCount, lastTakenOn, medianDaysToResolve: medianDays, taken: new MoneyValue(takenMinor, currency), open: new MoneyValue(openMinor, currency),
  foundValid: new MoneyValue(validMinor, currency), foundInvalid: new MoneyValue(invalidMinor, currency),
});
