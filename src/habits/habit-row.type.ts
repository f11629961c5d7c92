import { ArgsType, Field, Float, ID, Int, ObjectType } from "type-graphql";
import type { HabitFigure } from "../domain/habits.ts";
import { decimalFromMinor } from "../domain/money.ts";
import { globalId } from "../graphql/global-id.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { AnsweredHabits } from "./habit-question.ts";
import { WORDS } from "./habit-words.ts";
import { type HabitBook, MOST_ROWS, USUAL_ROWS } from "./habit-book.ts";
import { CustomerHabitArgs } from "./habits.type.ts";

@ArgsType()
export class HabitRowArgs extends CustomerHabitArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { nullable: true, description: "ISO 4217 code of the only currency to tell of; a row for each currency of a customer when left out." })
  override currency?: string | null;

  @Field(() => Int, { defaultValue: USUAL_ROWS, description: `How many rows at most: 1 to ${MOST_ROWS}.` })
  limit!: number;

  @Field(() => Int, { defaultValue: 0, description: "How many rows to leave out from the start. Pages asked for with the same knownAt and asOf fit together." })
  offset!: number;
}

/** A figure on a flat row. */
const figure = (words: string): string => `${words} Null when there is none; sampleReason and the counts say why.`;

@ObjectType("HabitRow", { description: "How a customer pays in one currency, as a flat row for reports: the same figures as PaymentHabits, as numbers.", simpleResolvers: true })
export class HabitRow {
  @Field(() => String, { description: "Code of the company." })
  readonly company!: string;

  @Field(() => ID, { description: "Id of the customer." })
  readonly customerId!: string;

  @Field(() => String, { description: "Account number of the customer." })
  readonly accountNumber!: string;

  @Field(() => String, { description: "Name of the customer." })
  readonly customerName!: string;

  @Field(() => String, { description: "ISO 4217 code of what was paid." })
  readonly currency!: string;

  @Field(() => BusinessDateScalar, { description: "Last business day of the window." })
  readonly asOf!: string;

  @Field(() => BusinessDateScalar, { description: "First business day of the window." })
  readonly windowFrom!: string;

  @Field(() => MomentScalar, { description: "The moment of knowledge used; ask for further pages with it." })
  readonly knownAt!: string;

  @Field(() => String, { nullable: true, description: "`INSUFFICIENT_SAMPLE` when fewer installments were paid than the minimum sample; null when the sample is large enough." })
  readonly sampleReason!: string | null;

  @Field(() => Int, { description: WORDS.paidCount })
  readonly paidCount!: number;

  @Field(() => Int, { description: WORDS.cashCount })
  readonly cashCount!: number;

  @Field(() => String, { description: `${WORDS.paidMinor} Plain decimal, exact.` })
  readonly paid!: string;

  @Field(() => Float, { description: `${WORDS.paidMinor} As a number.` })
  readonly paidValue!: number;

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

  @Field(() => Float, { nullable: true, description: figure(WORDS.averageDaysToPay) })
  readonly averageDaysToPay!: number | null;

  @Field(() => Float, { nullable: true, description: figure(WORDS.weightedDaysToPay) })
  readonly weightedDaysToPay!: number | null;

  @Field(() => Float, { nullable: true, description: figure(WORDS.averageDaysBeyondTerms) })
  readonly averageDaysBeyondTerms!: number | null;

  @Field(() => Float, { nullable: true, description: figure(WORDS.medianDaysBeyondTerms) })
  readonly medianDaysBeyondTerms!: number | null;

  @Field(() => Float, { nullable: true, description: figure(WORDS.weightedDaysBeyondTerms) })
  readonly weightedDaysBeyondTerms!: number | null;

  @Field(() => Float, { nullable: true, description: figure(WORDS.averageDaysLate) })
  readonly averageDaysLate!: number | null;

