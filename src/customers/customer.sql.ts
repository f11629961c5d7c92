import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage } from "../db/page.ts";
import type { ShortPayPolicy } from "../domain/cash-application.ts";

/** A customer as the graph shows it. */
export interface CustomerRow {
  readonly companyId: string;
  readonly id: string;
  readonly accountNumber: string;
  readonly name: string;
  readonly currency: string;
  readonly termsCode: string | null;
  readonly shortPayPolicy: ShortPayPolicy;
}

const COLUMNS = `customer.company_id as "companyId", customer.id, customer.account_number as "accountNumber", customer.name, customer.currency,
  customer.terms_code as "termsCode", customer.short_pay_policy as "shortPayPolicy"`;

const CUSTOMERS: List<CustomerRow> = {
  name: "customers.page",
  columns: COLUMNS,
  from: "customer",
  order: [
    { sql: "customer.name", cast: "text" },
    { sql: "customer.id", cast: "uuid" },
  ],
  descending: false,
  keys: (row) => [row.name, row.id],
};

/** A company's customers by name; `search` finds part of a name, of an alias, or an account number. */
export function readCustomers(on: Answering, companyId: string, search: { readonly text: string; readonly accountKey: string } | null, args: PageArgs): Promise<Page<CustomerRow>> {
  const conditions = new Conditions().add("customer.company_id = ?", companyId);
  if (search) {
    conditions.add(
      `(customer.account_key = ? or position(lower(?) in lower(customer.name)) > 0 or exists (
         select from customer_alias alias where alias.company_id = customer.company_id and alias.customer_id = customer.id and position(lower(?) in lower(alias.name)) > 0))`,
      search.accountKey, search.text, search.text,
    );
  }
  return readPage(on, CUSTOMERS, conditions, args);
}

export const customersByKeys = statement<CustomerRow, [readonly string[], readonly string[]]>(
  "customers.byKeys",
  `select ${COLUMNS} from customer join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on customer.company_id = key.company_id and customer.id = key.id`,
);

/** Customers of a company by normalized account number. */
export const customersByAccounts = statement<CustomerRow & { readonly accountKey: string }, [string, readonly string[]]>(
  "customers.byAccounts",
  `select ${COLUMNS}, customer.account_key as "accountKey" from customer where company_id = $1 and account_key = any($2::text[])`,
);

/** Customers that a payer's name stands for: the name of the account, or an alias, compared without case and blanks. */
export const customersByPayerName = statement<CustomerRow, [string, string]>(
  "customers.byPayerName",
  `select ${COLUMNS} from customer
    where customer.company_id = $1 and customer.id in (select customer_id from customer_alias where company_id = $1 and name_key = $2) limit 2`,
);

export interface AliasRow {
  readonly companyId: string;
  readonly customerId: string;
  readonly name: string;
}

export const aliasesByKeys = statement<AliasRow, [readonly string[], readonly string[]]>(
  "customers.aliases",
  `select alias.company_id as "companyId", alias.customer_id as "customerId", alias.name
     from customer_alias alias join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on alias.company_id = key.company_id and alias.customer_id = key.id
    order by alias.name`,
);

export interface ContactRow {
  readonly companyId: string;
  readonly id: string;
  readonly customerId: string;
  readonly name: string;
  readonly role: string;
  readonly email: string | null;
  readonly phone: string | null;
}

export const contactsByKeys = statement<ContactRow, [readonly string[], readonly string[]]>(
  "customers.contacts",
  `select contact.company_id as "companyId", contact.id, contact.customer_id as "customerId", contact.name, contact.role, contact.email, contact.phone
     from customer_contact contact join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on contact.company_id = key.company_id and contact.customer_id = key.id
    order by contact.id`,
);

/** Adds customers that are not there yet, by normalized account number. */
export const insertCustomers = statement<object, [string, string, readonly string[], readonly string[], readonly string[], readonly string[], readonly string[]]>(
  "customers.insert",
  `insert into customer (company_id, recorded_at, id, account_number, account_key, name, currency)
   select $1, $2, * from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[]) on conflict (company_id, account_key) do nothing`,
);

/** Adds names that customers are known under. `nameKey` is the name without case and blanks. */
export const insertAliases = statement<object, [string, string, readonly string[], readonly string[], readonly string[]]>(
  "customers.insertAliases",
  `insert into customer_alias (company_id, recorded_at, customer_id, name, name_key)
   select $1, $2, * from unnest($3::uuid[], $4::text[], $5::text[]) on conflict do nothing`,
);

export const insertContact = statement<object, [string, string, string, string, string, string, string | null, string | null]>(
  "customers.insertContact",
  `insert into customer_contact (company_id, recorded_at, id, customer_id, name, role, email, phone) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
