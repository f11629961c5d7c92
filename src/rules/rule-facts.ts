import { only } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import { ANALYSTS } from "../deadlines/assignment.service.ts";
import type { CaseRow } from "../deductions/case.sql.ts";
import { limitsInForce } from "../deductions/limit.sql.ts";
import { documentKey } from "../domain/account-number.ts";
import type { Researched, ResolutionRule, RuleFacts, RuleKind } from "../domain/auto-resolution.ts";
import type { DeductionFile } from "../domain/deduction-file.ts";
import { type PromotionFacts, promotionWords } from "../domain/promotion.ts";
import { evidenceOfDeductions } from "../evidence/evidence.sql.ts";
import { type ResearchOutcome, unpacked } from "../evidence/research-outcome.ts";
import { researchOfDeductions } from "../evidence/research.sql.ts";
import { promotionsToOffer } from "../promotions/promotion.sql.ts";
import { creditsFor, decidedByPeople, earlierLike, membersAmong, NAMELESS, namesOfDeduction, type NamesRow } from "./rule-facts.sql.ts";

const keyOf = (text: string | null): string | null => (text?.trim() ? documentKey(text) : null);

/** Reads what these rules look at, and no more. */
export async function readFacts(tx: Tx, row: CaseRow, rules: readonly ResolutionRule[]): Promise<RuleFacts> {
  const { companyId, deductionId, customerId, reason, currency, openMinor, invoiceId, ownerId } = row;
  const any = (...kinds: readonly RuleKind[]): boolean => rules.some(({ kind }) => kinds.includes(kind));
  const owners = rules.flatMap((rule) => rule.ownerId ?? []);
  const names = any("NET_CREDIT", "DUPLICATE", "PROMOTION") ? only(await namesOfDeduction(tx, companyId, deductionId)) : NAMELESS;
  const claimKey = keyOf(names.claimNumber);
  const numberKeys = [...new Set([claimKey, keyOf(names.reference)].filter((key) => key !== null))];
  const [credits, earlier, research, decided, promotion, limits, workers] = await Promise.all([
    any("NET_CREDIT") ? creditsFor(tx, companyId, customerId, currency, numberKeys, invoiceId, openMinor) : [],
    any("DUPLICATE") ? earlierLike(tx, companyId, deductionId, reason) : [],
    any("POD_FULL", "POD_SHORT") ? lastResearch(tx, row) : null,
    any("SMALL_AND_USUAL") ? decidedByPeople(tx, companyId, customerId, reason, currency).then(only) : { count: 0, minor: 0n, validMinor: 0n },
    any("PROMOTION") ? promotionFacts(tx, row, names) : null,
    any("NET_CREDIT", "POD_SHORT", "PROMOTION", "SMALL_AND_USUAL") ? limitsInForce(tx, companyId, currency, tx.recordedAt.slice(0, 10)) : [],
    owners.length > 0 ? membersAmong(tx, companyId, owners, ANALYSTS) : [],
  ]);
  return {
    deductionId, customerId, reason, currency, openMinor, invoiceId, claimKey, orderKey: keyOf(names.purchaseOrder), owned: ownerId !== null,
    numberKeys, credits: credits.map(({ documentKey: numberKey, ...it }) => ({ ...it, numberKey })),
    earlier: earlier.map(({ purchaseOrder, claimNumber, ...it }) => ({ ...it, orderKey: keyOf(purchaseOrder), claimKey: keyOf(claimNumber) })),
    research, decided, promotion, limits: limits.map((it) => ({ role: it.role, reason: it.reason, currency: it.currency, maxMinor: it.maxMinor })), workers: workers.map((it) => it.memberId),
  };
}

/** What the customer wrote, and the promotions that it may be about. */
async function promotionFacts(tx: Tx, { companyId, customerId, currency, invoiceId, takenOn }: CaseRow, { claimNumber, customerCode, comment, invoicedOn }: NamesRow): Promise<PromotionFacts> {
  const words = promotionWords(claimNumber, customerCode, comment);
  return { words, invoicedOn, takenOn, offers: await promotionsToOffer(tx, companyId, customerId, currency, words, invoicedOn ?? takenOn, invoiceId) };
}

/** The last comparison of a deduction's papers, and whether they are still the same. */
async function lastResearch(tx: Tx, { companyId, deductionId, reason }: CaseRow): Promise<Researched | null> {
  const [[last], papers] = await Promise.all([researchOfDeductions(tx, [companyId], [deductionId]), evidenceOfDeductions(tx, [companyId], [deductionId])]);
  if (!last) return null;
  const [{ facts, arrived }, { findings, tests, warnings }] = [unpacked<DeductionFile>(last.file), unpacked<ResearchOutcome>(last.outcome)];
  const compared = new Set(last.inputs.map(({ evidenceId }) => evidenceId));
  const there = papers.filter(({ withdrawnAt, document }) => withdrawnAt === null && document !== null);
  return {
    id: last.id, minor: last.minor, recommendation: last.recommendation, causes: findings.map(({ cause }) => cause), warnings, signed: arrived.signed !== null,
    current: facts.reason === reason && there.length === compared.size && there.every(({ id }) => compared.has(id)), delivery: tests.find(({ test }) => test === "DELIVERY")!.answer,
  };
}
