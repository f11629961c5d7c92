import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { ApplicationKind, ItemKind } from "../domain/open-item.ts";
import type { Account } from "../domain/posting.ts";
import type { ResolutionKind } from "../domain/resolution.ts";

/** One settlement of a deduction: what was done in one command, or the undoing of an earlier one. */
export interface NewSettlement {
  readonly id: string;
  readonly deductionId: string;
  readonly entryId: string;
  readonly undoesId: string | null;
  readonly settledOn: string;
  readonly memberId: string | null;
}

export interface SettlementPart {
  readonly kind: ResolutionKind;
  readonly minor: bigint;
  readonly memoId: string | null;
}

const insert = statement<object, [string, string, string, string, string, string | null, string, string | null]>(
  "settlements.insert",
  `insert into deduction_settlement (company_id, recorded_at, id, deduction_id, entry_id, undoes_id, settled_on, member_id) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const insertParts = statement<object, [string, string, readonly number[], readonly string[], readonly bigint[], readonly (string | null)[]]>(
  "settlements.insertParts",
  `insert into deduction_settlement_part (company_id, settlement_id, part_no, kind, amount_minor, memo_id) select $1, $2, * from unnest($3::smallint[], $4::text[], $5::bigint[], $6::uuid[])`,
);

export async function insertSettlement(tx: Tx, companyId: string, { id, deductionId, entryId, undoesId, settledOn, memberId }: NewSettlement, parts: readonly SettlementPart[]): Promise<void> {
  await insert(tx, companyId, tx.recordedAt, id, deductionId, entryId, undoesId, settledOn, memberId);
  if (parts.length > 0) await insertParts(tx, companyId, id, parts.map((_, index) => index + 1), parts.map((it) => it.kind), parts.map((it) => it.minor), parts.map((it) => it.memoId));
}

export interface SettlementRow extends NewSettlement {
  readonly companyId: string;
  readonly recordedAt: string;
  readonly currency: string;
  readonly undoneById: string | null;
  readonly memberName: string | null;
  readonly parts: readonly { readonly kind: ResolutionKind; readonly minor: string; readonly memoId: string | null; readonly promotionId: string | null }[];
}

const SETTLEMENTS = `
  select done.company_id as "companyId", done.id, done.deduction_id as "deductionId", done.entry_id as "entryId", done.undoes_id as "undoesId", done.settled_on as "settledOn",
         done.member_id as "memberId", done.recorded_at as "recordedAt", deduction.currency, undoing.id as "undoneById", known.name as "memberName",
         coalesce((select jsonb_agg(jsonb_build_object('kind', part.kind, 'minor', part.amount_minor::text, 'memoId', part.memo_id, 'promotionId', use.promotion_id) order by part.part_no)
                     from deduction_settlement_part part
                     left join promotion_use use on use.company_id = part.company_id and use.settlement_id = part.settlement_id and use.part_no = part.part_no
                    where part.company_id = done.company_id and part.settlement_id = done.id), '[]') as parts
    from deduction_settlement done
    join deduction on deduction.company_id = done.company_id and deduction.id = done.deduction_id
    left join deduction_settlement undoing on undoing.company_id = done.company_id and undoing.undoes_id = done.id
    left join company_member known on known.company_id = done.company_id and known.member_id = done.member_id`;

export const settlementById = statement<SettlementRow, [string, string]>("settlements.byId", `${SETTLEMENTS} where done.company_id = $1 and done.id = $2`);

/** What settled deductions, the first first. */
export const settlementsOfDeductions = statement<SettlementRow, [readonly string[], readonly string[]]>(
  "settlements.ofDeductions",
  `${SETTLEMENTS} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on done.company_id = key.company_id and done.deduction_id = key.id order by done.id`,
);

/** The applications of one journal entry, as they are to be undone. */
export const applicationsOfEntry = statement<
  { kind: ApplicationKind; customerId: string; paymentId: string | null; debitItemId: string | null; creditItemId: string | null; openedItemId: string | null; currency: string; minor: bigint; effectiveOn: string },
  [string, string]
>(
  "settlements.applicationsOfEntry",
  `select kind, customer_id as "customerId", payment_id as "paymentId", debit_item_id as "debitItemId", credit_item_id as "creditItemId", opened_item_id as "openedItemId", currency,
          amount_minor as minor, effective_on as "effectiveOn" from application where company_id = $1 and entry_id = $2 order by id`,
);

export const linesOfEntry = statement<{ account: Account; minor: bigint; effectiveOn: string }, [string, string]>(
  "settlements.linesOfEntry",
  `select line.account, line.amount_minor as minor, entry.effective_on as "effectiveOn" from journal_line line join journal_entry entry on entry.company_id = $1 and entry.id = line.entry_id
    where line.company_id = $1 and line.entry_id = $2 order by line.line_no`,
);

/**
 * The items whose short pays stand behind a deduction: its own, or those of what it was split from or merged of, back to the
 * first. A claim that named no open item is a row without one.
 */
export const shortPaysBehind = statement<{ itemId: string; kind: ItemKind; effectiveOn: string } | { itemId: null; kind: null; effectiveOn: null }, [string, string]>(
  "settlements.shortPaysBehind",
  `with recursive behind (item_id) as (
     select $2::uuid
      union
     select moved.debit_item_id from behind join application moved on moved.company_id = $1 and moved.opened_item_id = behind.item_id and moved.kind = 'SPLIT'
   )
   select distinct item.id as "itemId", item.kind, item.effective_on as "effectiveOn"
     from behind join application taken on taken.company_id = $1 and taken.opened_item_id = behind.item_id and (taken.kind = 'DEDUCTION' and taken.amount_minor > 0 or taken.kind = 'CLAIM')
     left join open_item item on item.company_id = $1 and item.id = taken.debit_item_id
    order by item.id nulls last limit 2`,
);

/** What is left open of the chargebacks of deductions, those that were undone aside; nothing for a deduction without one. */
export const owedOnChargebacks = statement<{ deductionId: string; owedMinor: bigint }, [string, readonly string[]]>(
  "settlements.owedOnChargebacks",
  `select wanted.id as "deductionId", coalesce(sum(item.open_minor), 0)::bigint as "owedMinor"
     from unnest($2::uuid[]) as wanted (id)
     left join deduction_settlement done on done.company_id = $1 and done.deduction_id = wanted.id
      and not exists (select from deduction_settlement undoing where undoing.company_id = $1 and undoing.undoes_id = done.id)
     left join deduction_settlement_part part on part.company_id = $1 and part.settlement_id = done.id and part.kind = 'CHARGEBACK'
     left join open_item item on item.company_id = $1 and item.document_id = part.memo_id and item.installment_no = 1
    group by wanted.id`,
);

/** The deductions that these items stand for, or charge back by a settlement that was not undone. */
export const deductionsOfItems = statement<{ deductionId: string }, [string, readonly string[]]>(
  "settlements.deductionsOfItems",
  `select done.deduction_id as "deductionId"
     from open_item item
     join deduction_settlement_part part on part.company_id = $1 and part.memo_id = item.document_id and part.kind = 'CHARGEBACK'
     join deduction_settlement done on done.company_id = $1 and done.id = part.settlement_id
    where item.company_id = $1 and item.id = any($2::uuid[]) and item.kind = 'DEBIT_MEMO'
      and not exists (select from deduction_settlement undoing where undoing.company_id = $1 and undoing.undoes_id = done.id)
    union
   select item.document_id from open_item item where item.company_id = $1 and item.id = any($2::uuid[]) and item.kind = 'DEDUCTION'
    order by 1`,
);

/** The documents that items stand for. */
export const documentsOfItems = statement<{ itemId: string; documentId: string; kind: ItemKind }, [string, readonly string[]]>(
  "settlements.documentsOfItems",
  `select id as "itemId", document_id as "documentId", kind from open_item where company_id = $1 and id = any($2::uuid[])`,
);
