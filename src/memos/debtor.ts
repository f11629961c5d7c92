import type { Answering } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";
import { invoicesByKeys } from "../invoices/invoice.sql.ts";
import { itemsOfDocuments, type ItemToSettle } from "../openitems/open-item.sql.ts";
import { type MemoKind, memosByKeys, type MemoRow } from "./memo.sql.ts";

/** A memo of one kind. Refuses an id that is none. */
export async function requireMemo(on: Answering, companyId: string, id: string, kind: MemoKind, ...field: readonly string[]): Promise<MemoRow> {
  const [memo] = await memosByKeys(on, [companyId], [id]);
  if (memo?.kind !== kind) throw new Refusal("NOT_FOUND", `There is no such ${kind.toLowerCase()} memo in this company.`, { field });
  return memo;
}

/** What a line of a credit's use names. */
export interface DebtorLine {
  readonly type: "Invoice" | "DebitMemo";
  readonly documentId: string;
  readonly expectedVersion?: number | null | undefined;
  readonly customerId: string;
  readonly currency: string;
  readonly index: number;
}

/** The items of the invoice or debit memo that a line names. Refuses another customer's, another currency, and one that is not as the line counted on. */
export async function findDebtor(tx: Tx, companyId: string, { type, documentId, expectedVersion, customerId, currency, index }: DebtorLine): Promise<ItemToSettle[]> {
  const field = (name: string): string[] => ["lines", String(index), name];
  const [document] = type === "Invoice" ? await invoicesByKeys(tx, [companyId], [documentId]) : [await requireMemo(tx, companyId, documentId, "DEBIT", ...field("documentId"))];
  if (document?.customerId !== customerId) throw new Refusal("NOT_FOUND", "The customer of the credit memo has no such document.", { field: field("documentId") });
  if (document.currency !== currency) throw new Refusal("CURRENCY_MISMATCH", `The document is in ${document.currency} and the credit memo in ${currency}.`, { field: field("documentId") });
  if (expectedVersion != null && expectedVersion !== document.version) {
    const subject = { type, companyId, id: documentId };
    throw new Refusal("CONFLICT", `The document is at version ${document.version}, not ${expectedVersion}; read it again.`, { field: field("expectedVersion"), subject });
  }
  return itemsOfDocuments(tx, companyId, [documentId]);
}
