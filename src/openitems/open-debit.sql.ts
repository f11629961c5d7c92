import { type Answering, statement } from "../db/database.ts";
import { documentKey } from "../domain/account-number.ts";
import type { FindItem } from "../domain/cash-application.ts";
import { basisAfterCredits } from "../domain/discount-credits.ts";
import type { OpenDebit } from "../domain/open-item.ts";
import type { DiscountBase } from "../domain/terms.ts";

type DebitRow = Omit<OpenDebit, "references" | "discountPart"> & DebitOfInvoice & { readonly documentKey: string | null; readonly purchaseOrder: string | null; readonly salesOrder: string | null; readonly shipment: string | null };

/** What an item is a part of; null for one without an invoice. */
interface DebitOfInvoice {
  readonly discountBase: DiscountBase | null;
  readonly totalMinor: bigint | null;
  readonly taxMinor: bigint | null;
  readonly freightMinor: bigint | null;
  readonly beforeMinor: bigint;
  /** What credit memos for the invoice took back of it, and how much of that settled this item and those before it. */
  readonly backMinor: bigint;
  readonly backTaxMinor: bigint;
  readonly itemBackMinor: bigint;
  readonly beforeBackMinor: bigint;
}

/** The key of a debit memo is looked up only for debit memos. */
const KEY = `case when item.kind = 'DEBIT_MEMO' then (select memo.document_key from memo where memo.company_id = item.company_id and memo.id = item.document_id) else invoice.document_key end`;

/** Credits that were given for the invoice of the items that they settle: `application` joined to their memos. */
const TAKEN_BACK = `join open_item credit on credit.company_id = given.company_id and credit.id = given.credit_item_id and given.kind = 'CREDIT'
                     join memo on memo.company_id = credit.company_id and memo.id = credit.document_id`;

/** Debit items with what decides their discount. An item without an invoice is a deduction or a debit memo and offers none. */
const SELECT = `
  select item.id as "itemId", item.customer_id as "customerId", item.kind, item.document_id as "documentId", item.currency, item.original_minor as "originalMinor", item.open_minor as "openMinor",
         item.due_on as "dueOn", item.effective_on as "effectiveOn", coalesce(invoice.grace_days, 0) as "graceDays", ${KEY} as "documentKey",
         invoice.purchase_order as "purchaseOrder", invoice.sales_order as "salesOrder", invoice.shipment,
         invoice.discount_base as "discountBase", coalesce(invoice.discount_on_partial, true) as "discountOnPartial", invoice.total_minor as "totalMinor",
         invoice.tax_minor as "taxMinor", invoice.freight_minor as "freightMinor",
         case when item.installment_no = 1 then 0 else
           (select sum(before.original_minor) from open_item before
             where before.company_id = item.company_id and before.document_id = item.document_id and before.installment_no < item.installment_no)
         end::bigint as "beforeMinor",
         coalesce((select json_agg(json_build_object('discountOn', tier.discount_on, 'basisPoints', tier.basis_points) order by tier.discount_on)
                     from invoice_discount tier where tier.company_id = item.company_id and tier.invoice_id = item.document_id), '[]') as discounts,
         coalesce((select sum(given.amount_minor) from application given
                    where given.company_id = item.company_id and given.debit_item_id = item.id and given.kind in ('EARNED_DISCOUNT', 'DISCOUNT')), 0)::bigint as "discountTakenMinor",
         coalesce(back.total_minor, 0)::bigint as "backMinor", coalesce(back.tax_minor, 0)::bigint as "backTaxMinor",
         case when back.total_minor is null then 0 else coalesce(
           (select sum(given.amount_minor) from application given ${TAKEN_BACK}
             where given.company_id = item.company_id and given.debit_item_id = item.id and memo.invoice_id = item.document_id), 0) end::bigint as "itemBackMinor",
         case when back.total_minor is null or item.installment_no = 1 then 0 else coalesce(
           (select sum(given.amount_minor) from open_item before join application given on given.company_id = before.company_id and given.debit_item_id = before.id ${TAKEN_BACK}
             where before.company_id = item.company_id and before.document_id = item.document_id and before.installment_no < item.installment_no
               and memo.invoice_id = item.document_id), 0) end::bigint as "beforeBackMinor"
    from open_item item left join invoice on invoice.company_id = item.company_id and invoice.id = item.document_id
    left join lateral (select sum(memo.total_minor) as total_minor, sum(memo.tax_minor) as tax_minor from memo
                        where memo.company_id = invoice.company_id and memo.invoice_id = invoice.id and memo.kind = 'CREDIT') as back on true`;

const byDocumentKeys = statement<DebitRow, [string, readonly string[], string, readonly string[]]>(
  "openItems.debitsByDocumentKeys",
  `${SELECT} where item.company_id = $1 and invoice.customer_id = any($2::uuid[]) and item.currency = $3 and invoice.document_key = any($4::text[]) and item.kind = 'INVOICE'
   order by item.document_id, item.installment_no`,
);

const byMemoKeys = statement<DebitRow, [string, readonly string[], string, readonly string[]]>(
  "openItems.debitsByMemoKeys",
  `${SELECT} where item.company_id = $1 and item.customer_id = any($2::uuid[]) and item.currency = $3 and item.kind = 'DEBIT_MEMO'
     and item.document_id in (select memo.id from memo where memo.company_id = $1 and memo.kind = 'DEBIT' and memo.document_key = any($4::text[]))`,
);

const byOrders = statement<DebitRow, [string, readonly string[], string, readonly string[]]>(
  "openItems.debitsByOrders",
  `${SELECT} where item.company_id = $1 and item.customer_id = any($2::uuid[]) and item.currency = $3 and item.kind = 'INVOICE' and item.open_minor > 0
     and (invoice.purchase_order = any($4::text[]) or invoice.sales_order = any($4::text[]) or invoice.shipment = any($4::text[]))
   order by item.document_id, item.installment_no`,
);

