import { type Answering, only, statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { ItemKind } from "../domain/open-item.ts";

/** An open item that does not carry what its applications leave open. */
export interface DriftRow {
  readonly companyId: string;
  readonly itemId: string;
  readonly kind: ItemKind;
  readonly documentId: string;
  readonly currency: string;
  readonly originalMinor: bigint;
  /** What the item carries. */
  readonly carriedMinor: bigint;
  /** What applications alone leave open. Outside nothing to original, the applications themselves are wrong. */
  readonly appliedMinor: bigint;
}

/** What each item has open by its applications, for one company or, with null, for all. An application counts for every item that it names. */
const FROM_APPLICATIONS = `
  select item.company_id, item.id, (item.original_minor - coalesce(sum(applied.amount_minor), 0))::bigint as open_minor
    from open_item item
    left join (
      select company_id, debit_item_id as item_id, amount_minor from application where debit_item_id is not null
      union all
      select company_id, credit_item_id, amount_minor from application where credit_item_id is not null
    ) as applied on applied.company_id = item.company_id and applied.item_id = item.id
   where ($1::uuid is null or item.company_id = $1)
   group by item.company_id, item.id`;

const drift = statement<DriftRow, [string | null]>(
  "openItems.drift",
  `with rebuilt as (${FROM_APPLICATIONS})
   select item.company_id as "companyId", item.id as "itemId", item.kind, item.document_id as "documentId", item.currency,
          item.original_minor as "originalMinor", item.open_minor as "carriedMinor", rebuilt.open_minor as "appliedMinor"
     from rebuilt join open_item item on item.company_id = rebuilt.company_id and item.id = rebuilt.id
    where item.open_minor <> rebuilt.open_minor
    order by item.company_id, item.id`,
);

const repair = statement<{ id: string }, [string]>(
  "openItems.repair",
  `with rebuilt as (${FROM_APPLICATIONS})
   update open_item item set open_minor = rebuilt.open_minor, version = item.version + 1
     from rebuilt
    where item.company_id = $1 and rebuilt.id = item.id and item.open_minor <> rebuilt.open_minor
   returning item.id`,
);

const count = statement<{ count: bigint }, [string | null]>(
  "openItems.count",
  `select count(*) as count from open_item where $1::uuid is null or company_id = $1`,
);

const holdStill = statement<object, []>("openItems.holdStill", "lock table open_item in share row exclusive mode");

/** The items of a company, or of all, that do not carry what their applications leave open. Sound books have none. */
export const findDrift = (on: Answering, companyId: string | null = null): Promise<DriftRow[]> => drift(on, companyId);

/** How many items a company has, or all have. */
export const countItems = async (on: Answering, companyId: string | null = null): Promise<bigint> => only(await count(on, companyId)).count;

/** Sets every item of a company to what its applications leave open. The items are held still. Answers with how many were changed. */
export const repairItems = async (tx: Tx, companyId: string): Promise<number> => (await repair(tx, companyId)).length;

/** Keeps every command that writes items waiting until the transaction ends: applications are written by none but statements that write items, too. */
export const holdItemsStill = async (tx: Tx): Promise<void> => void (await holdStill(tx));
