import { newId } from "../db/ids.ts";
import type { Tx } from "../db/transaction.ts";
import { laterOf } from "../domain/dates.ts";
import type { ResolvedDeduction } from "../domain/resolution.ts";
import { countedFrom } from "../ledger/posting-days.ts";
import { append } from "../live/event-log.ts";
import { insertMemoLines, insertMemos } from "../memos/memo.sql.ts";
import { writeOpenItems } from "../openitems/open-item-writer.sql.ts";
import { usePromotions } from "../promotions/promotion.sql.ts";
import { eventsOf, issued } from "./settlement-events.ts";
import type { PlannedParts } from "./settlement-plan.ts";
import { insertSettlement, type SettlementPart } from "./settlement.sql.ts";

/** Writes what was planned: memos, items, the settlement, what it takes of promotions, and its events. The case is left to whoever calls. Answers with the id of the settlement. */
export async function writeSettlement(tx: Tx, memberId: string | null, { row, resolutions, memos, resolved }: PlannedParts): Promise<string> {
  const { companyId, customerId, currency, invoiceId, deductionId } = row;
  const { id: entryId, effectiveOn: day } = resolved.entries[0]!;
  for (const { id, kind, number, documentKey, totalMinor, taxMinor, dueOn } of memos) {
    const reason = kind === "CREDIT" ? row.reason : "CHARGEBACK";
    await insertMemos(tx, companyId, null, [{ id, kind, customerId, number, documentKey, currency, totalMinor, taxMinor, issuedOn: day, dueOn: dueOn && laterOf(dueOn, day), reason, invoiceId }]);
    await insertMemoLines(tx, companyId, id, [{ invoiceLineNo: null, description: kind === "CREDIT" ? "Deduction found valid" : "Deduction not accepted", minor: totalMinor - taxMinor }]);
  }
  const counts = await writeOpenItems(tx, { companyId, batchId: null }, resolved);
  const id = newId();
  const parts = resolutions.map((it): SettlementPart => ({ kind: it.kind, minor: it.minor, memoId: "memoId" in it ? it.memoId : null }));
  await insertSettlement(tx, companyId, { id, deductionId, entryId, undoesId: null, settledOn: counts(day), memberId }, parts);
  await usePromotions(tx, companyId, id, resolutions.flatMap((it, index) => (it.kind === "PROMOTION" && it.promotionId ? [{ partNo: index + 1, promotionId: it.promotionId, minor: it.minor }] : [])));
  await append(tx, memberId, countedFrom([...(await eventsOf(tx, row, resolved.applications)), ...memos.map((it) => issued(row, day, it))], counts));
  return id;
}

/** What a reversal opened again, or its undoing closed: a deduction may have been taken from the chargeback of another. */
export const openedAgain = (applications: ResolvedDeduction["applications"]): string[] => applications.flatMap(({ kind, debitItemId }) => (kind === "DEDUCTION" && debitItemId !== null ? [debitItemId] : []));
