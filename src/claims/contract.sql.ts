import { statement } from "../db/database.ts";
import type { ContractInvoice } from "../domain/cross-contract.ts";

/** The contract that a deduction names, and the one it was taken from. */
export interface ContractRow {
  readonly companyId: string;
  readonly id: string;
  /** Orders that the deduction and the claim behind it name. */
  readonly orders: readonly string[];
  /** Invoices that they name beside the one that was paid short. */
  readonly invoices: readonly ContractInvoice[];
  /** Invoices of the orders named. */
  readonly ofOrders: readonly ContractInvoice[];
  /** The invoice that was paid short, or those whose payment it was taken off. */
  readonly takenFrom: readonly ContractInvoice[];
}

const AS_JSON = `coalesce(jsonb_agg(jsonb_build_object('id', invoice.id, 'number', invoice.number, 'purchaseOrder', invoice.purchase_order) order by invoice.id), '[]')`;

/** What deductions name. A part of one that was split was taken from where the whole was taken from. */
export const contractsOfDeductions = statement<ContractRow, [readonly string[], readonly string[]]>(
  "claims.contracts",
  `with recursive line (company_id, id, place, origin) as (
       select company_id, id, 0, id from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
       union all
       select line.company_id, (made.details ->> 'from')::uuid, line.place + 1, line.origin from line
         join deduction part on part.company_id = line.company_id and part.id = line.id and part.source in ('SPLIT', 'MERGE')
         join deduction_activity made on made.company_id = line.company_id and made.deduction_id = line.id and made.action = part.source and made.details ? 'from'
     ),
     whole as (select distinct on (company_id, origin) company_id, origin, id from line order by company_id, origin, place desc)
   select whole.company_id as "companyId", whole.origin as id, named.orders,
          (select ${AS_JSON} from invoice
            where invoice.company_id = whole.company_id and invoice.id in (
              select taken.invoice_id where taken.source = 'REMITTANCE_LINE'
              union select said.invoice_id from claim_invoice said where said.company_id = whole.company_id and said.claim_id = claim.id)) as invoices,
          (select ${AS_JSON} from invoice where invoice.company_id = whole.company_id and invoice.customer_id = taken.customer_id and invoice.purchase_order = any(named.orders)) as "ofOrders",
          (select ${AS_JSON} from invoice
            where invoice.company_id = whole.company_id and invoice.id in (
              select taken.invoice_id where taken.source = 'SHORT_PAY'
              union select item.document_id from application paid join open_item item on item.company_id = paid.company_id and item.id = paid.debit_item_id and item.kind = 'INVOICE'
                     where taken.source = 'REMITTANCE_LINE' and paid.company_id = whole.company_id and paid.payment_id = taken.payment_id and paid.kind = 'CASH')) as "takenFrom"
     from whole
     join deduction taken on taken.company_id = whole.company_id and taken.id = whole.id
     left join lateral (
       select claim.id, claim.purchase_order from line join claim_match matched on matched.company_id = line.company_id and matched.deduction_id = line.id and matched.undoes_id is null
         join claim on claim.company_id = matched.company_id and claim.id = matched.claim_id
        where line.company_id = whole.company_id and line.origin = whole.origin
          and not exists (select from claim_match undone where undone.company_id = matched.company_id and undone.undoes_id = matched.id)
        order by line.place limit 1) as claim on true
     cross join lateral (select array_remove(array[trim(taken.purchase_order), trim(claim.purchase_order)], null) as orders) as named`,
);
