import { arrangementInForce } from "../customers/arrangement.sql.ts";
import type { CustomerRow } from "../customers/customer.sql.ts";
import { requireTerms } from "../customers/terms.service.ts";
import { findTerms } from "../customers/terms.sql.ts";
import type { Tx } from "../db/transaction.ts";
import { withNetDays } from "../domain/arrangement.ts";
import { Refusal } from "../domain/refusal.ts";
import { type AmountsDue, dueOnDay, type PaymentSchedule, resolveTerms } from "../domain/terms.ts";

/** What was agreed for an invoice, and by what: terms, an arrangement, or a due date alone. */
export interface AgreedSchedule {
  readonly schedule: PaymentSchedule;
  readonly termsCode: string | null;
  readonly arrangementId: string | null;
}

/** What an invoice says about its own terms. */
interface StatedTerms {
  readonly invoicedOn: string;
  readonly currency: string;
  readonly termsCode?: string | null | undefined;
  readonly dueOn?: string | null | undefined;
}

/**
 * Dates, parts and discounts of an invoice. Extended terms agreed for its day win over the terms it names, and those over the
 * customer's. A due date that the invoice states itself stands, since the customer reads it there; terms then only add their
 * discounts. Retired terms only count where the customer or an arrangement has them. The customer is locked, so that nothing is
 * agreed meanwhile.
 */
export async function agreedSchedule(tx: Tx, companyId: string, customer: CustomerRow, invoice: StatedTerms, { totalMinor }: Omit<AmountsDue, "currency">): Promise<AgreedSchedule> {
  const { invoicedOn, dueOn = null, currency } = invoice;
  const usual = invoice.termsCode ?? (dueOn ? null : customer.termsCode);
  const agreed = dueOn ? null : await arrangementInForce(tx, companyId, customer.id, "EXTENDED_TERMS", invoicedOn);
  const termsCode = agreed?.termsCode ?? usual;
  const given = agreed?.termsCode != null || termsCode === customer.termsCode;
  const named = termsCode ? await (given ? findTerms : requireTerms)(tx, companyId, termsCode) : null;
  const terms = agreed?.netDays != null ? withNetDays(named, agreed.netDays) : named;
  const amounts = { currency, totalMinor };
  if (!terms) {
    if (!dueOn) throw new Refusal("VALUE_INVALID", "The customer has no terms; name the terms or the due date.", { field: ["termsCode"] });
    return { schedule: dueOnDay(dueOn, amounts), termsCode, arrangementId: null };
  }
  const schedule = resolveTerms(terms, invoicedOn, amounts);
  const arrangementId = agreed?.id ?? null;
  if (!dueOn) return { schedule, termsCode, arrangementId };
  if (terms.installments.length > 0) throw new Refusal("VALUE_INVALID", "These terms have installments with due dates of their own.", { field: ["dueOn"] });
  return { schedule: { ...schedule, dueOn, installments: [{ no: 1, dueOn, minor: totalMinor }] }, termsCode, arrangementId };
}
