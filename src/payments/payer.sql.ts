import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { BusinessDate } from "../domain/dates.ts";
import type { PayerClues, PayerHit } from "../domain/payer.ts";

const hits = statement<PayerHit, [string, string | null, readonly string[], string | null, readonly string[], readonly string[], BusinessDate]>(
  "payers.hits",
  `with hit as (
     select 'STATED_ACCOUNT' as rule, id as customer_id, null as document_key from customer where company_id = $1 and account_key = $2
     union select 'REMITTANCE_REFERENCE', customer_id, null from invoice where company_id = $1 and document_key = any($3::text[])
     union select 'CUSTOMER_REFERENCE', id, null from customer where company_id = $1 and account_key = $4
     union select 'PAYER_NAME', customer_id, null from customer_alias where company_id = $1 and name_key = any($5::text[])
     union select 'INVOICE_IN_TEXT', customer_id, document_key from invoice where company_id = $1 and document_key = any($6::text[])
   ), paying as (
     select paying.payer_id, paying.customer_id
       from paying_relationship paying left join paying_relationship_end ended on ended.company_id = paying.company_id and ended.relationship_id = paying.id
      where paying.company_id = $1 and paying.customer_id in (select customer_id from hit where rule in ('REMITTANCE_REFERENCE', 'INVOICE_IN_TEXT'))
        and paying.starts_on <= $7::date and coalesce(ended.ends_on, paying.ends_on, 'infinity') >= $7::date
   )
   select hit.rule, hit.customer_id as "customerId", hit.document_key as "documentKey",
          coalesce(array_agg(paying.payer_id order by paying.payer_id) filter (where paying.payer_id is not null), '{}') as "paidBy"
     from hit left join paying on paying.customer_id = hit.customer_id and hit.rule in ('REMITTANCE_REFERENCE', 'INVOICE_IN_TEXT')
    group by hit.rule, hit.customer_id, hit.document_key`,
);

/** The customers that the clues of a receipt lead to, by every rule at once, with those who pay for them on its day. */
export const payerHits = (tx: Tx, companyId: string, { statedAccount, references, customerReference, names, words }: PayerClues, day: BusinessDate): Promise<PayerHit[]> =>
  hits(tx, companyId, statedAccount, references, customerReference, names, words, day);
