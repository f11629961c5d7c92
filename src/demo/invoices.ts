import { addDays, type BusinessDate, daysBetween } from "../domain/dates.ts";
import { type PaymentSchedule, resolveTerms } from "../domain/terms.ts";
import { termsOf } from "./agreements.ts";
import { businessDayUpTo, HIGH_SEASON, season } from "./calendar.ts";
import type { DemoCustomer } from "./customers.ts";
import type { Random } from "./random.ts";

/** The span that the demo's books cover. */
export interface DemoYear {
  readonly firstDay: BusinessDate;
  readonly lastDay: BusinessDate;
}

export interface DemoLine {
  readonly description: string;
  readonly cases: number;
  /** Price of a case in cents. */
  readonly price: number;
}

/** An invoice of the demo company. */
export interface DemoInvoice {
  readonly account: string;
  readonly number: string;
  readonly invoicedOn: BusinessDate;
  readonly lines: readonly DemoLine[];
  readonly freightMinor: number;
  readonly totalMinor: number;
  readonly schedule: PaymentSchedule;
  readonly large: boolean;
  readonly purchaseOrder: string;
}

/** Goods with the price of a case in cents. */
const GOODS = [
  ["Canned tomatoes 12 x 400 g", 1450], ["Olive oil 6 x 1 l", 5280], ["Coffee beans 8 x 1 kg", 9600], ["Sea salt 20 x 500 g", 1125], ["Basmati rice 10 x 1 kg", 1875],
  ["Red lentils 12 x 500 g", 1640], ["Dark chocolate 24 x 100 g", 4320], ["Honey 12 x 350 g", 5460], ["Black tea 20 x 100 tags", 3890], ["Oat drink 12 x 1 l", 1780],
  ["Pasta 20 x 500 g", 1990], ["Sparkling water 12 x 750 ml", 985], ["Peanut butter 12 x 340 g", 3125], ["Frozen berries 10 x 1 kg", 4475],
] as const;

const FIRST_NUMBER = 20_001;
/** How a large invoice compares with an ordinary one. */
const LARGE = 5;
const NEW_DAYS = 75;

/** The invoices of all customers in a year, numbered as they were written. */
export function demoInvoices(customers: readonly DemoCustomer[], year: DemoYear, random: Random): DemoInvoice[] {
  const drafts = customers.flatMap((customer) => draftsOf(customer, year, random.of(customer.account)));
  const inOrder = drafts.sort((a, b) => (a.invoicedOn === b.invoicedOn ? Number(a.account) - Number(b.account) : a.invoicedOn < b.invoicedOn ? -1 : 1));
  return inOrder.map((draft, index) => ({ ...draft, number: `DW-${FIRST_NUMBER + index}` }));
}

/** One invoice in each part of the customer's time with us, fewer and smaller ones out of season. */
function draftsOf(customer: DemoCustomer, { firstDay, lastDay }: DemoYear, random: Random): Omit<DemoInvoice, "number">[] {
  const since = customer.kind === "NEW" ? addDays(lastDay, -NEW_DAYS) : firstDay;
  const days = daysBetween(since, lastDay);
  const parts = customer.kind === "NEW" ? customer.invoicesAYear : Math.round(customer.invoicesAYear * 1.25);
  const drafts: Omit<DemoInvoice, "number">[] = [];
  for (let part = 0; part < parts; part++) {
    const invoicedOn = businessDayUpTo(addDays(since, Math.floor(((part + random.fraction()) * days) / parts)));
    const busy = season(invoicedOn);
    if (invoicedOn < since || (customer.kind !== "NEW" && !random.chance(Math.min(1, 0.2 + busy / HIGH_SEASON)))) continue;
    drafts.push(invoiceOf(customer, invoicedOn, busy, random));
  }
  return drafts;
}

function invoiceOf(customer: DemoCustomer, invoicedOn: BusinessDate, busy: number, random: Random): Omit<DemoInvoice, "number"> {
  const large = random.chance(0.25);
  const goods = [...new Set(Array.from({ length: random.whole(1, 3) }, () => random.pick(GOODS)))];
  const wanted = customer.typicalMinor * busy * random.between(0.6, 1.3) * (large ? LARGE : 1);
  const lines = goods.map(([description, price]) => ({ description, price, cases: Math.max(2, Math.round(wanted / goods.length / price)) }));
  const freightMinor = random.chance(0.2) ? random.whole(18, 95) * 100 : 0;
  const totalMinor = lines.reduce((sum, { cases, price }) => sum + cases * price, freightMinor);
  const schedule = resolveTerms(termsOf(customer.terms), invoicedOn, { currency: "USD", totalMinor: BigInt(totalMinor) });
  return { account: customer.account, invoicedOn, lines, freightMinor, totalMinor, schedule, large, purchaseOrder: `${random.whole(4, 9)}${random.whole(10_000, 99_999)}` };
}
