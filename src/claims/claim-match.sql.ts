import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { MatchedBy, UnclaimedDeduction, WaitingClaim } from "../domain/claim-match.ts";

/** A waiting claim with whose it is. */
export interface WaitingClaimRow extends WaitingClaim {
  readonly companyId: string;
  readonly customerId: string;
}

/** Claims of customers that wait for money and have one of these numbers, are about one of these invoices or orders, or name nothing that they are about. */
export const waitingClaims = statement<WaitingClaimRow, [readonly string[], readonly string[], readonly string[], readonly string[], readonly string[]]>(
  "claims.waiting",
  `select * from (
     select claim.company_id as "companyId", claim.id, claim.customer_id as "customerId", claim.number_key as "numberKey", claim.order_key as "orderKey", claim.reason, claim.currency,
            claim.amount_minor - claim_taken(claim.company_id, claim.id) as "openMinor",
            array(select named.invoice_id::text from claim_invoice named where named.company_id = claim.company_id and named.claim_id = claim.id and named.invoice_id is not null) as "invoiceIds"
       from (select distinct company_id, id from unnest($1::uuid[], $2::uuid[]) as given (company_id, id)) as key
       join claim on claim.company_id = key.company_id and claim.customer_id = key.id
      where (claim.number_key = any($3::text[]) or claim.order_key = any($5::text[])
             or exists (select from claim_invoice named where named.company_id = claim.company_id and named.claim_id = claim.id and named.invoice_id = any($4::uuid[]))
             or (claim.order_key is null and not exists (select from claim_invoice named where named.company_id = claim.company_id and named.claim_id = claim.id and named.invoice_id is not null)))
        and not exists (select from claim_activity gone where gone.company_id = claim.company_id and gone.claim_id = claim.id and gone.action = 'WITHDRAWN')) as waiting
    where waiting."openMinor" > 0 order by waiting.id`,
);

/** A deduction as it is compared with claims. */
export interface ComparedDeduction extends Omit<UnclaimedDeduction, "numberKey" | "orderKey"> {
  readonly companyId: string;
  readonly id: string;
  readonly customerId: string;
  readonly claimNumber: string | null;
  readonly purchaseOrder: string | null;
  /** The claim behind it, which a part has from what was split; null when there is none. */
  readonly claimId: string | null;
  readonly matchId: string | null;
  /** The deduction that was matched: this one, or the one it was split from. */
  readonly matchedId: string | null;
  readonly matchedBy: MatchedBy | null;
  readonly matchedMinor: bigint | null;
}

/** Deductions with the claims behind them. A part looks up what it was split from, as its own activities say. */
export const comparedDeductions = statement<ComparedDeduction, [readonly string[], readonly string[]]>(
  "claims.comparedDeductions",
  `with recursive line (company_id, id, place, origin) as (
       select company_id, id, 0, id from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
       union all
       select line.company_id, (made.details ->> 'from')::uuid, line.place + 1, line.origin from line
         join deduction part on part.company_id = line.company_id and part.id = line.id and part.source in ('SPLIT', 'MERGE')
         join deduction_activity made on made.company_id = line.company_id and made.deduction_id = line.id and made.action = part.source and made.details ? 'from'
     )
   select deduction.company_id as "companyId", deduction.id, deduction.customer_id as "customerId", deduction.invoice_id as "invoiceId", deduction.claim_number as "claimNumber", deduction.purchase_order as "purchaseOrder",
          work.reason, deduction.currency, deduction.amount_minor as minor, found.claim_id as "claimId", found.id as "matchId", found.deduction_id as "matchedId", found.matched_by as "matchedBy", found.amount_minor as "matchedMinor"
     from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
     join deduction on deduction.company_id = key.company_id and deduction.id = key.id
     join deduction_case work on work.company_id = deduction.company_id and work.deduction_id = deduction.id
     left join lateral (
       select matched.* from line join claim_match matched on matched.company_id = line.company_id and matched.deduction_id = line.id and matched.undoes_id is null
        where line.origin = deduction.id and not exists (select from claim_match undone where undone.company_id = matched.company_id and undone.undoes_id = matched.id)
        order by line.place limit 1) as found on true`,
);

/** Deductions of a customer that have no claim behind them and state a number like this, as the customer wrote it. The key of the number is compared again by who asks. */
export const unclaimedWithNumber = statement<{ id: string; claimNumber: string }, [string, string, string]>(
  "claims.unclaimedWithNumber",
  `select deduction.id, deduction.claim_number as "claimNumber" from deduction
    where deduction.company_id = $1 and deduction.customer_id = $2 and deduction.claim_number is not null
      and ltrim(upper(regexp_replace(deduction.claim_number, '\\s', '', 'g')), '0') = ltrim($3, '0') and deduction.source not in ('SPLIT', 'MERGE')
      and not exists (select from claim_match matched where matched.company_id = deduction.company_id and matched.deduction_id = deduction.id
                       group by matched.deduction_id having sum(matched.amount_minor) > 0)`,
);

/** A claim matched to a deduction, or that undone. */
export interface NewMatch {
  readonly id: string;
  readonly claimId: string;
  readonly deductionId: string;
  readonly minor: bigint;
  readonly by: MatchedBy;
  readonly undoesId: string | null;
}

const insert = statement<object, [string, string, string, string, string, bigint, MatchedBy, string | null]>(
  "claims.insertMatch",
  `insert into claim_match (company_id, recorded_at, id, claim_id, deduction_id, amount_minor, matched_by, undoes_id) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export const insertMatch = (tx: Tx, companyId: string, it: NewMatch): Promise<object[]> => insert(tx, companyId, tx.recordedAt, it.id, it.claimId, it.deductionId, it.minor, it.by, it.undoesId);