  @Field(() => Float, { nullable: true, description: figure(WORDS.averageDaysLateWhenLate) })
  readonly averageDaysLateWhenLate!: number | null;

  @Field(() => Float, { nullable: true, description: figure(WORDS.onTimeRate) })
  readonly onTimeRate!: number | null;

  @Field(() => Float, { nullable: true, description: figure(WORDS.onTimeAmountRate) })
  readonly onTimeAmountRate!: number | null;

  @Field(() => Float, { description: WORDS.discountOfferedMinor })
  readonly discountOfferedValue!: number;

  @Field(() => Float, { description: WORDS.discountEarnedMinor })
  readonly discountEarnedValue!: number;

  @Field(() => Float, { description: WORDS.discountUnearnedMinor })
  readonly discountUnearnedValue!: number;

  @Field(() => Float, { nullable: true, description: figure(WORDS.discountTakenRate) })
  readonly discountTakenRate!: number | null;

  @Field(() => Float, { nullable: true, description: figure(WORDS.discountEarnedRate) })
  readonly discountEarnedRate!: number | null;

  @Field(() => Float, { nullable: true, description: figure(WORDS.discountUnearnedRate) })
  readonly discountUnearnedRate!: number | null;

  @Field(() => Float, { description: WORDS.invoicedMinor })
  readonly invoicedValue!: number;

  @Field(() => Float, { description: WORDS.deductedMinor })
  readonly deductedValue!: number;

  @Field(() => Float, { nullable: true, description: figure(WORDS.deductionRate) })
  readonly deductionRate!: number | null;
}

const numberOf = ({ value }: HabitFigure): number | null => (value === null ? null : Number(value));

/** The habits of a company as flat rows. */
export const habitRowsOf = (book: HabitBook, company: string): HabitRow[] =>
  book.map(({ customer: { accountNumber, name }, habits }) => ({ company, accountNumber, customerName: name, ...figuresOf(habits) }));

function figuresOf(habits: AnsweredHabits): Omit<HabitRow, "company" | "accountNumber" | "customerName"> {
  const { companyId, currency, asOf, windowFrom, knownAt, paidCount, cashCount, lateCount, earlyCount, daysToPaySum, daysBeyondTermsSum, daysLateSum } = habits;
  const value = (minor: bigint): number => Number(decimalFromMinor(minor, currency));
  return {
    customerId: globalId("Customer", companyId, habits.customerId), currency, asOf, windowFrom, knownAt, sampleReason: habits.averageDaysToPay.reason,
    paidCount, cashCount, lateCount, earlyCount, daysToPaySum, daysBeyondTermsSum, daysLateSum,
    paid: decimalFromMinor(habits.paidMinor, currency), paidValue: value(habits.paidMinor),
    averageDaysToPay: numberOf(habits.averageDaysToPay), weightedDaysToPay: numberOf(habits.weightedDaysToPay),
    averageDaysBeyondTerms: numberOf(habits.averageDaysBeyondTerms), medianDaysBeyondTerms: numberOf(habits.medianDaysBeyondTerms),
    weightedDaysBeyondTerms: numberOf(habits.weightedDaysBeyondTerms),
    averageDaysLate: numberOf(habits.averageDaysLate), averageDaysLateWhenLate: numberOf(habits.averageDaysLateWhenLate),
    onTimeRate: numberOf(habits.onTimeRate), onTimeAmountRate: numberOf(habits.onTimeAmountRate),
    discountOfferedValue: value(habits.discountOfferedMinor), discountEarnedValue: value(habits.discountEarnedMinor), discountUnearnedValue: value(habits.discountUnearnedMinor),
    discountTakenRate: numberOf(habits.discountTakenRate), discountEarnedRate: numberOf(habits.discountEarnedRate), discountUnearnedRate: numberOf(habits.discountUnearnedRate),
    invoicedValue: value(habits.invoicedMinor), deductedValue: value(habits.deductedMinor), deductionRate: numberOf(habits.deductionRate),
  };
}
