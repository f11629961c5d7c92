import { type Answering, statement } from "../db/database.ts";
import { documentKey } from "../domain/account-number.ts";
import type { FindCredit, OpenCredit } from "../domain/credit-netting.ts";
import type { DebitsOf } from "./open-debit.sql.ts";

const byNumbers = statement<OpenCredit & { readonly key: string }, [string, readonly string[], string, readonly string[]]>(
  "openItems.creditsByNumbers",
  `select item.id as "itemId", memo.id as "memoId", memo.customer_id as "customerId", item.open_minor as "openMinor", item.effective_on as "effectiveOn",
          memo.invoice_id as "invoiceId", memo.document_key as key
     from memo join open_item item on item.company_id = memo.company_id and item.document_id = memo.id
    where memo.company_id = $1 and memo.customer_id = any($2::uuid[]) and memo.currency = $3 and memo.kind = 'CREDIT' and memo.document_key = any($4::text[])`,
);

/** Looks up the credit memos of customers that references name by their number, in any spelling; those that are used up, too. */
export async function findCredits(on: Answering, { companyId, customerIds, currency }: Omit<DebitsOf, "extraGraceDays">, references: readonly string[]): Promise<FindCredit> {
  if (references.length === 0) return () => null;
  const found = new Map((await byNumbers(on, companyId, customerIds, currency, references.map(documentKey))).map(({ key, ...credit }) => [key, credit]));
  return (reference) => found.get(documentKey(reference)) ?? null;
}
