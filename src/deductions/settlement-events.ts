import type { Tx } from "../db/transaction.ts";
import { type BusinessEvent, EventKind } from "../domain/events.ts";
import type { ResolvedDeduction } from "../domain/resolution.ts";
import type { CaseRow } from "./case.sql.ts";
import type { PlannedMemo } from "./settlement-plan.ts";
import { documentsOfItems } from "./settlement.sql.ts";

/** What a settlement or its undoing did to items: each use of a credit, each write-off, and the invoices that it opened or closed again, each once. */
export async function eventsOf(tx: Tx, { companyId, customerId, currency }: CaseRow, applications: ResolvedDeduction["applications"]): Promise<BusinessEvent[]> {
  const ids = applications.flatMap(({ debitItemId, creditItemId }) => [debitItemId, creditItemId].filter((id) => id !== null));
  const documents = new Map((await documentsOfItems(tx, companyId, ids)).map((it) => [it.itemId, it]));
  const common = { companyId, customerId, currency, reason: null, batchId: null };
  const changed = new Map<string, BusinessEvent & { readonly minor: bigint }>();
  const applied = applications.flatMap(({ id, kind, minor, debitItemId, creditItemId, effectiveOn }): BusinessEvent[] => {
    const it = { ...common, subjectId: id, documentId: null, minor, effectiveOn };
    if (kind === "CREDIT") return [{ ...it, kind: EventKind.CREDIT_APPLIED, documentId: documents.get(creditItemId!)!.documentId }];
    if (kind === "WRITE_OFF") return [{ ...it, kind: EventKind.WRITTEN_OFF }];
    const debit = debitItemId === null ? undefined : documents.get(debitItemId);
    if (kind !== "DEDUCTION" || debit?.kind !== "INVOICE") return [];
    const before = changed.get(debit.documentId)?.minor ?? 0n;
    changed.set(debit.documentId, { ...it, kind: EventKind.INVOICE_CHANGED, subjectId: debit.documentId, minor: before + (minor < 0n ? -minor : minor) });
    return [];
  });
  return [...applied, ...changed.values()];
}

/** That a settlement issued a memo. */
export function issued({ companyId, customerId, currency, reason }: CaseRow, effectiveOn: string, { id, kind, totalMinor }: PlannedMemo): BusinessEvent {
  const event = kind === "CREDIT" ? EventKind.CREDIT_MEMO_ISSUED : EventKind.DEBIT_MEMO_ISSUED;
  return { kind: event, companyId, customerId, subjectId: id, documentId: null, reason: kind === "CREDIT" ? reason : null, currency, minor: totalMinor, batchId: null, effectiveOn };
}
