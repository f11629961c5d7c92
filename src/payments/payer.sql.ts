import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { PayerClues, PayerHit } from "../domain/payer.ts";

const hits = statement<PayerHit, [string, string | null, readonly string[], string | null, readonly string[], readonly string[]]>(
  "payers.hits",
  `select 'STATED_ACCOUNT' as rule, id as "customerId", null as "documentKey" from customer where company_id = $1 and account_key = $2
   union select 'REMITTANCE_REFERENCE', customer_id, null from invoice where company_id = $1 and document_key = any($3::text[])
   union select 'CUSTOMER_REFERENCE', id, null from customer where company_id = $1 and account_key = $4
   union select 'PAYER_NAME', customer_id, null from customer_alias where company_id = $1 and name_key = any($5::text[])
   union select 'INVOICE_IN_TEXT', customer_id, document_key from invoice where company_id = $1 and document_key = any($6::text[])`,
);

/** The customers that the clues of a receipt lead to, by every rule at once. */
export const payerHits = (tx: Tx, companyId: string, { statedAccount, references, customerReference, names, words }: PayerClues): Promise<PayerHit[]> =>
  hits(tx, companyId, statedAccount, references, customerReference, names, words);
