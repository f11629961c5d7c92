/** How far a payment is applied. */
export const PaymentStatus = { UNIDENTIFIED: "UNIDENTIFIED", UNAPPLIED: "UNAPPLIED", PARTLY_APPLIED: "PARTLY_APPLIED", APPLIED: "APPLIED" } as const;
export type PaymentStatus = (typeof PaymentStatus)[keyof typeof PaymentStatus];

/** The status that amounts amount to; it is never stored. */
export function paymentStatus(payerKnown: boolean, minor: bigint, unappliedMinor: bigint): PaymentStatus {
  if (!payerKnown) return PaymentStatus.UNIDENTIFIED;
  if (unappliedMinor === 0n) return PaymentStatus.APPLIED;
  return unappliedMinor >= minor ? PaymentStatus.UNAPPLIED : PaymentStatus.PARTLY_APPLIED;
}
