import { Refusal } from "./refusal.ts";

/**
 * Decimal places of the currencies whose minor unit is not a hundredth (ISO 4217). Every other known currency has two.
 */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  CLF: 4, UYW: 4,
};

/** The ISO 4217 codes that money may be kept in. */
const KNOWN = new Set(
  (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK " +
    "DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF " +
    "KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK " +
    "PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX " +
    "USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
  ).split(" "),
);

/** The largest amount one document may carry, in minor units: room to add a billion of them without leaving 64 bits. */
export const LARGEST_AMOUNT = 999_999_999_999_999n;

/** Whether the code is an ISO 4217 currency that money may be kept in. */
export const isCurrency = (code: string): boolean => KNOWN.has(code);

/** Decimal places of a currency: JPY 0, USD 2, KWD 3. Refuses an unknown code. */
export function exponentOf(currency: string): number {
  if (!isCurrency(currency)) throw new Refusal("CURRENCY_UNKNOWN", `"${currency}" is not an ISO 4217 currency code.`);
  return EXPONENTS[currency] ?? 2;
}

/** An amount in the minor unit of its currency (cents for USD), never a float. Arithmetic across currencies is a programming error. */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

export const money = (minor: bigint, currency: string): Money => ({ minor, currency });

/**
 * Minor units of a plain decimal such as `1250.5` or `-0.25`.
 * Refuses anything else: grouping, exponents, blanks, and digits beyond the currency's minor unit other than zeros, so that nothing is rounded in secret.
 */
export function minorFromDecimal(text: string, currency: string): bigint {
  const exponent = exponentOf(currency);
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,12}))?$/.exec(text);
  if (!match) throw new Refusal("AMOUNT_INVALID", `"${text}" is not an amount; write it like 1250.50.`);
  const [, sign, whole, fraction = ""] = match;
  if (/[1-9]/.test(fraction.slice(exponent))) {
    throw new Refusal("AMOUNT_INVALID", `"${text}" has more than the ${exponent} decimal places of ${currency}.`);
  }
  const minor = BigInt(whole! + fraction.slice(0, exponent).padEnd(exponent, "0"));
  if (minor > LARGEST_AMOUNT) throw new Refusal("AMOUNT_INVALID", `"${text}" is larger than one document may carry.`);
  return sign ? -minor : minor;
}

/** The plain decimal of an amount, with all decimal places of its currency: 125050 cents are `1250.50`. */
export function decimalFromMinor(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  return `${minor < 0n ? "-" : ""}${whole}${exponent ? `.${digits.slice(-exponent)}` : ""}`;
}

/** `numerator / denominator` rounded half away from zero, the house's one rounding (half-up for the positive amounts of documents). */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const rounded = (2n * n + d) / (2n * d);
  return negative ? -rounded : rounded;
}

/** A share of an amount given in hundredths of a percent: 200 of 10000 cents is 200 cents (2 %). Rounded half-up. */
export const share = (minor: bigint, basisPoints: number): bigint => divideHalfUp(minor * BigInt(basisPoints), 10_000n);

export const least = (...amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => (b < a ? b : a));
export const greatest = (...amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => (b > a ? b : a));
export const total = (amounts: Iterable<bigint>): bigint => {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  return sum;
};

/** Money as clients see it: a decimal in its own currency, and the minor units behind it. */
export class MoneyValue implements Money {
  constructor(
    readonly minor: bigint,
    readonly currency: string,
  ) {}

  get amount(): string {
    return decimalFromMinor(this.minor, this.currency);
  }

  get minorUnits(): bigint {
    return this.minor;
  }
}
