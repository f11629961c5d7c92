import { Refusal } from "./refusal.ts";

/** What a paper is. Part of the public schema: add kinds, never rename them. */
export const EvidenceKind = {
  POD: "POD",
  BOL: "BOL",
  PO: "PO",
  ASN: "ASN",
  RECEIVING_ADVICE: "RECEIVING_ADVICE",
  INVOICE: "INVOICE",
  CONTRACT: "CONTRACT",
  PROMOTION: "PROMOTION",
  PRICE_LIST: "PRICE_LIST",
  PACK_DATA: "PACK_DATA",
  PHOTO: "PHOTO",
  EMAIL: "EMAIL",
  CALL_NOTE: "CALL_NOTE",
  CLAIM: "CLAIM",
} as const;
export type EvidenceKind = (typeof EvidenceKind)[keyof typeof EvidenceKind];

/** Whom a paper speaks for: FOR the customer, that it may keep the amount; AGAINST it; or neither. What a person says of it, no verdict. */
export const Stance = { FOR: "FOR", AGAINST: "AGAINST", NEUTRAL: "NEUTRAL" } as const;
export type Stance = (typeof Stance)[keyof typeof Stance];

/** A paper as somebody describes it. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** How it is known outside, such as a number or an address. */
  readonly reference: string | null;
  /** Where it was got, such as a carrier's portal. */
  readonly source: string | null;
  readonly note: string | null;
}

const LONGEST = { reference: 300, source: 300, note: 10_000 } as const;

/** Refuses texts that are blank or too long. */
export function checkEvidence(evidence: Evidence): void {
  for (const [field, longest] of Object.entries(LONGEST)) {
    const text = evidence[field as keyof typeof LONGEST];
    if (text !== null && (text.trim() === "" || text.length > longest)) throw new Refusal("VALUE_INVALID", `${field} takes 1 to ${longest} characters, or is left out.`, { field: [field] });
  }
}
