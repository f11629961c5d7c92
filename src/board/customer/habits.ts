import type { BusinessDate } from "../../domain/dates.ts";
import { daysLate, nodesOf } from "../format.ts";
import type { CustomerDetail } from "./use-customer.ts";

/** One invoice, or part of one, being paid. */
export interface PaidDot {
  readonly on: BusinessDate;
  /** Days after the due date; negative when early. */
  readonly late: number;
  readonly size: number;
  readonly number: string | null;
}

/** The payments shown, as dots: cash that was applied to invoices, by its day and the due date. */
export const dotsOf = (payments: CustomerDetail["payments"]): PaidDot[] =>
  nodesOf(payments).flatMap(({ receivedOn, applications }) =>
    applications.flatMap(({ kind, amount, invoice }): PaidDot[] =>
      kind === "CASH" && invoice ? [{ on: receivedOn, late: daysLate(invoice.dueOn, receivedOn), size: Math.abs(Number(amount.minorUnits)), number: invoice.number ?? null }] : [],
    ),
  );

/** How a figure of the graph reads: a number of days against the due date, of days, or a percentage; null when there is none. */
export const figureText = {
  against: ({ value }: Figure): string | null => (value === null ? null : Number(value) === 0 ? "on the day" : `${plain(value.replace("-", ""))} ${daysWord(value)} ${value.startsWith("-") ? "early" : "late"}`),
  days: ({ value }: Figure): string | null => value === null ? null : `${plain(value)} ${daysWord(value)}`,
  percent: ({ value }: Figure): string | null => value === null ? null : `${plain(value)} %`,
};

type Figure = CustomerDetail["habits"]["onTimeRate"];

const plain = (value: string): string => Number(value).toLocaleString(undefined, { maximumFractionDigits: 1 });
const daysWord = (value: string): string => (Math.abs(Number(value)) === 1 ? "day" : "days");

/** Why there is no figure, in words. */
export const GAPS: Readonly<Record<NonNullable<Figure["reason"]>, string>> = {
  INSUFFICIENT_SAMPLE: "too few paid",
  NOTHING_LATE: "never late",
  NO_DISCOUNT_OFFERED: "none offered",
  NO_DISCOUNT_TAKEN: "none taken",
  NOTHING_INVOICED: "nothing invoiced",
};
