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
  readonly version: number;
}

const COLUMNS = `customer.company_id as "companyId", customer.id, customer.account_number as "accountNumber", customer.name, customer.currency,
  customer.terms_code as "termsCode", customer.short_pay_policy as "shortPayPolicy", customer.version`;

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

/** The address that bills go to. */
export interface BillToRow {
  readonly companyId: string;
  readonly customerId: string;
  readonly name: string | null;
  readonly street: string;
  readonly street2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly country: string;
}

export const billTosByKeys = statement<BillToRow, [readonly string[], readonly string[]]>(
  "customers.billTos",
  `select address.company_id as "companyId", address.customer_id as "customerId", address.name, address.street, address.street2, address.city, address.region,
          address.postal_code as "postalCode", address.country
     from customer_bill_to address join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on address.company_id = key.company_id and address.customer_id = key.id`,
);

export const writeBillTo = statement<object, [string, string, string | null, string, string | null, string, string | null, string | null, string]>(
  "customers.writeBillTo",
  `insert into customer_bill_to (company_id, customer_id, name, street, street2, city, region, postal_code, country) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
   on conflict (company_id, customer_id) do update set name = $3, street = $4, street2 = $5, city = $6, region = $7, postal_code = $8, country = $9`,
);

export const removeBillTo = statement<object, [string, string]>("customers.removeBillTo", `delete from customer_bill_to where company_id = $1 and customer_id = $2`);

/** Writes the master data of a customer and raises its version. The customer is locked. */
export const updateCustomerRow = statement<{ version: number }, [string, string, string, string, string | null, ShortPayPolicy]>(
  "customers.update",
  `update customer set name = $3, currency = $4, terms_code = $5, short_pay_policy = $6, version = version + 1 where company_id = $1 and id = $2 returning version`,
);

/** Who changed which fields of a customer or of one of its contacts. */
export interface ChangeRow {
  readonly companyId: string;
  readonly customerId: string;
  readonly contactId: string | null;
  readonly version: number;
  readonly fields: readonly string[];
  readonly recordedBy: string | null;
  readonly recordedAt: string;
}

/** What a company calls the member that a fact names. */
export const memberName = (fact: string): string =>
  `(select known.name from company_member known where known.company_id = ${fact}.company_id and known.member_id = ${fact}.member_id)`;

export const changesByKeys = statement<ChangeRow, [readonly string[], readonly string[]]>(
  "customers.changes",
  `select change.company_id as "companyId", change.customer_id as "customerId", change.contact_id as "contactId", change.version, change.fields,
          ${memberName("change")} as "recordedBy", change.recorded_at as "recordedAt"
     from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
    cross join lateral (select * from customer_change where company_id = key.company_id and customer_id = key.id order by id desc limit 200) as change
    order by change.customer_id, change.id desc`,
);

export const insertChange = statement<object, [string, string, string, string | null, number, readonly string[], string | null, string]>(
  "customers.noteChange",
  `insert into customer_change (company_id, id, customer_id, contact_id, version, fields, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
