/** Decimal digits that a binary floating-point number of 64 bits keeps of any decimal number. */
const KEPT_DIGITS = 15;

/**
 * The plain decimal that a program printed as a floating-point number: `2309.7899999999995` was 2309.79, and `11173.0` is 11173. What the format adds
 * beyond 15 digits is noise and is rounded away; nothing else is. Null for a text that no such program prints: one without a decimal point, with an
 * exponent, or with more than 17 digits.
 */
export function decimalOfFloat(text: string): string | null {
  const match = /^(-?)(0|[1-9]\d*)\.(\d+)$/.exec(text);
  if (!match) return null;
  const [, sign, whole, fraction] = match as unknown as [string, string, string, string];
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits.length > 17 || whole.length > KEPT_DIGITS) return null;
  const places = Math.max(0, fraction.length - Math.max(0, digits.length - KEPT_DIGITS));
  const dropped = fraction.length - places;
  const scale = 10n ** BigInt(dropped);
  const all = BigInt(whole + fraction);
  const rounded = ((all + scale / 2n) / scale).toString().padStart(places + 1, "0");
  const decimals = rounded.slice(rounded.length - places).replace(/0+$/, "");
  const before = rounded.slice(0, rounded.length - places);
  return `${sign}${places === 0 ? rounded : before}${places === 0 || decimals === "" ? "" : `.${decimals}`}`;
}

/** The number of a document that a program printed as a floating-point number: `2960623488.0` is 2960623488. Null for anything else. */
export function wholeOfFloat(text: string): string | null {
  return /^([1-9]\d{0,14})\.0$/.exec(text)?.[1] ?? null;
}
