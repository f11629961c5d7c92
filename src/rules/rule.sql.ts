import { memberName } from "../customers/customer.sql.ts";
import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { ResolutionRule } from "../domain/auto-resolution.ts";
import type { BusinessDate } from "../domain/dates.ts";

/** One version of a rule: a fact, which counts from its day until a later version of the same rule does. */
export interface RuleRow extends ResolutionRule {
  readonly companyId: string;
  readonly effectiveOn: BusinessDate;
  /** Whether it ends the rule. */
  readonly retired: boolean;
  readonly recordedBy: string | null;
  readonly recordedAt: string;
  /** What the company calls whom it routes to: the id of a `company_member`. */
  readonly ownerKey: string | null;
  readonly ownerName: string | null;
  readonly accountNumber: string | null;
}

const OF_RULE = `fact.company_id as "companyId", fact.id, fact.rule_key as key, fact.version, fact.kind, fact.position, fact.reason, fact.customer_id as "customerId", fact.currency, fact.max_minor as "maxMinor",
  fact.let_go_by as "letGoBy", fact.min_share as "minShare", fact.min_decided as "minDecided", fact.min_confidence as "minConfidence", fact.charge_back as "chargeBack", fact.owner_id as "ownerId"`;

/** Of each rule of a company the version that counts on a day: the last to take effect by then, and of one day the last that was set. */
const LATEST = `(select distinct on (given.rule_key) given.* from resolution_rule given where given.company_id = $1 and given.effective_on <= $2 order by given.rule_key, given.effective_on desc, given.version desc) as fact`;

/** The rules that are tried on a day, in order. This is all that a payment with deductions reads where there are none. */
export const rulesInForce = statement<ResolutionRule, [string, BusinessDate]>("rules.inForce", `select ${OF_RULE} from ${LATEST} where not fact.retired order by fact.position, fact.rule_key collate "C"`);

const SHOWN = `${OF_RULE}, fact.effective_on as "effectiveOn", fact.retired, ${memberName("fact")} as "recordedBy", fact.recorded_at as "recordedAt", owner.id as "ownerKey", owner.name as "ownerName", customer.account_number as "accountNumber"`;
const BESIDE = `left join company_member owner on owner.company_id = fact.company_id and owner.member_id = fact.owner_id
  left join customer on customer.company_id = fact.company_id and customer.id = fact.customer_id`;

/** The rules in force on a day, in order, as people see them. */
export const rulesOfCompany = statement<RuleRow, [string, BusinessDate]>("rules.ofCompany", `select ${SHOWN} from ${LATEST} ${BESIDE} where not fact.retired order by fact.position, fact.rule_key collate "C"`);

export const rulesByKeys = statement<RuleRow, [readonly string[], readonly string[]]>(
  "rules.byKeys",
  `select ${SHOWN} from unnest($1::uuid[], $2::uuid[]) as key (company_id, id) join resolution_rule fact on fact.company_id = key.company_id and fact.id = key.id ${BESIDE}`,
);

/** The last version of a rule, whenever it counts. */
export const lastVersion = statement<ResolutionRule, [string, string]>(
  "rules.lastVersion",
  `select ${OF_RULE} from resolution_rule fact where fact.company_id = $1 and fact.rule_key = $2 order by fact.version desc limit 1`,
);

const insert = statement<object, [string, string, ...unknown[]]>(
  "rules.insert",
  `insert into resolution_rule (company_id, recorded_at, member_id, id, rule_key, version, effective_on, retired, kind, position, reason, customer_id, currency, max_minor, let_go_by, min_share, min_decided, min_confidence, charge_back, owner_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`,
);

/** Writes a version of a rule. */
export const insertRule = (tx: Tx, companyId: string, memberId: string | null, it: ResolutionRule & { readonly effectiveOn: BusinessDate; readonly retired: boolean }): Promise<object[]> =>
  insert(
    tx, companyId, tx.recordedAt, memberId, it.id, it.key, it.version, it.effectiveOn, it.retired, it.kind, it.position, it.reason, it.customerId, it.currency, it.maxMinor, it.letGoBy, it.minShare, it.minDecided, it.minConfidence, it.chargeBack, it.ownerId,
  );
