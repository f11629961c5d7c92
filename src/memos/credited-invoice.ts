import { only } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import { documentKey } from "../domain/account-number.ts";
import type { MemoAmounts } from "../domain/memo.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { invoicesByDocumentKeys, invoicesByKeys, type InvoiceRow } from "../invoices/invoice.sql.ts";
import { creditedLines, creditedOfInvoice } from "./memo.sql.ts";

/** The invoice that a memo names by its number. Refuses one of another customer as if it were not there, and one of another currency. */
export async function findInvoice(tx: Tx, { companyId, customerId, currency, number }: { readonly companyId: string; readonly customerId: string; readonly currency: string; readonly number: string }): Promise<InvoiceRow> {
  const field = ["invoice"];
  const key = at({ field }, () => documentKey(number));
  const [named] = await invoicesByDocumentKeys(tx, companyId, [key]);
  if (!named || named.customerId !== customerId) throw new Refusal("NOT_FOUND", `The customer has no invoice ${number}.`, { field });
  const invoice = only(await invoicesByKeys(tx, [companyId], [named.id]));
  if (invoice.currency !== currency) throw new Refusal("CURRENCY_MISMATCH", `Invoice ${number} is in ${invoice.currency}.`, { field: ["currency"] });
  return invoice;
}

/** Refuses an invoice that is not as the command counted on. */
export function refuseStaleInvoice({ companyId, id, version }: InvoiceRow, expectedVersion: number | null, field: readonly string[] = ["expectedVersion"]): void {
  if (expectedVersion === null || expectedVersion === version) return;
  throw new Refusal("CONFLICT", `The invoice is at version ${version}, not ${expectedVersion}; read it again.`, { field, subject: { type: "Invoice", companyId, id } });
}

/** Nobody gets back more than was billed: not in all, not of the tax, and not on any line. */
export async function refuseOvercredit(tx: Tx, { companyId, id, totalMinor, taxMinor }: InvoiceRow, lines: readonly { readonly invoiceLineNo?: number | null | undefined }[], amounts: MemoAmounts): Promise<void> {
  const subject = { type: "Invoice", companyId, id } as const;
  const credited = only(await creditedOfInvoice(tx, companyId, id));
  const refuse = (what: string, billed: bigint, before: bigint, field: readonly string[]): never => {
    throw new Refusal("CREDIT_EXCEEDED", `${what}: ${billed} minor units were billed and ${before} credited before.`, { field, subject });
  };
  if (credited.totalMinor + amounts.totalMinor > totalMinor) refuse("More than the invoice", totalMinor, credited.totalMinor, ["total"]);
  const billed = new Map((await creditedLines(tx, companyId, id)).map((line) => [line.lineNo, { ...line }]));
  // Of an invoice that came without lines only the total is known, and how much of it is tax is not.
  if (billed.size > 0 && credited.taxMinor + amounts.taxMinor > taxMinor) refuse("More tax than the invoice's", taxMinor, credited.taxMinor, ["tax"]);
  lines.forEach(({ invoiceLineNo }, index) => {
    if (invoiceLineNo == null) return;
    const line = billed.get(invoiceLineNo);
    if (!line) throw new Refusal("NOT_FOUND", `The invoice has no line ${invoiceLineNo}.`, { field: ["lines", String(index), "invoiceLineNo"] });
    if (line.creditedMinor + amounts.lineMinors[index]! > line.minor) refuse(`More than line ${invoiceLineNo} of the invoice`, line.minor, line.creditedMinor, ["lines", String(index), "amount"]);
    billed.set(invoiceLineNo, { ...line, creditedMinor: line.creditedMinor + amounts.lineMinors[index]! });
  });
}
