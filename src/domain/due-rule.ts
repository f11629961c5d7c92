import { addDays, addMonths, type BusinessDate, endOfMonth, inMonth } from "./dates.ts";

/**
 * How a due date follows from an invoice date. Either by distance: months are added, then days, then the end of that month is
 * sought, then days after it are added (the order of Odoo). Or by a day of the month some months ahead ("10th prox").
 */
export interface DueRule {
  readonly netDays: number;
  /** Calendar months; a day that the month lacks becomes its last. */
  readonly months: number;
  /** Whether the day moves to the end of its month. */
  readonly endOfMonth: boolean;
  /** Days after that end. */
  readonly daysAfter: number;
  /** Day of the month, 31 for its last; null for a rule by distance. */
  readonly proximoDay: number | null;
  /** How many months ahead that day lies. */
  readonly proximoMonths: number;
  /** An invoice after this day of the month counts as one of the next month; null for no cutoff. */
  readonly cutoffDay: number | null;
}

/** The due date of an invoice of a day. Never before that day. */
export function dueDate(rule: DueRule, invoicedOn: BusinessDate): BusinessDate {
  if (rule.proximoDay !== null) return dayOfMonthAhead(invoicedOn, rule.proximoDay, rule.proximoMonths, rule.cutoffDay);
  const reached = addDays(addMonths(invoicedOn, rule.months), rule.netDays);
  return rule.endOfMonth ? addDays(endOfMonth(reached), rule.daysAfter) : reached;
}

/**
 * A day of the month, some months ahead, the month's last where it is shorter. An invoice after the cutoff counts as one of
 * the next month, and a day that has passed already means that of the month after.
 */
export function dayOfMonthAhead(invoicedOn: BusinessDate, day: number, monthsAhead: number, cutoffDay: number | null): BusinessDate {
  const late = cutoffDay !== null && Number(invoicedOn.slice(8)) > cutoffDay ? 1 : 0;
  const reached = inMonth(invoicedOn, monthsAhead + late, day);
  return reached < invoicedOn ? inMonth(invoicedOn, monthsAhead + late + 1, day) : reached;
}
