import { statement } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import type { Tx } from "../db/transaction.ts";
import type { CashDecision } from "../domain/cash-application.ts";
import type { BusinessDate } from "../domain/dates.ts";
import type { SettledPayment } from "../domain/settlement.ts";

const insert = statement<object, [string, string, string, BusinessDate, BusinessDate, ...unknown[][]]>(
  "unearnedDiscounts.insert",
  `insert into unearned_discount (company_id, recorded_at, payment_id, paid_on, taken_on, id, customer_id, invoice_id, item_id, deduction_id, outcome, currency, amount_minor, discount_on, grace_days)
   select $1, $2, $3, $4, $5, * from unnest($6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::text[], $12::text[], $13::bigint[], $14::date[], $15::int[])`,
);

/** The payment by which discounts were taken: when it was deposited, and when its cash was used. */
export interface TakingPayment {
  readonly paymentId: string;
  readonly paidOn: BusinessDate;
  readonly usedOn: BusinessDate;
}

/** Keeps the discounts that a payment took without earning them, each with what became of it. Answers with the deductions that are to be charged back. */
export async function keepUnearned(tx: Tx, companyId: string, { paymentId, paidOn, usedOn }: TakingPayment, { unearned, deductions: taken }: CashDecision, { deductions }: SettledPayment): Promise<string[]> {
  if (unearned.length === 0) return [];
  const rows = unearned.map((it) => ({ ...it, id: newId(), deductionId: it.deduction && deductions[taken.indexOf(it.deduction)]!.id }));
  await insert(
    tx, companyId, tx.recordedAt, paymentId, paidOn, usedOn, rows.map((it) => it.id), rows.map((it) => it.item.customerId), rows.map((it) => it.item.documentId),
    rows.map((it) => it.item.itemId), rows.map((it) => it.deductionId), rows.map((it) => it.outcome), rows.map((it) => it.item.currency), rows.map((it) => it.minor),
    rows.map((it) => it.discountOn), rows.map((it) => it.graceDays),
  );
  return rows.flatMap(({ outcome, deductionId }) => (outcome === "CHARGED_BACK" && deductionId !== null ? deductionId : []));
}
