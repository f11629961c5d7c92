import { addDays, type BusinessDate, endOfMonth } from "../domain/dates.ts";

const THURSDAY = 4;
const WEEK_MS = 7 * 24 * 3600 * 1000;

/** How business goes in each month, January first; 1 is an ordinary one. Groceries before the holidays, little after them. */
const SEASON = [0.7, 0.75, 0.9, 1, 1.05, 1.1, 1, 0.95, 1, 1.1, 1.3, 1.4];
export const HIGH_SEASON = 1.4;

const weekday = (date: BusinessDate): number => new Date(`${date}T00:00:00Z`).getUTCDay();

export const season = (date: BusinessDate): number => SEASON[Number(date.slice(5, 7)) - 1]!;

/** The day itself, or the Monday after its weekend. */
export function businessDayFrom(date: BusinessDate): BusinessDate {
  const day = weekday(date);
  return addDays(date, day === 6 ? 2 : day === 0 ? 1 : 0);
}

/** The day itself, or the Friday before its weekend. */
export function businessDayUpTo(date: BusinessDate): BusinessDate {
  const day = weekday(date);
  return addDays(date, day === 6 ? -1 : day === 0 ? -2 : 0);
}

/** The next Thursday from a day on, that day included. */
export const thursdayFrom = (date: BusinessDate): BusinessDate => addDays(date, (THURSDAY - weekday(date) + 7) % 7);

/** The next Thursday of every second week. */
export function secondThursdayFrom(date: BusinessDate): BusinessDate {
  const thursday = thursdayFrom(date);
  return Math.floor(Date.parse(`${thursday}T00:00:00Z`) / WEEK_MS) % 2 === 0 ? thursday : addDays(thursday, 7);
}

/** The last business day of a day's month, or of the next where that is past. */
export function monthEndFrom(date: BusinessDate): BusinessDate {
  const last = businessDayUpTo(endOfMonth(date));
  return last >= date ? last : businessDayUpTo(endOfMonth(addDays(endOfMonth(date), 1)));
}
