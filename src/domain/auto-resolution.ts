import { type ApprovalLimit, somebodyMay } from "./case-guards.ts";
import type { ClaimCause, ClaimWarning } from "./claim-findings.ts";
import type { Recommendation } from "./claim-research.ts";
import type { BusinessDate } from "./dates.ts";
import { type PromotionFacts, promotionFor } from "./promotion.ts";
import { DeductionReason } from "./reasons.ts";
import { Refusal } from "./refusal.ts";
import type { TestAnswer } from "./validity.ts";

/** How a rule resolves a deduction. Part of the public schema: add kinds, never rename them. */
export const RuleKind = { NET_CREDIT: "NET_CREDIT", DUPLICATE: "DUPLICATE", POD_FULL: "POD_FULL", POD_SHORT: "POD_SHORT", PROMOTION: "PROMOTION", SMALL_AND_USUAL: "SMALL_AND_USUAL", ROUTE: "ROUTE" } as const;
export type RuleKind = (typeof RuleKind)[keyof typeof RuleKind];

/** What a small deduction is let go by. Part of the public schema. */
export const LetGoBy = { WRITE_OFF: "WRITE_OFF", CREDIT_MEMO: "CREDIT_MEMO" } as const;
export type LetGoBy = (typeof LetGoBy)[keyof typeof LetGoBy];

/** What a rule is, apart from its name and its version. Nulls in what it is for mean any. */
export interface RuleTerms {
  readonly kind: RuleKind;
  /** Rules are tried from the lowest place on; of the same place, by their keys. */
  readonly position: number;
  readonly reason: DeductionReason | null;
  readonly customerId: string | null;
  readonly currency: string;
  /** The most that a deduction may have open for the rule to touch it; null for any amount, which no rule has that settles. */
  readonly maxMinor: bigint | null;
  /** Of SMALL_AND_USUAL: how it is settled; null for the others. */
  readonly letGoBy: LetGoBy | null;
  /** Of SMALL_AND_USUAL: how much of what people decided was found valid, in percent of the amount, at the least. */
  readonly minShare: number | null;
  /** Of SMALL_AND_USUAL: how many deductions people decided, at the least. */
  readonly minDecided: number | null;
  /** Of PROMOTION: how sure it has to be which promotion it is, in percent, to settle against it; below, the promotion is only proposed. */
  readonly minConfidence: number | null;
  /** Of DUPLICATE and POD_FULL: whether it is charged back as well; otherwise a person does that. */
  readonly chargeBack: boolean;
  /** Of ROUTE: whose work it becomes. */
  readonly ownerId: string | null;
}

/** One version of a rule. */
export interface ResolutionRule extends RuleTerms {
  readonly id: string;
  readonly key: string;
  readonly version: number;
}

/** What a rule is tried on, and all that rules may look at: what none in question looks at is empty. */
export interface RuleFacts {
  readonly deductionId: string;
  readonly customerId: string;
  readonly reason: DeductionReason;
  readonly currency: string;
  readonly openMinor: bigint;
  readonly invoiceId: string | null;
  /** Keys of the numbers by which the customer calls it: of its claim, or on a line of the advice that is nothing but the claim. */
  readonly numberKeys: readonly string[];
  /** Key of the number that its claim has; null where it has none. */
  readonly claimKey: string | null;
  /** Key of the order that it names, or else its invoice. */
  readonly orderKey: string | null;
  readonly owned: boolean;
  /** Credit memos of the customer with something left. */
  readonly credits: readonly { readonly id: string; readonly number: string; readonly numberKey: string; readonly invoiceId: string | null; readonly openMinor: bigint }[];
  /** What was deducted or credited before, of the same customer, currency, reason and amount; the first first. */
  readonly earlier: readonly Earlier[];
  /** The last comparison of its papers; null where there is none. */
  readonly research: Researched | null;
  /** What people decided of the customer's deductions for this reason. */
  readonly decided: { readonly count: number; readonly minor: bigint; readonly validMinor: bigint };
  /** What tells which promotion it is for; null where no rule in question asks. */
  readonly promotion: PromotionFacts | null;
  readonly limits: readonly ApprovalLimit[];
  /** Those whom rules route to who may work deductions. */
  readonly workers: readonly string[];
}

