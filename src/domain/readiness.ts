import type { EvidenceKind } from "./evidence.ts";
import type { DeductionReason } from "./reasons.ts";
import { Refusal } from "./refusal.ts";

/** Something that has to be there: a paper of any one of these kinds. */
export type EvidenceNeed = readonly EvidenceKind[];

/**
 * The papers that decide a deduction of each reason, where neither the customer nor the company has a rule of its own. What the
 * books hold themselves, such as terms and credit memos, is not asked for.
 */
export const USUAL_NEEDS: Readonly<Record<DeductionReason, readonly EvidenceNeed[]>> = {
  DAMAGE: [["PHOTO"], ["POD", "BOL"]],
  SHORTAGE: [["PO"], ["INVOICE"], ["POD", "BOL", "RECEIVING_ADVICE"]],
  PROMOTION: [["PROMOTION", "CONTRACT"]],
  PRICE: [["PO"], ["PRICE_LIST", "CONTRACT"]],
  UNIT_PER_CASE: [["PACK_DATA"], ["PO"], ["INVOICE"]],
  RETURN: [["RECEIVING_ADVICE"]],
  QUALITY: [["PO"], ["PHOTO"]],
  UNEARNED_DISCOUNT: [["INVOICE"]],
  FREIGHT: [["CONTRACT"], ["BOL", "ASN"]],
  TAX: [["INVOICE"]],
  DUPLICATE: [["CLAIM"]],
  BANK_FEE: [],
  PRIOR_CREDIT: [],
  UNIDENTIFIED: [["CLAIM", "EMAIL", "CALL_NOTE"]],
};

/** How far the papers of a deduction are together. */
export interface Readiness {
  readonly required: readonly EvidenceNeed[];
  readonly present: readonly EvidenceNeed[];
  readonly missing: readonly EvidenceNeed[];
  /** Present of required, from 0 to 1; 1 where nothing is required. */
  readonly share: number;
}

/** Compares what is needed with the kinds that are there. */
export function readinessOf(required: readonly EvidenceNeed[], there: readonly EvidenceKind[]): Readiness {
  const isThere = (need: EvidenceNeed): boolean => need.some((kind) => there.includes(kind));
  const present = required.filter(isThere);
  return { required, present, missing: required.filter((need) => !isThere(need)), share: required.length === 0 ? 1 : present.length / required.length };
}

const MOST_NEEDS = 20;

/** Refuses needs that nothing could meet, that ask twice for the same, or that are too many. */
export function checkNeeds(needs: readonly EvidenceNeed[]): void {
  const wrong = (message: string, no?: number): Refusal => new Refusal("VALUE_INVALID", message, { field: no === undefined ? ["needs"] : ["needs", String(no), "anyOf"] });
  if (needs.length > MOST_NEEDS) throw wrong(`At most ${MOST_NEEDS} papers are asked for.`);
  const seen = new Set<string>();
  for (const [no, need] of needs.entries()) {
    if (need.length === 0) throw wrong("Name at least one kind of paper.", no);
    const key = [...new Set(need)].sort().join();
    if (need.length !== new Set(need).size || seen.has(key)) throw wrong("The same is asked for twice.", no);
    seen.add(key);
  }
}
