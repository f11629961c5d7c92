import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { ClaimRow } from "./claim.sql.ts";

/** A claim to be written. */
export interface NewClaim extends Omit<ClaimRow, "companyId" | "takenMinor" | "withdrawn" | "recordedAt"> {
  readonly numberKey: string | null;
  readonly orderKey: string | null;
  readonly memberId: string | null;
  readonly invoices: readonly { readonly reference: string; readonly invoiceId: string | null }[];
  readonly lines: readonly NewClaimLine[];
}

export interface NewClaimLine {
  readonly item: string | null;
  readonly description: string | null;
  readonly quantity: string | null;
  readonly unit: string | null;
  readonly unitPrice: string | null;
  readonly minor: bigint;
}

const insert = statement<object, [string, string, ...unknown[]]>(
  "claims.insert",
  `insert into claim (company_id, recorded_at, id, customer_id, kind, source, number, number_key, customer_code, code_list, reason, reason_source, reason_confidence, comment, currency, amount_minor,
                      purchase_order, order_key, shipment, event_on, received_on, member_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)`,
);
const insertInvoices = statement<object, [string, string, readonly number[], readonly string[], readonly (string | null)[]]>(
  "claims.insertInvoices",
  `insert into claim_invoice (company_id, claim_id, place, reference, invoice_id) select $1, $2, * from unnest($3::smallint[], $4::text[], $5::uuid[])`,
);
const insertLines = statement<object, [string, string, readonly number[], ...unknown[][]]>(
  "claims.insertLines",
  `insert into claim_line (company_id, claim_id, line_no, item, description, quantity, unit, unit_price, amount_minor)
   select $1, $2, * from unnest($3::smallint[], $4::text[], $5::text[], $6::numeric[], $7::text[], $8::numeric[], $9::bigint[])`,
);

/** Writes a claim with what it names and its lines. A number that the customer used before is refused by the database. */
export async function insertClaim(tx: Tx, companyId: string, it: NewClaim): Promise<void> {
  await insert(
    tx, companyId, tx.recordedAt, it.id, it.customerId, it.kind, it.source, it.number, it.numberKey, it.customerCode, it.codeList, it.reason, it.reasonSource, it.reasonConfidence, it.comment, it.currency, it.minor,
    it.purchaseOrder, it.orderKey, it.shipment, it.eventOn, it.receivedOn, it.memberId,
  );
  const { invoices, lines } = it;
  if (invoices.length > 0) await insertInvoices(tx, companyId, it.id, invoices.map((_, index) => index + 1), invoices.map(({ reference }) => reference), invoices.map(({ invoiceId }) => invoiceId));
  if (lines.length === 0) return;
  await insertLines(
    tx, companyId, it.id, lines.map((_, index) => index + 1), lines.map((line) => line.item), lines.map((line) => line.description), lines.map((line) => line.quantity), lines.map((line) => line.unit),
    lines.map((line) => line.unitPrice), lines.map((line) => line.minor),
  );
}

/** What was done about a claim. */
export interface NewClaimActivity {
  readonly id: string;
  readonly claimId: string;
  readonly action: "RECORDED" | "NOTE" | "MATCHED" | "UNMATCHED" | "WITHDRAWN";
  readonly memberId: string | null;
  readonly note?: string | null;
  readonly deductionId?: string | null;
  readonly minor?: bigint | null;
}

const insertActivity = statement<object, [string, string, string, string, string, string | null, string | null, string | null, bigint | null]>(
  "claims.insertActivity",
  `insert into claim_activity (company_id, recorded_at, id, claim_id, action, member_id, note, deduction_id, amount_minor) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

export const writeClaimActivity = (tx: Tx, companyId: string, it: NewClaimActivity): Promise<object[]> =>
  insertActivity(tx, companyId, tx.recordedAt, it.id, it.claimId, it.action, it.memberId, it.note ?? null, it.deductionId ?? null, it.minor ?? null);

/** Claims of a customer by the keys of their numbers. */
export const claimsByNumbers = statement<{ id: string; numberKey: string }, [string, string, readonly string[]]>(
  "claims.byNumbers",
  `select id, number_key as "numberKey" from claim where company_id = $1 and customer_id = $2 and number_key = any($3::text[])`,
);

/** Invoices of a customer of an order, in one currency. */
export const invoicesOfOrder = statement<{ id: string; number: string | null }, [string, string, string, string]>(
  "claims.invoicesOfOrder",
  `select id, number from invoice where company_id = $1 and customer_id = $2 and currency = $3 and purchase_order = $4 limit 2`,
);
