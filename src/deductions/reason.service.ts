import { customersByAccounts } from "../customers/customer.sql.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { transact } from "../db/transaction.ts";
import { accountKey } from "../domain/account-number.ts";
import type { Actor } from "../domain/actor.ts";
import { type DeductionReason, reasonCodeKey } from "../domain/reasons.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { insertMapping, mappingsOfCompany, mappingsThatMeet, type ReasonMappingRow } from "./reason.sql.ts";

/** A mapping to be added. */
export interface NewReasonMapping {
  readonly companyId: string;
  readonly account?: string | null | undefined;
  readonly customerCode: string;
  readonly reason: DeductionReason;
  readonly effectiveFrom: string;
  readonly effectiveTo?: string | null | undefined;
}

/** What a person states is certain, in percent. */
const CERTAIN = 100;

export class ReasonService {
  constructor(private readonly db: Database) {}

  /** Says what a code means from one day to another. Refuses days that another mapping of the same code covers. */
  map(actor: Actor, { companyId, account, customerCode, reason, effectiveFrom, effectiveTo = null }: NewReasonMapping): Promise<ReasonMappingRow[]> {
    const code = reasonCodeKey(customerCode);
    if (code === "" || code.length > 100) throw new Refusal("VALUE_INVALID", "A reason code has 1 to 100 characters.", { field: ["customerCode"] });
    if (effectiveTo !== null && effectiveTo < effectiveFrom) throw new Refusal("DATE_INVALID", "The last day comes before the first.", { field: ["effectiveTo"] });
    return transact(this.db, async (tx) => {
      let customerId: string | null = null;
      if (account) {
        const [customer] = await customersByAccounts(tx, companyId, [at({ field: ["account"] }, () => accountKey(account))]);
        if (!customer) throw new Refusal("NOT_FOUND", `There is no account ${account} in this company.`, { field: ["account"] });
        customerId = customer.id;
      }
      // Of two that add the same code at once, one looks when the other is done. What holds for every customer locks the company.
      await lockCustomers(tx, companyId, [customerId ?? companyId]);
      if ((await mappingsThatMeet(tx, companyId, customerId, code, effectiveFrom, effectiveTo)).length > 0) {
        throw new Refusal("DUPLICATE", `The code ${customerCode} has a meaning on some of these days already.`, { field: ["effectiveFrom"] });
      }
      await insertMapping(tx, companyId, { id: newId(), customerId, customerCode: code, reason, effectiveFrom, effectiveTo, confidence: CERTAIN, learnedFrom: null, memberId: actor.memberId });
      return mappingsOfCompany(tx, companyId);
    });
  }
}
