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

/** How a customer pays, in figures. */
export interface Habit {
  readonly dots: readonly PaidDot[];
  /** Null when nothing was paid yet. */
  readonly median: number | null;
  readonly middle: readonly [number, number] | null;
  /** Share of the invoices that were paid by their due date, 0 to 1. */
  readonly onTime: number | null;
}

/** What the payments shown say about habits: cash that was applied to invoices, by its day and the due date. */
export function habitOf(payments: CustomerDetail["payments"]): Habit {
  const dots = nodesOf(payments).flatMap(({ receivedOn, applications }) =>
    applications.flatMap(({ kind, amount, invoice }): PaidDot[] =>
      kind === "CASH" && invoice ? [{ on: receivedOn, late: daysLate(invoice.dueOn, receivedOn), size: Math.abs(Number(amount.minorUnits)), number: invoice.number ?? null }] : [],
    ),
  );
  const late = dots.map((dot) => dot.late).sort((a, b) => a - b);
  if (late.length === 0) return { dots, median: null, middle: null, onTime: null };
  return { dots, median: quantile(late, 0.5), middle: [quantile(late, 0.25), quantile(late, 0.75)], onTime: late.filter((days) => days <= 0).length / late.length };
}

/** A quantile of sorted values, between the two nearest where it falls between them, to the nearest day. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return Math.round(low + (high - low) * (at - Math.floor(at)));
}