/** A deduction or a credit memo that came before. */
export interface Earlier {
  readonly kind: "DEDUCTION" | "CREDIT_MEMO";
  readonly id: string;
  /** The number of the credit memo; null for a deduction. */
  readonly number: string | null;
  readonly on: BusinessDate;
  readonly invoiceId: string | null;
  readonly orderKey: string | null;
  readonly claimKey: string | null;
}

/** What the papers of a deduction said when they were last compared. */
export interface Researched {
  readonly id: string;
  /** Whether its papers and its reason are still those that were compared. */
  readonly current: boolean;
  readonly minor: bigint;
  readonly recommendation: Recommendation;
  readonly causes: readonly ClaimCause[];
  readonly warnings: readonly ClaimWarning[];
  /** Whether what was billed arrived. */
  readonly delivery: TestAnswer;
  /** Whether a paper that the receiver signed says so. */
  readonly signed: boolean;
}

/** Why a rule did not hit. Part of the public schema: add reasons, never rename them. */
export const RuleMiss = {
  HAS_POLICY: "HAS_POLICY",
  OTHER_CURRENCY: "OTHER_CURRENCY",
  OTHER_REASON: "OTHER_REASON",
  OTHER_CUSTOMER: "OTHER_CUSTOMER",
  ABOVE_LIMIT: "ABOVE_LIMIT",
  ABOVE_EVERY_LIMIT: "ABOVE_EVERY_LIMIT",
  NO_CREDIT: "NO_CREDIT",
  CREDIT_TOO_SMALL: "CREDIT_TOO_SMALL",
  SEVERAL_CREDITS: "SEVERAL_CREDITS",
  NO_REASON: "NO_REASON",
  NOTHING_EARLIER: "NOTHING_EARLIER",
  NOT_RESEARCHED: "NOT_RESEARCHED",
  PAPERS_CHANGED: "PAPERS_CHANGED",
  NOT_PROVED: "NOT_PROVED",
  NO_PROMOTION: "NO_PROMOTION",
  PROMOTION_OVER: "PROMOTION_OVER",
  PROMOTION_TOO_SMALL: "PROMOTION_TOO_SMALL",
  SEVERAL_PROMOTIONS: "SEVERAL_PROMOTIONS",
  UNSURE: "UNSURE",
  TOO_FEW_DECIDED: "TOO_FEW_DECIDED",
  SELDOM_VALID: "SELDOM_VALID",
  HAS_OWNER: "HAS_OWNER",
  OWNER_GONE: "OWNER_GONE",
} as const;
export type RuleMiss = (typeof RuleMiss)[keyof typeof RuleMiss];

/** What a rule does with a deduction. */
export type RuleAction =
  | { readonly kind: "NET"; readonly creditMemoId: string; readonly number: string }
  | { readonly kind: "LET_GO"; readonly by: LetGoBy }
  | { readonly kind: "DENY"; readonly earlier: Earlier; readonly chargeBack: boolean }
  | { readonly kind: "DENY_DELIVERED"; readonly researchId: string; readonly chargeBack: boolean }
  | { readonly kind: "CREDIT_SHORTAGE"; readonly researchId: string }
  | { readonly kind: "PROMOTION"; readonly promotionId: string; readonly code: string; readonly confidence: number }
  | { readonly kind: "ROUTE"; readonly ownerId: string };

/** What a rule would have done, had it been surer: the code of the promotion, and how sure it is, in percent. */
export interface Proposal {
  readonly miss: "UNSURE";
  readonly promotion: string;
  readonly confidence: number;
}

/** A rule that did not hit, and why. */
export type TriedRule = { readonly ruleId: string; readonly key: string; readonly version: number } & ({ readonly miss: Exclude<RuleMiss, "UNSURE"> } | Proposal);

/** What a rule did with a deduction. Part of the public schema: add outcomes, never rename them. */
export const ResolutionOutcome = { SETTLED: "SETTLED", CHARGED_BACK: "CHARGED_BACK", DECIDED: "DECIDED", ROUTED: "ROUTED" } as const;
export type ResolutionOutcome = (typeof ResolutionOutcome)[keyof typeof ResolutionOutcome];

/** What came of trying rules in order: the first that hit, and why each before it did not. */
export interface RuleAnswer {
  readonly hit: { readonly ruleId: string; readonly action: RuleAction } | null;
  readonly tried: readonly TriedRule[];
}

/** What a rule needs to know to be tried at all. */
export type RuleScope = Pick<RuleFacts, "customerId" | "reason" | "currency" | "openMinor">;

