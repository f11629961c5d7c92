import type { Tx } from "../db/transaction.ts";
import { DeductionAction, nextState } from "../domain/deduction-case.ts";
import { decimalFromMinor } from "../domain/money.ts";
import { recordStep, walk } from "./case-steps.ts";
import { type CaseRow, casesByKeys } from "./case.sql.ts";
import { planByRule } from "./settlement-plan.ts";
import { writeSettlement } from "./settlement-writing.ts";

const WHY = "The policy for unearned discounts charges them back.";

/**
 * Charges deductions back in the transaction that took them, as a policy says and nobody in person: each is taken up, found
 * invalid and denied by the published steps, and re-billed by a debit memo of the same day. One that somebody or something has
 * settled by then is left alone. Their customers are locked.
 */
export async function chargeBack(tx: Tx, companyId: string, deductionIds: readonly string[]): Promise<void> {
  if (deductionIds.length === 0) return;
  const rows = (await casesByKeys(tx, deductionIds.map(() => companyId), deductionIds)).filter((row) => row.state === "CAPTURED" && row.openMinor > 0n);
  for (const row of rows) {
    const plan = await planByRule(tx, row, [{ kind: "CHARGEBACK", amount: decimalFromMinor(row.openMinor, row.currency) }], row.effectiveOn);
    await deny(tx, row, await writeSettlement(tx, null, plan));
  }
}

/** Walks a new case to its denial. */
async function deny(tx: Tx, row: CaseRow, settlementId: string): Promise<void> {
  const open = await walk(tx, null, row, [DeductionAction.TAKE_UP], WHY, {});
  const decided = await recordStep(tx, null, open, DeductionAction.DECIDE, WHY, { state: nextState(open.state, DeductionAction.DECIDE)!, verdict: "INVALID", validMinor: 0n });
  await walk(tx, null, decided, [DeductionAction.DENY], null, { settlementId });
}
