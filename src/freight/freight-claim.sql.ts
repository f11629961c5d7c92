import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage } from "../db/page.ts";
import type { Tx } from "../db/transaction.ts";
import type { FreightClaimAction, FreightClaimState } from "../domain/freight-claim.ts";

/** A claim against a carrier, with what its clocks count from. */
export interface FreightClaimRow {
  readonly companyId: string;
  readonly id: string;
  readonly shipmentId: string;
  readonly deductionId: string | null;
  readonly customerId: string;
  readonly number: string;
  readonly finding: string;
  readonly currency: string;
  readonly claimedMinor: bigint;
  readonly paidMinor: bigint;
  readonly state: FreightClaimState;
  readonly version: number;
  readonly filedOn: string | null;
  readonly statusOn: string | null;
  readonly disallowedOn: string | null;
  readonly deadlineOn: string | null;
  readonly foundBy: string | null;
  readonly recordedAt: string;
  /** Of its shipment: when it was delivered or should have been, and what identifies it. */
  readonly deliveredOn: string;
  readonly billOfLading: string | null;
  readonly proNumber: string | null;
  /** Of its carrier's contract. */
  readonly filingMonths: number | null;
  readonly suitMonths: number | null;
}

const COLUMNS = `claim.company_id as "companyId", claim.id, claim.shipment_id as "shipmentId", claim.deduction_id as "deductionId", shipment.customer_id as "customerId", claim.number, claim.finding,
  claim.currency, claim.claimed_minor as "claimedMinor", claim.paid_minor as "paidMinor", claim.state, claim.version, claim.filed_on as "filedOn", claim.status_on as "statusOn",
  claim.disallowed_on as "disallowedOn", claim.deadline_on as "deadlineOn", finder.name as "foundBy", claim.recorded_at as "recordedAt", coalesce(delivery.delivered_on, shipment.expected_on) as "deliveredOn",
  shipment.bill_of_lading as "billOfLading", shipment.pro_number as "proNumber", carrier.filing_months as "filingMonths", carrier.suit_months as "suitMonths"`;

const FROM = `freight_claim claim
  join shipment on shipment.company_id = claim.company_id and shipment.id = claim.shipment_id
  join carrier on carrier.company_id = shipment.company_id and carrier.id = shipment.carrier_id
  left join company_member finder on finder.company_id = claim.company_id and finder.member_id = claim.member_id
  left join lateral (select told.delivered_on from shipment_delivery told
    where told.company_id = shipment.company_id and told.shipment_id = shipment.id order by told.id desc limit 1) as delivery on true`;

const SELECT_BY = (column: string): string =>
  `select ${COLUMNS} from ${FROM} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on claim.company_id = key.company_id and claim.${column} = key.id order by claim.id`;

export const freightClaimsByKeys = statement<FreightClaimRow, [readonly string[], readonly string[]]>("freightClaims.byKeys", SELECT_BY("id"));
export const freightClaimsByDeductions = statement<FreightClaimRow, [readonly string[], readonly string[]]>("freightClaims.byDeductions", SELECT_BY("deduction_id"));
export const freightClaimsByShipments = statement<FreightClaimRow, [readonly string[], readonly string[]]>("freightClaims.byShipments", SELECT_BY("shipment_id"));
export const freightClaimByNumber = statement<{ id: string }, [string, string]>("freightClaims.byNumber", `select id from freight_claim where company_id = $1 and number = $2`);

/** A day after any deadline: claims without one come last. */
const NEVER = "9999-12-31";

const CLAIMS: List<FreightClaimRow> = {
  name: "freightClaims.page",
  columns: COLUMNS,
  from: FROM,
  order: [
    { sql: `coalesce(claim.deadline_on, '${NEVER}')`, cast: "date" },
    { sql: "claim.id", cast: "uuid" },
  ],
  descending: false,
  keys: (row) => [row.deadlineOn ?? NEVER, row.id],
};

/** What a list of claims may be narrowed to; null means any. */
export interface FreightClaimFilter {
  readonly states: readonly FreightClaimState[] | null;
  readonly deadlineTo: string | null;
}

/** A company's claims against carriers, the next deadline first. */
export const readFreightClaims = (on: Answering, companyId: string, { states, deadlineTo }: FreightClaimFilter, args: PageArgs): Promise<Page<FreightClaimRow>> =>
  readPage(on, CLAIMS, new Conditions().add("claim.company_id = ?", companyId).addIf(states, "claim.state = any(?::text[])").addIf(deadlineTo, "claim.deadline_on <= ?::date"), args);

export const insertFreightClaim = statement<object, [string, string, string, string, string | null, string, string, string, bigint, FreightClaimState, string | null, string | null]>(
  "freightClaims.insert",
  `insert into freight_claim (company_id, recorded_at, id, shipment_id, deduction_id, number, finding, currency, claimed_minor, state, deadline_on, member_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);

const update = statement<object, [string, string, FreightClaimState, bigint, string | null, string | null, string | null, string | null]>(
  "freightClaims.update",
  `update freight_claim set state = $3, paid_minor = $4, filed_on = $5, status_on = $6, disallowed_on = $7, deadline_on = $8, version = version + 1 where company_id = $1 and id = $2`,
);

/** Changes a claim whose customer is locked. */
export const updateFreightClaim = async (tx: Tx, { companyId, id, state, paidMinor, filedOn, statusOn, disallowedOn, deadlineOn }: FreightClaimRow): Promise<void> =>
  void (await update(tx, companyId, id, state, paidMinor, filedOn, statusOn, disallowedOn, deadlineOn));

/** Something that happened with a claim. */
export interface FreightStepRow {
  readonly companyId: string;
  readonly id: string;
  readonly claimId: string;
  readonly action: FreightClaimAction;
  readonly toState: FreightClaimState;
  readonly happenedOn: string;
  readonly minor: bigint | null;
  readonly papers: string | null;
  readonly fileId: string | null;
  readonly note: string | null;
  readonly memberName: string | null;
  readonly recordedAt: string;
}

export const insertFreightStep = statement<object, [string, string, string, string, FreightClaimAction, FreightClaimState, string, bigint | null, string | null, string | null, string | null, string | null, string | null]>(
  "freightClaims.step",
  `insert into freight_claim_step (company_id, recorded_at, id, claim_id, action, to_state, happened_on, amount_minor, entry_id, papers, file_id, note, member_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
);

/** What happened with claims, the first first. */
export const stepsOfFreightClaims = statement<FreightStepRow, [readonly string[], readonly string[]]>(
  "freightClaims.steps",
  `select done.company_id as "companyId", done.id, done.claim_id as "claimId", done.action, done.to_state as "toState", done.happened_on as "happenedOn", done.amount_minor as minor, done.papers, done.file_id as "fileId", done.note,
          known.name as "memberName", done.recorded_at as "recordedAt"
     from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     join freight_claim_step done on done.company_id = key.company_id and done.claim_id = key.id
     left join company_member known on known.company_id = done.company_id and known.member_id = done.member_id order by done.id`,
);