/** A miss with nothing to propose. */
type Miss = Exclude<RuleMiss, "UNSURE">;

/** Why a rule is not for a deduction; null when it is. Whoever reads facts reads only those that rules for it look at. */
export function outOfScope(rule: RuleTerms, { customerId, reason, currency, openMinor }: RuleScope): Miss | null {
  if (reason === DeductionReason.UNEARNED_DISCOUNT) return "HAS_POLICY";
  if (rule.currency !== currency) return "OTHER_CURRENCY";
  if (rule.reason !== null && rule.reason !== reason) return "OTHER_REASON";
  if (rule.customerId !== null && rule.customerId !== customerId) return "OTHER_CUSTOMER";
  return rule.maxMinor !== null && openMinor > rule.maxMinor ? "ABOVE_LIMIT" : null;
}

/** Tries rules in order, each by itself. A function of what it is given, so that an answer can be found again. */
export function firstHit(rules: readonly ResolutionRule[], facts: RuleFacts): RuleAnswer {
  const tried: TriedRule[] = [];
  for (const rule of [...rules].sort((a, b) => a.position - b.position || (a.key < b.key ? -1 : 1))) {
    const found = outOfScope(rule, facts) ?? TRY[rule.kind](rule, facts);
    if (typeof found !== "string" && !("miss" in found)) return { hit: { ruleId: rule.id, action: found }, tried };
    tried.push({ ruleId: rule.id, key: rule.key, version: rule.version, ...(typeof found === "string" ? { miss: found } : found) });
  }
  return { hit: null, tried };
}

const TRY: Readonly<Record<RuleKind, (rule: ResolutionRule, facts: RuleFacts) => RuleAction | Miss | Proposal>> = {
  NET_CREDIT: (_rule, facts) => {
    const found = creditFor(facts);
    if (typeof found === "string") return found;
    return mayLetGo(facts) ? { kind: "NET", creditMemoId: found.id, number: found.number } : "ABOVE_EVERY_LIMIT";
  },
  DUPLICATE: ({ chargeBack }, facts) => {
    // What was not said what for is not the same as anything.
    if (facts.reason === DeductionReason.UNIDENTIFIED) return "NO_REASON";
    const earlier = facts.earlier.find((it) => isAboutTheSame(it, facts));
    return earlier ? { kind: "DENY", earlier, chargeBack } : "NOTHING_EARLIER";
  },
  POD_FULL: ({ chargeBack }, facts) => {
    const found = provedBy(facts, "DENY", "AGAINST", "DELIVERED_IN_FULL");
    return typeof found === "string" ? found : { kind: "DENY_DELIVERED", researchId: found.id, chargeBack };
  },
  POD_SHORT: (_rule, facts) => {
    const found = provedBy(facts, "CREDIT", "FOR", "SHORTAGE");
    if (typeof found === "string") return found;
    return mayLetGo(facts) ? { kind: "CREDIT_SHORTAGE", researchId: found.id } : "ABOVE_EVERY_LIMIT";
  },
  PROMOTION: ({ minConfidence }, facts) => {
    const found = promotionFor(facts, facts.promotion!);
    if (typeof found === "string") return found;
    const { promotion: { id: promotionId, code }, confidence } = found;
    if (confidence < minConfidence!) return { miss: "UNSURE", promotion: code, confidence };
    return mayLetGo(facts) ? { kind: "PROMOTION", promotionId, code, confidence } : "ABOVE_EVERY_LIMIT";
  },
  SMALL_AND_USUAL: ({ letGoBy, minShare, minDecided }, facts) => {
    const { count, minor, validMinor } = facts.decided;
    if (count < minDecided!) return "TOO_FEW_DECIDED";
    if (validMinor * 100n < BigInt(minShare!) * minor) return "SELDOM_VALID";
    return mayLetGo(facts) ? { kind: "LET_GO", by: letGoBy! } : "ABOVE_EVERY_LIMIT";
  },
  ROUTE: ({ ownerId }, { owned, workers }) => {
    if (owned) return "HAS_OWNER";
    return workers.includes(ownerId!) ? { kind: "ROUTE", ownerId: ownerId! } : "OWNER_GONE";
  },
};

/** A rule lets nothing go that nobody at all could approve. */
const mayLetGo = ({ reason, currency, openMinor, limits }: RuleFacts): boolean => somebodyMay({ reason, currency, validMinor: openMinor }, limits);

