import { addDays, type BusinessDate, daysBetween } from "../domain/dates.ts";
import { share } from "../domain/money.ts";
import { termsOf } from "./agreements.ts";
import { businessDayFrom } from "./calendar.ts";
import { COMMON_CODES, type DemoCustomer } from "./customers.ts";
import type { AdviceLine } from "./facts.ts";
import { HABITS } from "./habit-kinds.ts";
import type { DemoInvoice, DemoYear } from "./invoices.ts";
import type { Random } from "./random.ts";
import { commonShortPay, retailShortPay, type ShortPay } from "./short-pays.ts";

/** An advice line on the day its payment comes in. */
export interface DatedLine {
  readonly on: BusinessDate;
  readonly line: AdviceLine;
}

const RETAIL_SHORT = 0.3;
/** Of the invoices on which a customer who usually takes the discount does not. */
const COMMON_SHORT = 0.5;
/** From here on in the year, a customer in distress pays in round parts. */
const ROUND_PARTS_FROM = 0.5;
/** Later still it does not pay half of its invoices at all. */
const NOTHING_FROM = 0.62;
const NOTHING = 0.5;

/** How a customer pays its invoices: each line on its day, days to come included. `credited` is what memos took off each invoice before. */
export function settle(customer: DemoCustomer, invoices: readonly DemoInvoice[], year: DemoYear, credited: ReadonlyMap<string, number>, random: Random): DatedLine[] {
  let shortPays = 0;
  return invoices.flatMap((invoice): DatedLine[] => {
    const progress = daysBetween(year.firstDay, invoice.invoicedOn) / daysBetween(year.firstDay, year.lastDay);
    const paysOn = (dueOn: BusinessDate): BusinessDate => HABITS[customer.kind].paysOn({ invoicedOn: invoice.invoicedOn, dueOn, large: invoice.large, progress, random });
    const { installments, dueOn } = invoice.schedule;
    const reference = invoice.number;
    if (installments.length > 1) return installments.map((it) => ({ on: paysOn(it.dueOn), line: { reference, netMinor: Number(it.minor), partial: true } }));
    const on = paysOn(dueOn);
    if (customer.kind === "DISTRESSED" && progress > NOTHING_FROM && random.chance(NOTHING)) return [];
    if (customer.kind === "DISTRESSED" && progress > ROUND_PARTS_FROM) return inRoundParts(invoice, on, random);
    const owed = invoice.totalMinor - (credited.get(reference) ?? 0);
    if (random.chance(HABITS[customer.kind].discounts)) {
      const discountMinor = Number(share(BigInt(owed), termsOf(customer.terms).discounts[0]!.basisPoints));
      return [{ on, line: { reference, netMinor: owed - discountMinor, discountMinor } }];
    }
    const short = shortPayOf(customer, invoice, shortPays, random);
    if (short) shortPays++;
    return [{ on, line: short ? shortLine(reference, owed, short, random) : { reference, netMinor: owed } }];
  });
}

/** Only customers whose history is written payment by payment take something off. */
function shortPayOf(customer: DemoCustomer, invoice: DemoInvoice, nth: number, random: Random): ShortPay | null {
  if (customer.kind === "DEDUCTOR") return random.chance(RETAIL_SHORT) ? retailShortPay(customer, invoice, nth, random) : null;
  if (customer.kind === "EARLY_DISCOUNT" || customer.kind === "LATE_DISCOUNT") return random.chance(COMMON_SHORT) ? commonShortPay(random.pick(COMMON_CODES), invoice, random) : null;
  return null;
}

function shortLine(reference: string, owed: number, { minor, code }: ShortPay, random: Random): AdviceLine {
  if (code === null) return { reference, netMinor: owed - minor, grossMinor: owed };
  return { reference, netMinor: owed - minor, deductionMinor: minor, customerCode: code, ...(random.chance(0.4) && { claimNumber: `CL-${random.whole(10_000, 99_999)}` }) };
}

/** About half in a round sum, and the rest a good month later. */
function inRoundParts({ number: reference, totalMinor }: DemoInvoice, on: BusinessDate, random: Random): DatedLine[] {
  const round = totalMinor > 200_000 ? 50_000 : 10_000;
  const first = Math.max(round, Math.floor((totalMinor * random.between(0.35, 0.6)) / round) * round);
  if (first >= totalMinor) return [{ on, line: { reference, netMinor: totalMinor } }];
  return [
    { on, line: { reference, netMinor: first, partial: true } },
    { on: businessDayFrom(addDays(on, random.whole(30, 45))), line: { reference, netMinor: totalMinor - first } },
  ];
}
