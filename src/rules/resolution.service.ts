import type { Database } from "../db/database.ts";
import { lockCustomers } from "../db/locks.ts";
import { today } from "../db/today.ts";
import { transact } from "../db/transaction.ts";
import { casesByKeys } from "../deductions/case.sql.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import { resolveByRules, rulesToday, type Tried } from "./rule-running.ts";

const MOST = 1_000;

/** Tries the rules on deductions that are there already. */
export class ResolutionService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Tries the rules of today on deductions that are still CAPTURED, and leaves the others as they are. What is settled counts from today. Answers in the order they were named in. */
  async apply({ companyId, deductionIds }: { readonly companyId: string; readonly deductionIds: readonly string[] }): Promise<Tried[]> {
    const field = ["deductionIds"];
    if (deductionIds.length === 0 || deductionIds.length > MOST) throw new Refusal("LIMIT_EXCEEDED", `Rules are tried on 1 to ${MOST} deductions at once.`, { field });
    if (new Set(deductionIds).size !== deductionIds.length) throw new Refusal("VALUE_INVALID", "Name each deduction once.", { field });
    const done = await transact(this.db, async (tx) => {
      const seen = await casesByKeys(tx, deductionIds.map(() => companyId), deductionIds);
      if (seen.length !== deductionIds.length) throw new Refusal("NOT_FOUND", "One of these deductions is not in this company.", { field });
      await lockCustomers(tx, companyId, seen.map(({ customerId }) => customerId));
      return resolveByRules(tx, companyId, await rulesToday(tx, companyId), deductionIds, today(this.db));
    });
    this.tail.ring();
    return done;
  }
}
