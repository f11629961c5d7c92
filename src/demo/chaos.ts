import { addDays, type BusinessDate } from "../domain/dates.ts";
import { businessDayUpTo } from "./calendar.ts";
import type { DemoCustomer } from "./customers.ts";
import { bareFact, CURRENCY, dollars, type Fact, paymentFact } from "./facts.ts";
import type { DemoInvoice, DemoYear } from "./invoices.ts";
import type { Random } from "./random.ts";

/** The invoice that the guide pays short. Left open by everything else. */
export const GUIDE_INVOICE = { number: "DW-1008", totalMinor: 67_500, daysAgo: 41 };

/** An invoice outside the year's series: its number as we print it. */
export function singleInvoice(account: string, number: string, on: BusinessDate, totalMinor: number): Fact {
  const line = { description: "Sea salt 20 x 500 g", quantity: String(totalMinor / 1125), unit: "case", unitPrice: "11.25", amount: dollars(totalMinor) };
  return { on, command: "issueInvoice", number, input: { account, number, currency: CURRENCY, invoicedOn: on, total: dollars(totalMinor), lines: [line] } };
}

/** What goes wrong in any year, some of it every month. */
export function demoChaos(customers: readonly DemoCustomer[], invoices: ReadonlyMap<string, readonly DemoInvoice[]>, { lastDay }: DemoYear, random: Random): Fact[] {
  const ago = (days: number): BusinessDate => businessDayUpTo(addDays(lastDay, -days));
  const of = (kind: DemoCustomer["kind"]): DemoCustomer[] => customers.filter((it) => it.kind === kind);
  const some = (kind: DemoCustomer["kind"], nth = 0): DemoCustomer => of(kind)[nth % of(kind).length]!;
  const amount = (): number => random.whole(20_000, 300_000);
  const [twice, over, claimer, zeros] = [some("EARLY_DISCOUNT"), some("EARLY_DISCOUNT", 1), some("DEDUCTOR"), some("LATE_DISCOUNT")];
  const paidTwice = (invoices.get(twice.account) ?? [])[2]!;
  return [
    // Nobody knows who paid.
    ...[3, 40, 130, 250].map((days) => bareFact(ago(days), amount(), { payerName: random.pick(["HBR ST MKT 0042", "MERIDIAN PAYMENTS LLC", "CASH DEPOSIT", "J ALVAREZ"]), reference: `WIRE ${random.whole(10_000, 99_999)}` })),
    // A known customer's name, misspelled beyond recognition.
    bareFact(ago(12), amount(), { payerName: some("PROMPT", 3).name.toUpperCase().replace(/[AEIOU]/g, "").slice(0, 12), reference: "LOCKBOX 7" }),
    // A reference to an invoice of somebody else's books, and one to none.
    bareFact(ago(6), amount(), { account: some("STRETCHER", 1).account, reference: "INV 889-4471" }),
    bareFact(ago(75), amount(), { account: some("MONTH_END").account, reference: "your statement" }),
    // Paid once more a week later, by mistake.
    bareFact(businessDayUpTo(addDays(paidTwice.invoicedOn, 21)), paidTwice.totalMinor, { account: twice.account, reference: `ACH ${random.whole(100_000, 999_999)}` }),
    // The number of our invoice without its leading zeros.
    singleInvoice(zeros.account, "0051877", ago(58), 45_000),
    paymentFact(ago(30), zeros.account, "CHK 3377", [{ reference: "51877", netMinor: 45_000 }]),
    // More than was billed, as somebody mixed up two digits.
    singleInvoice(over.account, "DW-19001", ago(44), 90_000),
    paymentFact(ago(36), over.account, "CHK 9088", [{ reference: "DW-19001", netMinor: 99_000 }]),
    // A claim that names no invoice, taken off a payment for another.
    singleInvoice(claimer.account, "DW-19002", ago(90), 225_000),
    paymentFact(ago(47), claimer.account, "ACH 551208", [{ reference: "DW-19002", netMinor: 225_000 }, { reference: null, netMinor: -31_500, customerCode: claimer.codes[0]!.code, claimNumber: "CLM-20388" }]),
  ];
}
