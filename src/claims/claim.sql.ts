import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage, readPages } from "../db/page.ts";
import type { ClaimKind, ClaimSource } from "../domain/claim.ts";
import type { DeductionReason, ReasonSource } from "../domain/reasons.ts";
import type { CodeList } from "../domain/standard-reasons.ts";

/** A claim as the graph shows it. */
export interface ClaimRow {
  readonly companyId: string;
  readonly id: string;
  readonly customerId: string;
  readonly kind: ClaimKind;
  readonly source: ClaimSource;
  readonly number: string | null;
  readonly customerCode: string | null;
  readonly codeList: CodeList | null;
  readonly reason: DeductionReason;
  readonly reasonSource: ReasonSource;
  readonly reasonConfidence: number | null;
  readonly comment: string | null;
  readonly currency: string;
  readonly minor: bigint;
  /** What deductions took of it, less what of them was opened again on its invoice. */
  readonly takenMinor: bigint;
  readonly withdrawn: boolean;
  readonly purchaseOrder: string | null;
  readonly shipment: string | null;
  readonly eventOn: string | null;
  readonly receivedOn: string;
  readonly recordedAt: string;
}

const WITHDRAWN = `exists (select from claim_activity gone where gone.company_id = claim.company_id and gone.claim_id = claim.id and gone.action = 'WITHDRAWN')`;
const TAKEN = "claim_taken(claim.company_id, claim.id)";
const COLUMNS = `claim.company_id as "companyId", claim.id, claim.customer_id as "customerId", claim.kind, claim.source, claim.number, claim.customer_code as "customerCode",
  claim.code_list as "codeList", claim.reason, claim.reason_source as "reasonSource", claim.reason_confidence as "reasonConfidence", claim.comment, claim.currency, claim.amount_minor as minor,
  claim.purchase_order as "purchaseOrder", claim.shipment, claim.event_on as "eventOn", claim.received_on as "receivedOn", claim.recorded_at as "recordedAt",
  ${TAKEN} as "takenMinor", ${WITHDRAWN} as withdrawn`;

const CLAIMS: List<ClaimRow> = {
  name: "claims.page",
  columns: COLUMNS,
  from: "claim",
  order: [
    { sql: "claim.received_on", cast: "date" },
    { sql: "claim.id", cast: "uuid" },
  ],
  descending: true,
  keys: (row) => [row.receivedOn, row.id],
};

/** What a list of claims may be narrowed to; null means any. */
export interface ClaimFilter {
  readonly customerId: string | null;
  readonly kind: ClaimKind | null;
  readonly reason: DeductionReason | null;
  readonly numberKey: string | null;
  readonly waitingOnly: boolean;
  readonly receivedFrom: string | null;
  readonly receivedTo: string | null;
}

/** A company's claims, latest first. */
export function readClaims(on: Answering, companyId: string, filter: ClaimFilter, args: PageArgs): Promise<Page<ClaimRow>> {
  const conditions = new Conditions()
    .add("claim.company_id = ?", companyId)
    .addIf(filter.customerId, "claim.customer_id = ?::uuid")
    .addIf(filter.kind, "claim.kind = ?")
    .addIf(filter.reason, "claim.reason = ?")
    .addIf(filter.numberKey, "claim.number_key = ?")
    .addIf(filter.receivedFrom, "claim.received_on >= ?::date")
    .addIf(filter.receivedTo, "claim.received_on <= ?::date");
  if (filter.waitingOnly) conditions.add(`not ${WITHDRAWN} and ${TAKEN} < claim.amount_minor`);
  return readPage(on, CLAIMS, conditions, args);
}

/** The claims of each of many customers, latest first. */
export const readClaimsOfCustomers = (on: Answering, customers: readonly { companyId: string; id: string }[], args: PageArgs): Promise<Page<ClaimRow>[]> =>
  readPages(on, CLAIMS, { company: "claim.company_id", id: "claim.customer_id" }, customers, (conditions) => conditions, args);

export const claimsByKeys = statement<ClaimRow, [readonly string[], readonly string[]]>(
  "claims.byKeys",
  `select ${COLUMNS} from claim join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on claim.company_id = key.company_id and claim.id = key.id`,
);

export const claimsByInvoices = statement<ClaimRow & { readonly invoiceId: string }, [readonly string[], readonly string[]]>(
  "claims.byInvoices",
  `select ${COLUMNS}, named.invoice_id as "invoiceId" from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     join (select distinct company_id, claim_id, invoice_id from claim_invoice) named on named.company_id = key.company_id and named.invoice_id = key.id
     join claim on claim.company_id = named.company_id and claim.id = named.claim_id order by claim.received_on desc, claim.id desc`,
);

/** A document that a claim names; its invoice is null when we hold none by that name. */
export interface ClaimInvoiceRow {
  readonly companyId: string;
  readonly claimId: string;
  readonly reference: string;
  readonly invoiceId: string | null;
}
export const invoicesOfClaims = statement<ClaimInvoiceRow, [readonly string[], readonly string[]]>(
  "claims.invoices",
  `select named.company_id as "companyId", named.claim_id as "claimId", named.reference, named.invoice_id as "invoiceId" from claim_invoice named
     join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on named.company_id = key.company_id and named.claim_id = key.id order by named.claim_id, named.place`,
);

export interface ClaimLineRow {
  readonly companyId: string;
  readonly claimId: string;
  readonly lineNo: number;
  readonly item: string | null;
  readonly description: string | null;
  readonly quantity: string | null;
  readonly unit: string | null;
  readonly unitPrice: string | null;
  readonly minor: bigint;
  readonly currency: string;
}
export const linesOfClaims = statement<ClaimLineRow, [readonly string[], readonly string[]]>(
  "claims.lines",
  `select line.company_id as "companyId", line.claim_id as "claimId", line.line_no as "lineNo", line.item, line.description, line.quantity, line.unit, line.unit_price as "unitPrice", line.amount_minor as minor, claim.currency
     from claim_line line join claim on claim.company_id = line.company_id and claim.id = line.claim_id
     join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on line.company_id = key.company_id and line.claim_id = key.id order by line.claim_id, line.line_no`,
);

export interface ClaimActivityRow {
  readonly companyId: string;
  readonly claimId: string;
  readonly id: string;
  readonly action: string;
  readonly memberName: string | null;
  readonly note: string | null;
  readonly deductionId: string | null;
  readonly minor: bigint | null;
  readonly currency: string;
  readonly recordedAt: string;
}
export const activitiesOfClaims = statement<ClaimActivityRow, [readonly string[], readonly string[]]>(
  "claims.activities",
  `select done.company_id as "companyId", done.claim_id as "claimId", done.id, done.action, known.name as "memberName", done.note, done.deduction_id as "deductionId", done.amount_minor as minor, claim.currency, done.recorded_at as "recordedAt"
     from claim_activity done join claim on claim.company_id = done.company_id and claim.id = done.claim_id
     join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on done.company_id = key.company_id and done.claim_id = key.id
     left join company_member known on known.company_id = done.company_id and known.member_id = done.member_id order by done.id`,
);
