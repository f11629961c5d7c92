import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { today } from "../db/today.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { exponentOf, minorFromDecimal } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { ALL_OF_IT, checkShare } from "../domain/tolerance.ts";
import type { Tail } from "../live/tail.ts";
import { lockedCustomer, tellChanged } from "./locked-customer.ts";
import { insertTolerance } from "./tolerance.sql.ts";

/** A tolerance to be set. */
export interface NewTolerance {
  readonly companyId: string;
  /** Null for every customer without a decision of its own. */
  readonly customerId: string | null;
  readonly currency: string;
  /** Plain decimal; null takes back what was decided before. */
  readonly amount?: string | null | undefined;
  readonly basisPoints?: number | null | undefined;
  /** Today when left out. */
  readonly effectiveOn?: BusinessDate | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Decides how much of a short pay is written off at once. Every decision is a fact with its day and its author. */
export class ToleranceService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Sets the tolerance that counts for payments from a day on. What was applied before stays as it was applied. */
  async set(actor: Actor, { companyId, customerId, idempotencyKey, ...tolerance }: NewTolerance): Promise<void> {
    const { currency, amount = null } = tolerance;
    const basisPoints = tolerance.basisPoints ?? ALL_OF_IT;
    const effectiveOn = tolerance.effectiveOn ?? today(this.db);
    at({ field: ["currency"] }, () => exponentOf(currency));
    const minor = amount === null ? null : at({ field: ["amount"] }, () => minorFromDecimal(amount, currency));
    if (minor !== null && minor < 0n) throw new Refusal("AMOUNT_INVALID", "A tolerance is not negative.", { field: ["amount"] });
    checkShare(basisPoints);
    await transact(this.db, async (tx) => {
      if (customerId !== null) await lockedCustomer(tx, companyId, customerId);
      await oncePerKey(tx, { companyId, command: "setWriteOffTolerance", key: idempotencyKey, input: { customerId, ...tolerance } }, async () => {
        await insertTolerance(tx, companyId, newId(), customerId, currency, minor, basisPoints, effectiveOn, actor.memberId, tx.recordedAt);
        if (customerId !== null) await tellChanged(tx, actor, companyId, [customerId], effectiveOn, "MASTER_DATA");
        return companyId;
      });
    });
    this.tail.ring();
  }
}
