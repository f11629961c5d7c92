import { type AgingBucket, bucketNoOf, bucketsOf } from "./aging.ts";
import { addDays, type BusinessDate, daysBetween } from "./dates.ts";
import { discountAt, type DiscountShare } from "./discount.ts";
import { divideHalfUp, total } from "./money.ts";

/** Why a figure is not given. */
export const HabitGap = {
  INSUFFICIENT_SAMPLE: "INSUFFICIENT_SAMPLE",
  NOTHING_LATE: "NOTHING_LATE",
  NO_DISCOUNT_OFFERED: "NO_DISCOUNT_OFFERED",
  NO_DISCOUNT_TAKEN: "NO_DISCOUNT_TAKEN",
  NOTHING_INVOICED: "NOTHING_INVOICED",
} as const;
export type HabitGap = (typeof HabitGap)[keyof typeof HabitGap];

/** Cash of one payment that one installment was paid with, undone cash left out. */
export interface CashFact {
  readonly issuedOn: BusinessDate;
  readonly dueOn: BusinessDate;
  /** The day the money was received, which may be before it was applied. */
  readonly paidOn: BusinessDate;
  readonly minor: bigint;
  /** Days after the due date on which the invoice does not count as late yet. */
  readonly dueGraceDays: number;
}

/** An installment with nothing open any more, that cash paid at least in part. */
export interface PaidFact extends DiscountShare {
  readonly issuedOn: BusinessDate;
  readonly dueOn: BusinessDate;
  /** The day its last money was received. */
  readonly lastPaidOn: BusinessDate;
  /** Days after the due date on which the invoice does not count as late yet. */
  readonly dueGraceDays: number;
  /** The highest cash discount it ever offered, in hundredths of a percent; 0 for none. */
  readonly offeredBasisPoints: number;
  /** Cash discount given on it. */
  readonly earnedMinor: bigint;
  /** Cash discount taken off its payment without earning it, which stands on as a deduction. */
  readonly unearnedMinor: bigint;
}

/** What one customer did in a window of time, in one currency. The order of the facts means nothing. */
export interface HabitFacts {
  readonly cash: readonly CashFact[];
  readonly paid: readonly PaidFact[];
  readonly invoicedMinor: bigint;
  readonly deductedMinor: bigint;
}

/** What counts as on time, and how many paid installments make a figure worth telling. */
export interface HabitMeasure {
  /** Days after the due date that count as on time; null for those that each invoice was granted. */
  readonly graceDays: number | null;
  readonly minimumSample: number;
}

/** A decimal with two places, rounded half away from zero; null with the reason why there is none. */
export interface HabitFigure {
  readonly value: string | null;
  readonly reason: HabitGap | null;
}

/** The figures that may be missing, each with its reason. */
export interface HabitFigures {
  readonly averageDaysToPay: HabitFigure;
  readonly weightedDaysToPay: HabitFigure;
  readonly averageDaysBeyondTerms: HabitFigure;
  readonly medianDaysBeyondTerms: HabitFigure;
  readonly weightedDaysBeyondTerms: HabitFigure;
  readonly averageDaysLate: HabitFigure;
  readonly averageDaysLateWhenLate: HabitFigure;
  readonly onTimeRate: HabitFigure;
  readonly onTimeAmountRate: HabitFigure;
  readonly discountTakenRate: HabitFigure;
  readonly discountEarnedRate: HabitFigure;
  readonly discountUnearnedRate: HabitFigure;
  readonly deductionRate: HabitFigure;
}

/** How a customer pays: counts and sums, which are always there, and figures. */
export interface Habits extends HabitFigures {
  readonly paidCount: number;
  readonly cashCount: number;
  readonly paidMinor: bigint;
  readonly lateCount: number;
  readonly earlyCount: number;
  readonly daysToPaySum: number;
  readonly daysBeyondTermsSum: number;
  readonly daysLateSum: number;
  readonly lateness: readonly LatenessCount[];
  readonly discountOfferedMinor: bigint;
  readonly discountEarnedMinor: bigint;
  readonly discountUnearnedMinor: bigint;
  readonly invoicedMinor: bigint;
  readonly deductedMinor: bigint;
}

/** How many installments were paid so many days after they were due. */
export interface LatenessCount extends AgingBucket {
  readonly count: number;
}

/** The last day of each range that lateness is counted in: on time, 1-15, 16-30, 31-60, 61-90, over 90. */
const LATENESS_BOUNDS = [0, 15, 30, 60, 90];

/** The first day of the window of so many months that ends on a day: 12 months to 2026-03-31 begin on 2025-04-01. A day that a month does not have is its last. */
export function windowStart(asOf: BusinessDate, months: number): BusinessDate {
  const index = +asOf.slice(0, 4) * 12 + +asOf.slice(5, 7) - 1 - months;
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const text = (number: number, digits: number): string => String(number).padStart(digits, "0");
  return addDays(`${text(year, 4)}-${text(month, 2)}-${text(Math.min(+asOf.slice(8, 10), lastDay), 2)}`, 1);
}

/**
 * The payment habits behind some facts. Days are calendar days to the day the money was received: days to pay from the invoice
 * date, days beyond terms from the due date, signed. Plain averages are over installments that are paid in full, by their last
 * money; weighted ones over all cash by amount, so that part payments count on their own days. Late is any day after the due
 * date; on time is at most the grace after it: the one asked with, or else each invoice's own.
 */
