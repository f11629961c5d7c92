import type { Tx } from "../db/transaction.ts";
import { EventKind } from "../domain/events.ts";
import { append } from "../live/event-log.ts";
import { finishRun, type ImportRun } from "./import-run.sql.ts";
import { ImportStatus } from "./import-status.ts";
import { clearNames, clearRows } from "./staging.sql.ts";

/** Ends an import: its queue is emptied and subscribers are told once, however much was posted. */
export async function endImport(tx: Tx, { companyId, id, memberId }: ImportRun, status: ImportStatus, message: string | null): Promise<void> {
  await clearRows(tx, companyId, id);
  await clearNames(tx, companyId, id);
  await finishRun(tx, companyId, id, status, message, tx.recordedAt);
  const nothing = { customerId: null, documentId: null, reason: null, currency: null, minor: null, batchId: null };
  await append(tx, memberId, [{ ...nothing, kind: EventKind.IMPORT_FINISHED, companyId, subjectId: id, effectiveOn: tx.recordedAt.slice(0, 10) }]);
}
