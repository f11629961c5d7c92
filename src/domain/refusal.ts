/** Why the books say no. Part of the public schema: add codes, never rename them. */
export const RefusalCode = {
  NOT_FOUND: "NOT_FOUND",
  CONFLICT: "CONFLICT",
  FORBIDDEN: "FORBIDDEN",
  VALUE_INVALID: "VALUE_INVALID",
  LIMIT_EXCEEDED: "LIMIT_EXCEEDED",
  AMOUNT_INVALID: "AMOUNT_INVALID",
  DATE_INVALID: "DATE_INVALID",
  CURRENCY_UNKNOWN: "CURRENCY_UNKNOWN",
  CURRENCY_MISMATCH: "CURRENCY_MISMATCH",
  TOTAL_MISMATCH: "TOTAL_MISMATCH",
  DUPLICATE: "DUPLICATE",
  IDEMPOTENCY_KEY_REUSED: "IDEMPOTENCY_KEY_REUSED",
  ITEM_CLOSED: "ITEM_CLOSED",
  CASH_EXCEEDED: "CASH_EXCEEDED",
  CREDIT_EXCEEDED: "CREDIT_EXCEEDED",
  FILE_INVALID: "FILE_INVALID",
  MAP_INVALID: "MAP_INVALID",
  PERIOD_CLOSED: "PERIOD_CLOSED",
  BLOCKED: "BLOCKED",
  CUSTOMER_ON_HOLD: "CUSTOMER_ON_HOLD",
} as const;
export type RefusalCode = (typeof RefusalCode)[keyof typeof RefusalCode];

/** The object that stood in the way of a command, for the answer to show as it is now. */
export interface RefusalSubject {
  readonly type: "Invoice" | "Payment" | "CreditMemo" | "DebitMemo" | "Hold" | "Deduction" | "Claim" | "FreightClaim";
  readonly companyId: string;
  readonly id: string;
}

/**
 * A rule of the business said no. Thrown, not returned, because a transaction rolls back only when its callback throws.
 * `field` is the path of the input field at fault; `line` is the line of the file at fault, counted from 1.
 * `subject` is the object whose state was not what the command counted on.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  readonly field: readonly string[] | null;
  readonly line: number | null;
  readonly subject: RefusalSubject | null;

  constructor(code: RefusalCode, message: string, at: { readonly field?: readonly string[]; readonly line?: number; readonly subject?: RefusalSubject } = {}) {
    super(message);
    this.code = code;
    this.field = at.field ?? null;
    this.line = at.line ?? null;
    this.subject = at.subject ?? null;
  }
}

/** Runs a check and puts the field or line at fault on a refusal that does not name one yet. */
export function at<T>(place: { readonly field?: readonly string[]; readonly line?: number }, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const field = error.field ?? place.field;
    const line = error.line ?? place.line;
    throw new Refusal(error.code, error.message, { ...(field && { field }), ...(line != null && { line }), ...(error.subject && { subject: error.subject }) });
  }
}
