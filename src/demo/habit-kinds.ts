import { addDays, type BusinessDate, laterOf } from "../domain/dates.ts";
import type { AgreementCode } from "./agreements.ts";
import { businessDayFrom, monthEndFrom, secondThursdayFrom, thursdayFrom } from "./calendar.ts";
import type { Random } from "./random.ts";

/** An invoice as a customer's habit looks at it. */
export interface HabitMoment {
  readonly invoicedOn: BusinessDate;
  readonly dueOn: BusinessDate;
  /** Whether it is one of the customer's large ones. */
  readonly large: boolean;
  /** How far the year has gone when it is billed, from 0 to 1. */
  readonly progress: number;
  readonly random: Random;
}

/** A kind of customer by how it pays: what it buys on, how often, and the day it pays an invoice. */
interface Habit {
  /** Customers of this kind among 200. */
  readonly among200: number;
  readonly agreements: readonly AgreementCode[];
  /** Fewest and most invoices a year. */
  readonly invoices: readonly [number, number];
  /** One payment for all that it pays on one day. */
  readonly together: boolean;
  /** Share of the invoices on which it takes a cash discount. */
  readonly discounts: number;
  readonly paysOn: (moment: HabitMoment) => BusinessDate;
}

const late = (from: number, to: number) => ({ dueOn, random }: HabitMoment): BusinessDate => businessDayFrom(addDays(dueOn, random.whole(from, to)));

export const HABITS = {
  /** A few days before or on the due date. */
  PROMPT: { among200: 40, agreements: ["NET30", "NET30", "NET15", "EOM", "PROX10"], invoices: [12, 22], together: false, discounts: 0, paysOn: (moment) => laterOf(moment.invoicedOn, late(-6, -2)(moment)) },
  /** Within the discount days, and earns it. */
  EARLY_DISCOUNT: { among200: 24, agreements: ["2-10-30", "2-10-30", "3-10-1-20-45"], invoices: [8, 12], together: false, discounts: 0.95, paysOn: ({ invoicedOn, random }) => businessDayFrom(addDays(invoicedOn, random.whole(6, 10))) },
  /** Takes the discount whenever it pays, long after its day. */
  LATE_DISCOUNT: { among200: 12, agreements: ["2-10-30"], invoices: [8, 11], together: false, discounts: 0.9, paysOn: ({ invoicedOn, random }) => businessDayFrom(addDays(invoicedOn, random.whole(18, 31))) },
  /** 15 to 20 days after the due date, every time. */
  STRETCHER: { among200: 28, agreements: ["NET30", "NET45", "NET30"], invoices: [12, 20], together: false, discounts: 0, paysOn: late(15, 18) },
  /** Small invoices on time, large ones weeks late. */
  LARGE_LATE: { among200: 16, agreements: ["NET30"], invoices: [16, 24], together: false, discounts: 0, paysOn: (moment) => (moment.large ? late(20, 38) : late(-4, 0))(moment) },
  /** A payment run each Thursday. */
  WEEKLY_RUN: { among200: 20, agreements: ["NET30", "NET45"], invoices: [30, 44], together: true, discounts: 0, paysOn: ({ dueOn }) => thursdayFrom(dueOn) },
  /** A payment run every second Thursday. */
  BIWEEKLY_RUN: { among200: 14, agreements: ["NET30", "EOM"], invoices: [22, 30], together: true, discounts: 0, paysOn: ({ dueOn }) => secondThursdayFrom(dueOn) },
  /** On the last business day of the month. */
  MONTH_END: { among200: 14, agreements: ["NET30", "NET15"], invoices: [12, 20], together: true, discounts: 0, paysOn: ({ dueOn }) => monthEndFrom(dueOn) },
  /** Later with every month, then in round parts. */
  DISTRESSED: { among200: 10, agreements: ["NET30"], invoices: [11, 15], together: false, discounts: 0, paysOn: (moment) => late(0, 6)({ ...moment, dueOn: addDays(moment.dueOn, Math.round(75 * moment.progress ** 2)) }) },
  /** A retailer that pays its run, and less than billed. */
  DEDUCTOR: { among200: 10, agreements: ["NET45", "NET30"], invoices: [24, 34], together: true, discounts: 0, paysOn: (moment) => thursdayFrom(late(1, 8)(moment)) },
  /** Buys since a few weeks. */
  NEW: { among200: 12, agreements: ["NET30", "NET15"], invoices: [2, 4], together: false, discounts: 0, paysOn: late(-4, 3) },
} as const satisfies Record<string, Habit>;
export type HabitKind = keyof typeof HABITS;

/** Every kind at least once, in the shares of the whole: 200 customers have exactly what the table says. */
export function habitKinds(count: number): HabitKind[] {
  const kinds = Object.keys(HABITS) as HabitKind[];
  const wanted = kinds.flatMap((kind) => Array<HabitKind>(Math.max(1, Math.round((HABITS[kind].among200 * count) / 200))).fill(kind));
  while (wanted.length < count) wanted.push("PROMPT");
  return wanted.slice(0, Math.max(count, kinds.length));
}
