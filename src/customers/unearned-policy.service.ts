import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { today } from "../db/today.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { exponentOf, minorFromDecimal } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { checkPolicy, type UnearnedDiscountRule } from "../domain/unearned-discount.ts";
import type { Tail } from "../live/tail.ts";
import { lockedCustomer, tellChanged } from "./locked-customer.ts";
import { insertUnearnedPolicy } from "./unearned-policy.sql.ts";

/** A policy to be set. */
export interface NewUnearnedPolicy {
  readonly companyId: string;
  /** Null for every customer without a decision of its own. */
  readonly customerId: string | null;
  /** Null takes back what was decided before. */
  readonly rule?: UnearnedDiscountRule | null | undefined;
  readonly extraDays?: number | null | undefined;
  /** Plain decimal in the currency that goes with it. */
  readonly limit?: string | null | undefined;
  readonly limitCurrency?: string | null | undefined;
  /** Today when left out. */
  readonly effectiveOn?: BusinessDate | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Decides what is done with discounts that were not earned. Every decision is a fact with its day and its author. */
export class UnearnedPolicyService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Sets the policy that counts for payments from a day on. What was applied before stays as it was applied. */
  async set(actor: Actor, { companyId, customerId, idempotencyKey, ...policy }: NewUnearnedPolicy): Promise<void> {
    const { rule = null, extraDays = null, limit = null, limitCurrency = null } = policy;
    const effectiveOn = policy.effectiveOn ?? today(this.db);
    if ((limit === null) !== (limitCurrency === null)) throw new Refusal("VALUE_INVALID", "A limit goes with its currency.", { field: ["limitCurrency"] });
    if (limitCurrency !== null) at({ field: ["limitCurrency"] }, () => exponentOf(limitCurrency));
    const limitMinor = limit === null ? null : at({ field: ["limit"] }, () => minorFromDecimal(limit, limitCurrency!));
    checkPolicy({ rule, extraDays, limitMinor, limitCurrency });
    await transact(this.db, async (tx) => {
      if (customerId !== null) await lockedCustomer(tx, companyId, customerId);
      await oncePerKey(tx, { companyId, command: "setUnearnedDiscountPolicy", key: idempotencyKey, input: { customerId, ...policy } }, async () => {
        await insertUnearnedPolicy(tx, companyId, newId(), customerId, rule, extraDays, limitMinor, limitCurrency, effectiveOn, actor.memberId, tx.recordedAt);
        if (customerId !== null) await tellChanged(tx, actor, companyId, [customerId], effectiveOn, "MASTER_DATA");
        return companyId;
      });
    });
    this.tail.ring();
  }
}
