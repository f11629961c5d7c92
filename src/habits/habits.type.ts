import { ArgsType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { type HabitFigure, HabitGap, type LatenessCount } from "../domain/habits.ts";
import { MoneyValue } from "../domain/money.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { AnsweredHabits } from "./habit-question.ts";
import { GRACE, SAMPLE, WINDOW, WORDS } from "./habit-words.ts";

registerEnumType(HabitGap, {
  name: "HabitGap",
  description: "Why a figure of payment habits is not given.",
  valuesConfig: {
    INSUFFICIENT_SAMPLE: { description: "Fewer installments were paid in the window than the minimum sample." },
    NOTHING_LATE: { description: "Nothing was paid late." },
    NO_DISCOUNT_OFFERED: { description: "Nothing that was paid offered a discount." },
    NO_DISCOUNT_TAKEN: { description: "Discounts were offered, and none was taken." },
    NOTHING_INVOICED: { description: "No invoice is dated in the window." },
  },
});

@ArgsType()
export class HabitArgs {
  @Field(() => BusinessDateScalar, { nullable: true, description: "Last business day of the window; today when left out." })
  asOf?: string | null;

  @Field(() => MomentScalar, { nullable: true, description: "Moment of knowledge: only what the books had recorded by then. Now when left out. Imported history is known from its import on." })
  knownAt?: string | null;

  @Field(() => Int, { defaultValue: 12, description: WINDOW })
  windowMonths!: number;

  @Field(() => Int, { defaultValue: 5, description: SAMPLE })
  minimumSample!: number;

  @Field(() => Int, { nullable: true, description: GRACE })
  graceDays?: number | null;
}

@ArgsType()
export class CustomerHabitArgs extends HabitArgs {
  @Field(() => String, { nullable: true, description: "ISO 4217 code: habits are of one currency. The one the customer usually trades in when left out." })
  currency?: string | null;
}

@ObjectType("HabitFigure", { description: "A figure of payment habits, or the reason why there is none.", simpleResolvers: true })
export class HabitFigureType implements HabitFigure {
  @Field(() => String, { nullable: true, description: "Plain decimal with two places, rounded half away from zero; the field says in which unit. Null when there is none." })
  readonly value!: string | null;

  @Field(() => HabitGap, { nullable: true, description: "Why there is none; null when there is one." })
  readonly reason!: HabitGap | null;
}

@ObjectType("LatenessCount", { description: "How many installments were paid so many days after their due date.", simpleResolvers: true })
export class LatenessCountType implements LatenessCount {
  @Field(() => String, { description: "For people: `on time`, `1-15`, `over 90`." })
  readonly label!: string;

  @Field(() => Int, { nullable: true, description: "The fewest days late in it; null for those in time or early." })
  readonly fromDays!: number | null;

  @Field(() => Int, { nullable: true, description: "The most days late in it; null when there is no end." })
  readonly toDays!: number | null;

  @Field(() => Int, { description: "How many paid installments." })
  readonly count!: number;
}

@ObjectType("PaymentHabits", {
  description: "How a customer pays in one currency: cash that was applied to its invoices in a window, by the day the money was received. Counts and sums are always given; a figure may be missing, with its reason.",
  simpleResolvers: true,
})
export class PaymentHabits {
  @Field(() => BusinessDateScalar, { description: "Last business day of the window." })
  readonly asOf!: string;

  @Field(() => BusinessDateScalar, { description: "First business day of the window." })
  readonly windowFrom!: string;

  @Field(() => MomentScalar, { description: "The moment of knowledge used. Asked with it again, the figures never change." })
  readonly knownAt!: string;

  @Field(() => String, { description: "ISO 4217 code of what was paid." })
  readonly currency!: string;

  @Field(() => Int, { description: WORDS.paidCount })
  readonly paidCount!: number;

  @Field(() => Int, { description: WORDS.cashCount })
  readonly cashCount!: number;

  @Field(() => MoneyType, { description: WORDS.paidMinor })
  readonly paid!: MoneyValue;

  @Field(() => Int, { description: WORDS.lateCount })
  readonly lateCount!: number;

  @Field(() => Int, { description: WORDS.earlyCount })
  readonly earlyCount!: number;

  @Field(() => Int, { description: WORDS.daysToPaySum })
  readonly daysToPaySum!: number;

  @Field(() => Int, { description: WORDS.daysBeyondTermsSum })
  readonly daysBeyondTermsSum!: number;

  @Field(() => Int, { description: WORDS.daysLateSum })
  readonly daysLateSum!: number;

  @Field(() => [LatenessCountType], { description: "The paid installments by how late they were: on time, 1-15, 16-30, 31-60, 61-90, over 90 days. They add up to paidCount." })
  readonly lateness!: readonly LatenessCountType[];

  @Field(() => HabitFigureType, { description: WORDS.averageDaysToPay })
  readonly averageDaysToPay!: HabitFigure;

  @Field(() => HabitFigureType, { description: WORDS.weightedDaysToPay })
  readonly weightedDaysToPay!: HabitFigure;

  @Field(() => HabitFigureType, { description: WORDS.averageDaysBeyondTerms })
  readonly averageDaysBeyondTerms!: HabitFigure;

  @Field(() => HabitFigureType, { description: WORDS.medianDaysBeyondTerms })
  readonly medianDaysBeyondTerms!: HabitFigure;

  @Field(() => HabitFigureType, { description: WORDS.weightedDaysBeyondTerms })
  readonly weightedDaysBeyondTerms!: HabitFigure;

  @Field(() => HabitFigureType, { description: WORDS.averageDaysLate })
  readonly averageDaysLate!: HabitFigure;

  @Field(() => HabitFigureType, { description: WORDS.averageDaysLateWhenLate })
  readonly averageDaysLateWhenLate!: HabitFigure;

  @Field(() => HabitFigureType, { description: WORDS.onTimeRate })
  readonly onTimeRate!: HabitFigure;

  @Field(() => HabitFigureType, { description: WORDS.onTimeAmountRate })
  readonly onTimeAmountRate!: HabitFigure;

  @Field(() => MoneyType, { description: WORDS.discountOfferedMinor })
  readonly discountOffered!: MoneyValue;

  @Field(() => MoneyType, { description: WORDS.discountEarnedMinor })
  readonly discountEarned!: MoneyValue;

  @Field(() => MoneyType, { description: WORDS.discountUnearnedMinor })
  readonly discountUnearned!: MoneyValue;

  @Field(() => HabitFigureType, { description: WORDS.discountTakenRate })
  readonly discountTakenRate!: HabitFigure;

  @Field(() => HabitFigureType, { description: WORDS.discountEarnedRate })
  readonly discountEarnedRate!: HabitFigure;

  @Field(() => HabitFigureType, { description: WORDS.discountUnearnedRate })
  readonly discountUnearnedRate!: HabitFigure;

  @Field(() => MoneyType, { description: WORDS.invoicedMinor })
  readonly invoiced!: MoneyValue;

  @Field(() => MoneyType, { description: WORDS.deductedMinor })
  readonly deducted!: MoneyValue;

  @Field(() => HabitFigureType, { description: WORDS.deductionRate })
  readonly deductionRate!: HabitFigure;
}

export function paymentHabitsOf(habits: AnsweredHabits): PaymentHabits {
  const money = (minor: bigint): MoneyValue => new MoneyValue(minor, habits.currency);
  return {
    ...habits, paid: money(habits.paidMinor), discountOffered: money(habits.discountOfferedMinor), discountEarned: money(habits.discountEarnedMinor),
    discountUnearned: money(habits.discountUnearnedMinor), invoiced: money(habits.invoicedMinor), deducted: money(habits.deductedMinor),
  };
}
