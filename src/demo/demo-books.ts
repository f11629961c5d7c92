import { addDays, type BusinessDate } from "../domain/dates.ts";
import { bookOf, type BookRow } from "./book-file.ts";
import { demoChaos, GUIDE_INVOICE, singleInvoice } from "./chaos.ts";
import { COMMON_CODES, type CustomerCode, type DemoCustomer, demoCustomers, GUIDE_ACCOUNT } from "./customers.ts";
import { COMMANDS, type Command, CURRENCY, dollars, type Fact } from "./facts.ts";
import { type DemoInvoice, demoInvoices, type DemoYear } from "./invoices.ts";
import { demoMemos } from "./memos.ts";
import { customerPayments, inBook } from "./payments.ts";
import { Random } from "./random.ts";

/** What the demo's books follow from. */
export interface DemoWish {
  readonly seed: string;
  readonly lastDay: BusinessDate;
  /** How many customers; 200 make the whole demo, tests take fewer. */
  readonly customers: number;
}

/** The demo company, as a plan: what its people put on the books, in order. Everything is made up. */
export interface DemoBooks {
  readonly year: DemoYear;
  readonly customers: readonly DemoCustomer[];
  readonly reasons: readonly object[];
  /** An open-item list with the invoices of customers who pay in full, whenever they do, and the day each was paid. */
  readonly book: string;
  /** Everything else, in the order in which it happened. */
  readonly facts: readonly Fact[];
}

/** The person whose token the start-up text prints. */
export const DEMO_SUBJECT = "demo";
export const DEMO_COMPANY = "demo";
export const DEMO_CUSTOMERS = 200;

const DAYS = 364;

/** The same wish gives the same books, on every machine. */
export function demoBooks({ seed, lastDay, customers: count }: DemoWish): DemoBooks {
  const random = new Random(seed);
  const year: DemoYear = { firstDay: addDays(lastDay, -DAYS), lastDay };
  const customers = demoCustomers(count, random.of("customers"));
  const invoices = byAccount(demoInvoices(customers, year, random.of("invoices")));
  const memos = demoMemos(customers, invoices, year, random.of("memos"));
  const guide = singleInvoice(GUIDE_ACCOUNT, GUIDE_INVOICE.number, addDays(lastDay, -GUIDE_INVOICE.daysAgo), GUIDE_INVOICE.totalMinor);
  const rows: BookRow[] = [];
  const facts: Fact[] = [...memos.facts, ...demoChaos(customers, invoices, year, random.of("chaos"))];
  for (const customer of customers) {
    const its = invoices.get(customer.account) ?? [];
    const { clearedOn, typed } = customerPayments(customer, its, year, memos.credited, random.of(`payments of ${customer.account}`));
    facts.push(...typed);
    if (inBook(customer)) rows.push(...its.map((invoice) => ({ customer, invoice, clearedOn: clearedOn.get(invoice.number) ?? null })));
    else facts.push(...its.map(invoiceFact));
  }
  return {
    year, customers,
    reasons: [...COMMON_CODES.map((it) => mapping(it, year)), ...customers.flatMap(({ account, codes }) => codes.map((it) => ({ account, ...mapping(it, year) })))],
    book: bookOf(rows), facts: [guide, ...inOrder(facts)],
  };
}

const mapping = ({ code, reason }: CustomerCode, { firstDay }: DemoYear): object => ({ customerCode: code, reason, effectiveFrom: firstDay });

function invoiceFact({ account, number, invoicedOn, lines, freightMinor, totalMinor, purchaseOrder }: DemoInvoice): Fact {
  const input = {
    account, number, currency: CURRENCY, invoicedOn, total: dollars(totalMinor), purchaseOrder, ...(freightMinor > 0 && { freight: dollars(freightMinor) }),
    lines: lines.map(({ description, cases, price }) => ({ description, quantity: String(cases), unit: "case", unitPrice: dollars(price), amount: dollars(cases * price) })),
  };
  return { on: invoicedOn, command: "issueInvoice", number, input };
}

/** Day by day, and each day in the order of the commands: nothing is paid or credited on the day it is billed. */
function inOrder(facts: readonly Fact[]): Fact[] {
  const commands = Object.keys(COMMANDS) as Command[];
  const place = ({ on, command }: Fact): string => `${on} ${commands.indexOf(command)}`;
  return [...facts].sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
}

function byAccount(invoices: readonly DemoInvoice[]): Map<string, DemoInvoice[]> {
  const accounts = new Map<string, DemoInvoice[]>();
  for (const invoice of invoices) accounts.set(invoice.account, [...(accounts.get(invoice.account) ?? []), invoice]);
  return accounts;
}
