import type { ApplicationKind, ContactRole, DeductionReason, PaymentSource, PaymentStatus } from "./gql/documents.ts";

/** What people call a reason. */
export const REASONS: Readonly<Record<DeductionReason, string>> = {
  DAMAGE: "damage",
  SHORTAGE: "shortage",
  PROMOTION: "promotion",
  PRICE: "price",
  UNIT_PER_CASE: "units per case",
  RETURN: "return",
  QUALITY: "quality",
  UNEARNED_DISCOUNT: "unearned discount",
  FREIGHT: "freight",
  TAX: "tax",
  DUPLICATE: "duplicate",
  BANK_FEE: "bank fee",
  PRIOR_CREDIT: "prior credit",
  UNIDENTIFIED: "no reason given",
};

export const STATUSES: Readonly<Record<PaymentStatus, string>> = {
  UNIDENTIFIED: "payer unknown",
  UNAPPLIED: "not applied",
  PARTLY_APPLIED: "applied in part",
  APPLIED: "applied",
};

export const SOURCES: Readonly<Record<PaymentSource, string>> = { MANUAL: "entered", BANK_FILE: "bank file", IMPORT: "imported" };

export const APPLICATIONS: Readonly<Record<ApplicationKind, string>> = {
  CASH: "paid",
  EARNED_DISCOUNT: "discount earned",
  WRITE_OFF: "written off",
  DEDUCTION: "short, deduction",
  CLAIM: "claim taken",
  CREDIT: "credited",
  CHARGEBACK: "charged back",
  REVERSAL: "taken back",
  DISCOUNT: "let go as discount",
  PROMOTION: "settled as promotion",
  GOODWILL: "let go",
  BAD_DEBT: "given up",
  SPLIT: "stands on in another",
  CANCELED: "canceled",
  REFUND: "refunded",
};

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a person does at a customer. */
export const ROLES: Readonly<Record<ContactRole, string>> = {
  ACCOUNTS_PAYABLE: "Accounts payable", BUYER: "Buyer", DISPUTES: "Disputes", EXECUTIVE: "Executive", LEGAL: "Legal", OTHER: "",
};
