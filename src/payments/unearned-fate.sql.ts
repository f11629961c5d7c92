import { statement } from "../db/database.ts";
import type { OfferedDiscount } from "../domain/terms.ts";

/**
 * Discounts that were taken without earning them, as the expression `found` of a `with`; `$1` is the company. Those that cash
 * application found, and deductions that were given that reason otherwise, as long as they have it.
 */
export const foundUnearned = (which: (table: string, deductionId: string) => string): string => `
  found as (
    select kept.id, kept.customer_id, kept.invoice_id, kept.item_id, kept.deduction_id, kept.outcome, kept.currency, kept.amount_minor, kept.discount_on, kept.grace_days, kept.paid_on, kept.taken_on,
           kept.recorded_at, true as first_hand
      from unearned_discount kept left join deduction_case work on work.company_id = $1 and work.deduction_id = kept.deduction_id
     where kept.company_id = $1 and (kept.deduction_id is null or work.reason = 'UNEARNED_DISCOUNT') and ${which("kept", "kept.deduction_id")}
    union all
    select deduction.id, deduction.customer_id, deduction.invoice_id, null, deduction.id, 'DEDUCTION', deduction.currency, deduction.amount_minor, null, null, coalesce(payment.deposited_on, deduction.taken_on),
           deduction.taken_on, deduction.recorded_at, deduction.source not in ('SPLIT', 'MERGE')
      from deduction join deduction_case work on work.company_id = $1 and work.deduction_id = deduction.id and work.reason = 'UNEARNED_DISCOUNT'
      left join payment on payment.company_id = $1 and payment.id = deduction.payment_id
     where deduction.company_id = $1 and ${which("deduction", "deduction.id")}
       and not exists (select from unearned_discount kept where kept.company_id = $1 and kept.deduction_id = deduction.id)
  )`;

/**
 * The same with what became of each by now, as the expressions `found` and `fate`. A deduction that was split or merged counts with what did not stand on in another. What is left open, or was put
 * back on its invoice, is open as far as the invoice is; what cash settled of that afterwards is recovered.
 */
export const fateOfUnearned = (which: (table: string, deductionId: string) => string): string => `
  ${foundUnearned(which)}, fate as (
    select found.*, found.amount_minor - coalesce(used.moved, 0) as taken_minor, coalesce(used.charged_back, 0) as charged_back_minor,
           coalesce(used.allowed, 0) + case found.outcome when 'ALLOWED' then found.amount_minor else 0 end as allowed_minor,
           coalesce(used.written_off, 0) + case found.outcome when 'WRITTEN_OFF' then found.amount_minor else 0 end as written_off_minor, left_open.minor as left_open_minor,
           coalesce(used.cash, 0) + coalesce(memo.cash, 0) + least(left_open.minor - least(left_open.minor, coalesce(invoiced.open, 0)), coalesce(invoiced.cash, 0)) as recovered_minor,
           coalesce(stood.open_minor, 0) + coalesce(memo.open, 0) + least(left_open.minor, coalesce(invoiced.open, 0)) as open_minor, coalesce(memo.numbers, '{}') as chargebacks
      from found
      left join open_item stood on stood.company_id = $1 and stood.document_id = found.deduction_id and stood.kind = 'DEDUCTION'
      left join lateral (
        select sum(amount_minor) filter (where kind = 'SPLIT') as moved, sum(amount_minor) filter (where kind = 'CHARGEBACK') as charged_back, sum(amount_minor) filter (where kind = 'REVERSAL') as put_back,
               sum(amount_minor) filter (where kind in ('DISCOUNT', 'CREDIT', 'GOODWILL', 'PROMOTION')) as allowed, sum(amount_minor) filter (where kind in ('WRITE_OFF', 'BAD_DEBT')) as written_off,
               sum(amount_minor) filter (where kind = 'CASH') as cash
          from application where company_id = $1 and debit_item_id = stood.id
      ) as used on true
      left join lateral (
        select sum(owed.open_minor) as open, array_agg(billed.number order by billed.number) filter (where owed.open_minor > 0) as numbers,
               sum((select sum(paid.amount_minor) from application paid where paid.company_id = $1 and paid.debit_item_id = owed.id and paid.kind = 'CASH')) as cash
          from application rebilled
          join open_item owed on owed.company_id = $1 and owed.id = rebilled.opened_item_id join memo billed on billed.company_id = $1 and billed.id = owed.document_id
         where rebilled.company_id = $1 and rebilled.debit_item_id = stood.id and rebilled.kind = 'CHARGEBACK' and rebilled.amount_minor > 0
      ) as memo on true
     cross join lateral (select case found.outcome when 'LEFT_OPEN' then found.amount_minor else coalesce(used.put_back, 0) end as minor) as left_open
      left join lateral (
        select sum(billed.open_minor) as open,
               sum((select sum(paid.amount_minor) from application paid where paid.company_id = $1 and paid.debit_item_id = billed.id and paid.kind = 'CASH' and paid.recorded_at > found.recorded_at)) as cash
          from open_item billed
         where left_open.minor > 0 and billed.company_id = $1 and billed.document_id = found.invoice_id and billed.kind = 'INVOICE' and (found.item_id is null or billed.id = found.item_id)
      ) as invoiced on true
  )`;

/** A discount that was taken without earning it, as a letter explains it. */
export interface ExplainedRow {
  readonly customerId: string;
  readonly deductionId: string | null;
  readonly invoice: string;
  readonly invoicedOn: string;
  readonly dueOn: string;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly discounts: readonly OfferedDiscount[];
  /** Null where the invoice offered no discount at all. */
  readonly discountOn: string | null;
  readonly graceDays: number;
  readonly paidOn: string;
  readonly takenMinor: bigint;
  readonly openMinor: bigint;
  readonly chargebacks: readonly string[];
}

/** Unearned discounts of invoices, of these deductions whatever became of them, or else of a customer as far as something of them is open; by invoice. */
export const explainUnearned = statement<ExplainedRow, [string, string | null, readonly string[]]>(
  "unearnedDiscounts.explain",
  `with ${fateOfUnearned((table, deductionId) => `(${table}.customer_id = $2::uuid or ${deductionId} = any($3::uuid[]))`)}
   select fate.customer_id as "customerId", fate.deduction_id as "deductionId", coalesce(invoice.number, invoice.document_key) as invoice, invoice.invoiced_on as "invoicedOn", invoice.due_on as "dueOn",
          fate.currency, invoice.total_minor as "totalMinor", fate.paid_on as "paidOn", fate.taken_minor::bigint as "takenMinor", fate.open_minor::bigint as "openMinor", fate.chargebacks,
          coalesce(fate.discount_on, offered.last_on) as "discountOn", coalesce(fate.grace_days, invoice.grace_days) as "graceDays", coalesce(offered.tiers, '[]') as discounts
     from fate join invoice on invoice.company_id = $1 and invoice.id = fate.invoice_id
     left join lateral (
       select max(tier.discount_on) as last_on, json_agg(json_build_object('discountOn', tier.discount_on, 'basisPoints', tier.basis_points) order by tier.discount_on) as tiers
         from invoice_discount tier where tier.company_id = $1 and tier.invoice_id = invoice.id
     ) as offered on true
    where fate.taken_minor > 0 and ($2::uuid is null or fate.open_minor > 0)
    order by invoice.invoiced_on, invoice, fate.id`,
);
