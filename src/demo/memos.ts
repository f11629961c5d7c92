import { addDays, type BusinessDate, endOfMonth } from "../domain/dates.ts";
import { businessDayFrom, businessDayUpTo } from "./calendar.ts";
import type { DemoCustomer } from "./customers.ts";
import { type Fact, memoFact, paymentFact } from "./facts.ts";
import type { DemoInvoice, DemoYear } from "./invoices.ts";
import type { Random } from "./random.ts";

/** Credit and debit memos of a year, with what is paid of the latter. */
export interface DemoMemos {
  readonly facts: readonly Fact[];
  /** What was credited on an invoice before it is paid, in cents, by number. */
  readonly credited: ReadonlyMap<string, number>;
}

const CREDITS = [["RETURN", "Goods taken back"], ["QUALITY", "Allowance for quality"], ["PRICE", "Price agreed lower"]] as const;
const CREDITED = 0.08;
const REBATES = 6;

/** Credits on invoices of retailers, rebates on account at the ends of quarters, and charges beside invoices. */
export function demoMemos(customers: readonly DemoCustomer[], invoices: ReadonlyMap<string, readonly DemoInvoice[]>, year: DemoYear, random: Random): DemoMemos {
  const of = (kind: DemoCustomer["kind"]): DemoCustomer[] => customers.filter((it) => it.kind === kind);
  const credited = new Map<string, number>();
  const facts: Fact[] = [];
  let number = 0;
  const next = (prefix: string): string => `${prefix}-${3_000 + ++number}`;
  for (const invoice of of("DEDUCTOR").flatMap(({ account }) => invoices.get(account) ?? [])) {
    const on = businessDayFrom(addDays(invoice.invoicedOn, random.whole(5, 10)));
    if (!random.chance(CREDITED) || on > year.lastDay) continue;
    const [reason, description] = random.pick(CREDITS);
    const minor = Math.round((invoice.totalMinor * random.whole(4, 12)) / 100);
    credited.set(invoice.number, minor);
    facts.push(memoFact("issueCreditMemo", on, { account: invoice.account, number: next("CM"), invoice: invoice.number, reason }, description, minor));
  }
  for (const { account } of of("WEEKLY_RUN").slice(0, REBATES)) {
    for (const on of quarterEnds(year)) facts.push(memoFact("issueCreditMemo", on, { account, number: next("CM"), reason: "PROMOTION" }, "Volume rebate of the quarter", random.whole(120, 900) * 100));
  }
  const charge = (account: string, on: BusinessDate, reason: string, description: string, minor: number, paid: boolean): void => {
    const [memo, dueOn] = [next("DM"), addDays(on, 15)];
    facts.push(memoFact("issueDebitMemo", on, { account, number: memo, reason, dueOn }, description, minor));
    const paidOn = businessDayFrom(addDays(dueOn, random.whole(0, 6)));
    if (paid && paidOn <= year.lastDay) facts.push(paymentFact(paidOn, account, `CHK ${random.whole(1_000, 9_999)}`, [{ reference: memo, netMinor: minor }]));
  };
  const someDay = (): BusinessDate => businessDayUpTo(addDays(year.lastDay, -random.whole(20, 150)));
  for (const { account } of of("STRETCHER").filter((_, index) => index % 3 === 0)) charge(account, someDay(), "LATE_CHARGE", "Interest on late payment", random.whole(25, 140) * 100, random.chance(0.5));
  for (const { account } of of("DISTRESSED").filter((_, index) => index % 2 === 0)) charge(account, someDay(), "NSF_FEE", "Check returned unpaid", 3_500, false);
  for (const { account } of of("DEDUCTOR").filter((_, index) => index % 3 === 0)) charge(account, someDay(), "PRICE_CORRECTION", "Billed too low", random.whole(80, 400) * 100, true);
  return { facts, credited };
}

/** Business days at the ends of the quarters in a year. */
function quarterEnds({ firstDay, lastDay }: DemoYear): BusinessDate[] {
  const ends = new Set<BusinessDate>();
  for (let day = firstDay; day <= lastDay; day = addDays(endOfMonth(day), 1)) {
    const end = businessDayUpTo(endOfMonth(day));
    if (Number(day.slice(5, 7)) % 3 === 0 && end >= firstDay && end <= lastDay) ends.add(end);
  }
  return [...ends];
}
