import { lockedCustomer } from "../customers/locked-customer.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { today } from "../db/today.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { checkNeeds, type EvidenceNeed } from "../domain/readiness.ts";
import type { DeductionReason } from "../domain/reasons.ts";
import { type EvidenceRuleRow, insertRule, rulesOfCompany } from "./readiness.sql.ts";

/** A decision of which papers a reason needs. */
export interface NewEvidenceRule {
  readonly companyId: string;
  /** Null for every customer without a decision of its own. */
  readonly customerId: string | null;
  readonly reason: DeductionReason;
  /** Null takes back what was decided before. */
  readonly needs: readonly EvidenceNeed[] | null;
  /** Today when left out. */
  readonly effectiveOn?: BusinessDate | null | undefined;
}

/** Decides which papers deductions need. Every decision is a fact with its day and its author. */
export class ReadinessService {
  constructor(private readonly db: Database) {}

  /** Lays down what deductions that are taken from a day on need. Answers with every decision of the company. */
  set(actor: Actor, { companyId, customerId, reason, needs, effectiveOn }: NewEvidenceRule): Promise<EvidenceRuleRow[]> {
    if (needs) checkNeeds(needs);
    return transact(this.db, async (tx) => {
      if (customerId !== null) await lockedCustomer(tx, companyId, customerId);
      await insertRule(tx, companyId, newId(), customerId, reason, needs && JSON.stringify(needs), effectiveOn ?? today(this.db), actor.memberId, tx.recordedAt);
      return rulesOfCompany(tx, companyId);
    });
  }
}
