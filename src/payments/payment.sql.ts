import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage, readPages } from "../db/page.ts";
import type { Tx } from "../db/transaction.ts";
import type { PaymentException } from "../domain/cash-application.ts";
import type { RemittanceLine } from "../domain/remittance.ts";
import type { CodeList } from "../domain/standard-reasons.ts";

/** Where the news of a payment came from. */
export type PaymentSource = "MANUAL" | "BANK_FILE" | "IMPORT";

/** A payment to be written. Its open item is written apart. */
export interface NewPaymentRow {
  readonly id: string;
  /** Null while the payer is unknown. */
  readonly customerId: string | null;
  readonly source: PaymentSource;
  readonly payerName: string | null;
  readonly reference: string | null;
  readonly currency: string;
  readonly minor: bigint;
  readonly receivedOn: string;
  readonly depositedOn: string;
  readonly bankLineId: string | null;
  readonly exception: PaymentException | null;
}

const insert = statement<object, [string, string | null, string, ...unknown[][]]>(
  "payments.insert",
  `insert into payment (company_id, batch_id, recorded_at, id, customer_id, source, payer_name, reference, currency, amount_minor, received_on, deposited_on, bank_line_id, exception)
   select $1, $2, $3, * from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::date[], $12::date[], $13::uuid[], $14::text[])`,
);

/** Writes payments. */
export async function insertPayments(tx: Tx, companyId: string, batchId: string | null, rows: readonly NewPaymentRow[]): Promise<void> {
  if (rows.length === 0) return;
  await insert(
    tx, companyId, batchId, tx.recordedAt,
    rows.map((it) => it.id), rows.map((it) => it.customerId), rows.map((it) => it.source), rows.map((it) => it.payerName), rows.map((it) => it.reference),
    rows.map((it) => it.currency), rows.map((it) => it.minor), rows.map((it) => it.receivedOn), rows.map((it) => it.depositedOn),
    rows.map((it) => it.bankLineId), rows.map((it) => it.exception),
  );
}

const insertLines = statement<object, [string, string, ...unknown[][]]>(
  "payments.insertRemittance",
  `insert into remittance_line (company_id, payment_id, line_no, file_line, reference, gross_minor, discount_minor, deduction_minor, net_minor, customer_code, claim_number, comment, code_list, purchase_order)
   select $1, $2, * from unnest($3::smallint[], $4::int[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])`,
);

/** Keeps the remittance advice of a payment as it came, in its order. */
export async function insertRemittance(tx: Tx, companyId: string, paymentId: string, lines: readonly RemittanceLine[], firstNo = 1): Promise<void> {
  if (lines.length === 0) return;
  await insertLines(
    tx, companyId, paymentId, lines.map((_, index) => firstNo + index), lines.map((it) => it.line), lines.map((it) => it.reference),
    lines.map((it) => it.grossMinor), lines.map((it) => it.discountMinor), lines.map((it) => it.deductionMinor), lines.map((it) => it.netMinor),
    lines.map((it) => it.customerCode), lines.map((it) => it.claimNumber), lines.map((it) => it.text), lines.map((it) => it.codeList ?? null), lines.map((it) => it.purchaseOrder ?? null),
  );
}

/** A payment as the graph shows it. */
export interface PaymentRow extends NewPaymentRow {
  readonly companyId: string;
  readonly itemId: string;
  readonly unappliedMinor: bigint;
  readonly version: number;
  readonly recordedAt: string;
}

const COLUMNS = `payment.company_id as "companyId", payment.id, payment.customer_id as "customerId", payment.source, payment.payer_name as "payerName", payment.reference,
  payment.currency, payment.amount_minor as minor, payment.received_on as "receivedOn", payment.deposited_on as "depositedOn", payment.bank_line_id as "bankLineId",
  payment.exception, payment.recorded_at as "recordedAt", item.id as "itemId", item.open_minor as "unappliedMinor", item.version`;

const FROM = `payment join open_item item on item.company_id = payment.company_id and item.document_id = payment.id and item.installment_no = 1`;

const PAYMENTS: List<PaymentRow> = {
  name: "payments.page",
  columns: COLUMNS,
  from: FROM,
  order: [
    { sql: "payment.received_on", cast: "date" },
    { sql: "payment.id", cast: "uuid" },
  ],
  descending: true,
  keys: (row) => [row.receivedOn, row.id],
};

/** What a list of payments may be narrowed to; null means any. */
export interface PaymentFilter {
  readonly customerId: string | null;
  readonly unappliedOnly: boolean;
  readonly unidentifiedOnly: boolean;
  readonly receivedFrom: string | null;
  readonly receivedTo: string | null;
}

/** A company's payments, latest first. */
export function readPayments(on: Answering, companyId: string, filter: PaymentFilter, args: PageArgs): Promise<Page<PaymentRow>> {
  const conditions = new Conditions()
    .add("payment.company_id = ?", companyId)
    .addIf(filter.customerId, "payment.customer_id = ?::uuid")
    .addIf(filter.receivedFrom, "payment.received_on >= ?::date")
    .addIf(filter.receivedTo, "payment.received_on <= ?::date");
  if (filter.unappliedOnly) conditions.add("item.open_minor > 0");
  if (filter.unidentifiedOnly) conditions.add("payment.customer_id is null");
  return readPage(on, PAYMENTS, conditions, args);
}

/** The payments of each of many customers, latest first. */
export const readPaymentsOfCustomers = (on: Answering, customers: readonly { companyId: string; id: string }[], args: PageArgs): Promise<Page<PaymentRow>[]> =>
  readPages(on, PAYMENTS, { company: "payment.company_id", id: "payment.customer_id" }, customers, (conditions) => conditions, args);

export const paymentsByKeys = statement<PaymentRow, [readonly string[], readonly string[]]>(
  "payments.byKeys",
  `select ${COLUMNS} from ${FROM} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on payment.company_id = key.company_id and payment.id = key.id`,
);

/** A line of a payment's remittance advice. */
export interface RemittanceLineRow {
  readonly companyId: string;
  readonly paymentId: string;
  readonly lineNo: number;
  readonly fileLine: number | null;
  readonly reference: string | null;
  readonly grossMinor: bigint | null;
  readonly discountMinor: bigint;
  readonly deductionMinor: bigint;
  readonly netMinor: bigint;
  readonly customerCode: string | null;
  readonly claimNumber: string | null;
  readonly comment: string | null;
  readonly codeList: CodeList | null;
  readonly purchaseOrder: string | null;
  readonly currency: string;
}

export const remittanceByPayments = statement<RemittanceLineRow, [readonly string[], readonly string[]]>(
  "payments.remittance",
  `select line.company_id as "companyId", line.payment_id as "paymentId", line.line_no as "lineNo", line.file_line as "fileLine", line.reference,
          line.gross_minor as "grossMinor", line.discount_minor as "discountMinor", line.deduction_minor as "deductionMinor", line.net_minor as "netMinor",
          line.customer_code as "customerCode", line.claim_number as "claimNumber", line.comment, line.code_list as "codeList", line.purchase_order as "purchaseOrder", payment.currency
     from remittance_line line join payment on payment.company_id = line.company_id and payment.id = line.payment_id
     join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on line.company_id = key.company_id and line.payment_id = key.id
    order by line.payment_id, line.line_no`,
);

/** How many remittance lines a payment has, so that further ones are numbered on. */
export const remittanceLength = statement<{ count: bigint }, [string, string]>(
  "payments.remittanceLength",
  `select count(*) as count from remittance_line where company_id = $1 and payment_id = $2`,
);
