/**
 * What the documents of eight claims say, read by a person before there was any code to read them. Amounts are in minor
 * units (the purchase orders of the same cases in another system say $2.50 where these say 250).
 */
export interface ExpectedResearch {
  readonly cause: string;
  /** Goods that the cause accounts for, in single units; null where the cause is no matter of quantity. */
  readonly units: number | null;
  readonly explained: number;
  readonly unexplained: number;
  /** What of the claim the documents bear out. */
  readonly valid: number;
  readonly recommendation: "CREDIT" | "CREDIT_PART" | "DENY" | "REVIEW";
  readonly warnings: readonly string[];
}

export const EXPECTED: Readonly<Record<string, ExpectedResearch>> = {
  // 120 ordered, shipped and invoiced, 108 received: 12 x 2.50. The carrier signed for damaged cartons: a claim against it.
  s01_clean_shortage: { cause: "SHORTAGE", units: 12, explained: 3000, unexplained: 0, valid: 3000, recommendation: "CREDIT", warnings: ["CARRIER_AT_FAULT"] },
  // 5 cases of 24 are the 120 units that arrived; the customer took 5 from 120: 115 x 1.00.
  s02_casepack_mismatch: { cause: "UNIT_PER_CASE", units: 115, explained: 11500, unexplained: 0, valid: 0, recommendation: "DENY", warnings: [] },
  // Two shipments of 360 came in; the customer counted the first only: 360 x 0.50.
  s03_split_shipment: { cause: "SPLIT_SHIPMENT", units: 360, explained: 18000, unexplained: 0, valid: 0, recommendation: "DENY", warnings: [] },
  // 240 shipped, 228 received: 12 x 0.75 are short, whatever the order of the papers; but the invoice is two days older than the shipment.
  s04_sequence_violation: { cause: "SHORTAGE", units: 12, explained: 900, unexplained: 0, valid: 900, recommendation: "CREDIT", warnings: ["INVOICED_BEFORE_SHIPMENT"] },
  // 300 of another item came, which a note says the buyer had approved: the claim is the whole invoice. Get the e-mail before denying.
  s05_sku_substitution: { cause: "SUBSTITUTION", units: 300, explained: 18000, unexplained: 0, valid: 0, recommendation: "DENY", warnings: ["APPROVAL_TO_BE_PROVED"] },
  // 10 % of 384.00 is right, but the agreement ended four days before the invoice, and the claim names another promotion.
  s06_promo_billback: { cause: "PROMOTION", units: null, explained: 3840, unexplained: 0, valid: 0, recommendation: "DENY", warnings: ["OTHER_AGREEMENT_NAMED"] },
  // 12 units were short, and were credited in June.
  s07_duplicate_claim: { cause: "DUPLICATE", units: 12, explained: 1800, unexplained: 0, valid: 0, recommendation: "DENY", warnings: [] },
  // 12 units of 2.00 were short, and the 24.00 were credited in August: the credit covers the whole claim, not a hundredth of it.
  s08_reviewer_overturn: { cause: "DUPLICATE", units: 12, explained: 2400, unexplained: 0, valid: 0, recommendation: "DENY", warnings: [] },
};
