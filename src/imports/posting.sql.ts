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

/** The next rows of the queue: at least so many where there are, and none of the last group left behind. */
export const nextRows = statement<QueuedRow, [string, string, number]>(
  "imports.nextRows",
  `with ahead as (
     select account_key, post_group from import_row where company_id = $1 and import_id = $2 order by account_key, post_group limit $3
   ), edge as (
     select account_key, post_group from ahead order by account_key desc, post_group desc limit 1
   )
   select row.line_no as line, row.document_key as "documentKey", row.number, row.account_number as "accountNumber", row.account_key as "accountKey",
          (select id from customer where customer.company_id = row.company_id and customer.account_key = row.account_key) as "customerId", row.currency, row.amount_minor as minor, row.invoiced_on as "invoicedOn", row.due_on as "dueOn",
          row.cleared_on as "clearedOn", row.terms_code as "termsCode", row.segment, row.disputed, row.purchase_order as "purchaseOrder",
          row.sales_order as "salesOrder", row.shipment
     from edge
     join import_row row on row.company_id = $1 and row.import_id = $2 and (row.account_key, row.post_group) <= (edge.account_key, edge.post_group)
    order by row.account_key, row.post_group, row.line_no`,
);

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

/** Lets PostgreSQL count what an import has written, so that it plans by the size the tables have now. */
export const countBooks = statement<object, []>(
  "imports.countBooks",
  `analyze customer, customer_alias, invoice, payment, open_item, application, journal_entry, journal_line, event`,
);
