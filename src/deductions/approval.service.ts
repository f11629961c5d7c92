import type { Database } from "../db/database.ts";
import { lockCustomers } from "../db/locks.ts";
import { today } from "../db/today.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { type Blocker, blockersOf } from "../domain/case-guards.ts";
import { DeductionAction, nextState } from "../domain/deduction-case.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import { checkNote } from "./case.service.ts";
import { recordStep, workerOf } from "./case-steps.ts";
import { casesByKeys } from "./case.sql.ts";
import { limitsOfCurrencies } from "./limit.sql.ts";

/** What became of one of the deductions that were to be approved. */
export interface Approval {
  readonly deductionId: string;
  /** What kept it from being approved; none when it was. */
  readonly blockers: readonly Blocker[];
}

const MOST_APPROVED = 1_000;

/** Approves many decisions at once. */
export class ApprovalService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Approves each of these deductions that nothing stands in the way of, and leaves the others as they are. Answers in the order they were named in. */
  async approve(actor: Actor, { companyId, deductionIds, note }: { readonly companyId: string; readonly deductionIds: readonly string[]; readonly note: string | null }): Promise<Approval[]> {
    const field = ["deductionIds"];
    checkNote(note, false);
    if (deductionIds.length === 0 || deductionIds.length > MOST_APPROVED) throw new Refusal("LIMIT_EXCEEDED", `From 1 to ${MOST_APPROVED} deductions are approved at once.`, { field });
    if (new Set(deductionIds).size !== deductionIds.length) throw new Refusal("VALUE_INVALID", "Name each deduction once.", { field });
    const approvals = await transact(this.db, async (tx) => {
      const keys = [deductionIds.map(() => companyId), deductionIds] as const;
      const seen = await casesByKeys(tx, ...keys);
      if (seen.length !== deductionIds.length) throw new Refusal("NOT_FOUND", "One of these deductions is not in this company.", { field });
      await lockCustomers(tx, companyId, seen.map(({ customerId }) => customerId));
      const rows = new Map((await casesByKeys(tx, ...keys)).map((row) => [row.deductionId, row]));
      const currencies = [...new Set(seen.map(({ currency }) => currency))];
      const limits = await limitsOfCurrencies(tx, currencies.map(() => companyId), currencies, today(this.db));
      const done: Approval[] = [];
      for (const deductionId of deductionIds) {
        const row = rows.get(deductionId)!;
        const blockers = blockersOf(DeductionAction.APPROVE, row, workerOf(actor, companyId), limits);
        if (blockers.length === 0) await recordStep(tx, actor.memberId, row, DeductionAction.APPROVE, note?.trim() || null, { state: nextState(row.state, DeductionAction.APPROVE)!, followUpOn: null, approvedBy: actor.memberId });
        done.push({ deductionId, blockers });
      }
      return done;
    });
    this.tail.ring();
    return approvals;
  }
}
