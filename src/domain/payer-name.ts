/** A payer's name as it is compared: without accents, case, blanks and punctuation, so that `Acme, Inc.` and `ACME INC` are one. */
export const payerNameKey = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