/** The comparison in which a paper that the receiver signed accounts for all that is open by this one cause, with nothing to look at besides. */
function provedBy({ research, openMinor }: RuleFacts, recommendation: Recommendation, delivery: TestAnswer, cause: ClaimCause): Researched | Miss {
  if (!research) return "NOT_RESEARCHED";
  if (!research.current || research.minor !== openMinor) return "PAPERS_CHANGED";
  const only = research.causes.length === 1 && research.causes[0] === cause && research.warnings.length === 0;
  return research.signed && research.recommendation === recommendation && research.delivery === delivery && only ? research : "NOT_PROVED";
}

/** The credit memo that the customer names; or else the only one about the same invoice with exactly this amount left. */
function creditFor({ credits, numberKeys, invoiceId, openMinor }: RuleFacts): RuleFacts["credits"][number] | Miss {
  const [named, ...others] = credits.filter(({ numberKey }) => numberKeys.includes(numberKey));
  if (others.length > 0) return "SEVERAL_CREDITS";
  if (named) return named.openMinor >= openMinor ? named : "CREDIT_TOO_SMALL";
  const [same, ...alike] = credits.filter((it) => invoiceId !== null && it.invoiceId === invoiceId && it.openMinor === openMinor);
  if (alike.length > 0) return "SEVERAL_CREDITS";
  return same ?? "NO_CREDIT";
}

/** About the same invoice or order; and two documents with different numbers are two claims. */
const isAboutTheSame = (it: Earlier, { invoiceId, orderKey, claimKey }: RuleFacts): boolean =>
  ((invoiceId !== null && it.invoiceId === invoiceId) || (orderKey !== null && it.orderKey === orderKey)) && (it.claimKey === null || claimKey === null || it.claimKey === claimKey);

const LAST_POSITION = 10_000;
const MOST_DECIDED = 100_000;

/** Refuses a rule that has not what its kind takes, or what another kind takes. A rule that settles has a limit. */
export function checkRule(rule: RuleTerms): void {
  const { kind, position, maxMinor, letGoBy, minShare, minDecided, minConfidence, chargeBack, ownerId } = rule;
  const refuse = (when: boolean, message: string, field: string): void => {
    if (when) throw new Refusal("VALUE_INVALID", message, { field: [field] });
  };
  refuse(position < 1 || position > LAST_POSITION, `A place is 1 to ${LAST_POSITION}.`, "position");
  if (maxMinor !== null && maxMinor <= 0n) throw new Refusal("AMOUNT_INVALID", "A limit is more than nothing.", { field: ["maxAmount"] });
  const settles = kind === "NET_CREDIT" || kind === "POD_SHORT" || kind === "PROMOTION" || kind === "SMALL_AND_USUAL" || chargeBack;
  refuse(settles && maxMinor === null, "A rule that settles has a limit.", "maxAmount");
  const small = kind === "SMALL_AND_USUAL";
  refuse(small !== (letGoBy !== null), small ? "Say how it is let go." : `A ${kind} rule lets nothing go.`, "letGoBy");
  refuse(small !== (minShare !== null), small ? "Say how much of it has to have been valid." : `A ${kind} rule looks at no history.`, "minShare");
  refuse(small !== (minDecided !== null), small ? "Say how many have to have been decided." : `A ${kind} rule looks at no history.`, "minDecided");
  refuse(minShare !== null && (minShare < 1 || minShare > 100), "A share is 1 to 100 percent.", "minShare");
  refuse(minDecided !== null && (minDecided < 1 || minDecided > MOST_DECIDED), `1 to ${MOST_DECIDED} have to have been decided.`, "minDecided");
  const promotes = kind === "PROMOTION";
  refuse(promotes !== (minConfidence !== null), promotes ? "Say how sure it has to be." : `A ${kind} rule asks for no promotion.`, "minConfidence");
  refuse(minConfidence !== null && (minConfidence < 1 || minConfidence > 100), "A confidence is 1 to 100 percent.", "minConfidence");
  refuse(chargeBack && kind !== "DUPLICATE" && kind !== "POD_FULL", `A ${kind} rule charges nothing back.`, "chargeBack");
  refuse((kind === "ROUTE") !== (ownerId !== null), kind === "ROUTE" ? "Say whose work it becomes." : `A ${kind} rule gives work to nobody.`, "ownerId");
  refuse(rule.reason === DeductionReason.UNEARNED_DISCOUNT, "Discounts that were not earned have a policy of their own.", "reason");
}