/** Open debits that an amount could pay: those with exactly so much open by themselves or as one invoice, and those that offer a discount. */
const byAmount = statement<DebitRow, [string, readonly string[], string, bigint]>(
  "openItems.debitsByAmount",
  `${SELECT} where item.company_id = $1 and item.customer_id = any($2::uuid[]) and item.currency = $3 and item.kind in ('INVOICE', 'DEBIT_MEMO', 'DEDUCTION') and item.open_minor > 0
     and (item.open_minor = $4
          or exists (select from invoice_discount tier where tier.company_id = item.company_id and tier.invoice_id = item.document_id)
          or item.document_id in (select document_id from open_item
                                   where company_id = $1 and customer_id = any($2::uuid[]) and currency = $3 and kind = 'INVOICE' and open_minor > 0
                                   group by document_id having count(*) > 1 and sum(open_minor) = $4))
   order by coalesce(item.due_on, item.effective_on), item.id`,
);

function read(row: DebitRow, extraGraceDays: DebitsOf["extraGraceDays"]): OpenDebit {
  const { documentKey: key, purchaseOrder, salesOrder, shipment, discountBase, totalMinor, taxMinor, freightMinor, beforeMinor, backMinor, backTaxMinor, itemBackMinor, beforeBackMinor, ...debit } = row;
  const references = [key, ...[purchaseOrder, salesOrder, shipment].map((text) => text && documentKey(text))].filter((it): it is string => Boolean(it));
  const item: OpenDebit = { ...debit, references, graceDays: debit.graceDays + (extraGraceDays.get(debit.customerId) ?? 0) };
  if (discountBase === null || totalMinor === null) return item;
  // An invoice that was taken back whole offers nothing any more.
  if (backMinor >= totalMinor) return { ...item, discounts: [] };
  const billed = { originalMinor: debit.originalMinor, beforeMinor, discountBase, totalMinor, taxMinor: taxMinor ?? 0n, freightMinor: freightMinor ?? 0n };
  return { ...item, ...basisAfterCredits(billed, { totalMinor: backMinor, taxMinor: backTaxMinor, itemMinor: itemBackMinor, beforeMinor: beforeBackMinor }) };
}

/** Whose debits are wanted, in which currency, and how many days of grace each customer has on top of those of its terms. */
export interface DebitsOf {
  readonly companyId: string;
  readonly customerIds: readonly string[];
  readonly currency: string;
  readonly extraGraceDays: ReadonlyMap<string, number>;
}

/** The open debits of customers that cash without a reference could be for. */
export async function debitsForAmount(on: Answering, { companyId, customerIds, currency, extraGraceDays }: DebitsOf, minor: bigint): Promise<OpenDebit[]> {
  return (await byAmount(on, companyId, customerIds, currency, minor)).map((row) => read(row, extraGraceDays));
}

/** What references name: documents by their number, and open invoices by an order or shipment. */
interface Named {
  readonly byNumber: ReadonlyMap<string, readonly OpenDebit[]>;
  readonly ordered: readonly (readonly OpenDebit[])[];
}

async function lookUp(on: Answering, { companyId, customerIds, currency, extraGraceDays }: DebitsOf, references: readonly string[]): Promise<Named> {
  const keys = [...new Set(references.map(documentKey))];
  const named = byDocument((await byDocumentKeys(on, companyId, customerIds, currency, keys)).map((row) => read(row, extraGraceDays)));
  const byNumber = new Map([...named.values()].map((items) => [items[0]!.references[0]!, items]));
  const unbilled = keys.filter((key) => !byNumber.has(key));
  const memos = unbilled.length > 0 ? await byMemoKeys(on, companyId, customerIds, currency, unbilled) : [];
  for (const debit of memos.map((row) => read(row, extraGraceDays))) byNumber.set(debit.references[0]!, [debit]);
  const unresolved = references.filter((reference) => !byNumber.has(documentKey(reference)));
  const found = unresolved.length > 0 ? await byOrders(on, companyId, customerIds, currency, unresolved.map((it) => it.trim())) : [];
  // An invoice that is named by its number and by its order, too, is one document: its lines are added up.
  return { byNumber, ordered: [...byDocument(found.map((row) => read(row, extraGraceDays)))].map(([documentId, items]) => named.get(documentId) ?? items) };
}

/**
 * Looks up what references name: an invoice by its number, in any spelling; else a debit memo by its number; else the one
 * open invoice of that purchase order, sales order or shipment. Invoices and memos are found closed as well, orders only
 * while something is open.
 */
export async function findDebits(on: Answering, debits: DebitsOf, references: readonly string[]): Promise<FindItem> {
  const { byNumber, ordered } = await lookUp(on, debits, references);
  return (reference) => {
    const key = documentKey(reference);
    const its = ordered.filter(([item]) => item!.references.includes(key));
    return byNumber.get(key) ?? (its.length > 1 ? "AMBIGUOUS" : (its[0] ?? "UNKNOWN"));
  };
}

/** Whose documents references name, those of an order that names several too. */
export async function ownersNamed(on: Answering, debits: DebitsOf, references: readonly string[]): Promise<string[]> {
  const { byNumber, ordered } = await lookUp(on, debits, references);
  return [...byNumber.values(), ...ordered].map(([item]) => item!.customerId);
}

/** Items by the document behind them, in the order they came. */
function byDocument(items: readonly OpenDebit[]): Map<string, OpenDebit[]> {
  const groups = new Map<string, OpenDebit[]>();
  for (const item of items) groups.set(item.documentId, [...(groups.get(item.documentId) ?? []), item]);
  return groups;
}
