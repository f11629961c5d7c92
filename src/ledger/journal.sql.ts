import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { Entry } from "../domain/posting.ts";

/** What every fact of one step has in common. */
export interface Origin {
  readonly companyId: string;
  /** The import it came with; null for single commands. */
  readonly batchId: string | null;
}

const insertEntries = statement<object, [string, string | null, string, string[], string[], string[], (string | null)[], string[]]>(
  "ledger.insertEntries",
  `insert into journal_entry (company_id, batch_id, recorded_at, id, kind, document_id, customer_id, effective_on)
   select $1, $2, $3, * from unnest($4::uuid[], $5::text[], $6::uuid[], $7::uuid[], $8::date[])`,
);

const insertLines = statement<object, [string, string[], number[], string[], string[], bigint[]]>(
  "ledger.insertLines",
  `insert into journal_line (company_id, entry_id, line_no, account, currency, amount_minor, functional_minor, rate)
   select $1, line.*, case when line.currency = company.functional_currency then line.amount_minor end,
          case when line.currency = company.functional_currency then 1 end
     from unnest($2::uuid[], $3::smallint[], $4::text[], $5::text[], $6::bigint[]) as line (entry_id, line_no, account, currency, amount_minor),
          company
    where company.id = $1`,
);

/** Writes balanced entries with their lines. The database refuses, at commit, an entry that does not balance. */
export async function writeEntries(tx: Tx, { companyId, batchId }: Origin, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const lines = entries.flatMap(({ id, currency, postings }) => postings.map(({ account, minor }, index) => ({ id, lineNo: index + 1, account, currency, minor })));
  await Promise.all([
    insertEntries(
      tx, companyId, batchId, tx.recordedAt,
      entries.map((it) => it.id), entries.map((it) => it.kind), entries.map((it) => it.documentId),
      entries.map((it) => it.customerId), entries.map((it) => it.effectiveOn),
    ),
    insertLines(
      tx, companyId, lines.map((it) => it.id), lines.map((it) => it.lineNo), lines.map((it) => it.account),
      lines.map((it) => it.currency), lines.map((it) => it.minor),
    ),
  ]);
}
