import { statement } from "../db/database.ts";
import type { MemoClearingKind } from "../domain/memo-clearing.ts";

/** What was refunded of a credit memo, or moved to bad debt of a debit memo, or the undoing of that. */
export interface ClearingRow {
  readonly companyId: string;
  readonly id: string;
  readonly memoId: string;
  readonly kind: MemoClearingKind;
  readonly minor: bigint;
  readonly currency: string;
  readonly effectiveOn: string;
  readonly undoesId: string | null;
  readonly undoneById: string | null;
  readonly note: string;
  readonly memberName: string | null;
  readonly recordedAt: string;
}

export const insertClearing = statement<object, [string, string, string, string, MemoClearingKind, bigint, string, string, string | null, string, string | null]>(
  "clearings.insert",
  `insert into memo_clearing (company_id, recorded_at, id, memo_id, kind, amount_minor, effective_on, entry_id, undoes_id, note, member_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);

const CLEARINGS = (column: string): string => `
  select done.company_id as "companyId", done.id, done.memo_id as "memoId", done.kind, done.amount_minor as minor, memo.currency, done.effective_on as "effectiveOn", done.undoes_id as "undoesId",
         undoing.id as "undoneById", done.note, known.name as "memberName", done.recorded_at as "recordedAt"
    from unnest($1::uuid[], $2::uuid[]) as key (company_id, id)
    join memo_clearing done on done.company_id = key.company_id and done.${column} = key.id
    join memo on memo.company_id = done.company_id and memo.id = done.memo_id
    left join memo_clearing undoing on undoing.company_id = done.company_id and undoing.undoes_id = done.id
    left join company_member known on known.company_id = done.company_id and known.member_id = done.member_id order by done.id`;

export const clearingsByKeys = statement<ClearingRow, [readonly string[], readonly string[]]>("clearings.byKeys", CLEARINGS("id"));
export const clearingsByMemos = statement<ClearingRow, [readonly string[], readonly string[]]>("clearings.byMemos", CLEARINGS("memo_id"));
