import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage, readPages } from "../db/page.ts";
import type { ApplicationKind, ItemKind } from "../domain/open-item.ts";

/** An open item as the graph shows it. */
export interface OpenItemRow {
  readonly companyId: string;
  readonly id: string;
  readonly kind: ItemKind;
  readonly customerId: string | null;
  readonly number: string | null;
  readonly installmentNo: number;
  readonly currency: string;
  readonly originalMinor: bigint;
  readonly openMinor: bigint;
  readonly dueOn: string | null;
  readonly effectiveOn: string;
  readonly version: number;
}

/** The number of a memo is looked up only for memos, so that invoices, which are nearly all items, pay nothing for it. */
const NUMBER = `case when item.kind in ('DEBIT_MEMO', 'CREDIT_MEMO')
  then (select memo.number from memo where memo.company_id = item.company_id and memo.id = item.document_id) else invoice.number end`;

/** What a list below a customer reads: the customer, and its company, are known there. */
const OWN_COLUMNS = `item.id, item.kind, ${NUMBER} as number, item.installment_no as "installmentNo", item.currency,
  item.original_minor as "originalMinor", item.open_minor as "openMinor", item.due_on as "dueOn", item.effective_on as "effectiveOn", item.version`;

const COLUMNS = `item.company_id as "companyId", item.customer_id as "customerId", ${OWN_COLUMNS}`;

const FROM = `open_item item left join invoice on invoice.company_id = item.company_id and invoice.id = item.document_id`;

const OPEN_ITEMS: List<OpenItemRow> = {
  name: "openItems.page",
  columns: COLUMNS,
  from: FROM,
  order: [
    { sql: "coalesce(item.due_on, item.effective_on)", cast: "date" },
    { sql: "item.id", cast: "uuid" },
  ],
  descending: false,
  keys: (row) => [row.dueOn ?? row.effectiveOn, row.id],
};

/** A company's items that have something open, earliest due first. */
export function readOpenItems(on: Answering, companyId: string, filter: { readonly customerId: string | null; readonly kind: ItemKind | null }, args: PageArgs): Promise<Page<OpenItemRow>> {
  const conditions = new Conditions()
    .add("item.company_id = ? and item.open_minor > 0", companyId)
    .addIf(filter.customerId, "item.customer_id = ?::uuid")
    .addIf(filter.kind, "item.kind = ?");
  return readPage(on, OPEN_ITEMS, conditions, args);
}

/** The items of each of many customers that have something open, earliest due first. */
export const readOpenItemsOfCustomers = (on: Answering, customers: readonly { companyId: string; id: string }[], args: PageArgs): Promise<Page<OpenItemRow>[]> =>
  readPages(on, OPEN_ITEMS, { company: "item.company_id", id: "item.customer_id", known: { columns: OWN_COLUMNS, field: "customerId" } }, customers, (conditions) => conditions.add("item.open_minor > 0"), args);

export const openItemsByKeys = statement<OpenItemRow, [readonly string[], readonly string[]]>(
  "openItems.byKeys",
  `select ${COLUMNS} from ${FROM} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on item.company_id = key.company_id and item.id = key.id`,
);

/** What a customer owes, in one currency. */
export interface BalanceRow {
  readonly companyId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly invoicesMinor: bigint;
  readonly deductionsMinor: bigint;
  readonly unappliedMinor: bigint;
  readonly debitMemosMinor: bigint;
  readonly creditsMinor: bigint;
}

export const balancesByCustomers = statement<BalanceRow, [readonly string[], readonly string[]]>(
  "openItems.balances",
  `select item.company_id as "companyId", item.customer_id as "customerId", item.currency,
          coalesce(sum(item.open_minor) filter (where item.kind = 'INVOICE'), 0)::bigint as "invoicesMinor",
          coalesce(sum(item.open_minor) filter (where item.kind = 'DEDUCTION'), 0)::bigint as "deductionsMinor",
          coalesce(sum(item.open_minor) filter (where item.kind = 'PAYMENT'), 0)::bigint as "unappliedMinor",
          coalesce(sum(item.open_minor) filter (where item.kind = 'DEBIT_MEMO'), 0)::bigint as "debitMemosMinor",
          coalesce(sum(item.open_minor) filter (where item.kind = 'CREDIT_MEMO'), 0)::bigint as "creditsMinor"
     from open_item item join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on item.company_id = key.company_id and item.customer_id = key.id
    where item.open_minor > 0
    group by item.company_id, item.customer_id, item.currency order by item.currency`,
);

