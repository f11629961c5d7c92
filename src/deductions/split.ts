import { newId } from "../db/ids.ts";
import type { Tx } from "../db/transaction.ts";
import { EventKind } from "../domain/events.ts";
import { total } from "../domain/money.ts";
import type { DeductionReason } from "../domain/reasons.ts";
import { type DeductionInHand, mergeDeductions, type ResolvedDeduction, splitDeduction } from "../domain/resolution.ts";
import type { NewDeduction } from "../domain/settlement.ts";
import { append } from "../live/event-log.ts";
import { writeOpenItems } from "../openitems/open-item-writer.sql.ts";
import { recordStep } from "./case-steps.ts";
import { type CaseChange, type CaseRow, casesByKeys, inheritDeadline } from "./case.sql.ts";
import { insertParts } from "./deduction-part.sql.ts";
import { type DeductionRow, deductionsByKeys, insertDeductions } from "./deduction.sql.ts";

/** A part that a deduction is split into, and where the work on it begins. */
export interface SplitPart {
  readonly minor: bigint;
  readonly reason: DeductionReason;
  readonly begins: CaseChange;
}

const inHand = (row: CaseRow): DeductionInHand => ({ ...row, id: row.deductionId });

/** Splits what a deduction has open into deductions of their own. Its customer is locked. Answers with their ids. */
export async function splitCase(tx: Tx, memberId: string | null, row: CaseRow, parts: readonly SplitPart[], note: string | null, day: string): Promise<string[]> {
  const children = parts.map((part) => ({ ...part, id: newId() }));
  await standOn(tx, memberId, [row], children, "SPLIT", note, splitDeduction(inHand(row), children, day, newId));
  return children.map(({ id }) => id);
}

/** Makes one deduction of several. Their customer is locked. Answers with its id. */
export async function mergeCases(tx: Tx, memberId: string | null, rows: readonly CaseRow[], note: string | null, day: string): Promise<string> {
  const merged = { id: newId(), minor: total(rows.map(({ openMinor }) => openMinor)), reason: rows[0]!.reason, begins: { state: rows[0]!.state, ownerId: rows[0]!.ownerId } };
  const resolved = mergeDeductions(rows.map(inHand), merged.id, day, newId);
  await standOn(tx, memberId, rows, [merged], "MERGE", note, resolved);
  return merged.id;
}

/** Writes the new deductions with their items and cases. They are about what all they came from are about, and were taken when the first of them was. */
async function standOn(tx: Tx, memberId: string | null, from: readonly CaseRow[], fresh: readonly (SplitPart & { readonly id: string })[], source: "SPLIT" | "MERGE", note: string | null, resolved: ResolvedDeduction): Promise<void> {
  const { companyId, customerId, currency, deductionId } = from[0]!;
  const sources = await deductionsByKeys(tx, from.map(() => companyId), from.map((it) => it.deductionId));
  const common = <Value>(of: (source: DeductionRow) => Value): Value | null => (sources.every((it) => of(it) === of(sources[0]!)) ? of(sources[0]!) : null);
  const stated = { invoiceId: common((it) => it.invoiceId), customerCode: common((it) => it.customerCode), codeList: common((it) => it.codeList), claimNumber: common((it) => it.claimNumber), purchaseOrder: common((it) => it.purchaseOrder) };
  const takenOn = sources.map((it) => it.takenOn).reduce((a, b) => (b < a ? b : a));
  const foundAs = (reason: DeductionReason): Pick<NewDeduction, "reason" | "reasonSource" | "reasonConfidence"> => {
    const alike = sources.find((it) => it.reason === reason);
    return alike ? { reason, reasonSource: alike.reasonSource, reasonConfidence: alike.reasonConfidence } : { reason, reasonSource: "PERSON", reasonConfidence: 100 };
  };
  const rows = fresh.map(({ id, minor, reason }): NewDeduction => ({ ...stated, ...foundAs(reason), id, customerId, paymentId: null, lineNo: null, source, currency, minor, takenOn }));
  await insertDeductions(tx, companyId, rows);
  await insertParts(tx, companyId, fresh.map(({ id }) => id), from.map((it) => it.deductionId));
  await inheritDeadline(tx, companyId, fresh.map(({ id }) => id), from.map((it) => it.deductionId));
  await writeOpenItems(tx, { companyId, batchId: null }, resolved);
  const opened = { companyId, customerId, currency, batchId: null, kind: EventKind.DEDUCTION_OPENED, documentId: null, effectiveOn: takenOn };
  await append(tx, memberId, fresh.map(({ id, minor, reason }) => ({ ...opened, subjectId: id, reason, minor })));
  const cases = new Map((await casesByKeys(tx, fresh.map(() => companyId), fresh.map(({ id }) => id))).map((it) => [it.deductionId, it]));
  for (const { id, begins } of fresh) await recordStep(tx, memberId, cases.get(id)!, source, note, begins, { from: deductionId });
}
