import { type BusinessDate, daysBetween } from "../domain/dates.ts";
import { decimalFromMinor, total } from "../domain/money.ts";

/** An amount as the graph gives it. */
export interface Amount {
  readonly amount: string;
  readonly currency: string;
  readonly minorUnits: string;
}

export const minorOf = ({ minorUnits }: Amount): bigint => BigInt(minorUnits);

/** An amount of minor units in a currency. */
export const amountOf = (minor: bigint, currency: string): Amount => ({ amount: decimalFromMinor(minor, currency), currency, minorUnits: String(minor) });

/** The sum of amounts, which must be of one currency. */
export const sumOf = (amounts: readonly Amount[], currency: string): Amount => amountOf(total(amounts.map(minorOf)), currency);

const formats = new Map<number, Intl.NumberFormat>();

/** A figure in the reader's locale with all decimals of its currency, a true minus sign, and no currency. Exact: it is never a float. */
export function figure({ amount }: Pick<Amount, "amount">): string {
  const digits = amount.split(".")[1]?.length ?? 0;
  let format = formats.get(digits);
  if (!format) formats.set(digits, (format = new Intl.NumberFormat(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits })));
  return format.format(amount as Intl.StringNumericLiteral).replace("-", "−");
}

/** A figure with its currency in front, for running text. */
export const money = (amount: Amount): string => `${amount.currency} ${figure(amount)}`;

const utcDate = (date: BusinessDate): Date => new Date(`${date}T00:00:00Z`);
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const month = new Intl.DateTimeFormat(undefined, { month: "short", timeZone: "UTC" });

/** A day in words that cannot be misread: the month is a name, and the year is there when it is not this one. */
export const dayText = (date: BusinessDate): string => (date.slice(0, 4) === String(new Date().getUTCFullYear()) ? day : dayOfYear).format(utcDate(date));

/** A day with its weekday and year. */
export const longDay = (date: BusinessDate): string => weekday.format(utcDate(date));

export const monthText = (date: BusinessDate): string => month.format(utcDate(date));

export const clockText = (moment: Date): string => clock.format(moment);

/** When a moment was: the clock today, the day before that. */
export function momentText(moment: string): string {
  const at = new Date(moment);
  return at.toDateString() === new Date().toDateString() ? clockText(at) : dayText(moment.slice(0, 10));
}

/** Days past due on a day; zero or less when it is not. */
export const daysLate = (dueOn: BusinessDate, on: BusinessDate): number => daysBetween(dueOn, on);

export const many = (count: number, one: string, more = `${one}s`): string => `${count.toLocaleString()} ${count === 1 ? one : more}`;

/** What stands at the ends of a connection's edges. */
export function nodesOf<Node>(connection: { readonly edges: readonly ({ readonly node: Node | null } | null)[] | null } | null | undefined): NonNullable<Node>[] {
  return (connection?.edges ?? []).flatMap((edge) => (edge?.node ? [edge.node] : []));
}
