import { newId } from "../db/ids.ts";
import type { Tx } from "../db/transaction.ts";
import { documentKey } from "../domain/account-number.ts";
import { DeductionAction, nextState } from "../domain/deduction-case.ts";
import { resolveDeduction } from "../domain/resolution.ts";
import { countedFrom } from "../ledger/posting-days.ts";
import { append } from "../live/event-log.ts";
import { insertMemoLines, insertMemos } from "../memos/memo.sql.ts";
import { writeOpenItems } from "../openitems/open-item-writer.sql.ts";
import { recordStep, walk } from "./case-steps.ts";
import { type CaseRow, casesByKeys } from "./case.sql.ts";
import { issued } from "./settlement-events.ts";
import type { PlannedMemo } from "./settlement-plan.ts";
import { insertSettlement } from "./settlement.sql.ts";

const WHY = "The policy for unearned discounts charges them back.";

/**
 * Charges deductions back in the transaction that took them, as a policy says and nobody in person: each is taken up, found
 * invalid and denied by the published steps, and re-billed by a debit memo of the same day. One that somebody or something has
 * settled by then is left alone. Their customers are locked.
 */
export async function chargeBack(tx: Tx, companyId: string, deductionIds: readonly string[]): Promise<void> {
  if (deductionIds.length === 0) return;
  const rows = (await casesByKeys(tx, deductionIds.map(() => companyId), deductionIds)).filter((row) => row.state === "CAPTURED" && row.openMinor > 0n);
  const planned = rows.map((row) => {
    const memo = planMemo(row);
    return { row, memo, resolved: resolveDeduction({ ...row, id: row.deductionId }, [{ kind: "CHARGEBACK", minor: row.openMinor, memoId: memo.id, dueOn: row.effectiveOn }], row.effectiveOn, newId) };
  });
  await insertMemos(tx, companyId, null, planned.map(({ row, memo: { id, kind, number, documentKey: key, totalMinor, taxMinor, dueOn } }) => ({
    id, kind, customerId: row.customerId, number, documentKey: key, currency: row.currency, totalMinor, taxMinor, issuedOn: row.effectiveOn, dueOn, reason: "CHARGEBACK", invoiceId: row.invoiceId,
  })));
  for (const { memo } of planned) await insertMemoLines(tx, companyId, memo.id, [{ invoiceLineNo: null, description: "Cash discount not earned", minor: memo.totalMinor }]);
  const all = planned.map(({ resolved }) => resolved);
  const counts = await writeOpenItems(tx, { companyId, batchId: null }, { entries: all.flatMap((it) => it.entries), items: all.flatMap((it) => it.items), applications: all.flatMap((it) => it.applications) });
  await append(tx, null, countedFrom(planned.map(({ row, memo }) => issued(row, row.effectiveOn, memo)), counts));
  for (const { row, memo, resolved } of planned) {
    const id = newId();
    await insertSettlement(tx, companyId, { id, deductionId: row.deductionId, entryId: resolved.entries[0]!.id, undoesId: null, settledOn: counts(row.effectiveOn), memberId: null }, [{ kind: "CHARGEBACK", minor: row.openMinor, memoId: memo.id }]);
    await deny(tx, row, id);
  }
}

const planMemo = ({ openMinor, effectiveOn }: CaseRow): PlannedMemo => {
  const id = newId();
  const number = `CB-${id.slice(-12).toUpperCase()}`;
  return { id, index: 0, kind: "DEBIT", number, documentKey: documentKey(number), totalMinor: openMinor, taxMinor: 0n, dueOn: effectiveOn };
};

/** Walks a new case to its denial. */
async function deny(tx: Tx, row: CaseRow, settlementId: string): Promise<void> {
  const open = await walk(tx, null, row, [DeductionAction.TAKE_UP], WHY, {});
  const decided = await recordStep(tx, null, open, DeductionAction.DECIDE, WHY, { state: nextState(open.state, DeductionAction.DECIDE)!, verdict: "INVALID", validMinor: 0n });
  await walk(tx, null, decided, [DeductionAction.DENY], null, { settlementId });
}
