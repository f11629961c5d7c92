import { statement } from "../db/database.ts";
import type { Earlier } from "../domain/auto-resolution.ts";
import type { BusinessDate } from "../domain/dates.ts";
import type { DeductionReason } from "../domain/reasons.ts";

/** What a deduction is called, by its customer and on its papers. */
export interface NamesRow {
  /** Of a claim that stands on a line by itself; of a short pay the line names what was paid. */
  readonly reference: string | null;
  readonly claimNumber: string | null;
  readonly purchaseOrder: string | null;
  readonly customerCode: string | null;
  /** What its line of the advice says in words. */
  readonly comment: string | null;
  /** The day of its invoice. */
  readonly invoicedOn: BusinessDate | null;
}

/** What nobody looks at. */
export const NAMELESS: NamesRow = { reference: null, claimNumber: null, purchaseOrder: null, customerCode: null, comment: null, invoicedOn: null };

/** The number of the claim that is matched to a deduction, or else the one that it states itself. */
const claimOf = (deduction: string): string => `coalesce(
  (select claim.number from claim_match matched join claim on claim.company_id = matched.company_id and claim.id = matched.claim_id
    where matched.company_id = ${deduction}.company_id and matched.deduction_id = ${deduction}.id and matched.undoes_id is null
      and not exists (select from claim_match undone where undone.company_id = matched.company_id and undone.undoes_id = matched.id) limit 1), ${deduction}.claim_number)`;

export const namesOfDeduction = statement<NamesRow, [string, string]>(
  "rules.names",
  `select case deduction.source when 'REMITTANCE_LINE' then line.reference end as reference, ${claimOf("deduction")} as "claimNumber", coalesce(deduction.purchase_order, invoice.purchase_order) as "purchaseOrder", deduction.customer_code as "customerCode", line.comment, invoice.invoiced_on as "invoicedOn"
     from deduction
     left join invoice on invoice.company_id = $1 and invoice.id = deduction.invoice_id
     left join remittance_line line on line.company_id = $1 and line.payment_id = deduction.payment_id and line.line_no = deduction.line_no
    where deduction.company_id = $1 and deduction.id = $2`,
);

/** The credit memos of a customer with something left that have one of some numbers, or are about an invoice with exactly an amount left; the first issued first. */
export const creditsFor = statement<{ id: string; number: string; documentKey: string; invoiceId: string | null; openMinor: bigint }, [string, string, string, readonly string[], string | null, bigint]>(
  "rules.credits",
  `select memo.id, memo.number, memo.document_key as "documentKey", memo.invoice_id as "invoiceId", item.open_minor as "openMinor"
     from memo join open_item item on item.company_id = $1 and item.document_id = memo.id and item.installment_no = 1
    where memo.company_id = $1 and memo.customer_id = $2 and memo.kind = 'CREDIT' and memo.currency = $3 and item.open_minor > 0
      and (memo.document_key = any($4::text[]) or (memo.invoice_id = $5::uuid and item.open_minor = $6)) order by memo.issued_on, memo.id`,
);

/** How an order is compared. Whoever asks compares the keys again. */
const squeezed = (order: string): string => `ltrim(upper(regexp_replace(${order}, '\\s', '', 'g')), '0')`;
const AT_MOST = 20;

/**
 * What was taken or credited before of the same customer, reason, currency and amount, about the same invoice or order, the first
 * first: deductions that were not put back onto their invoices, nor taken by the same payment; credit memos that are used up.
 */
export const earlierLike = statement<Omit<Earlier, "orderKey" | "claimKey"> & { purchaseOrder: string | null; claimNumber: string | null }, [string, string, DeductionReason]>(
  "rules.earlier",
  `select 'DEDUCTION' as kind, other.id, null as number, other.taken_on as "on", other.invoice_id as "invoiceId", coalesce(other.purchase_order, its.purchase_order) as "purchaseOrder", ${claimOf("other")} as "claimNumber"
     from deduction
     join deduction other on other.company_id = $1 and other.customer_id = deduction.customer_id and other.amount_minor = deduction.amount_minor and other.currency = deduction.currency
      and other.id < deduction.id and other.source not in ('SPLIT', 'MERGE') and other.payment_id is distinct from deduction.payment_id
     join deduction_case work on work.company_id = $1 and work.deduction_id = other.id and work.reason = $3 and work.state <> 'VOIDED'
     left join invoice on invoice.company_id = $1 and invoice.id = deduction.invoice_id
     left join invoice its on its.company_id = $1 and its.id = other.invoice_id
    where deduction.company_id = $1 and deduction.id = $2
      and (other.invoice_id = deduction.invoice_id or ${squeezed("coalesce(other.purchase_order, its.purchase_order)")} = ${squeezed("coalesce(deduction.purchase_order, invoice.purchase_order)")})
      and deduction.source not in ('SPLIT', 'MERGE')
      and not exists (select from deduction_settlement done join deduction_settlement_part part on part.company_id = $1 and part.settlement_id = done.id and part.kind = 'REVERSAL'
                       where done.company_id = $1 and done.deduction_id = other.id
                         and not exists (select from deduction_settlement undoing where undoing.company_id = $1 and undoing.undoes_id = done.id))
   union all
   select 'CREDIT_MEMO', memo.id, memo.number, memo.issued_on, memo.invoice_id, invoice.purchase_order, null
     from deduction
     join memo on memo.company_id = $1 and memo.customer_id = deduction.customer_id and memo.kind = 'CREDIT' and memo.currency = deduction.currency and memo.total_minor = deduction.amount_minor
      and memo.reason = $3 and memo.issued_on <= deduction.taken_on
     join open_item item on item.company_id = $1 and item.document_id = memo.id and item.open_minor = 0
     join invoice on invoice.company_id = $1 and invoice.id = memo.invoice_id
     left join invoice own on own.company_id = $1 and own.id = deduction.invoice_id
    where deduction.company_id = $1 and deduction.id = $2
      and (invoice.id = deduction.invoice_id or ${squeezed("invoice.purchase_order")} = ${squeezed("coalesce(deduction.purchase_order, own.purchase_order)")})
      and not exists (select from application canceled where canceled.company_id = $1 and canceled.credit_item_id = item.id and canceled.kind = 'CANCELED')
    order by 4, 2 limit ${AT_MOST}`,
);

/** What people decided of a customer's deductions for a reason. What a rule decided is not among it, so that no rule proves itself right. */
export const decidedByPeople = statement<{ count: number; minor: bigint; validMinor: bigint }, [string, string, DeductionReason, string]>(
  "rules.decided",
  `select count(*)::int as count, coalesce(sum(case when work.verdict = 'VALID' then work.valid_minor else deduction.amount_minor end), 0)::bigint as minor, coalesce(sum(work.valid_minor), 0)::bigint as "validMinor"
     from deduction join deduction_case work on work.company_id = $1 and work.deduction_id = deduction.id
    where deduction.company_id = $1 and deduction.customer_id = $2 and deduction.currency = $4 and work.reason = $3 and work.verdict in ('VALID', 'INVALID') and work.decided_by is not null`,
);

/** Of some members, those with one of some roles. */
export const membersAmong = statement<{ memberId: string }, [string, readonly string[], readonly string[]]>(
  "rules.workers",
  `select distinct member_id as "memberId" from member_role where company_id = $1 and member_id = any($2::uuid[]) and role = any($3::text[]) order by 1`,
);
