import { arrangementInForce } from "../customers/arrangement.sql.ts";
import { customersByKeys } from "../customers/customer.sql.ts";
import { toleranceFor } from "../customers/tolerance.sql.ts";
import { only } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import type { Tx } from "../db/transaction.ts";
import { insertDeductions, mappingsForCustomer } from "../deductions/deduction.sql.ts";
import { applyByAmount, applyByRemittance, type CashDecision, type CashInHand, type FindItem } from "../domain/cash-application.ts";
import { type BusinessEvent, EventKind } from "../domain/events.ts";
import { ApplicationKind, ItemKind } from "../domain/open-item.ts";
import { EntryKind, postReceipt } from "../domain/posting.ts";
import { reasonFor } from "../domain/reasons.ts";
import { Refusal } from "../domain/refusal.ts";
import type { RemittanceLine } from "../domain/remittance.ts";
import { type NewItem, type SettledPayment, settlePayment } from "../domain/settlement.ts";
import { append } from "../live/event-log.ts";
import { debitsForAmount, findDebits } from "../openitems/open-debit.sql.ts";
import { writeOpenItems } from "../openitems/open-item-writer.sql.ts";
import { insertPayments, insertRemittance, type NewPaymentRow, type PaymentRow, remittanceLength } from "./payment.sql.ts";

/** Whose command it is: the company, and the member who gave it. */
export interface Desk {
  readonly companyId: string;
  readonly memberId: string | null;
  /** Typed by a person, who can mend a wrong reference at once; cash of a file stays unapplied instead. */
  readonly strict: boolean;
}

/** A payment that came in. Its customer, if known, is locked. */
export interface Receipt extends Omit<NewPaymentRow, "id" | "exception"> {
  /** The customer's advice; null when there is none, and then a unique amount decides. */
  readonly remittance: readonly RemittanceLine[] | null;
}

/** Records a payment, applies what the rules allow, and opens the deductions it takes. Answers with the payment's id. */
export async function takeIn(tx: Tx, desk: Desk, { remittance, ...payment }: Receipt): Promise<string> {
  const { companyId } = desk;
  const { customerId, currency, minor } = payment;
  const [id, itemId] = [newId(), newId()];
  const item: NewItem = { id: itemId, kind: ItemKind.PAYMENT, customerId, documentId: id, currency, minor, dueOn: null, effectiveOn: payment.receivedOn };
  if (customerId === null) {
    await insertPayments(tx, companyId, null, [{ ...payment, id, exception: "PAYER_UNKNOWN" }]);
    if (remittance) await insertRemittance(tx, companyId, id, remittance);
    const entry = { id: newId(), kind: EntryKind.PAYMENT, documentId: id, customerId, currency, effectiveOn: payment.receivedOn, postings: postReceipt(minor, false) };
    await writeOpenItems(tx, { companyId, batchId: null }, { entries: [entry], items: [item], applications: [] });
    await append(tx, desk.memberId, [received(companyId, id, payment)]);
    return id;
  }
  const decision = await decide(tx, desk, { customerId, currency, minor, paidOn: payment.depositedOn }, remittance);
  await insertPayments(tx, companyId, null, [{ ...payment, id, exception: decision.exceptions[0]?.kind ?? null }]);
  if (remittance) await insertRemittance(tx, companyId, id, remittance);
  const settled = settlePayment({ id, itemId, customerId, currency, usedOn: payment.receivedOn, receivedMinor: minor }, decision, newId);
  await write(tx, desk, { ...settled, items: [item, ...settled.items] });
  await append(tx, desk.memberId, [received(companyId, id, payment), ...eventsOf(companyId, settled, decision)]);
  return id;
}

/** Uses cash that a payment has left, as the lines say. The payment's customer is locked. */
export async function useLeftCash(tx: Tx, desk: Desk, payment: PaymentRow & { readonly customerId: string }, lines: readonly RemittanceLine[], minor: bigint, usedOn: string): Promise<void> {
  const { companyId } = desk;
  const { id, itemId, customerId, currency } = payment;
  const firstNo = Number(only(await remittanceLength(tx, companyId, id)).count) + 1;
  const decision = await decide(tx, desk, { customerId, currency, minor, paidOn: payment.depositedOn }, lines);
  await insertRemittance(tx, companyId, id, lines, firstNo);
  const numbered = { ...decision, deductions: decision.deductions.map((it) => ({ ...it, lineNo: it.lineNo + firstNo - 1 })) };
  const settled = settlePayment({ id, itemId, customerId, currency, usedOn, receivedMinor: null }, numbered, newId);
  await write(tx, desk, settled);
  await append(tx, desk.memberId, eventsOf(companyId, settled, numbered));
}