export function habitsOf(facts: HabitFacts, { graceDays, minimumSample }: HabitMeasure): Habits {
  const { cash, paid, invoicedMinor, deductedMinor } = facts;
  const toPay = paid.map(({ issuedOn, lastPaidOn }) => daysBetween(issuedOn, lastPaidOn));
  const beyond = paid.map(({ dueOn, lastPaidOn }) => daysBetween(dueOn, lastPaidOn));
  const late = beyond.filter((days) => days > 0);
  const paidMinor = total(cash.map(({ minor }) => minor));
  const enough = paid.length >= minimumSample && paid.length > 0;
  const figure = (numerator: bigint, denominator: bigint, whenNone: HabitGap): HabitFigure => figureOf(enough, numerator, denominator, whenNone);
  const average = (days: readonly number[]): HabitFigure => figure(BigInt(sum(days)), BigInt(days.length), HabitGap.NOTHING_LATE);
  const weighted = (daysOf: (fact: CashFact) => number): HabitFigure => figure(total(cash.map((it) => it.minor * BigInt(daysOf(it)))), paidMinor, HabitGap.INSUFFICIENT_SAMPLE);
  const percent = (part: bigint, whole: bigint, whenNone: HabitGap): HabitFigure => figure(part * 100n, whole, whenNone);
  const beyondTerms = (it: CashFact): number => daysBetween(it.dueOn, it.paidOn);
  const onTimeMinor = total(cash.filter((it) => beyondTerms(it) <= (graceDays ?? it.dueGraceDays)).map(({ minor }) => minor));
  const onTimeCount = paid.filter((it) => daysBetween(it.dueOn, it.lastPaidOn) <= (graceDays ?? it.dueGraceDays)).length;
  return {
    paidCount: paid.length, cashCount: cash.length, paidMinor, lateCount: late.length, earlyCount: beyond.filter((days) => days < 0).length,
    daysToPaySum: sum(toPay), daysBeyondTermsSum: sum(beyond), daysLateSum: sum(late), lateness: latenessOf(beyond),
    averageDaysToPay: average(toPay),
    weightedDaysToPay: weighted((it) => daysBetween(it.issuedOn, it.paidOn)),
    averageDaysBeyondTerms: average(beyond),
    medianDaysBeyondTerms: figure(BigInt(twiceMedian(beyond)), 2n, HabitGap.INSUFFICIENT_SAMPLE),
    weightedDaysBeyondTerms: weighted(beyondTerms),
    averageDaysLate: figure(BigInt(sum(late)), BigInt(paid.length), HabitGap.INSUFFICIENT_SAMPLE),
    averageDaysLateWhenLate: average(late),
    onTimeRate: percent(BigInt(onTimeCount), BigInt(paid.length), HabitGap.INSUFFICIENT_SAMPLE),
    onTimeAmountRate: percent(onTimeMinor, paidMinor, HabitGap.INSUFFICIENT_SAMPLE),
    ...discountsOf(paid, percent),
    invoicedMinor, deductedMinor, deductionRate: percent(deductedMinor, invoicedMinor, HabitGap.NOTHING_INVOICED),
  };
}

type Percent = (part: bigint, whole: bigint, whenNone: HabitGap) => HabitFigure;

/** Discounts of installments that offered one: what they offered is the highest rate on what the terms give it on. */
function discountsOf(paid: readonly PaidFact[], percent: Percent) {
  const offering = paid.filter(({ offeredBasisPoints }) => offeredBasisPoints > 0);
  const discountOfferedMinor = total(offering.map((it) => discountAt(it, it.offeredBasisPoints)));
  const discountEarnedMinor = total(offering.map(({ earnedMinor }) => earnedMinor));
  const discountUnearnedMinor = total(offering.map(({ unearnedMinor }) => unearnedMinor));
  const taken = discountEarnedMinor + discountUnearnedMinor;
  return {
    discountOfferedMinor, discountEarnedMinor, discountUnearnedMinor,
    discountTakenRate: percent(taken, discountOfferedMinor, HabitGap.NO_DISCOUNT_OFFERED),
    discountEarnedRate: percent(discountEarnedMinor, taken, offering.length === 0 ? HabitGap.NO_DISCOUNT_OFFERED : HabitGap.NO_DISCOUNT_TAKEN),
    discountUnearnedRate: percent(discountUnearnedMinor, taken, offering.length === 0 ? HabitGap.NO_DISCOUNT_OFFERED : HabitGap.NO_DISCOUNT_TAKEN),
  };
}

function latenessOf(beyond: readonly number[]): LatenessCount[] {
  const counts = bucketsOf(LATENESS_BOUNDS).map(() => 0);
  for (const days of beyond) counts[bucketNoOf(LATENESS_BOUNDS, days)]!++;
  return bucketsOf(LATENESS_BOUNDS).map((bucket, no) => ({ ...bucket, label: no === 0 ? "on time" : bucket.label, count: counts[no]! }));
}

function figureOf(enough: boolean, numerator: bigint, denominator: bigint, whenNone: HabitGap): HabitFigure {
  if (!enough) return { value: null, reason: HabitGap.INSUFFICIENT_SAMPLE };
  if (denominator === 0n) return { value: null, reason: whenNone };
  return { value: decimalOfHundredths(divideHalfUp(numerator * 100n, denominator)), reason: null };
}

function decimalOfHundredths(hundredths: bigint): string {
  const digits = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, "0");
  return `${hundredths < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Twice the median, which is always a whole number; 0 of nothing. */
function twiceMedian(days: readonly number[]): number {
  const sorted = [...days].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
