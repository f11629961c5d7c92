import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage } from "../db/page.ts";

/** What one customer has open in one currency, by age. Ages are calendar days after the due date. */
export interface OpenByAgeRow {
  readonly companyId: string;
  readonly customerId: string;
  readonly currency: string;
  /** The business day that ages are counted to. */
  readonly asOf: string;
  readonly notDueMinor: bigint;
  readonly notDueItems: number;
  readonly to30Minor: bigint;
  readonly to30Items: number;
  readonly to60Minor: bigint;
  readonly to60Items: number;
  readonly to90Minor: bigint;
  readonly to90Items: number;
  readonly over90Minor: bigint;
  readonly over90Items: number;
  readonly deductionsMinor: bigint;
  readonly deductionItems: number;
  readonly creditsMinor: bigint;
  readonly creditItems: number;
  /** Of what is open beyond its due date and the grace after it. The ages count from the due date, whatever the grace. */
  readonly pastDueMinor: bigint;
  /** Due date of the oldest item that is past due; null when none is. */
  readonly oldestDueOn: string | null;
}

/** The invoices among open items that were granted some grace, which are few: an index holds them alone. */
const GRACED = `left join invoice graced on graced.company_id = item.company_id and graced.id = item.document_id and graced.due_grace_days > 0`;

/** Whether an item counts as past due on a day: its due date and the grace after it have passed. */
const isPastDue = (day: string): string => `item.kind in ('INVOICE', 'DEBIT_MEMO') and item.due_on + coalesce(graced.due_grace_days, 0) < ${day}::date`;

/** Sums of one range of ages. `late` is the age of an item in days; items without a due date are not due. */
const ages = (name: string, range: string): string =>
  `coalesce(sum(item.open_minor) filter (where item.kind in ('INVOICE', 'DEBIT_MEMO') and ${range}), 0)::bigint as "${name}Minor",
   count(*) filter (where item.kind in ('INVOICE', 'DEBIT_MEMO') and ${range})::int as "${name}Items"`;

/** Sums of some kinds. */
const kind = (minor: string, items: string, ...names: readonly string[]): string => {
  const among = names.map((name) => `'${name}'`).join(", ");
  return `coalesce(sum(item.open_minor) filter (where item.kind in (${among})), 0)::bigint as "${minor}", count(*) filter (where item.kind in (${among}))::int as "${items}"`;
};

/** The columns of a row, over items grouped by customer and currency; `day` is the text of the day's placeholder. */
const columns = (day: string): string => `item.company_id as "companyId", item.customer_id as "customerId", item.currency, ${day}::date as "asOf",
   ${ages("notDue", `coalesce(item.due_on >= ${day}::date, true)`)},
   ${ages("to30", `${day}::date - item.due_on between 1 and 30`)},
   ${ages("to60", `${day}::date - item.due_on between 31 and 60`)},
   ${ages("to90", `${day}::date - item.due_on between 61 and 90`)},
   ${ages("over90", `${day}::date - item.due_on > 90`)},
   coalesce(sum(item.open_minor) filter (where ${isPastDue(day)}), 0)::bigint as "pastDueMinor",
   ${kind("deductionsMinor", "deductionItems", "DEDUCTION")},
   ${kind("creditsMinor", "creditItems", "PAYMENT", "CREDIT_MEMO")},
   min(item.due_on) filter (where ${isPastDue(day)}) as "oldestDueOn"`;

/** What each of many customers has open now, a row per currency, aged as on a day. */
export const openByAgeOfCustomers = statement<OpenByAgeRow, [readonly string[], readonly string[], string]>(
  "collections.openByAge",
  `select ${columns("$3")}
     from open_item item join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on item.company_id = key.company_id and item.customer_id = key.id
     ${GRACED}
    where item.open_minor > 0
    group by item.company_id, item.customer_id, item.currency order by item.currency`,
);

/** A customer and a currency with something past due. */
export interface PastDueRow extends OpenByAgeRow {
  readonly foreignCurrency: boolean;
}

/**
 * Its select names $1 and $2 itself: the company, and the day that ages are counted to; they are always the first two values.
 * Two currencies are never compared: the company's own comes first, the others after it by code, each by amount.
 */
const PAST_DUE: List<PastDueRow> = {
  name: "collections.pastDue",
  columns: `aged.*, -aged."pastDueMinor" as "order"`,
  from: `(select ${columns("$2")}, item.currency <> (select functional_currency from company where id = $1) as "foreignCurrency"
            from open_item item ${GRACED}
           where item.company_id = $1 and item.open_minor > 0 and item.customer_id is not null
           group by item.company_id, item.customer_id, item.currency) as aged`,
  order: [
    { sql: `aged."foreignCurrency"`, cast: "boolean" },
    { sql: "aged.currency", cast: "text" },
    { sql: `-aged."pastDueMinor"`, cast: "bigint" },
    { sql: `aged."customerId"`, cast: "uuid" },
  ],
  descending: false,
  keys: (row) => [String(row.foreignCurrency), row.currency, String(-row.pastDueMinor), row.customerId],
};

/** Customers with something past due on a day, the largest amount first, one row per currency. */
export function readPastDue(on: Answering, companyId: string, asOf: string, args: PageArgs): Promise<Page<PastDueRow>> {
  const conditions = new Conditions().add(`aged."companyId" = ?::uuid and aged."asOf" = ?::date`, companyId, asOf).add(`aged."pastDueMinor" > 0`);
  return readPage(on, PAST_DUE, conditions, args);
}

/** What a company's customers are past due in one currency. */
export interface PastDueTotalRow {
  readonly currency: string;
  readonly asOf: string;
  readonly customers: number;
  readonly pastDueMinor: bigint;
}

export const readPastDueTotals = statement<PastDueTotalRow, [string, string]>(
  "collections.pastDueTotals",
  `select item.currency, $2::date as "asOf", count(distinct item.customer_id)::int as customers, sum(item.open_minor)::bigint as "pastDueMinor"
     from open_item item ${GRACED}
    where item.company_id = $1 and item.open_minor > 0 and item.customer_id is not null and item.due_on < $2::date and ${isPastDue("$2")}
    group by item.currency order by item.currency <> (select functional_currency from company where id = $1), item.currency`,
);
