import { Refusal } from "./refusal.ts";

/** The text in upper case, without any blank, and without the zeros in front of it; `0` when it is made of zeros. */
const squeezed = (text: string): string => text.toUpperCase().replace(/\s/gu, "").replace(/^0+(?=.)/u, "");

/**
 * The key under which one customer account is kept, however a file spells its number: `0200769623`, `200769623` and ` 0200 769623` are one account,
 * and so are `ccu013` and `CCU013`. Blanks anywhere (also tabs, line ends and no-break spaces) and leading zeros are dropped, letters become capitals,
 * and nothing else changes: `1080-NDGAE` and `1080NDGAE` stay two accounts. A number made of zeros is `0`. Refuses a number that is empty or blank.
 */
export function accountKey(text: string): string {
  const key = squeezed(text);
  if (key === "") throw new Refusal("VALUE_INVALID", "An account number must not be empty.");
  return key;
}

/**
 * The key under which a document is found by its number, however a remittance spells it: ` inv-0042`, `INV-0042` and `00INV-0042` are one document.
 * The rule is that of {@link accountKey}. Letters, punctuation and zeros inside the number are kept, so that `INV-42`, `CM-42`, `INV-0042` and `42`
 * stay four documents: a number that merely contains another is a question for matching, never for the key. Refuses a number that is empty or blank.
 */
export function documentKey(number: string): string {
  const key = squeezed(number);
  if (key === "") throw new Refusal("VALUE_INVALID", "A document number must not be empty.");
  return key;
}
