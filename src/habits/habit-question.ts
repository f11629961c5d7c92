import type { Database } from "../db/database.ts";
import { settleKnownAt } from "../db/known-at.ts";
import { dayOf } from "../domain/dates.ts";
import { type CashFact, type HabitFacts, type HabitMeasure, type Habits, habitsOf, type PaidFact, windowStart } from "../domain/habits.ts";
import { exponentOf } from "../domain/money.ts";
import { discountableMinor } from "../domain/terms.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { type HabitFactRow, habitFacts, type HabitKey } from "./habits.sql.ts";

/** How habits are asked for. */
export interface HabitQuestion extends HabitMeasure {
  readonly asOf: string | null;
  readonly knownAt: string | null;
  readonly windowMonths: number;
  readonly currency: string | null;
}

/** The dates that a question comes to, once it is asked. */
export interface HabitWindow {
  readonly asOf: string;
  readonly knownAt: string;
  readonly windowFrom: string;
}

/** The habits of one customer in one currency, and what exactly was asked. */
export interface AnsweredHabits extends Habits, HabitWindow {
  readonly companyId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly question: HabitQuestion;
}

/** The question itself. Refuses a window, a sample or a grace out of range, and a currency that is none. */
export function checkQuestion(wish: Partial<HabitQuestion> & Omit<HabitQuestion, "asOf" | "knownAt" | "currency" | "graceDays">): HabitQuestion {
  const { asOf = null, knownAt = null, currency = null, windowMonths, minimumSample, graceDays = null } = wish;
  checkRange(windowMonths, 1, 600, "windowMonths");
  checkRange(minimumSample, 1, 1_000, "minimumSample");
  if (graceDays !== null) checkRange(graceDays, 0, 365, "graceDays");
  if (currency !== null) at({ field: ["currency"] }, () => exponentOf(currency));
  return { asOf, knownAt, currency, windowMonths, minimumSample, graceDays };
}

function checkRange(value: number, least: number, most: number, field: string): void {
  if (value < least || value > most) throw new Refusal("VALUE_INVALID", `${field} takes ${least} to ${most}.`, { field: [field] });
}

/** The dates of a question: today and now where it leaves them out. */
export async function settleWindow(db: Database, { asOf: asked, knownAt: moment, windowMonths }: HabitQuestion): Promise<HabitWindow> {
  const knownAt = await settleKnownAt(db, moment);
  const asOf = asked ?? dayOf(db.clock.now() ?? new Date());
  return { asOf, knownAt, windowFrom: windowStart(asOf, windowMonths) };
}

/** The habits of many customers, read in one statement. */
export async function readHabits(db: Database, keys: readonly HabitKey[], question: HabitQuestion, window: HabitWindow): Promise<AnsweredHabits[]> {
  const byCustomer = new Map<string, HabitFactRow[]>();
  for (const row of await habitFacts(db, keys, window)) {
    const key = `${row.companyId} ${row.customerId} ${row.currency}`;
    const rows = byCustomer.get(key);
    if (rows) rows.push(row);
    else byCustomer.set(key, [row]);
  }
  return [...byCustomer.values()].map((rows) => {
    const { companyId, customerId, currency } = rows[0]!;
    return { ...habitsOf(factsOf(rows), question), ...window, companyId, customerId, currency, question };
  });
}

/** The facts behind the rows of one customer: each row but one is cash, and what it says of its installment is said once. */
function factsOf(rows: readonly HabitFactRow[]): HabitFacts {
  const cash: CashFact[] = rows.filter(({ itemId }) => itemId !== null);
  const paid = new Map<string, PaidFact>();
  for (const row of rows) if (row.itemId !== null && row.closed && !paid.has(row.itemId)) paid.set(row.itemId, paidOf(row));
  const sums = rows.find(({ itemId }) => itemId === null);
  return { cash, paid: [...paid.values()], invoicedMinor: sums?.invoicedMinor ?? 0n, deductedMinor: sums?.deductedMinor ?? 0n };
}

const paidOf = (row: HabitFactRow): PaidFact => ({ ...row, discountPart: { discountableMinor: discountableMinor(row.discountBase, row), totalMinor: row.totalMinor, beforeMinor: row.beforeMinor } });
