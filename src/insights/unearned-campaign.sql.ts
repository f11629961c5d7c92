import { type Answering, statement } from "../db/database.ts";
import type { UnearnedOutcome } from "../domain/unearned-discount.ts";
import { fateOfUnearned } from "../payments/unearned-fate.sql.ts";

/** Which discounts a campaign is about: those taken in a span of days, in one currency. */
export interface CampaignSpan {
  readonly from: string;
  readonly to: string;
  readonly currency: string;
}

/** One unearned discount behind a customer's row. Amounts are minor units as text. */
export interface CampaignItem {
  readonly invoiceId: string | null;
  readonly deductionId: string | null;
  readonly outcome: UnearnedOutcome;
  readonly takenOn: string;
  readonly taken: string;
  readonly recovered: string;
  readonly open: string;
}

/** What one customer took without earning it, and what became of that by now. */
export interface CampaignRow {
  readonly customerId: string;
  readonly accountNumber: string;
  readonly name: string;
  readonly times: number;
  readonly takenMinor: bigint;
  readonly allowedMinor: bigint;
  readonly chargedBackMinor: bigint;
  readonly writtenOffMinor: bigint;
  readonly leftOpenMinor: bigint;
  readonly recoveredMinor: bigint;
  readonly openMinor: bigint;
  readonly items: readonly CampaignItem[];
}

const campaign = statement<CampaignRow, [string, string, string, string, number, number]>(
  "unearnedDiscounts.campaign",
  `with ${fateOfUnearned((table) => `${table}.taken_on between $2::date and $3::date and ${table}.currency = $4`)},
   customers as (
     select fate.customer_id, count(*) filter (where fate.first_hand)::int as times, sum(fate.taken_minor) as taken, sum(fate.allowed_minor) as allowed, sum(fate.charged_back_minor) as charged_back,
            sum(fate.written_off_minor) as written_off, sum(fate.left_open_minor) as left_open, sum(fate.recovered_minor) as recovered, sum(fate.open_minor) as open
       from fate group by 1
   )
   select sums.customer_id as "customerId", customer.account_number as "accountNumber", customer.name, sums.times, sums.taken::bigint as "takenMinor", sums.allowed::bigint as "allowedMinor",
          sums.charged_back::bigint as "chargedBackMinor", sums.written_off::bigint as "writtenOffMinor", sums.left_open::bigint as "leftOpenMinor", sums.recovered::bigint as "recoveredMinor",
          sums.open::bigint as "openMinor",
          (select coalesce(json_agg(json_build_object('invoiceId', fate.invoice_id, 'deductionId', fate.deduction_id, 'outcome', fate.outcome, 'takenOn', fate.taken_on, 'taken', fate.taken_minor::bigint::text,
                                                      'recovered', fate.recovered_minor::bigint::text, 'open', fate.open_minor::bigint::text) order by fate.taken_on, fate.id), '[]')
             from fate where fate.customer_id = sums.customer_id and fate.taken_minor > 0) as items
     from (select * from customers order by open desc, taken desc, customer_id limit $5 offset $6) as sums
     join customer on customer.company_id = $1 and customer.id = sums.customer_id
    order by sums.open desc, sums.taken desc, sums.customer_id`,
);

/** Customers with what they took without earning it in a span of days, those with the most still open first. */
export const unearnedCampaign = (on: Answering, companyId: string, { from, to, currency }: CampaignSpan, { limit, offset }: { readonly limit: number; readonly offset: number }): Promise<CampaignRow[]> =>
  campaign(on, companyId, from, to, currency, limit, offset);
