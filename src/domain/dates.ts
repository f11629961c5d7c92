import { Refusal } from "./refusal.ts";

/** A business date as `YYYY-MM-DD`: a day of the calendar, without a time zone. Compares correctly as text. */
export type BusinessDate = string;

const DAY = 86_400_000;

const utc = (date: BusinessDate): number => Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10));
const iso = (time: number): BusinessDate => new Date(time).toISOString().slice(0, 10);

/** Whether the text is a real day between 1900 and 2199. */
export function isBusinessDate(text: string): boolean {
  return /^(19|20|21)\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(utc(text)) && iso(utc(text)) === text;
}

/** The text itself when it is a real day; refuses anything else. */
export function businessDate(text: string): BusinessDate {
  if (!isBusinessDate(text)) throw new Refusal("DATE_INVALID", `"${text}" is not a date; write it like 2026-03-31.`);
  return text;
}

export const addDays = (date: BusinessDate, days: number): BusinessDate => iso(utc(date) + days * DAY);

/** A day of the month that lies some months after that of a date; the month's last day where the month is shorter. */
export function inMonth(date: BusinessDate, months: number, day: number): BusinessDate {
  const first = new Date(utc(`${date.slice(0, 8)}01`));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + months + 1, 0));
  last.setUTCDate(Math.min(day, last.getUTCDate()));
  return iso(last.getTime());
}

/** The same day some months later, or the last day of that month where it is shorter. Two steps of one month are not one of two. */
export const addMonths = (date: BusinessDate, months: number): BusinessDate => inMonth(date, months, Number(date.slice(8)));

export const endOfMonth = (date: BusinessDate): BusinessDate => inMonth(date, 0, 31);

/** Calendar days from one date to another; negative when `to` comes first. */
export const daysBetween = (from: BusinessDate, to: BusinessDate): number => Math.round((utc(to) - utc(from)) / DAY);

export const laterOf = (a: BusinessDate, b: BusinessDate): BusinessDate => (a > b ? a : b);

/** The day a moment falls on in UTC. */
export const dayOf = (moment: Date): BusinessDate => iso(moment.getTime());
