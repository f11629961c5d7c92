import { addDays, type BusinessDate, daysBetween } from "./dates.ts";
import { decimalFromMinor, total } from "./money.ts";
import type { OfferedDiscount } from "./terms.ts";

/** A discount that was taken without earning it, as a letter explains it. */
export interface ExplainedDiscount {
  readonly invoice: string;
  readonly invoicedOn: BusinessDate;
  readonly dueOn: BusinessDate;
  readonly currency: string;
  readonly totalMinor: bigint;
  /** What its terms offered, as the invoice keeps it. */
  readonly discounts: readonly OfferedDiscount[];
  /** The day of the tier that was taken, and the days of grace after it. */
  readonly discountOn: BusinessDate;
  readonly graceDays: number;
  /** The day of deposit. */
  readonly paidOn: BusinessDate;
  readonly takenMinor: bigint;
  /** What is still to be paid of it. */
  readonly openMinor: bigint;
  /** The debit memos by which it was charged back. */
  readonly chargebacks: readonly string[];
}

/** Who writes to whom. */
export interface LetterHead {
  readonly company: string;
  readonly customer: string;
  /** Null where nobody is known to write to. */
  readonly contact: string | null;
}

/** A draft of an e-mail. */
export interface LetterDraft {
  readonly subject: string;
  readonly text: string;
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const dayInWords = (day: BusinessDate): string => `${MONTHS[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(8))}, ${day.slice(0, 4)}`;
const amount = (minor: bigint, currency: string): string => `${decimalFromMinor(minor, currency)} ${currency}`;
const days = (count: number): string => `${count} ${count === 1 ? "day" : "days"}`;
const percent = (basisPoints: number): string => `${basisPoints / 100}%`;
const listed = (words: readonly string[]): string => (words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`);
const within = (from: BusinessDate, to: BusinessDate): string => (to <= from ? "on the invoice date" : `within ${days(daysBetween(from, to))} of the invoice date`);

/** Terms in words, as they held for one invoice: its discounts from the first to lapse, then the day when all of it is due. */
export function termsInWords({ invoicedOn, dueOn, discounts }: Pick<ExplainedDiscount, "invoicedOn" | "dueOn" | "discounts">): string {
  const tiers = [...discounts].sort((one, other) => (one.discountOn < other.discountOn ? -1 : 1)).map(({ basisPoints, discountOn }) => `${percent(basisPoints)} discount if paid ${within(invoicedOn, discountOn)}`);
  return [...tiers, `the full amount ${within(invoicedOn, dueOn)}`].join("; ");
}

/** What is said of one invoice. */
function paragraph(it: ExplainedDiscount): string {
  const lastDay = addDays(it.discountOn, it.graceDays);
  const late = daysBetween(lastDay, it.paidOn);
  const grace = it.graceDays > 0 ? `, with ${days(it.graceDays)} of grace` : "";
  const settled = it.openMinor === 0n ? "nothing" : amount(it.openMinor, it.currency);
  return [
    `Invoice ${it.invoice} of ${dayInWords(it.invoicedOn)}, ${amount(it.totalMinor, it.currency)}`,
    `  Terms: ${termsInWords(it)}`,
    `  Last day for the discount: ${dayInWords(lastDay)}${grace}`,
    `  Paid: ${dayInWords(it.paidOn)}, ${late > 0 ? `${days(late)} late` : "in time, but with more taken than the terms offer"}`,
    `  Discount taken: ${amount(it.takenMinor, it.currency)}`,
    `  Still to be paid: ${settled}${it.chargebacks.length > 0 && it.openMinor > 0n ? `, billed as ${listed(it.chargebacks)}` : ""}`,
  ].join("\n");
}

/** What is to be paid of several, in each currency. */
function asked(items: readonly ExplainedDiscount[]): string[] {
  const currencies = [...new Set(items.map(({ currency }) => currency))].sort();
  const sums = currencies.map((currency) => ({ currency, minor: total(items.filter((it) => it.currency === currency).map(({ openMinor }) => openMinor)) }));
  return sums.flatMap(({ minor, currency }) => (minor > 0n ? [amount(minor, currency)] : []));
}

/**
 * A courteous letter in plain English that explains to a customer which discounts it took without earning them, invoice by
 * invoice, and asks for what is still to be paid of them. It asks for nothing where nothing is.
 */
export function unearnedDiscountLetter({ company, customer, contact }: LetterHead, items: readonly ExplainedDiscount[]): LetterDraft {
  const one = items.length === 1;
  const sums = asked(items);
  const request =
    sums.length > 0
      ? `May we ask you to pay ${listed(sums)}, with your next payment if that suits you, and to name the ${one ? "invoice" : "invoices"} above?`
      : "Nothing is to be paid for this any more. We write so that you know how we read our terms.";
  const text = [
    `Dear ${contact ?? customer},`,
    `Thank you for your ${one ? "payment" : "payments"}. When we applied ${one ? "it" : "them"}, we found that ${one ? "a cash discount was" : `cash discounts were`} taken that the terms of the ${one ? "invoice" : "invoices"} did not offer any more:`,
    ...items.map(paragraph),
    request,
    "If our dates do not agree with yours, or if something else was agreed with you, please tell us and send us what shows it. We will gladly look at it again.",
    `Kind regards,\n${company}`,
  ].join("\n\n");
  return { subject: one ? `Cash discount on invoice ${items[0]!.invoice}` : `Cash discounts on ${items.length} invoices`, text };
}
