import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { today } from "../db/today.ts";
import { transact } from "../db/transaction.ts";
import { type Actor, Role, ROLE_PERMISSIONS } from "../domain/actor.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { exponentOf, minorFromDecimal } from "../domain/money.ts";
import type { DeductionReason } from "../domain/reasons.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { insertLimit, type LimitRow, limitsOfCompany } from "./limit.sql.ts";

/** A limit to be set. */
export interface NewLimit {
  readonly companyId: string;
  readonly role: Role;
  /** Null for every reason that has no limit of its own. */
  readonly reason?: DeductionReason | null | undefined;
  readonly currency: string;
  /** Plain decimal; null for any amount. */
  readonly amount?: string | null | undefined;
  /** Today when left out. */
  readonly effectiveOn?: BusinessDate | null | undefined;
}

/** Says how much each role may let a customer keep. Every decision is a fact with its day and its author. */
export class LimitService {
  constructor(private readonly db: Database) {}

  /** Sets a limit from a day on. Answers with the limits that are in force on that day. */
  set(actor: Actor, { companyId, role, reason = null, currency, amount = null, effectiveOn }: NewLimit): Promise<LimitRow[]> {
    const day = effectiveOn ?? today(this.db);
    at({ field: ["currency"] }, () => exponentOf(currency));
    const maxMinor = amount === null ? null : at({ field: ["amount"] }, () => minorFromDecimal(amount, currency));
    if (maxMinor !== null && maxMinor < 0n) throw new Refusal("AMOUNT_INVALID", "A limit is not negative.", { field: ["amount"] });
    const works = (it: Role): boolean => ROLE_PERMISSIONS[it].some((permission) => permission === "deduction:work" || permission === "deduction:approve");
    if (!works(role)) throw new Refusal("VALUE_INVALID", `A ${role} decides no deductions; ${Object.values(Role).filter(works).join(", ")} do.`, { field: ["role"] });
    return transact(this.db, async (tx) => {
      await insertLimit(tx, companyId, newId(), role, reason, currency, maxMinor, day, actor.memberId, tx.recordedAt);
      return limitsOfCompany(tx, companyId, day);
    });
  }
}
