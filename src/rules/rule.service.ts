import { customersByAccounts } from "../customers/customer.sql.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { today } from "../db/today.ts";
import { transact, type Tx } from "../db/transaction.ts";
import { ANALYSTS } from "../deadlines/assignment.service.ts";
import { membersWithRoles } from "../deadlines/assignment.sql.ts";
import { accountKey } from "../domain/account-number.ts";
import type { Actor } from "../domain/actor.ts";
import { checkRule, type LetGoBy, type RuleKind } from "../domain/auto-resolution.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { exponentOf, minorFromDecimal } from "../domain/money.ts";
import type { DeductionReason } from "../domain/reasons.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { insertRule, lastVersion, type RuleRow, rulesOfCompany } from "./rule.sql.ts";

/** A rule as somebody wrote it. What is left out of what it is for means any. */
export interface WrittenRule {
  readonly companyId: string;
  readonly key: string;
  readonly kind: RuleKind;
  readonly position: number;
  readonly reason?: DeductionReason | null | undefined;
  readonly account?: string | null | undefined;
  readonly currency: string;
  /** Plain decimal. */
  readonly maxAmount?: string | null | undefined;
  readonly letGoBy?: LetGoBy | null | undefined;
  readonly minShare?: number | null | undefined;
  readonly minDecided?: number | null | undefined;
  readonly minConfidence?: number | null | undefined;
  readonly chargeBack?: boolean | null | undefined;
  /** The id of a `company_member`. */
  readonly ownerKey?: string | null | undefined;
  /** Today when left out. */
  readonly effectiveOn?: BusinessDate | null | undefined;
}

const LONGEST_KEY = 60;

/** Says which rules resolve deductions. Every version is a fact with its day and its author. */
export class RuleService {
  constructor(private readonly db: Database) {}

  /** Sets a rule, or the next version of one. Answers with the rules in force on the day it begins. */
  set(actor: Actor, { companyId, account, maxAmount, ownerKey, effectiveOn, currency, ...wish }: WrittenRule): Promise<RuleRow[]> {
    const day = effectiveOn ?? today(this.db);
    const key = keyOfRule(wish.key);
    at({ field: ["currency"] }, () => exponentOf(currency));
    const maxMinor = maxAmount == null ? null : at({ field: ["maxAmount"] }, () => minorFromDecimal(maxAmount, currency));
    const { kind, position, reason = null, letGoBy = null, minShare = null, minDecided = null, minConfidence = null } = wish;
    return transact(this.db, async (tx) => {
      const customerId = account ? await customerOf(tx, companyId, account) : null;
      const ownerId = ownerKey ? await workerOf(tx, companyId, ownerKey) : null;
      const terms = { kind, position, reason, customerId, currency, maxMinor, letGoBy, minShare, minDecided, minConfidence, chargeBack: wish.chargeBack ?? false, ownerId };
      checkRule(terms);
      const [last] = await lastVersion(tx, companyId, key);
      await insertRule(tx, companyId, actor.memberId, { ...terms, id: newId(), key, version: (last?.version ?? 0) + 1, effectiveOn: day, retired: false });
      return rulesOfCompany(tx, companyId, day);
    });
  }

  /** Ends a rule from a day on, by a version that says so. Answers with the rules in force on that day. */
  retire(actor: Actor, { companyId, key: written, effectiveOn }: { readonly companyId: string; readonly key: string; readonly effectiveOn?: BusinessDate | null | undefined }): Promise<RuleRow[]> {
    const day = effectiveOn ?? today(this.db);
    const key = keyOfRule(written);
    return transact(this.db, async (tx) => {
      const [last] = await lastVersion(tx, companyId, key);
      if (!last) throw new Refusal("NOT_FOUND", `There is no rule ${key} in this company.`, { field: ["key"] });
      await insertRule(tx, companyId, actor.memberId, { ...last, id: newId(), version: last.version + 1, effectiveOn: day, retired: true });
      return rulesOfCompany(tx, companyId, day);
    });
  }
}

function keyOfRule(text: string): string {
  const key = text.trim();
  if (key === "" || key.length > LONGEST_KEY) throw new Refusal("VALUE_INVALID", `The key of a rule has 1 to ${LONGEST_KEY} characters.`, { field: ["key"] });
  return key;
}

async function customerOf(tx: Tx, companyId: string, account: string): Promise<string> {
  const [customer] = await customersByAccounts(tx, companyId, [at({ field: ["account"] }, () => accountKey(account))]);
  if (!customer) throw new Refusal("NOT_FOUND", `There is no account ${account} in this company.`, { field: ["account"] });
  return customer.id;
}

async function workerOf(tx: Tx, companyId: string, ownerKey: string): Promise<string> {
  const owner = (await membersWithRoles(tx, companyId, ANALYSTS)).find(({ id }) => id === ownerKey);
  if (!owner) throw new Refusal("NOT_FOUND", "There is no such person in this company who may work deductions.", { field: ["ownerId"] });
  return owner.memberId;
}
