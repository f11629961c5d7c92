import { addDays, type BusinessDate } from "../domain/dates.ts";
import type { DemoCustomer } from "./customers.ts";
import { type AdviceLine, type Fact, paymentFact } from "./facts.ts";
import { HABITS } from "./habit-kinds.ts";
import type { DemoInvoice, DemoYear } from "./invoices.ts";
import type { Random } from "./random.ts";
import { type DatedLine, settle } from "./settling.ts";

/** Days before the last one of which every payment is typed, with its reference, as those of an ordinary week are. */
const TYPED_DAYS = 8;

/** Whether the customer's invoices come in as a list, which tells neither of discounts nor of installments. */
export const inBook = ({ kind, terms }: DemoCustomer): boolean => HABITS[kind].discounts === 0 && terms !== "THIRDS";

/** What one customer paid: by invoice the day on which the list says that it was paid in full, and payments typed one by one. */
export interface CustomerPayments {
  readonly clearedOn: ReadonlyMap<string, BusinessDate>;
  readonly typed: readonly Fact[];
}

/** A payment as it comes in. */
interface Payment {
  readonly on: BusinessDate;
  readonly lines: readonly AdviceLine[];
}

/** The payments of a customer up to the last day. The list has those that pay everything they name; discounts, short pays, parts and the last days are typed. */
export function customerPayments(customer: DemoCustomer, invoices: readonly DemoInvoice[], year: DemoYear, credited: ReadonlyMap<string, number>, random: Random): CustomerPayments {
  const totals = new Map(invoices.map(({ number, totalMinor }) => [number, totalMinor]));
  const payments = grouped(customer, settle(customer, invoices, year, credited, random).filter(({ on }) => on <= year.lastDay));
  const listed = ({ on, lines }: Payment): boolean => inBook(customer) && on < addDays(year.lastDay, -TYPED_DAYS) && lines.every(({ reference, netMinor }) => totals.get(reference!) === netMinor);
  const byCheck = random.chance(0.4);
  const reference = (): string => (byCheck ? `CHK ${random.whole(1_000, 9_999)}` : `ACH ${random.whole(100_000, 999_999)}`);
  return {
    clearedOn: new Map(payments.filter(listed).flatMap(({ on, lines }) => lines.map((line) => [line.reference!, on] as const))),
    typed: payments.filter((it) => !listed(it)).map(({ on, lines }) => paymentFact(on, customer.account, reference(), lines)),
  };
}

/** One payment a day for those who pay in runs, and one for each line otherwise. */
function grouped({ kind }: DemoCustomer, lines: readonly DatedLine[]): Payment[] {
  if (!HABITS[kind].together) return lines.map(({ on, line }) => ({ on, lines: [line] }));
  const days = new Map<BusinessDate, AdviceLine[]>();
  for (const { on, line } of lines) days.set(on, [...(days.get(on) ?? []), line]);
  return [...days].map(([on, its]) => ({ on, lines: its }));
}
