import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Entry } from "../domain/posting.ts";
import type { NewApplication, NewItem } from "../domain/settlement.ts";
import { type PostingDay, postingDays, SAME_DAY } from "../ledger/posting-days.ts";
import { type Origin, writeEntries } from "../ledger/journal.sql.ts";

/** Facts about open items, to be written together. A single command is a batch of one. */
export interface OpenItemBatch {
  readonly entries: readonly Entry[];
  readonly items: readonly NewItem[];
  readonly applications: readonly NewApplication[];
}

const insertItems = statement<object, [string, string, string[], string[], (string | null)[], string[], number[], string[], bigint[], bigint[], (string | null)[], string[]]>(
  "openItems.insert",
  `insert into open_item (company_id, recorded_at, id, kind, customer_id, document_id, installment_no, currency, original_minor, open_minor, due_on, effective_on)
   select $1, $2, * from unnest($3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::smallint[], $8::text[], $9::bigint[], $10::bigint[], $11::date[], $12::date[])`,
);

/** Applications, and in the same statement what they leave open of items that stood before. */
const insertApplications = statement<
  { id: string },
  [string, string, string[], string[], string[], string[], (string | null)[], (string | null)[], (string | null)[], (string | null)[], string[], bigint[], string[], string[], bigint[]]
>(
  "openItems.apply",
  `with applied as (
     insert into application
       (company_id, recorded_at, id, kind, entry_id, customer_id, payment_id, debit_item_id, credit_item_id, opened_item_id, currency, amount_minor, effective_on)
     select $1, $2, * from unnest($3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[], $11::text[], $12::bigint[], $13::date[])
   )
   update open_item item set open_minor = item.open_minor - change.minor, version = item.version + 1
     from unnest($14::uuid[], $15::bigint[]) as change (item_id, minor)
    where item.company_id = $1 and item.id = change.item_id
   returning item.id`,
);

/**
 * The one writer of open items. New items arrive with what this batch's own applications leave open of them; items that
 * stood before shrink by the same statement that writes the applications. Refuses as a conflict what would leave an item
 * below nothing or above its original, because then somebody else was quicker. What would count on a day of a closed
 * accounting period is refused, or counts from the first open day, as the company has it: every posting passes here. Answers
 * with the day that each day of the batch counts from, for the events that tell of it.
 */
export async function writeOpenItems(tx: Tx, origin: Origin, batch: OpenItemBatch): Promise<PostingDay> {
  const { companyId } = origin;
  const dayFor = await postingDays(tx, companyId, batch.entries);
  const { entries, items, applications } = onDays(batch, dayFor);
  const changes = changesByItem(applications);
  const open = items.map(({ id, minor }) => minor - (changes.get(id) ?? 0n));
  for (const { id } of items) changes.delete(id);
  const [, changed] = await Promise.all([writeEntries(tx, origin, entries), refuseOverdraw(() => writeItems(tx, companyId, { items, applications }, open, changes))]);
  if (changed !== changes.size) throw new Error(`Applications name ${changes.size} items that stood before; ${changed} were found.`);
  return dayFor ?? SAME_DAY;
}

/** Writes items with what they have open, and applications with what they take off items that stood before. Says how many of these were found. */
async function writeItems(tx: Tx, companyId: string, { items, applications }: Omit<OpenItemBatch, "entries">, open: bigint[], changes: ReadonlyMap<string, bigint>): Promise<number> {
  const [, changed] = await Promise.all([
    items.length === 0 ? null : insertItems(
      tx, companyId, tx.recordedAt, items.map((it) => it.id), items.map((it) => it.kind), items.map((it) => it.customerId),
      items.map((it) => it.documentId), items.map((it) => it.installmentNo ?? 1), items.map((it) => it.currency), items.map((it) => it.minor), open,
      items.map((it) => it.dueOn), items.map((it) => it.effectiveOn),
    ),
    applications.length === 0 ? [] : insertApplications(
      tx, companyId, tx.recordedAt, applications.map((it) => it.id), applications.map((it) => it.kind), applications.map((it) => it.entryId),
      applications.map((it) => it.customerId), applications.map((it) => it.paymentId), applications.map((it) => it.debitItemId),
      applications.map((it) => it.creditItemId), applications.map((it) => it.openedItemId), applications.map((it) => it.currency),
      applications.map((it) => it.minor), applications.map((it) => it.effectiveOn), [...changes.keys()], [...changes.values()],
    ),
  ]);
  return changed.length;
}

/** The facts of a batch, each on the day it may count from. Documents keep their own dates. */
function onDays(batch: OpenItemBatch, dayFor: PostingDay | null): OpenItemBatch {
  if (!dayFor) return batch;
  const move = <Fact extends { readonly effectiveOn: string }>(fact: Fact): Fact => ({ ...fact, effectiveOn: dayFor(fact.effectiveOn) });
  return { entries: batch.entries.map(move), items: batch.items.map(move), applications: batch.applications.map(move) };
}

/** How much the applications take off each item they name. */
function changesByItem(applications: readonly NewApplication[]): Map<string, bigint> {
  const changes = new Map<string, bigint>();
  for (const { debitItemId, creditItemId, minor } of applications) {
    for (const id of [debitItemId, creditItemId]) if (id) changes.set(id, (changes.get(id) ?? 0n) + minor);
  }
  return changes;
}

async function refuseOverdraw<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if ((error as { constraint?: string }).constraint !== "open_item_open_in_range") throw error;
    throw new Refusal("CONFLICT", "Another command used this cash or settled this item first; read it again.");
  }
}
