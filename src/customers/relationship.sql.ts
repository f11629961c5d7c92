import { type Answering, statement } from "../db/database.ts";
import { type List, type Page, type PageArgs, readPages } from "../db/page.ts";
import type { Tx } from "../db/transaction.ts";
import type { ParentFact } from "../domain/customer-tree.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { type CustomerRow, memberName } from "./customer.sql.ts";

/** A place of a customer in the corporate tree from a day on, who said so and when. */
export interface ParentRow extends ParentFact {
  readonly companyId: string;
  readonly id: string;
  readonly recordedBy: string | null;
  readonly recordedAt: string;
}

const PARENT = `fact.company_id as "companyId", fact.id, fact.customer_id as "customerId", fact.parent_id as "parentId", fact.effective_on as "effectiveOn",
  ${memberName("fact")} as "recordedBy", fact.recorded_at as "recordedAt"`;

/** Every place that customers ever had, in the order of recording. */
export const parentFactsByKeys = statement<ParentRow, [readonly string[], readonly string[]]>(
  "relationships.parents",
  `select ${PARENT} from customer_parent fact join unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
       on fact.company_id = key.company_id and fact.customer_id = key.id order by fact.id`,
);

/** Every place of every customer that is on any day at or above a customer, in the order of recording. */
export const parentFactsAbove = statement<ParentRow, [string, string]>(
  "relationships.above",
  `with recursive above as (
     select $2::uuid as id
     union
     select fact.parent_id from above join customer_parent fact on fact.company_id = $1 and fact.customer_id = above.id where fact.parent_id is not null
   )
   select ${PARENT} from customer_parent fact where fact.company_id = $1 and fact.customer_id in (select id from above) order by fact.id`,
);

export const insertParent = statement<object, [string, string, string, string | null, BusinessDate, string | null, string]>(
  "relationships.insertParent",
  `insert into customer_parent (company_id, id, customer_id, parent_id, effective_on, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)`,
);

const lockTree = statement<object, [string]>("relationships.lockTree", `select pg_advisory_xact_lock(hashtext('customer tree'), hashtext($1))`);

/** Makes other changes of a company's tree wait until the transaction ends: two that are good alone can make a circle together. */
export const lockTreeOf = (tx: Tx, companyId: string): Promise<object[]> => lockTree(tx, companyId);

/** A customer with the fact that places it below another. */
export type ChildRow = CustomerRow & { readonly linkId: string };

const CHILDREN: List<ChildRow> = {
  name: "relationships.children",
  columns: `customer.company_id as "companyId", customer.id, customer.account_number as "accountNumber", customer.name, customer.currency,
    customer.terms_code as "termsCode", customer.short_pay_policy as "shortPayPolicy", customer.version, link.id as "linkId"`,
  from: "customer_parent link join customer on customer.company_id = link.company_id and customer.id = link.customer_id",
  order: [
    { sql: "customer.name", cast: "text" },
    { sql: "customer.id", cast: "uuid" },
  ],
  descending: false,
  keys: (row) => [row.name, row.id],
};

/** The customers right below each of many on a day, by name. */
export const readChildren = (on: Answering, parents: readonly { companyId: string; id: string }[], day: BusinessDate, args: PageArgs): Promise<Page<ChildRow>[]> =>
  readPages(on, CHILDREN, { company: "link.company_id", id: "link.parent_id" }, parents, (conditions) =>
    conditions.add(
      `link.effective_on <= ?::date and not exists (
         select from customer_parent later
          where later.company_id = link.company_id and later.customer_id = link.customer_id and later.effective_on <= ?::date
            and (later.effective_on, later.id) > (link.effective_on, link.id))`,
      day, day,
    ), args);

/** From one day to another, one customer pays what another owes. */
export interface PayingRow {
  readonly companyId: string;
  readonly id: string;
  readonly payerId: string;
  readonly customerId: string;
  readonly startsOn: BusinessDate;
  /** The last day; null while no end is known. */
  readonly endsOn: BusinessDate | null;
  readonly recordedBy: string | null;
  readonly recordedAt: string;
  /** When somebody ended it by a command of its own; null when nobody did. */
  readonly endedAt: string | null;
  readonly endedBy: string | null;
}

const PAYING = `paying.company_id as "companyId", paying.id, paying.payer_id as "payerId", paying.customer_id as "customerId", paying.starts_on as "startsOn",
  coalesce(ended.ends_on, paying.ends_on) as "endsOn", ${memberName("paying")} as "recordedBy", paying.recorded_at as "recordedAt",
  ended.recorded_at as "endedAt", ${memberName("ended")} as "endedBy"`;
const PAYING_FROM = "paying_relationship paying left join paying_relationship_end ended on ended.company_id = paying.company_id and ended.relationship_id = paying.id";

const PAYING_LIST: List<PayingRow> = {
  name: "relationships.paying",
  columns: PAYING,
  from: PAYING_FROM,
  order: [
    { sql: "paying.starts_on", cast: "date" },
    { sql: "paying.id", cast: "uuid" },
  ],
  descending: true,
  keys: (row) => [row.startsOn, row.id],
};

/** For whom each of many customers pays or paid, latest first. */
export const readPaysFor = (on: Answering, payers: readonly { companyId: string; id: string }[], args: PageArgs): Promise<Page<PayingRow>[]> =>
  readPages(on, PAYING_LIST, { company: "paying.company_id", id: "paying.payer_id" }, payers, (conditions) => conditions, args);

/** Who pays or paid for each of many customers, latest first. */
export const readPaidBy = (on: Answering, customers: readonly { companyId: string; id: string }[], args: PageArgs): Promise<Page<PayingRow>[]> =>
  readPages(on, PAYING_LIST, { company: "paying.company_id", id: "paying.customer_id" }, customers, (conditions) => conditions, args);

export const payingByKeys = statement<PayingRow, [readonly string[], readonly string[]]>(
  "relationships.payingByKeys",
  `select ${PAYING} from ${PAYING_FROM} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on paying.company_id = key.company_id and paying.id = key.id`,
);

/** Every time that one customer pays or paid for another. */
export const payingBetween = statement<PayingRow, [string, string, string]>(
  "relationships.between",
  `select ${PAYING} from ${PAYING_FROM} where paying.company_id = $1 and paying.payer_id = $2 and paying.customer_id = $3`,
);

/** For whom a customer pays on a day. */
export const paidForOn = statement<{ customerId: string }, [string, string, BusinessDate]>(
  "relationships.paidForOn",
  `select distinct paying.customer_id as "customerId" from ${PAYING_FROM}
    where paying.company_id = $1 and paying.payer_id = $2 and paying.starts_on <= $3::date
      and coalesce(ended.ends_on, paying.ends_on, 'infinity') >= $3::date`,
);

export const insertPaying = statement<object, [string, string, string, string, BusinessDate, BusinessDate | null, string | null, string]>(
  "relationships.insertPaying",
  `insert into paying_relationship (company_id, id, payer_id, customer_id, starts_on, ends_on, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export const insertPayingEnd = statement<object, [string, string, BusinessDate, string | null, string]>(
  "relationships.insertPayingEnd",
  `insert into paying_relationship_end (company_id, relationship_id, ends_on, member_id, recorded_at) values ($1, $2, $3, $4, $5)`,
);
