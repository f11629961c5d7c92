import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { today } from "../db/today.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { companiesByIds } from "../companies/company.sql.ts";
import { checkPolicy, NEAR_DAYS } from "../domain/deduction-policy.ts";
import { minorFromDecimal } from "../domain/money.ts";
import { at } from "../domain/refusal.ts";
import { insertPolicy } from "./policy.sql.ts";

export interface PolicyWish {
  readonly companyId: string;
  readonly slaDays?: number | null | undefined;
  readonly nearDays?: number | null | undefined;
  /** Plain decimal in the functional currency. */
  readonly costPerDeduction?: string | null | undefined;
  /** Today when left out. */
  readonly effectiveOn?: string | null | undefined;
}

/** Says what a company expects of the work on deductions. Each word on it is a fact with its day and its author. */
export class PolicyService {
  constructor(private readonly db: Database) {}

  async set(actor: Actor, { companyId, slaDays = null, nearDays, costPerDeduction, effectiveOn }: PolicyWish): Promise<void> {
    await transact(this.db, async (tx) => {
      await lockCustomers(tx, companyId, [companyId]);
      const [company] = await companiesByIds(tx, [companyId]);
      const costMinor = costPerDeduction == null ? null : at({ field: ["costPerDeduction"] }, () => minorFromDecimal(costPerDeduction, company!.functionalCurrency));
      const policy = { slaDays, nearDays: nearDays ?? NEAR_DAYS, costMinor };
      checkPolicy(policy);
      await insertPolicy(tx, companyId, newId(), policy.slaDays, policy.nearDays, policy.costMinor, effectiveOn ?? today(this.db), actor.memberId, tx.recordedAt);
    });
  }
}
