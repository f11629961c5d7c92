import { type Answering, statement } from "../db/database.ts";

/** Whose habits: a customer in one currency; null for the currency it usually trades in. */
export interface HabitKey {
  readonly companyId: string;
  readonly customerId: string;
  readonly currency: string | null;
}

/** Cash of one payment on one installment inside a window, or nothing but the sums of a customer who paid nothing in it. */
export interface HabitFactRow {
  readonly companyId: string;
  readonly customerId: string;
  readonly currency: string;
  /** Of all invoices dated in the window. */
  readonly invoicedMinor: bigint;
  /** Of all deductions taken in the window. */
  readonly deductedMinor: bigint;
  /** Null when there is no cash: then everything below is null, too. */
  readonly itemId: string | null;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly originalMinor: bigint;
  /** Whether nothing is open on the installment any more. */
  readonly closed: boolean;
  readonly offeredBasisPoints: number;
  readonly earnedMinor: bigint;
  readonly unearnedMinor: bigint;
  readonly paidOn: string;
  /** The day the last money on the installment was received. */
  readonly lastPaidOn: string;
  readonly minor: bigint;
}

/**
 * Cash that was applied and undone again is left out: what a payment paid on an installment is the sum of its applications.
 * The window is over the days that applications count from; the money itself may have been received before.
 */
const facts = statement<HabitFactRow, [readonly string[], readonly string[], readonly (string | null)[], string, string, string]>(
  "habits.facts",
  `with wanted as (
     select key.company_id, key.customer_id, coalesce(key.currency, customer.currency) as currency
       from unnest($1::uuid[], $2::uuid[], $3::text[]) as key (company_id, customer_id, currency)
       join customer on customer.company_id = key.company_id and customer.id = key.customer_id
   ), item as (
     select wanted.company_id, wanted.customer_id, wanted.currency, owed.id, owed.document_id, owed.original_minor, coalesce(owed.due_on, owed.effective_on) as due_on
       from wanted join open_item owed on owed.company_id = wanted.company_id and owed.customer_id = wanted.customer_id and owed.currency = wanted.currency
      where owed.kind = 'INVOICE' and owed.effective_on <= $4::date and owed.recorded_at <= $5::timestamptz
   ), movement as (
     select item.company_id, item.id as item_id, applied.kind, applied.payment_id, applied.opened_item_id, applied.amount_minor, applied.effective_on
       from item join application applied on applied.company_id = item.company_id and applied.debit_item_id = item.id
      where applied.effective_on <= $4::date and applied.recorded_at <= $5::timestamptz
   ), settled as (
     select movement.company_id, movement.item_id, sum(movement.amount_minor) as minor,
            coalesce(sum(movement.amount_minor) filter (where movement.kind = 'EARNED_DISCOUNT'), 0) as earned_minor,
            coalesce(sum(movement.amount_minor) filter (where deduction.reason = 'UNEARNED_DISCOUNT'), 0) as unearned_minor
       from movement
       left join open_item opened on opened.company_id = movement.company_id and opened.id = movement.opened_item_id
       left join deduction on deduction.company_id = opened.company_id and deduction.id = opened.document_id
      group by movement.company_id, movement.item_id
   ), cash as (
     select movement.company_id, movement.item_id, payment.received_on as paid_on, sum(movement.amount_minor) as minor,
            max(movement.effective_on) filter (where movement.amount_minor > 0) as counted_on, max(payment.received_on) over (partition by movement.company_id, movement.item_id) as last_paid_on
       from movement join payment on payment.company_id = movement.company_id and payment.id = movement.payment_id
      where movement.kind = 'CASH'
      group by movement.company_id, movement.item_id, payment.id, payment.received_on having sum(movement.amount_minor) > 0
   ), fact as (
     select item.company_id, item.customer_id, item.currency, item.id, invoice.invoiced_on, item.due_on, item.original_minor, settled.minor >= item.original_minor as closed,
            coalesce((select max(tier.basis_points) from invoice_discount tier where tier.company_id = item.company_id and tier.invoice_id = item.document_id), 0) as offered,
            settled.earned_minor, settled.unearned_minor, cash.paid_on, cash.last_paid_on, cash.minor
       from cash
       join item on item.company_id = cash.company_id and item.id = cash.item_id
       join settled on settled.company_id = cash.company_id and settled.item_id = cash.item_id
       join invoice on invoice.company_id = item.company_id and invoice.id = item.document_id
      where cash.counted_on >= $6::date
   ), billed as (
     select wanted.company_id, wanted.customer_id, wanted.currency, sum(invoice.total_minor) as minor
       from wanted join invoice on invoice.company_id = wanted.company_id and invoice.customer_id = wanted.customer_id and invoice.currency = wanted.currency
      where invoice.invoiced_on between $6::date and $4::date and invoice.recorded_at <= $5::timestamptz
      group by wanted.company_id, wanted.customer_id, wanted.currency
   ), deducted as (
     select wanted.company_id, wanted.customer_id, wanted.currency, sum(deduction.amount_minor) as minor
       from wanted join deduction on deduction.company_id = wanted.company_id and deduction.customer_id = wanted.customer_id and deduction.currency = wanted.currency
      where deduction.taken_on between $6::date and $4::date and deduction.recorded_at <= $5::timestamptz
      group by wanted.company_id, wanted.customer_id, wanted.currency
   )
   select wanted.company_id as "companyId", wanted.customer_id as "customerId", wanted.currency, coalesce(billed.minor, 0)::bigint as "invoicedMinor",
          coalesce(deducted.minor, 0)::bigint as "deductedMinor", fact.id as "itemId", fact.invoiced_on as "issuedOn", fact.due_on as "dueOn",
          fact.original_minor as "originalMinor", fact.closed, fact.offered as "offeredBasisPoints", fact.earned_minor::bigint as "earnedMinor",
          fact.unearned_minor::bigint as "unearnedMinor", fact.paid_on as "paidOn", fact.last_paid_on as "lastPaidOn", fact.minor::bigint
     from wanted
     left join billed using (company_id, customer_id, currency)
     left join deducted using (company_id, customer_id, currency)
     left join fact using (company_id, customer_id, currency)`,
);

/** What customers paid in a window that ends on a business date, as the books knew it at a moment: at least one row for each customer asked about. */
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
