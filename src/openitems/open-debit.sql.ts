import { type Answering, statement } from "../db/database.ts";
import { documentKey } from "../domain/account-number.ts";
import type { FindItem } from "../domain/cash-application.ts";
import type { OpenDebit } from "../domain/open-item.ts";

type DebitRow = Omit<OpenDebit, "references"> & { readonly documentKey: string | null; readonly purchaseOrder: string | null; readonly salesOrder: string | null; readonly shipment: string | null };

/** The key of a debit memo is looked up only for debit memos. */
const KEY = `case when item.kind = 'DEBIT_MEMO' then (select memo.document_key from memo where memo.company_id = item.company_id and memo.id = item.document_id) else invoice.document_key end`;

/** Debit items with what decides their discount. An item without an invoice is a deduction or a debit memo and offers none. */
const SELECT = `
  select item.id as "itemId", item.kind, item.document_id as "documentId", item.currency, item.original_minor as "originalMinor", item.open_minor as "openMinor",
         item.due_on as "dueOn", item.effective_on as "effectiveOn", coalesce(invoice.grace_days, 0) as "graceDays", ${KEY} as "documentKey",
         invoice.purchase_order as "purchaseOrder", invoice.sales_order as "salesOrder", invoice.shipment,
         coalesce((select json_agg(json_build_object('discountOn', tier.discount_on, 'basisPoints', tier.basis_points) order by tier.discount_on)
                     from invoice_discount tier where tier.company_id = item.company_id and tier.invoice_id = item.document_id), '[]') as discounts,
         coalesce((select sum(given.amount_minor) from application given
                    where given.company_id = item.company_id and given.debit_item_id = item.id and given.kind = 'EARNED_DISCOUNT'), 0)::bigint as "discountTakenMinor"
    from open_item item left join invoice on invoice.company_id = item.company_id and invoice.id = item.document_id`;

const byDocumentKeys = statement<DebitRow, [string, string, string, readonly string[]]>(
  "openItems.debitsByDocumentKeys",
  `${SELECT} where item.company_id = $1 and invoice.customer_id = $2 and item.currency = $3 and invoice.document_key = any($4::text[]) and item.kind = 'INVOICE'`,
);

const byMemoKeys = statement<DebitRow, [string, string, string, readonly string[]]>(
  "openItems.debitsByMemoKeys",
  `${SELECT} where item.company_id = $1 and item.customer_id = $2 and item.currency = $3 and item.kind = 'DEBIT_MEMO'
     and item.document_id in (select memo.id from memo where memo.company_id = $1 and memo.kind = 'DEBIT' and memo.document_key = any($4::text[]))`,
);

const byOrders = statement<DebitRow, [string, string, string, readonly string[]]>(
  "openItems.debitsByOrders",
  `${SELECT} where item.company_id = $1 and item.customer_id = $2 and item.currency = $3 and item.kind = 'INVOICE' and item.open_minor > 0
     and (invoice.purchase_order = any($4::text[]) or invoice.sales_order = any($4::text[]) or invoice.shipment = any($4::text[]))`,
);

/** Open debits that an amount could pay: those with exactly so much open, and those that offer a discount. */
const byAmount = statement<DebitRow, [string, string, string, bigint]>(
  "openItems.debitsByAmount",
  `${SELECT} where item.company_id = $1 and item.customer_id = $2 and item.currency = $3 and item.kind in ('INVOICE', 'DEBIT_MEMO', 'DEDUCTION') and item.open_minor > 0
     and (item.open_minor = $4 or exists (select from invoice_discount tier where tier.company_id = item.company_id and tier.invoice_id = item.document_id))
   order by coalesce(item.due_on, item.effective_on), item.id`,
);

const read = ({ documentKey: key, purchaseOrder, salesOrder, shipment, ...debit }: DebitRow): OpenDebit => ({
  ...debit,
  references: [key, ...[purchaseOrder, salesOrder, shipment].map((text) => text && documentKey(text))].filter((it): it is string => Boolean(it)),
});

/** The customer's open debits that cash without a reference could be for. */
export async function debitsForAmount(on: Answering, companyId: string, customerId: string, currency: string, minor: bigint): Promise<OpenDebit[]> {
  return (await byAmount(on, companyId, customerId, currency, minor)).map(read);
}

/**
 * Looks up what references name: an invoice by its number, in any spelling; else a debit memo by its number; else the one
 * open invoice of that purchase order, sales order or shipment. Invoices and memos are found closed as well, orders only
 * while something is open.
 */
export async function findDebits(on: Answering, companyId: string, customerId: string, currency: string, references: readonly string[]): Promise<FindItem> {
  const byNumber = new Map<string, OpenDebit>();
  const keys = [...new Set(references.map(documentKey))];
  for (const debit of (await byDocumentKeys(on, companyId, customerId, currency, keys)).map(read)) byNumber.set(debit.references[0]!, debit);
  const unbilled = keys.filter((key) => !byNumber.has(key));
  if (unbilled.length > 0) for (const debit of (await byMemoKeys(on, companyId, customerId, currency, unbilled)).map(read)) byNumber.set(debit.references[0]!, debit);
  const unresolved = references.filter((reference) => !byNumber.has(documentKey(reference)));
  const ordersFound = unresolved.length > 0 ? (await byOrders(on, companyId, customerId, currency, unresolved.map((it) => it.trim()))).map(read) : [];
  // An invoice that is named by its number and by its order, too, is one item: its lines are added up.
  const byItem = new Map([...byNumber.values()].map((debit) => [debit.itemId, debit]));
  const byOrder = ordersFound.map((debit) => byItem.get(debit.itemId) ?? debit);
  return (reference) => {
    const key = documentKey(reference);
    const named = byNumber.get(key);
    if (named) return named;
    const ordered = byOrder.filter((debit) => debit.references.includes(key));
    return ordered.length > 1 ? "AMBIGUOUS" : (ordered[0] ?? "UNKNOWN");
  };
}
