import { newId } from "../db/ids.ts";
import type { Tx } from "../db/transaction.ts";
import { recordStep } from "../deductions/case-steps.ts";
import { type CaseRow, casesByKeys } from "../deductions/case.sql.ts";
import { planByRule, type WrittenPart } from "../deductions/settlement-plan.ts";
import { writeSettlement } from "../deductions/settlement-writing.ts";
import { firstHit, outOfScope, type ResolutionOutcome, type ResolutionRule, type RuleAnswer } from "../domain/auto-resolution.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { decimalFromMinor } from "../domain/money.ts";
import { packed } from "../evidence/research-outcome.ts";
import { insertHit } from "./hit.sql.ts";
import { readFacts } from "./rule-facts.ts";
import { rulesInForce } from "./rule.sql.ts";

/** What became of a deduction that rules were tried on. */
export interface Tried {
  readonly deductionId: string;
  /** Null where no rule hit, and where it was not CAPTURED any more. */
  readonly outcome: ResolutionOutcome | null;
  /** Null where it was not CAPTURED any more, so that no rule was tried. */
  readonly answer: RuleAnswer | null;
}

/** The rules of a company on the day of a transaction. */
export const rulesToday = (tx: Tx, companyId: string): Promise<ResolutionRule[]> => rulesInForce(tx, companyId, tx.recordedAt.slice(0, 10));

/** Tries the rules on deductions that were just taken, in the transaction that takes them. Their customers are locked. */
export async function resolveTaken(tx: Tx, companyId: string, deductionIds: readonly string[]): Promise<void> {
  if (deductionIds.length === 0) return;
  const rules = await rulesToday(tx, companyId);
  if (rules.length > 0) await resolveByRules(tx, companyId, rules, deductionIds, null);
}

/**
 * Tries rules on deductions, one after the other: what one was settled with, the next does not find any more. A settlement counts
 * from the day given; null is the day each was taken. Answers in the order they were named in.
 */
export async function resolveByRules(tx: Tx, companyId: string, rules: readonly ResolutionRule[], deductionIds: readonly string[], on: BusinessDate | null): Promise<Tried[]> {
  const rows = new Map((await casesByKeys(tx, deductionIds.map(() => companyId), deductionIds)).map((row) => [row.deductionId, row]));
  const done: Tried[] = [];
  for (const deductionId of deductionIds) done.push(await resolve(tx, rules, rows.get(deductionId)!, on));
  return done;
}

async function resolve(tx: Tx, rules: readonly ResolutionRule[], row: CaseRow, on: BusinessDate | null): Promise<Tried> {
  const { companyId, deductionId } = row;
  if (row.state !== "CAPTURED" || row.openMinor === 0n) return { deductionId, outcome: null, answer: null };
  const facts = await readFacts(tx, row, rules.filter((rule) => outOfScope(rule, row) === null));
  const answer = firstHit(rules, facts);
  if (!answer.hit) return { deductionId, outcome: null, answer };
  const rule = rules.find(({ id }) => id === answer.hit!.ruleId)!;
  const passed = new Set(answer.tried.map((it) => it.ruleId));
  const lookedAt = rules.filter((it) => it === rule || passed.has(it.id));
  const id = newId();
  const { outcome, settlementId } = await carryOut(tx, row, answer.hit.action, rule, on ?? row.effectiveOn, { hitId: id, ruleId: rule.id, rule: rule.key, ruleVersion: rule.version });
  await insertHit(tx, companyId, { id, deductionId, ruleId: rule.id, outcome, inputs: packed({ rules: lookedAt, facts }), answer: packed(answer), settlementId });
  return { deductionId, outcome, answer };
}

type Details = Readonly<Record<string, string | number>>;

/** Does what a rule says, as nobody; the activities say which rule it was. */
async function carryOut(tx: Tx, row: CaseRow, action: NonNullable<RuleAnswer["hit"]>["action"], rule: ResolutionRule, on: BusinessDate, details: Details): Promise<{ outcome: ResolutionOutcome; settlementId: string | null }> {
  const note = (what: string): string => `Rule ${rule.key}, version ${rule.version}: ${what}`;
  const amount = decimalFromMinor(row.openMinor, row.currency);
  const settle = async (at: CaseRow, part: WrittenPart): Promise<string> => writeSettlement(tx, null, await planByRule(tx, at, [part], on));
  const settled = async (part: WrittenPart, what: string): Promise<{ outcome: ResolutionOutcome; settlementId: string }> => {
    const settlementId = await settle(row, part);
    await recordStep(tx, null, row, "AUTO_RESOLVE", note(what), { state: "AUTO_RESOLVED", verdict: "VALID", validMinor: row.openMinor }, { ...details, settlementId });
    return { outcome: "SETTLED", settlementId };
  };
  const denied = async (chargeBack: boolean, what: string, evidence: Details): Promise<{ outcome: ResolutionOutcome; settlementId: string | null }> => {
    const decided = await recordStep(tx, null, row, "DECIDE", note(what), { state: "DECIDED", verdict: "INVALID", validMinor: 0n, followUpOn: null }, { ...details, ...evidence });
    if (!chargeBack) return { outcome: "DECIDED", settlementId: null };
    const settlementId = await settle(decided, { kind: "CHARGEBACK", amount });
    await recordStep(tx, null, decided, "DENY", note("charged back."), { state: "DENIED" }, { ...details, settlementId });
    return { outcome: "CHARGED_BACK", settlementId };
  };
  switch (action.kind) {
    case "NET":
      return settled({ kind: "NETTING", amount, creditMemoId: action.creditMemoId }, `netted with credit memo ${action.number}.`);
    case "LET_GO":
      return settled({ kind: action.by, amount }, action.by === "WRITE_OFF" ? "small and usually valid; written off." : "small and usually valid; credited.");
    case "PROMOTION":
      return settled({ kind: "PROMOTION", amount, promotionId: action.promotionId }, `settled against promotion ${action.code}, ${action.confidence} percent sure.`);
    case "ROUTE":
      await recordStep(tx, null, row, "ASSIGN", note("given to whom it belongs."), { state: row.state, ownerId: action.ownerId }, details);
      return { outcome: "ROUTED", settlementId: null };
    case "CREDIT_SHORTAGE":
      return settled({ kind: "CREDIT_MEMO", amount }, "the receiver signed for as much less; credited.");
    case "DENY_DELIVERED":
      return denied(action.chargeBack, "the receiver signed for all that was billed.", { researchId: action.researchId });
    case "DENY": {
      const { kind, id: earlierId, on: day, number } = action.earlier;
      return denied(action.chargeBack, kind === "DEDUCTION" ? `the same was deducted on ${day}.` : `the same was credited on ${day} by ${number}.`, { earlierId });
    }
  }
}
