import { addDays, type BusinessDate, daysBetween } from "../domain/dates.ts";
import { divideHalfUp } from "../domain/money.ts";
import { type AdviceLine, dollars, type Fact, paymentFact } from "./facts.ts";
import type { Random } from "./random.ts";

/** An invoice that a customer has open, in cents. */
export interface OpenInvoice {
  readonly number: string;
  readonly openMinor: number;
  readonly untouched: boolean;
  readonly dueOn: BusinessDate;
  /** The last tier that can still be earned on the day, in hundredths of a percent; 0 for none. */
  readonly discountNow: number;
  /** The highest that was ever offered. */
  readonly discountOffered: number;
}

/** A customer as the graph knows it: what it owes and how it has paid so far. */
export interface LiveCustomer {
  readonly account: string;
  readonly name: string;
  readonly open: readonly OpenInvoice[];
  /** Median of the days from due date to payment; null when too few facts tell. */
  readonly daysBeyondTerms: number | null;
  /** Percent of the discounts offered that it takes, and of those it takes the percent that it had not earned. */
  readonly discountTaken: number;
  readonly discountUnearned: number;
  /** Percent of what it is billed that it takes off. */
  readonly deductionRate: number;
  /** Codes it gives as reasons, its own or everybody's. */
  readonly codes: readonly string[];
}

/** Something that happens, and what to say of it. */
export interface LiveFact {
  readonly fact: Fact;
  readonly words: string;
}

const MOST_AT_ONCE = 4;
const DUE_SOON = 7;

/** How much sooner than others a customer is to pay today, by its habit: what it would have paid by now counts fully. */
export function readiness({ open, daysBeyondTerms }: LiveCustomer, today: BusinessDate): number {
  if (open.length === 0) return 0;
  return open.some((it) => isReady(it, daysBeyondTerms, today)) ? 10 : 1;
}

/** The payment that a customer would send today: what is ready by its habit, with the discount or the deduction it usually takes. */
export function believablePayment(customer: LiveCustomer, today: BusinessDate, random: Random): LiveFact {
  const oldestFirst = [...customer.open].sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  const ready = oldestFirst.filter((it) => isReady(it, customer.daysBeyondTerms, today));
  const chosen = (ready.length > 0 ? ready : oldestFirst.slice(0, 1)).slice(0, random.whole(1, MOST_AT_ONCE));
  const shortOf = random.chance(Math.min(0.6, customer.deductionRate / 5 + 0.12)) ? random.pick(chosen) : null;
  const paid = chosen.map((invoice) => (invoice === shortOf ? short(invoice, customer, random) : whole(invoice, customer, random)));
  const fact = paymentFact(today, customer.account, `${random.chance(0.5) ? "ACH" : "CHK"} ${random.whole(100_000, 999_999)}`, paid.map(({ line }) => line));
  const minor = paid.reduce((sum, { line }) => sum + line.netMinor, 0);
  return { fact, words: `${customer.name} pays ${spoken(minor)} for ${paid.map(({ words }) => words).join(", ")}.` };
}

/** A new invoice for a customer, on the terms it has. */
export function newInvoice({ account, name }: LiveCustomer, number: string, today: BusinessDate, random: Random): LiveFact {
  const [cases, price] = [random.whole(20, 160), random.whole(12, 90) * 100 + 50];
  const amount = dollars(cases * price);
  const line = { description: random.pick(["Olive oil 6 x 1 l", "Coffee beans 8 x 1 kg", "Honey 12 x 350 g", "Canned tomatoes 12 x 400 g"]), quantity: String(cases), unit: "case", unitPrice: dollars(price), amount };
  return { fact: { on: today, command: "issueInvoice", number, input: { account, number, currency: "USD", invoicedOn: today, total: amount, lines: [line] } }, words: `${name} is billed ${spoken(cases * price)} with ${number}.` };
}

interface PaidInvoice {
  readonly line: AdviceLine;
  readonly words: string;
}

/** Due for this customer: its usual days after the due date are over within the week; or a discount ends that it could take. */
const isReady = ({ dueOn, discountNow }: OpenInvoice, daysBeyondTerms: number | null, today: BusinessDate): boolean =>
  discountNow > 0 || daysBetween(today, addDays(dueOn, Math.round(daysBeyondTerms ?? 0))) <= DUE_SOON;

function whole(invoice: OpenInvoice, { discountTaken, discountUnearned }: LiveCustomer, random: Random): PaidInvoice {
  const { number: reference, openMinor, untouched, discountNow, discountOffered } = invoice;
  const rate = !untouched || !random.chance(discountTaken / 100) ? 0 : discountNow || (random.chance(discountUnearned / 100) ? discountOffered : 0);
  const discountMinor = Number(divideHalfUp(BigInt(openMinor) * BigInt(rate), 10_000n));
  const line = { reference, netMinor: openMinor - discountMinor, discountMinor };
  if (discountMinor === 0) return { line, words: `${reference} in full` };
  return { line, words: `${reference} less ${spoken(discountMinor)} discount${discountNow > 0 ? "" : ", which it has not earned"}` };
}

function short({ number: reference, openMinor }: OpenInvoice, { codes }: LiveCustomer, random: Random): PaidInvoice {
  const deductionMinor = Math.max(1, Math.min(openMinor - 1, Math.floor((openMinor * random.whole(2, 12)) / 100)));
  const customerCode = codes.length > 0 ? random.pick(codes) : null;
  const line = { reference, netMinor: openMinor - deductionMinor, deductionMinor, customerCode };
  return { line, words: `${reference} short of ${spoken(deductionMinor)} ${customerCode === null ? "without a word" : `with its code ${customerCode}`}` };
}

const spoken = (minor: number): string => `$${(minor / 100).toLocaleString("en-US", { minimumFractionDigits: 2 })}`;
