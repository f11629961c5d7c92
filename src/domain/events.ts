import type { BusinessDate } from "./dates.ts";
import type { DeductionReason } from "./reasons.ts";

/** What can happen in a company's receivables. Part of the public schema: add kinds, never rename them. */
export const EventKind = {
  PAYMENT_RECEIVED: "PAYMENT_RECEIVED",
  PAYMENT_APPLIED: "PAYMENT_APPLIED",
  DEDUCTION_OPENED: "DEDUCTION_OPENED",
  DEDUCTION_CHANGED: "DEDUCTION_CHANGED",
  DEDUCTION_DEADLINE_NEAR: "DEDUCTION_DEADLINE_NEAR",
  CLAIM_RECORDED: "CLAIM_RECORDED",
  CLAIM_CHANGED: "CLAIM_CHANGED",
  WRITTEN_OFF: "WRITTEN_OFF",
  INVOICE_CHANGED: "INVOICE_CHANGED",
  IMPORT_FINISHED: "IMPORT_FINISHED",
  CUSTOMER_ADDED: "CUSTOMER_ADDED",
  CUSTOMER_CHANGED: "CUSTOMER_CHANGED",
  CONTACT_CHANGED: "CONTACT_CHANGED",
  RELATIONSHIP_CHANGED: "RELATIONSHIP_CHANGED",
  CREDIT_LIMIT_SET: "CREDIT_LIMIT_SET",
  HOLD_CHANGED: "HOLD_CHANGED",
  ARRANGEMENT_CHANGED: "ARRANGEMENT_CHANGED",
  TERMS_CHANGED: "TERMS_CHANGED",
  CREDIT_MEMO_ISSUED: "CREDIT_MEMO_ISSUED",
  CREDIT_APPLIED: "CREDIT_APPLIED",
  DEBIT_MEMO_ISSUED: "DEBIT_MEMO_ISSUED",
  MEMO_CLEARED: "MEMO_CLEARED",
  OPENING_BALANCE_ENTERED: "OPENING_BALANCE_ENTERED",
  PERIOD_CLOSED: "PERIOD_CLOSED",
  PERIOD_REOPENED: "PERIOD_REOPENED",
} as const;
export type EventKind = (typeof EventKind)[keyof typeof EventKind];

/** Something that happened, as ids and amounts: readers load the rest. It holds no personal data. */
export interface BusinessEvent {
  readonly kind: EventKind;
  readonly companyId: string;
  readonly customerId: string | null;
  /** The payment, application, deduction, claim, invoice, memo, opening balance, accounting period, import, terms or customer that it is about. */
  readonly subjectId: string;
  /** The payment or credit memo an application belongs to, the activity that changed a deduction; null for other kinds. */
  readonly documentId: string | null;
  readonly reason: DeductionReason | null;
  readonly currency: string | null;
  readonly minor: bigint | null;
  /** The import that a bulk fact came with; live clients then hear only that the import finished. */
  readonly batchId: string | null;
  readonly effectiveOn: BusinessDate;
}

/** A recorded event with its place in the log. */
export interface LoggedEvent extends BusinessEvent {
  readonly position: LogPosition;
  readonly recordedAt: string;
}

/** A place in the log: ordered by epoch, then transaction, then row. */
export interface LogPosition {
  readonly epoch: number;
  readonly xid: bigint;
  readonly id: bigint;
}

export const LOG_START: LogPosition = { epoch: 0, xid: 0n, id: 0n };

/** Negative when `a` comes before `b`, zero when they are one place. */
export function comparePositions(a: LogPosition, b: LogPosition): number {
  if (a.epoch !== b.epoch) return a.epoch - b.epoch;
  if (a.xid !== b.xid) return a.xid < b.xid ? -1 : 1;
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}
