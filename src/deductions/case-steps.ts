import { type Answering, only } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import type { Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import type { CaseWorker } from "../domain/case-guards.ts";
import { type DeductionAction, nextState } from "../domain/deduction-case.ts";
import { endsEscalation } from "../domain/escalation.ts";
import { EventKind } from "../domain/events.ts";
import { Refusal } from "../domain/refusal.ts";
import { append } from "../live/event-log.ts";
import { type CaseChange, type CaseRow, casesByKeys, type NewActivity, updateCase, writeActivity } from "./case.sql.ts";

/** Which deduction, and the version of it that was seen. */
export interface CaseInQuestion {
  readonly companyId: string;
  readonly deductionId: string;
  readonly expectedVersion?: number | null | undefined;
}

export const workerOf = (actor: Actor, companyId: string): CaseWorker => {
  const grant = actor.grants.get(companyId);
  return { memberId: actor.memberId, roles: grant?.roles ?? [], permissions: grant?.permissions ?? new Set() };
};

/** The deduction as the subject of a refusal. */
export const subjectOf = ({ companyId, deductionId }: CaseRow) => ({ type: "Deduction", companyId, id: deductionId }) as const;

/** A case as it stands. Refuses what is not there. */
export async function readCase(on: Answering, { companyId, deductionId }: CaseInQuestion): Promise<CaseRow> {
  const [row] = await casesByKeys(on, [companyId], [deductionId]);
  if (!row) throw new Refusal("NOT_FOUND", "There is no such deduction in this company.", { field: ["deductionId"] });
  return row;
}

/** Locks the customer of a deduction and reads its case. Refuses what is not there, and a version that is not the one seen. */
export async function lockCase(tx: Tx, { companyId, deductionId, expectedVersion }: CaseInQuestion): Promise<CaseRow> {
  const seen = await readCase(tx, { companyId, deductionId });
  await lockCustomers(tx, companyId, [seen.customerId]);
  const row = only(await casesByKeys(tx, [companyId], [deductionId]));
  refuseStale(row, expectedVersion);
  return row;
}

/** Refuses a case that is not at the version that was seen. */
export function refuseStale(row: CaseRow, expectedVersion: number | null | undefined): void {
  if (expectedVersion == null || expectedVersion === row.version) return;
  throw new Refusal("CONFLICT", `The deduction is at version ${row.version} and is ${row.state}; it was ${expectedVersion} when you read it.`, { field: ["expectedVersion"], subject: subjectOf(row) });
}

/** Changes a case, says so in its activities, and tells it. Its escalation ends where nobody is needed any more. Answers with the case as it is then. */
export async function recordStep(tx: Tx, memberId: string | null, row: CaseRow, action: NewActivity["action"], note: string | null, asked: CaseChange, details: NewActivity["details"] = {}): Promise<CaseRow> {
  const change = row.escalation !== null && endsEscalation(asked.state) ? { ...asked, escalation: null } : asked;
  if (!(await updateCase(tx, row, change))) throw new Refusal("CONFLICT", "Somebody else worked on this deduction first; read it again.", { subject: subjectOf(row) });
  const decided = change.validMinor == null ? {} : { validMinor: change.validMinor.toString() };
  const activityId = newId();
  await writeActivity(tx, row.companyId, { id: activityId, deductionId: row.deductionId, action, fromState: row.state, toState: change.state, memberId, note, details: { ...details, ...decided, ...(change.followUpOn ? { followUpOn: change.followUpOn } : {}) } });
  const { companyId, customerId, deductionId: subjectId, currency, openMinor: minor, takenOn: effectiveOn } = row;
  await append(tx, memberId, [{ kind: EventKind.DEDUCTION_CHANGED, companyId, customerId, subjectId, documentId: activityId, reason: change.reason ?? row.reason, currency, minor, batchId: null, effectiveOn }]);
  return { ...row, ...change, version: row.version + 1 };
}

/** Walks a case through steps of the published table, each an activity of its own; the note stands on the first. Answers with the case as it is then. */
export async function walk(tx: Tx, memberId: string | null, row: CaseRow, steps: readonly DeductionAction[], note: string | null, details: NewActivity["details"]): Promise<CaseRow> {
  let at = row;
  for (const [index, action] of steps.entries()) {
    const state = nextState(at.state, action);
    if (state === null) throw new Error(`A case that is ${at.state} does not walk on by ${action}.`);
    at = await recordStep(tx, memberId, at, action, index === 0 ? note : null, { state }, details);
  }
  return at;
}
