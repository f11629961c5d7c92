import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage, readPages } from "../db/page.ts";
import type { Tx } from "../db/transaction.ts";
import type { DiscountBase, OfferedDiscount } from "../domain/terms.ts";

/** An invoice to be written. Its open item is written apart. */
export interface NewInvoiceRow {
  readonly id: string;
  readonly customerId: string;
  /** Null for an imported document that carried no number. */
  readonly number: string | null;
  readonly documentKey: string;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
  readonly freightMinor: bigint;
  readonly invoicedOn: string;
  readonly dueOn: string;
  readonly termsCode: string | null;
  readonly graceDays: number;
  readonly purchaseOrder: string | null;
  readonly salesOrder: string | null;
  readonly shipment: string | null;
  readonly segment: string | null;
  readonly disputed: boolean;
  /** What its terms meant on its day, beside due dates and discounts; plain terms where left out. */
  readonly dueGraceDays?: number;
  readonly discountBase?: DiscountBase;
  readonly discountOnPartial?: boolean;
  /** The special arrangement that decided its due dates. */
  readonly arrangementId?: string | null;
}

const insert = statement<object, [string, string | null, string, ...unknown[][]]>(
  "invoices.insert",
  `insert into invoice (company_id, batch_id, recorded_at, id, customer_id, number, document_key, currency, total_minor, tax_minor, freight_minor,
                        invoiced_on, due_on, terms_code, grace_days, purchase_order, sales_order, shipment, segment, disputed,
                        due_grace_days, discount_base, discount_on_partial, arrangement_id)
   select $1, $2, $3, * from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::bigint[], $11::bigint[],
                                    $12::date[], $13::date[], $14::text[], $15::int[], $16::text[], $17::text[], $18::text[], $19::text[], $20::boolean[],
                                    $21::int[], $22::text[], $23::boolean[], $24::uuid[])`,
);

/** Writes invoices. A document key that is there already is refused by the database. */
export async function insertInvoices(tx: Tx, companyId: string, batchId: string | null, rows: readonly NewInvoiceRow[]): Promise<void> {
  if (rows.length === 0) return;
  await insert(
    tx, companyId, batchId, tx.recordedAt,
    rows.map((it) => it.id), rows.map((it) => it.customerId), rows.map((it) => it.number), rows.map((it) => it.documentKey), rows.map((it) => it.currency),
    rows.map((it) => it.totalMinor), rows.map((it) => it.taxMinor), rows.map((it) => it.freightMinor), rows.map((it) => it.invoicedOn),
    rows.map((it) => it.dueOn), rows.map((it) => it.termsCode), rows.map((it) => it.graceDays), rows.map((it) => it.purchaseOrder),
    rows.map((it) => it.salesOrder), rows.map((it) => it.shipment), rows.map((it) => it.segment), rows.map((it) => it.disputed),
    rows.map((it) => it.dueGraceDays ?? 0), rows.map((it) => it.discountBase ?? "TOTAL"), rows.map((it) => it.discountOnPartial ?? true), rows.map((it) => it.arrangementId ?? null),
  );
}

/** A line of an invoice to be written. Quantity and unit price are plain decimals. */
export interface NewInvoiceLine {
  readonly item: string | null;
  readonly description: string;
  readonly quantity: string | null;
  readonly unit: string | null;
  readonly unitPrice: string | null;
  readonly minor: bigint;
}

const insertLines = statement<object, [string, string, ...unknown[][]]>(
  "invoices.insertLines",
  `insert into invoice_line (company_id, invoice_id, line_no, item, description, quantity, unit, unit_price, amount_minor)
   select $1, $2, * from unnest($3::smallint[], $4::text[], $5::text[], $6::numeric[], $7::text[], $8::numeric[], $9::bigint[])`,
);

export async function insertInvoiceLines(tx: Tx, companyId: string, invoiceId: string, lines: readonly NewInvoiceLine[]): Promise<void> {
  if (lines.length === 0) return;
  await insertLines(
    tx, companyId, invoiceId, lines.map((_, index) => index + 1), lines.map((it) => it.item), lines.map((it) => it.description),
    lines.map((it) => it.quantity), lines.map((it) => it.unit), lines.map((it) => it.unitPrice), lines.map((it) => it.minor),
  );
}

export const insertInvoiceDiscounts = statement<object, [string, string, readonly string[], readonly number[]]>(
  "invoices.insertDiscounts",
  `insert into invoice_discount (company_id, invoice_id, discount_on, basis_points) select $1, $2, * from unnest($3::date[], $4::int[])`,
);

/** An invoice as the graph shows it. */
export interface InvoiceRow extends Required<Omit<NewInvoiceRow, "documentKey">> {
  readonly companyId: string;
  readonly openMinor: bigint;
  readonly version: number;
  readonly recordedAt: string;
}

