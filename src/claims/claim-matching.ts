import { newId } from "../db/ids.ts";
import type { Tx } from "../db/transaction.ts";
import { documentKey } from "../domain/account-number.ts";
import { matchClaim, type MatchedBy, type UnclaimedDeduction, type WaitingClaim } from "../domain/claim-match.ts";
import { EventKind } from "../domain/events.ts";
import { append } from "../live/event-log.ts";
import { recordStep } from "../deductions/case-steps.ts";
import { casesByKeys } from "../deductions/case.sql.ts";
import { claimsByKeys } from "./claim.sql.ts";
import { type ComparedDeduction, comparedDeductions, insertMatch, waitingClaims, type WaitingClaimRow } from "./claim-match.sql.ts";
import { writeClaimActivity } from "./claim-write.sql.ts";

const keyOf = (text: string | null): string | null => (text?.trim() ? documentKey(text) : null);

/** A deduction as claims are compared with it. */
export const unclaimed = ({ claimNumber, purchaseOrder, ...it }: ComparedDeduction): UnclaimedDeduction & ComparedDeduction => ({ ...it, claimNumber, purchaseOrder, numberKey: keyOf(claimNumber), orderKey: keyOf(purchaseOrder) });

/** The arguments that find the claims which could be behind deductions. */
export function lookFor(deductions: readonly (UnclaimedDeduction & { readonly companyId: string; readonly customerId: string })[]): [string[], string[], string[], string[], string[]] {
  const some = (of: (it: UnclaimedDeduction) => string | null): string[] => deductions.flatMap((it) => of(it) ?? []);
  return [deductions.map(({ companyId }) => companyId), deductions.map(({ customerId }) => customerId), some((it) => it.numberKey), some((it) => it.invoiceId), some((it) => it.orderKey)];
}

/** Finds the claims behind deductions that were just taken. Their customers are locked, so that no claim is deducted twice. */
export async function matchTaken(tx: Tx, companyId: string, memberId: string | null, deductionIds: readonly string[]): Promise<void> {
  if (deductionIds.length === 0) return;
  const rows = new Map((await comparedDeductions(tx, deductionIds.map(() => companyId), deductionIds)).map((it) => [it.id, unclaimed(it)]));
  const taken = deductionIds.map((id) => rows.get(id)!);
  const claims = new Map((await waitingClaims(tx, ...lookFor(taken))).map((it): [string, WaitingClaimRow] => [it.id, it]));
  for (const deduction of taken) {
    const match = matchClaim(deduction, [...claims.values()].filter(({ customerId }) => customerId === deduction.customerId));
    if (!match) continue;
    await attach(tx, memberId, deduction, match.claim, match.minor, match.by);
    const claim = claims.get(match.claim.id)!;
    claims.set(claim.id, { ...claim, openMinor: claim.openMinor - match.minor });
  }
}

/** Puts a claim behind a deduction: both say so in their activities, and a deduction without a reason takes that of the claim. */
export async function attach(tx: Tx, memberId: string | null, { companyId, id: deductionId }: Pick<ComparedDeduction, "companyId" | "id">, claim: Pick<WaitingClaim, "id" | "reason">, minor: bigint, by: MatchedBy): Promise<void> {
  await insertMatch(tx, companyId, { id: newId(), claimId: claim.id, deductionId, minor, by, undoesId: null });
  await writeClaimActivity(tx, companyId, { id: newId(), claimId: claim.id, action: "MATCHED", memberId, deductionId, minor });
  const [work] = await casesByKeys(tx, [companyId], [deductionId]);
  const reason = work!.reason === "UNIDENTIFIED" ? claim.reason : work!.reason;
  await recordStep(tx, memberId, work!, "MATCH_CLAIM", null, { state: work!.state, reason }, { claimId: claim.id, by });
  await tellClaim(tx, companyId, memberId, claim.id, EventKind.CLAIM_CHANGED);
}

/** Tells news of a claim under its customer. */
export async function tellClaim(tx: Tx, companyId: string, memberId: string | null, claimId: string, kind: typeof EventKind.CLAIM_CHANGED | typeof EventKind.CLAIM_RECORDED): Promise<void> {
  const [claim] = await claimsByKeys(tx, [companyId], [claimId]);
  const { customerId, reason, currency, minor, receivedOn: effectiveOn } = claim!;
  await append(tx, memberId, [{ kind, companyId, customerId, subjectId: claimId, documentId: null, reason, currency, minor, batchId: null, effectiveOn }]);
}
