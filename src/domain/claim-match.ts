import type { DeductionReason } from "./reasons.ts";

/** A claim that waits for its money, or for the rest of it. */
export interface WaitingClaim {
  readonly id: string;
  /** Key of its number; null when it has none. */
  readonly numberKey: string | null;
  readonly invoiceIds: readonly string[];
  /** Key of the order that it names; null when it names none. */
  readonly orderKey: string | null;
  readonly reason: DeductionReason;
  readonly currency: string;
  readonly openMinor: bigint;
}

/** A deduction without a claim. */
export interface UnclaimedDeduction {
  readonly numberKey: string | null;
  readonly invoiceId: string | null;
  /** Key of the order that it names: not always that of its invoice. */
  readonly orderKey: string | null;
  readonly reason: DeductionReason;
  readonly currency: string;
  readonly minor: bigint;
}

/** How a claim was found to be behind a deduction. Part of the public schema. */
export const MatchedBy = { NUMBER: "NUMBER", INVOICE_AND_AMOUNT: "INVOICE_AND_AMOUNT", INVOICE_AND_REASON: "INVOICE_AND_REASON", PERSON: "PERSON" } as const;
export type MatchedBy = (typeof MatchedBy)[keyof typeof MatchedBy];

export interface ClaimMatch {
  readonly claim: WaitingClaim;
  readonly by: MatchedBy;
  /** How much of the claim is taken by it: no more than the claim has open. */
  readonly minor: bigint;
}

/** Two documents with different numbers are two claims. */
const mayBeOne = (deduction: UnclaimedDeduction, claim: WaitingClaim): boolean =>
  claim.openMinor > 0n && claim.currency === deduction.currency && (claim.numberKey === null || deduction.numberKey === null || claim.numberKey === deduction.numberKey);

const aboutTheSame = ({ invoiceId, orderKey }: UnclaimedDeduction, claim: WaitingClaim): boolean =>
  (invoiceId !== null && claim.invoiceIds.includes(invoiceId)) || (orderKey !== null && claim.orderKey === orderKey);

/**
 * The claim behind a deduction: the one with its number; or else the only one about its invoice, or the order it names, with
 * exactly its amount; or else the only one about that for the same reason, which may be deducted in part. Two that fit are a question for a person.
 */
export function matchClaim(deduction: UnclaimedDeduction, claims: readonly WaitingClaim[]): ClaimMatch | null {
  const candidates = claims.filter((it) => mayBeOne(deduction, it));
  const about = candidates.filter((it) => aboutTheSame(deduction, it));
  const rules: readonly (readonly [MatchedBy, readonly WaitingClaim[]])[] = [
    ["NUMBER", deduction.numberKey === null ? [] : candidates.filter(({ numberKey }) => numberKey === deduction.numberKey)],
    ["INVOICE_AND_AMOUNT", about.filter(({ openMinor }) => openMinor === deduction.minor)],
    ["INVOICE_AND_REASON", deduction.reason === "UNIDENTIFIED" ? [] : about.filter(({ reason }) => reason === deduction.reason)],
  ];
  for (const [by, fits] of rules) {
    const [claim] = fits;
    if (fits.length > 1) return null;
    if (claim) return { claim, by, minor: takenOf(deduction, claim) };
  }
  return null;
}

/** How much of a claim a deduction takes. */
export const takenOf = ({ minor }: Pick<UnclaimedDeduction, "minor">, { openMinor }: Pick<WaitingClaim, "openMinor">): bigint => (minor < openMinor ? minor : openMinor);

/** Claims that could be behind a deduction, for a person to choose: with its number, about its invoice or order, or of exactly its amount and about nothing that is named. */
export const possibleClaims = <Claim extends WaitingClaim>(deduction: UnclaimedDeduction, claims: readonly Claim[]): Claim[] =>
  claims.filter((claim) => {
    if (!mayBeOne(deduction, claim)) return false;
    const namesNothing = claim.invoiceIds.length === 0 && claim.orderKey === null;
    return (claim.numberKey !== null && claim.numberKey === deduction.numberKey) || aboutTheSame(deduction, claim) || (namesNothing && claim.openMinor === deduction.minor);
  });
