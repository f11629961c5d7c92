import type { Tx } from "../db/transaction.ts";
import { stepOfRepayment } from "../domain/deduction-case.ts";
import { walk } from "./case-steps.ts";
import { casesByKeys } from "./case.sql.ts";
import { deductionsOfItems, owedOnChargebacks } from "./settlement.sql.ts";

/**
 * Lets the cases of deductions follow what becomes of their money: settled once nothing of them and of their chargebacks is
 * open, and denied again when a chargeback is. Whatever settles a debit item by cash or credit, or opens it again, calls this
 * in the same transaction with the items it touched; those that are no deductions and no chargebacks change nothing. Their
 * customers are locked.
 */
export async function followDebits(tx: Tx, companyId: string, debitItemIds: readonly string[]): Promise<void> {
  if (debitItemIds.length === 0) return;
  const ids = (await deductionsOfItems(tx, companyId, debitItemIds)).map((it) => it.deductionId);
  if (ids.length === 0) return;
  const owed = new Map((await owedOnChargebacks(tx, companyId, ids)).map((it) => [it.deductionId, it.owedMinor]));
  for (const row of await casesByKeys(tx, ids.map(() => companyId), ids)) {
    const step = stepOfRepayment(row.state, row.openMinor, owed.get(row.deductionId) ?? 0n);
    if (step !== null) await walk(tx, null, row, [step], null, {});
  }
}
