import type { Database } from "../db/database.ts";
import { Refusal } from "../domain/refusal.ts";
import { type AnsweredHabits, type HabitQuestion, readHabits, settleWindow } from "./habit-question.ts";
import { billedCustomers, type BilledCustomerRow } from "./habits.sql.ts";

/** Rows that an answer holds unless asked otherwise, and at most: all the cash behind them is read at once. */
export const USUAL_ROWS = 500;
export const MOST_ROWS = 2_000;

/** The habits of customers of a company, with their names. */
export type HabitBook = readonly { readonly customer: BilledCustomerRow; readonly habits: AnsweredHabits }[];

/** Part of the customers of a company, by name and currency, with their habits. Refuses a limit or an offset out of range. */
export async function readHabitBook(db: Database, companyId: string, question: HabitQuestion, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<HabitBook> {
  if (limit < 1 || limit > MOST_ROWS) throw new Refusal("LIMIT_EXCEEDED", `limit takes 1 to ${MOST_ROWS}.`, { field: ["limit"] });
  if (offset < 0) throw new Refusal("VALUE_INVALID", "offset takes 0 or more.", { field: ["offset"] });
  const window = await settleWindow(db, question);
  const customers = await billedCustomers(db, companyId, window.asOf, window.knownAt, question.currency, limit, offset);
  const habits = await readHabits(db, customers.map(({ customerId, currency }) => ({ companyId, customerId, currency })), question, window);
  const byCustomer = new Map(habits.map((it) => [`${it.customerId} ${it.currency}`, it]));
  return customers.map((customer) => ({ customer, habits: byCustomer.get(`${customer.customerId} ${customer.currency}`)! }));
}
