import { type Answering, statement } from "../db/database.ts";
import { type List, type Page, type PageArgs, readPages } from "../db/page.ts";
import type { Tx } from "../db/transaction.ts";
import { openCases } from "./case.sql.ts";
import type { NewDeduction } from "../domain/settlement.ts";

const insert = statement<object, [string, string, ...unknown[][]]>(
  "deductions.insert",
  `insert into deduction (company_id, recorded_at, id, customer_id, payment_id, invoice_id, line_no, source, reason, customer_code, claim_number, currency, amount_minor, taken_on,
                          purchase_order, code_list, reason_source, reason_confidence)
   select $1, $2, * from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::smallint[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::date[],
                                $15::text[], $16::text[], $17::text[], $18::smallint[])`,
);

/** Writes deductions and opens their cases. Their open items are written apart, and their payment before. */
export async function insertDeductions(tx: Tx, companyId: string, rows: readonly NewDeduction[]): Promise<void> {
  if (rows.length === 0) return;
  await insert(
    tx, companyId, tx.recordedAt,
    rows.map((it) => it.id), rows.map((it) => it.customerId), rows.map((it) => it.paymentId), rows.map((it) => it.invoiceId), rows.map((it) => it.lineNo),
    rows.map((it) => it.source), rows.map((it) => it.reason), rows.map((it) => it.customerCode), rows.map((it) => it.claimNumber),
    rows.map((it) => it.currency), rows.map((it) => it.minor), rows.map((it) => it.takenOn),
    rows.map((it) => it.purchaseOrder), rows.map((it) => it.codeList), rows.map((it) => it.reasonSource), rows.map((it) => it.reasonConfidence),
  );
  await openCases(tx, companyId, rows);
}

/** A deduction as the graph shows it. */
export interface DeductionRow extends NewDeduction {
  readonly companyId: string;
  readonly openMinor: bigint;
  readonly recordedAt: string;
}

export const COLUMNS = `deduction.company_id as "companyId", deduction.id, deduction.customer_id as "customerId", deduction.payment_id as "paymentId", deduction.invoice_id as "invoiceId",
  deduction.line_no as "lineNo", deduction.source, deduction.reason, deduction.customer_code as "customerCode", deduction.claim_number as "claimNumber", deduction.currency,
  deduction.amount_minor as minor, deduction.taken_on as "takenOn", deduction.recorded_at as "recordedAt", deduction.purchase_order as "purchaseOrder",
  deduction.code_list as "codeList", deduction.reason_source as "reasonSource", deduction.reason_confidence as "reasonConfidence", item.open_minor as "openMinor"`;

export const FROM = `deduction join open_item item on item.company_id = deduction.company_id and item.document_id = deduction.id and item.installment_no = 1`;

const LATEST: List<DeductionRow> = {
  name: "deductions.page",
  columns: COLUMNS,
  from: FROM,
  order: [
    { sql: "deduction.taken_on", cast: "date" },
    { sql: "deduction.id", cast: "uuid" },
  ],
  descending: true,
  keys: (row) => [row.takenOn, row.id],
};

/** The deductions of each of many customers, latest first. */
export const readDeductionsOfCustomers = (on: Answering, customers: readonly { companyId: string; id: string }[], args: PageArgs): Promise<Page<DeductionRow>[]> =>
  readPages(on, LATEST, { company: "deduction.company_id", id: "deduction.customer_id" }, customers, (conditions) => conditions, args);

const SELECT_BY = (column: string): string =>
  `select ${COLUMNS} from ${FROM} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on deduction.company_id = key.company_id and deduction.${column} = key.id order by deduction.id`;

export const deductionsByKeys = statement<DeductionRow, [readonly string[], readonly string[]]>("deductions.byKeys", SELECT_BY("id"));
export const deductionsByPayments = statement<DeductionRow, [readonly string[], readonly string[]]>("deductions.byPayments", SELECT_BY("payment_id"));
/** What deductions were split or merged into, or out of: the key is that of the other side. */
const RELATED = (asked: string, other: string): string =>
  `select part.${asked} as "askedId", ${COLUMNS} from ${FROM} join deduction_part part on part.company_id = deduction.company_id and part.${other} = deduction.id and part.direct
    join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on part.company_id = key.company_id and part.${asked} = key.id order by deduction.id`;

export const partsOfDeductions = statement<DeductionRow & { readonly askedId: string }, [readonly string[], readonly string[]]>("deductions.parts", RELATED("whole_id", "part_id"));
export const wholesOfDeductions = statement<DeductionRow & { readonly askedId: string }, [readonly string[], readonly string[]]>("deductions.wholes", RELATED("part_id", "whole_id"));

export const deductionsByInvoices = statement<DeductionRow, [readonly string[], readonly string[]]>("deductions.byInvoices", SELECT_BY("invoice_id"));
