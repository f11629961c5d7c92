import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact, type Tx } from "../db/transaction.ts";
import { type Actor, may } from "../domain/actor.ts";
import { agreement, isUndecided, learnedSpan } from "../domain/reason-learning.ts";
import { type DeductionReason, reasonCodeKey } from "../domain/reasons.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import { type CaseInQuestion, lockCase, recordStep, subjectOf } from "./case-steps.ts";
import type { CaseRow } from "./case.sql.ts";
import { deductionsByKeys } from "./deduction.sql.ts";
import { correctionsOfCode, endMappings, insertMapping, mappingsThatMeet } from "./reason.sql.ts";

export interface ReasonCorrection extends CaseInQuestion {
  readonly reason: DeductionReason;
  readonly note?: string | null | undefined;
  /** Whether the customer's code means this from the day the deduction was taken. */
  readonly learn: boolean;
}

const LONGEST_NOTE = 10_000;

/** Corrects the reasons of deductions, and learns customers' codes from that. */
export class CorrectionService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Says what the reason is after all. Refuses where it is decided: limits of approval hang on the reason. */
  async correct(actor: Actor, { companyId, deductionId, expectedVersion, reason, note = null, learn }: ReasonCorrection): Promise<void> {
    if ((note?.length ?? 0) > LONGEST_NOTE) throw new Refusal("LIMIT_EXCEEDED", `A note has ${LONGEST_NOTE} characters at most.`, { field: ["note"] });
    if (learn && !may(actor, "reason:write", companyId)) throw new Refusal("FORBIDDEN", "To learn a code needs the permission reason:write.", { field: ["learn"] });
    await transact(this.db, async (tx) => {
      const row = await lockCase(tx, { companyId, deductionId, expectedVersion });
      const subject = subjectOf(row);
      if (!isUndecided(row.state)) throw new Refusal("BLOCKED", `A deduction that is ${row.state} keeps its reason; undo what was decided first.`, { subject });
      if (row.reason === reason && !learn) throw new Refusal("VALUE_INVALID", `Its reason is ${reason} already.`, { field: ["reason"], subject });
      await recordStep(tx, actor.memberId, row, "CORRECT_REASON", note?.trim() || null, { state: row.state, reason }, { was: row.reason, reason, learned: learn ? 1 : 0 });
      if (learn) await this.#learn(tx, actor, row, reason);
    });
    this.tail.ring();
  }

  async #learn(tx: Tx, actor: Actor, { companyId, deductionId, customerId, takenOn }: CaseRow, reason: DeductionReason): Promise<void> {
    const [deduction] = await deductionsByKeys(tx, [companyId], [deductionId]);
    if (!deduction!.customerCode) throw new Refusal("VALUE_INVALID", "The customer gave no code that could be learned.", { field: ["learn"] });
    const customerCode = reasonCodeKey(deduction!.customerCode);
    const [earlier, corrections] = await Promise.all([mappingsThatMeet(tx, companyId, customerId, customerCode, takenOn, null), correctionsOfCode(tx, companyId, customerId, customerCode)]);
    const { effectiveFrom, endsOn } = learnedSpan(takenOn, earlier);
    const id = newId();
    await insertMapping(tx, companyId, { id, customerId, customerCode, reason, effectiveFrom, effectiveTo: null, confidence: agreement(corrections.map((it) => it.reason), reason), learnedFrom: deductionId, memberId: actor.memberId });
    await endMappings(tx, companyId, earlier.map((it) => it.id), endsOn, id);
  }
}