const COLUMNS = `invoice.company_id as "companyId", invoice.id, invoice.customer_id as "customerId", invoice.number, invoice.currency,
  invoice.total_minor as "totalMinor", invoice.tax_minor as "taxMinor", invoice.freight_minor as "freightMinor", invoice.invoiced_on as "invoicedOn",
  invoice.due_on as "dueOn", invoice.terms_code as "termsCode", invoice.grace_days as "graceDays", invoice.purchase_order as "purchaseOrder",
  invoice.sales_order as "salesOrder", invoice.shipment, invoice.segment, invoice.disputed, invoice.recorded_at as "recordedAt",
  invoice.due_grace_days as "dueGraceDays", invoice.discount_base as "discountBase", invoice.discount_on_partial as "discountOnPartial",
  invoice.arrangement_id as "arrangementId", item.open_minor as "openMinor", item.version`;

/** Its installments are added up row by row, through their unique key: as a join they would be read for the whole list before it is cut to a page. */
const FROM = `invoice cross join lateral (
    select sum(part.open_minor)::bigint as open_minor, (sum(part.version) - count(*) + 1)::int as version
      from open_item part where part.company_id = invoice.company_id and part.document_id = invoice.id) as item`;

const INVOICES: List<InvoiceRow> = {
  name: "invoices.page",
  columns: COLUMNS,
  from: FROM,
  order: [
    { sql: "invoice.invoiced_on", cast: "date" },
    { sql: "invoice.id", cast: "uuid" },
  ],
  descending: true,
  keys: (row) => [row.invoicedOn, row.id],
};

/** What a list of invoices may be narrowed to; null means any. */
export interface InvoiceFilter {
  readonly customerId: string | null;
  readonly documentKey: string | null;
  readonly openOnly: boolean;
  readonly dueBefore: string | null;
}

/** A company's invoices, newest first. */
export function readInvoices(on: Answering, companyId: string, filter: InvoiceFilter, args: PageArgs): Promise<Page<InvoiceRow>> {
  const conditions = new Conditions()
    .add("invoice.company_id = ?", companyId)
    .addIf(filter.customerId, "invoice.customer_id = ?::uuid")
    .addIf(filter.documentKey, "invoice.document_key = ?")
    .addIf(filter.dueBefore, "invoice.due_on < ?::date");
  if (filter.openOnly) conditions.add("exists (select from open_item part where part.company_id = invoice.company_id and part.document_id = invoice.id and part.open_minor > 0)");
  return readPage(on, INVOICES, conditions, args);
}

/** The invoices of each of many customers, newest first. */
export const readInvoicesOfCustomers = (on: Answering, customers: readonly { companyId: string; id: string }[], args: PageArgs): Promise<Page<InvoiceRow>[]> =>
  readPages(on, INVOICES, { company: "invoice.company_id", id: "invoice.customer_id" }, customers, (conditions) => conditions, args);

export const invoicesByKeys = statement<InvoiceRow, [readonly string[], readonly string[]]>(
  "invoices.byKeys",
  `select ${COLUMNS} from ${FROM} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on invoice.company_id = key.company_id and invoice.id = key.id`,
);

/** Which of these document keys a company has, and whose they are. */
export const invoicesByDocumentKeys = statement<{ id: string; documentKey: string; customerId: string; currency: string }, [string, readonly string[]]>(
  "invoices.byDocumentKeys",
  `select id, document_key as "documentKey", customer_id as "customerId", currency from invoice where company_id = $1 and document_key = any($2::text[])`,
);

export interface InvoiceLineRow {
  readonly companyId: string;
  readonly invoiceId: string;
  readonly lineNo: number;
  readonly item: string | null;
  readonly description: string;
  readonly quantity: string | null;
  readonly unit: string | null;
  readonly unitPrice: string | null;
  readonly minor: bigint;
  readonly currency: string;
}

export const linesByInvoices = statement<InvoiceLineRow, [readonly string[], readonly string[]]>(
  "invoices.lines",
  `select line.company_id as "companyId", line.invoice_id as "invoiceId", line.line_no as "lineNo", line.item, line.description, line.quantity, line.unit,
          line.unit_price as "unitPrice", line.amount_minor as minor, invoice.currency
     from invoice_line line join invoice on invoice.company_id = line.company_id and invoice.id = line.invoice_id
     join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on line.company_id = key.company_id and line.invoice_id = key.id
    order by line.invoice_id, line.line_no`,
);

export const discountsByInvoices = statement<OfferedDiscount & { readonly companyId: string; readonly invoiceId: string }, [readonly string[], readonly string[]]>(
  "invoices.discounts",
  `select tier.company_id as "companyId", tier.invoice_id as "invoiceId", tier.discount_on as "discountOn", tier.basis_points as "basisPoints"
     from invoice_discount tier join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on tier.company_id = key.company_id and tier.invoice_id = key.id
    order by tier.invoice_id, tier.discount_on`,
);

/** A part of an invoice with a due date of its own. */
export interface InstallmentRow {
  readonly companyId: string;
  readonly invoiceId: string;
  readonly no: number;
  readonly dueOn: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly openMinor: bigint;
}

export const installmentsByInvoices = statement<InstallmentRow, [readonly string[], readonly string[]]>(
  "invoices.installments",
  `select item.company_id as "companyId", item.document_id as "invoiceId", item.installment_no as no, item.due_on as "dueOn", item.currency,
          item.original_minor as minor, item.open_minor as "openMinor"
     from open_item item join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on item.company_id = key.company_id and item.document_id = key.id
    order by item.document_id, item.installment_no`,
);