async function decide(
  tx: Tx,
  desk: Desk,
  { customerId, currency, minor, paidOn }: { customerId: string; currency: string; minor: bigint; paidOn: string },
  remittance: readonly RemittanceLine[] | null,
): Promise<CashDecision> {
  const { companyId } = desk;
  const customer = only(await customersByKeys(tx, [companyId], [customerId]));
  const mappings = await mappingsForCustomer(tx, companyId, customerId);
  const tolerance = await toleranceFor(tx, { companyId, customerId, currency }, paidOn);
  const cash: CashInHand = { minor, paidOn, shortPayPolicy: customer.shortPayPolicy, tolerance, reasonOf: (code) => reasonFor(mappings, customerId, code, paidOn) };
  const grace = await arrangementInForce(tx, companyId, customerId, "EXTRA_DISCOUNT_GRACE", paidOn);
  const debits = { companyId, customerId, currency, extraGraceDays: grace?.graceDays ?? 0 };
  if (!remittance) return applyByAmount(cash, await debitsForAmount(tx, debits, minor));
  const references = remittance.flatMap(({ reference }) => reference ?? []);
  const find = await findDebits(tx, debits, references);
  const decision = applyByRemittance(cash, remittance, find);
  if (desk.strict) refuseExceptions(companyId, decision, remittance, find);
  return decision;
}

/** A person who types a reference that does not fit is told so, with the invoice as it is now. */
function refuseExceptions(companyId: string, decision: CashDecision, lines: readonly RemittanceLine[], find: FindItem): void {
  for (const { kind, lineNo } of decision.exceptions) {
    if (lineNo === null) continue;
    const reference = lines[lineNo - 1]!.reference ?? "";
    const field = ["lines", String(lineNo - 1), "reference"];
    if (kind === "REFERENCE_UNKNOWN") throw new Refusal("NOT_FOUND", `The customer has no invoice ${reference} in this currency.`, { field });
    if (kind === "REFERENCE_AMBIGUOUS") throw new Refusal("VALUE_INVALID", `Several open invoices belong to ${reference}; name one.`, { field });
    const items = find(reference);
    if (kind === "ITEM_CLOSED" && typeof items !== "string") {
      const { kind: itemKind, documentId } = items[0]!;
      const type = itemKind === ItemKind.DEBIT_MEMO ? "DebitMemo" : "Invoice";
      throw new Refusal("ITEM_CLOSED", `Nothing is open on ${reference} any more.`, { field, subject: { type, companyId, id: documentId } });
    }
  }
  if (decision.overclaimed) throw new Refusal("VALUE_INVALID", "The lines that take off take more than the others use of the payment.", { field: ["lines"] });
}

async function write(tx: Tx, { companyId }: Desk, settled: SettledPayment): Promise<void> {
  await writeOpenItems(tx, { companyId, batchId: null }, settled);
  await insertDeductions(tx, companyId, settled.deductions);
}

const received = (companyId: string, id: string, payment: Omit<NewPaymentRow, "id" | "exception">): BusinessEvent => ({
  kind: EventKind.PAYMENT_RECEIVED, companyId, customerId: payment.customerId, subjectId: id, documentId: null, reason: null,
  currency: payment.currency, minor: payment.minor, batchId: null, effectiveOn: payment.receivedOn,
});

/** What happened to items: each use of cash, each write-off, each deduction opened, each invoice that changed, once. */
function eventsOf(companyId: string, { applications, deductions }: SettledPayment, decision: CashDecision): BusinessEvent[] {
  const common = { companyId, batchId: null };
  const applied = applications
    .filter(({ kind }) => kind === ApplicationKind.CASH || kind === ApplicationKind.WRITE_OFF)
    .map((it): BusinessEvent => ({ ...common, kind: it.kind === ApplicationKind.CASH ? EventKind.PAYMENT_APPLIED : EventKind.WRITTEN_OFF, customerId: it.customerId, subjectId: it.id, documentId: it.paymentId, reason: null, currency: it.currency, minor: it.minor, effectiveOn: it.effectiveOn }));
  const opened = deductions.map(
    (it): BusinessEvent => ({ ...common, kind: EventKind.DEDUCTION_OPENED, customerId: it.customerId, subjectId: it.id, documentId: it.paymentId, reason: it.reason, currency: it.currency, minor: it.minor, effectiveOn: it.takenOn }),
  );
  const touched = new Map<string, Set<string>>();
  for (const item of [...decision.settlements.map((it) => it.item), ...decision.deductions.map((it) => it.closes)]) {
    if (item?.kind === ItemKind.INVOICE) touched.set(item.documentId, (touched.get(item.documentId) ?? new Set()).add(item.itemId));
  }
  const changes = [...touched].map(([documentId, itemIds]): BusinessEvent => {
    const its = applications.filter(({ debitItemId }) => debitItemId !== null && itemIds.has(debitItemId));
    const minor = its.reduce((sum, it) => sum + it.minor, 0n);
    const { customerId, currency, effectiveOn } = its[0]!;
    return { ...common, kind: EventKind.INVOICE_CHANGED, customerId, subjectId: documentId, documentId: null, reason: null, currency, minor, effectiveOn };
  });
  return [...applied, ...opened, ...changes];
}
