import { statement } from "../db/database.ts";
import type { HeldInvoice, QueuedRow } from "./book-posting.ts";

/** An account of the queue that has no customer yet, as its first row states it. */
export interface NewAccount {
  readonly accountKey: string;
  readonly accountNumber: string;
  readonly name: string;
  readonly currency: string;
}

/*
 * The lookups below go row by row, in subqueries that take the company from the row. With the company as a constant
 * PostgreSQL plans by what its statistics say of that company, which is nothing while its first book is imported: it
 * then reads all rows of the company for each key.
 */

/** The accounts of the queue that have no customer yet. */
export const newAccounts = statement<NewAccount, [string, string]>(
  "imports.newAccounts",
  `select account_key as "accountKey", account_number as "accountNumber", name, currency from (
     select distinct on (account_key) company_id, account_key, account_number, coalesce(customer_name, account_number) as name, currency
       from import_row where company_id = $1 and import_id = $2 order by account_key, line_no
   ) as account
    where (select id from customer where customer.company_id = account.company_id and customer.account_key = account.account_key) is null`,
);

/** Makes every name of the file an alias of its customer. */
export const nameCustomers = statement<object, [string, string, string]>(
  "imports.nameCustomers",
  `insert into customer_alias (company_id, customer_id, name, name_key, recorded_at)
   select staged.company_id, customer.id, staged.name, staged.name_key, $3
     from import_name staged
    cross join lateral (select id from customer where company_id = staged.company_id and account_key = staged.account_key limit 1) as customer
    where staged.company_id = $1 and staged.import_id = $2
   on conflict do nothing`,
);

/** Where a part of the queue is taken from. Two lanes begin at the two ends and meet, so that each works for other customers. */
export type QueueEnd = "FRONT" | "BACK";

/** An account with rows among the next of the queue. */
export interface AccountAhead {
  readonly accountKey: string;
  readonly customerId: string;
  /** The last of its groups among those rows, as seen from the end they are taken from. */
  readonly postGroup: string;
}

const accountsFrom = (direction: "asc" | "desc", last: "max" | "min") => statement<AccountAhead, [string, string, number]>(
  `imports.accountsAhead.${direction}`,
  `select ahead.account_key as "accountKey", ${last}(ahead.post_group) as "postGroup",
          (select id from customer where customer.company_id = ahead.company_id and customer.account_key = ahead.account_key) as "customerId"
     from (select company_id, account_key, post_group from import_row where company_id = $1 and import_id = $2
            order by account_key ${direction}, post_group ${direction} limit $3) as ahead
    group by ahead.company_id, ahead.account_key order by ahead.account_key ${direction}`,
);

const takeUpTo = (direction: "asc" | "desc", reached: "<=" | ">=") => statement<Omit<QueuedRow, "customerId">, [string, string, string, string]>(
  `imports.takeRows.${direction}`,
  `with taken as (
     delete from import_row where company_id = $1 and import_id = $2 and (account_key, post_group) ${reached} ($3, $4) returning *
   )
   select line_no as line, document_key as "documentKey", number, account_number as "accountNumber", account_key as "accountKey", currency,
          amount_minor as minor, invoiced_on as "invoicedOn", due_on as "dueOn", cleared_on as "clearedOn", terms_code as "termsCode", segment, disputed,
          purchase_order as "purchaseOrder", sales_order as "salesOrder", shipment
     from taken order by account_key, post_group, line_no`,
);

/** The accounts of the next rows of the queue, so many rows or fewer, with the account that is reached last at the end. */
export const accountsAhead = { FRONT: accountsFrom("asc", "max"), BACK: accountsFrom("desc", "min") } as const;

/** Takes the rows up to an account and group out of the queue, that group included. Whose customers are locked is nobody else's to take. */
export const takeRows = { FRONT: takeUpTo("asc", "<="), BACK: takeUpTo("desc", ">=") } as const;

/** Invoices of the book by company and document key, with what is open on them: a row for each installment. */
export const heldInvoices = statement<HeldInvoice, [readonly string[], readonly string[]]>(
  "imports.heldInvoices",
  `select invoice.id as "invoiceId", item.id as "itemId", invoice.document_key as "documentKey", customer.account_key as "accountKey",
          customer.account_number as "accountNumber", invoice.currency, invoice.total_minor as minor, item.open_minor as "openMinor",
          item.original_minor as "installmentMinor", invoice.invoiced_on as "invoicedOn", invoice.due_on as "dueOn", item.effective_on as "effectiveOn"
     from unnest($1::uuid[], $2::text[]) as key (company_id, document_key)
    cross join lateral (select * from invoice where company_id = key.company_id and document_key = key.document_key limit 1) as invoice
    cross join lateral (select id, installment_no, original_minor, open_minor, effective_on from open_item
                         where company_id = key.company_id and document_id = invoice.id order by installment_no limit 120) as item
    cross join lateral (select account_key, account_number from customer where company_id = key.company_id and id = invoice.customer_id limit 1) as customer
    order by invoice.id, item.installment_no`,
);

/** Makes the next count of this transaction look at a small sample: enough to plan by until the next one. */
export const countRoughly = statement<object, []>("imports.countRoughly", `select set_config('default_statistics_target', '10', true)`);

/** Lets PostgreSQL count what an import has written, so that it plans by the size the tables have now. */
export const countBooks = statement<object, []>(
  "imports.countBooks",
  `analyze customer, customer_alias, invoice, payment, open_item, application, journal_entry, journal_line, event`,
);