/** An application as the graph shows it. */
export interface ApplicationRow {
  readonly companyId: string;
  readonly id: string;
  readonly kind: ApplicationKind;
  readonly customerId: string;
  /** Null for the use of a credit memo by itself. */
  readonly paymentId: string | null;
  readonly creditMemoId: string | null;
  readonly debitMemoId: string | null;
  readonly invoiceId: string | null;
  readonly deductionId: string | null;
  readonly currency: string;
  readonly minor: bigint;
  readonly effectiveOn: string;
  readonly recordedAt: string;
}

const APPLICATIONS = `
  select application.company_id as "companyId", application.id, application.kind, application.customer_id as "customerId", application.payment_id as "paymentId",
         case when debit.kind = 'INVOICE' then debit.document_id end as "invoiceId",
         case when debit.kind = 'DEBIT_MEMO' then debit.document_id end as "debitMemoId", credit.document_id as "creditMemoId",
         coalesce(case when opened.kind = 'DEDUCTION' then opened.document_id end, case when debit.kind = 'DEDUCTION' then debit.document_id end) as "deductionId",
         application.currency, application.amount_minor as minor, application.effective_on as "effectiveOn", application.recorded_at as "recordedAt"
    from application
    left join open_item debit on debit.company_id = application.company_id and debit.id = application.debit_item_id
    left join open_item opened on opened.company_id = application.company_id and opened.id = application.opened_item_id
    left join open_item credit on application.kind = 'CREDIT' and credit.company_id = application.company_id and credit.id = application.credit_item_id`;

export const applicationsByKeys = statement<ApplicationRow, [readonly string[], readonly string[]]>(
  "applications.byKeys",
  `${APPLICATIONS} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on application.company_id = key.company_id and application.id = key.id`,
);

export const applicationsByPayments = statement<ApplicationRow, [readonly string[], readonly string[]]>(
  "applications.byPayments",
  `${APPLICATIONS} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on application.company_id = key.company_id and application.payment_id = key.id
   order by application.payment_id, application.id`,
);

export const applicationsByInvoices = statement<ApplicationRow, [readonly string[], readonly string[]]>(
  "applications.byInvoices",
  `${APPLICATIONS} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     on debit.company_id = key.company_id and debit.document_id = key.id and debit.kind = 'INVOICE'
   order by debit.document_id, application.id`,
);

export const applicationsByDebitMemos = statement<ApplicationRow, [readonly string[], readonly string[]]>(
  "applications.byDebitMemos",
  `${APPLICATIONS} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     on debit.company_id = key.company_id and debit.document_id = key.id and debit.kind = 'DEBIT_MEMO'
   order by debit.document_id, application.id`,
);

export const applicationsByCreditMemos = statement<ApplicationRow, [readonly string[], readonly string[]]>(
  "applications.byCreditMemos",
  `${APPLICATIONS} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     on credit.company_id = key.company_id and credit.document_id = key.id and credit.kind = 'CREDIT_MEMO'
   order by credit.document_id, application.id`,
);

/** An item as a credit meets it. */
export interface ItemToSettle {
  readonly documentId: string;
  readonly itemId: string;
  readonly kind: ItemKind;
  readonly currency: string;
  readonly customerId: string;
  readonly openMinor: bigint;
  readonly effectiveOn: string;
}

/** The items of documents, earliest due first: a document may have several, as an invoice in installments has. */
export const itemsOfDocuments = statement<ItemToSettle, [string, readonly string[]]>(
  "openItems.ofDocuments",
  `select document_id as "documentId", id as "itemId", kind, currency, customer_id as "customerId", open_minor as "openMinor", effective_on as "effectiveOn"
     from open_item where company_id = $1 and document_id = any($2::uuid[]) order by coalesce(due_on, effective_on), installment_no, id`,
);
