import { type Answering, statement } from "../db/database.ts";
import type { DiscountBase } from "../domain/terms.ts";

/** Whose habits: a customer in one currency; null for the currency it usually trades in. */
export interface HabitKey {
  readonly companyId: string;
  readonly customerId: string;
  readonly currency: string | null;
}

/** Cash of one payment on one installment inside a window; or, with nothing of it, the sums of a customer, of whom there is one such row. */
export interface HabitFactRow {
  readonly companyId: string;
  readonly customerId: string;
  readonly currency: string;
  /** Of all invoices dated in the window; null on a row of cash. */
  readonly invoicedMinor: bigint | null;
  /** Of all deductions taken in the window; null on a row of cash. */
  readonly deductedMinor: bigint | null;
  /** Null on a row of sums: then everything below is null, too. */
  readonly itemId: string | null;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly originalMinor: bigint;
  /** Whether nothing is open on the installment any more. */
  readonly closed: boolean;
  readonly offeredBasisPoints: number;
  readonly discountBase: DiscountBase;
  /** Of the whole invoice. */
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
  readonly freightMinor: bigint;
  /** What the installments before this one come to. */
  readonly beforeMinor: bigint;
  readonly earnedMinor: bigint;
  readonly unearnedMinor: bigint;
  readonly paidOn: string;
  /** The day the last money on the installment was received. */
  readonly lastPaidOn: string;
  readonly minor: bigint;
  /** Of the invoice. */
  readonly dueGraceDays: number;
}

/**
 * Cash that was applied and undone again is left out: what a payment paid on an installment is the sum of its applications.
 * The window is over the days that applications count from; the money itself may have been received before. Every step
 * looks rows up by their keys or sums the step before: intermediate results that are joined to each other have no index,
 * and a planner that takes them for small compares each row with each. What a deduction was split or merged into was not taken
 * again: only those of a payment count.
 */
const facts = statement<HabitFactRow, [readonly string[], readonly string[], readonly (string | null)[], string, string, string]>(
  "habits.facts",
  `with wanted as (
     select key.company_id, key.customer_id, coalesce(key.currency, customer.currency) as currency
       from unnest($1::uuid[], $2::uuid[], $3::text[]) as key (company_id, customer_id, currency)
       join customer on customer.company_id = key.company_id and customer.id = key.customer_id
   ), used as (
     select item.company_id, item.customer_id, item.currency, item.id as item_id, item.document_id, item.installment_no, item.original_minor, coalesce(item.due_on, item.effective_on) as due_on,
            case when applied.kind = 'CASH' then applied.payment_id end as payment_id, sum(applied.amount_minor) as minor,
            max(applied.effective_on) filter (where applied.amount_minor > 0) as counted_on,
            coalesce(sum(applied.amount_minor) filter (where applied.kind = 'EARNED_DISCOUNT'), 0) as earned_minor,
            coalesce(sum(applied.amount_minor) filter (where deduction.reason = 'UNEARNED_DISCOUNT' or applied.kind = 'DISCOUNT'), 0) as unearned_minor
       from wanted
       join open_item item on item.company_id = wanted.company_id and item.customer_id = wanted.customer_id and item.currency = wanted.currency
       join application applied on applied.company_id = item.company_id and applied.debit_item_id = item.id
       left join open_item opened on opened.company_id = applied.company_id and opened.id = applied.opened_item_id
       left join deduction on deduction.company_id = opened.company_id and deduction.id = opened.document_id
      where item.kind = 'INVOICE' and applied.effective_on <= $4::date and applied.recorded_at <= $5::timestamptz
      group by item.company_id, item.id, case when applied.kind = 'CASH' then applied.payment_id end
   ), fact as (
     select used.*, payment.received_on as paid_on, max(payment.received_on) filter (where used.minor > 0) over item as last_paid_on, sum(used.minor) over item as settled_minor,
            sum(used.earned_minor) over item as item_earned_minor, sum(used.unearned_minor) over item as item_unearned_minor
       from used left join payment on payment.company_id = used.company_id and payment.id = used.payment_id
     window item as (partition by used.company_id, used.item_id)
   )
   select fact.company_id as "companyId", fact.customer_id as "customerId", fact.currency, null::bigint as "invoicedMinor", null::bigint as "deductedMinor",
          fact.item_id as "itemId", invoice.invoiced_on as "issuedOn", fact.due_on as "dueOn", fact.original_minor as "originalMinor",
          fact.settled_minor >= fact.original_minor as closed,
          coalesce((select max(tier.basis_points) from invoice_discount tier where tier.company_id = fact.company_id and tier.invoice_id = fact.document_id), 0) as "offeredBasisPoints",
          invoice.discount_base as "discountBase", invoice.total_minor as "totalMinor", invoice.tax_minor as "taxMinor", invoice.freight_minor as "freightMinor",
          case when fact.installment_no = 1 then 0 else
            (select sum(before.original_minor) from open_item before
              where before.company_id = fact.company_id and before.document_id = fact.document_id and before.installment_no < fact.installment_no)
          end::bigint as "beforeMinor",
          fact.item_earned_minor::bigint as "earnedMinor", fact.item_unearned_minor::bigint as "unearnedMinor", fact.paid_on as "paidOn",
          fact.last_paid_on as "lastPaidOn", fact.minor::bigint as minor, invoice.due_grace_days as "dueGraceDays"
     from fact join invoice on invoice.company_id = fact.company_id and invoice.id = fact.document_id
    where fact.payment_id is not null and fact.minor > 0 and fact.counted_on >= $6::date
   union all
   select wanted.company_id, wanted.customer_id, wanted.currency,
          coalesce((select sum(invoice.total_minor) from invoice
                     where invoice.company_id = wanted.company_id and invoice.customer_id = wanted.customer_id and invoice.currency = wanted.currency
                       and invoice.invoiced_on between $6::date and $4::date and invoice.recorded_at <= $5::timestamptz), 0)::bigint,
          coalesce((select sum(deduction.amount_minor) from deduction
                     where deduction.company_id = wanted.company_id and deduction.customer_id = wanted.customer_id and deduction.currency = wanted.currency
                       and deduction.payment_id is not null and deduction.taken_on between $6::date and $4::date and deduction.recorded_at <= $5::timestamptz), 0)::bigint,
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null
     from wanted`,
);

/** What customers paid in a window that ends on a business date, as the books knew it at a moment: one row of sums for each customer asked about, and its cash. */
export const habitFacts = (on: Answering, keys: readonly HabitKey[], { asOf, knownAt, windowFrom }: { readonly asOf: string; readonly knownAt: string; readonly windowFrom: string }): Promise<HabitFactRow[]> =>
  facts(on, keys.map((it) => it.companyId), keys.map((it) => it.customerId), keys.map((it) => it.currency), asOf, knownAt, windowFrom);

/** A customer with a currency it was ever billed in. */
export interface BilledCustomerRow {
  readonly customerId: string;
  readonly accountNumber: string;
  readonly name: string;
  readonly currency: string;
}

export const billedCustomers = statement<BilledCustomerRow, [string, string, string, string | null, number, number]>(
  "habits.billedCustomers",
  `select customer.id as "customerId", customer.account_number as "accountNumber", customer.name, billed.currency
     from (select distinct customer_id, currency from invoice
            where company_id = $1 and invoiced_on <= $2::date and recorded_at <= $3::timestamptz and ($4::text is null or currency = $4)) as billed
     join customer on customer.company_id = $1 and customer.id = billed.customer_id
    order by customer.name, customer.id, billed.currency limit $5 offset $6`,
);
