import { matchTaken } from "../claims/claim-matching.ts";
import { customersByKeys } from "../customers/customer.sql.ts";
import { toleranceFor } from "../customers/tolerance.sql.ts";
import { only } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import type { Tx } from "../db/transaction.ts";
import { followDebits } from "../deductions/repayment.ts";
import { insertDeductions } from "../deductions/deduction.sql.ts";
import { mappingsForCustomer } from "../deductions/reason.sql.ts";
import { applyByAmount, applyByRemittance, type CashDecision, type CashInHand, type FindItem } from "../domain/cash-application.ts";
import type { FindCredit } from "../domain/credit-netting.ts";
import { type BusinessEvent, EventKind } from "../domain/events.ts";
import { ApplicationKind, ItemKind } from "../domain/open-item.ts";
import { EntryKind, postReceipt } from "../domain/posting.ts";
import { findReason } from "../domain/reasons.ts";
import { Refusal } from "../domain/refusal.ts";
import type { RemittanceLine } from "../domain/remittance.ts";
import { type NewItem, type SettledPayment, settlePayment } from "../domain/settlement.ts";
import { countedFrom, type PostingDay } from "../ledger/posting-days.ts";
import { append } from "../live/event-log.ts";
import { findCredits } from "../openitems/open-credit.sql.ts";
import { debitsForAmount, type DebitsOf } from "../openitems/open-debit.sql.ts";
import { writeOpenItems } from "../openitems/open-item-writer.sql.ts";
import { resolveTaken } from "../rules/rule-running.ts";
import { extraGrace, findForPayer, refuseNotLinked } from "./paid-for.ts";
import { insertPayments, insertRemittance, type NewPaymentRow, type PaymentRow, remittanceLength } from "./payment.sql.ts";

/** Whose command it is: the company, and the member who gave it. */
export interface Desk {
  readonly companyId: string;
  readonly memberId: string | null;
  /** Typed by a person, who can mend a wrong reference at once; cash of a file stays unapplied instead. */
  readonly strict: boolean;
}

/** A payment that came in. Its customer, if known, is locked, and so are the others. */
export interface Receipt extends Omit<NewPaymentRow, "id" | "exception"> {
  /** The customer's advice; null when there is none, and then a unique amount decides. */
  readonly remittance: readonly RemittanceLine[] | null;
  /** The customers whom the payer pays for and whose items it may settle. */
  readonly others: readonly string[];
}

/** Records a payment, applies what the rules allow, and opens the deductions it takes. Answers with the payment's id. */
export async function takeIn(tx: Tx, desk: Desk, { remittance, others, ...payment }: Receipt): Promise<string> {
  const { companyId } = desk;
  const { customerId, currency, minor } = payment;
  const [id, itemId] = [newId(), newId()];
  const item: NewItem = { id: itemId, kind: ItemKind.PAYMENT, customerId, documentId: id, currency, minor, dueOn: null, effectiveOn: payment.receivedOn };
  if (customerId === null) {
    await insertPayments(tx, companyId, null, [{ ...payment, id, exception: "PAYER_UNKNOWN" }]);
    if (remittance) await insertRemittance(tx, companyId, id, remittance);
    const entry = { id: newId(), kind: EntryKind.PAYMENT, documentId: id, customerId, currency, effectiveOn: payment.receivedOn, postings: postReceipt(minor, false) };
    const counts = await writeOpenItems(tx, { companyId, batchId: null }, { entries: [entry], items: [item], applications: [] });
    await append(tx, desk.memberId, countedFrom([received(companyId, id, payment)], counts));
    return id;
  }
  const decision = await decide(tx, desk, { customerId, others, currency, minor, paidOn: payment.depositedOn }, remittance);
  const settled = settlePayment({ id, itemId, customerId, currency, usedOn: payment.receivedOn, receivedMinor: minor }, decision, newId);
  const itself = [insertPayments(tx, companyId, null, [{ ...payment, id, exception: decision.exceptions[0]?.kind ?? null }]), insertRemittance(tx, companyId, id, remittance ?? [])];
  const counts = await write(tx, desk, { ...settled, items: [item, ...settled.items] }, itself);
  await append(tx, desk.memberId, countedFrom([received(companyId, id, payment), ...eventsOf(companyId, customerId, settled, decision)], counts));
  await followDebits(tx, companyId, besideInvoices(decision));
  await followTaken(tx, desk, settled);
  return id;
}

/** Cash of a payment that is left, what it is to be used for and when. The payment's customer is locked, and so are the others. */
export interface LeftCash extends Pick<Receipt, "others"> {
  readonly payment: PaymentRow & { readonly customerId: string };
  readonly lines: readonly RemittanceLine[];
  readonly minor: bigint;
  readonly usedOn: string;
}

/** Uses cash that a payment has left, as the lines say. */
export async function useLeftCash(tx: Tx, desk: Desk, { payment, others, lines, minor, usedOn }: LeftCash): Promise<void> {
  const { companyId } = desk;
  const { id, itemId, customerId, currency } = payment;
  const firstNo = Number(only(await remittanceLength(tx, companyId, id)).count) + 1;
  const decision = await decide(tx, desk, { customerId, others, currency, minor, paidOn: payment.depositedOn }, lines);
  await insertRemittance(tx, companyId, id, lines, firstNo);
  const numbered = { ...decision, deductions: decision.deductions.map((it) => ({ ...it, lineNo: it.lineNo + firstNo - 1 })) };
  const settled = settlePayment({ id, itemId, customerId, currency, usedOn, receivedMinor: null }, numbered, newId);
  const counts = await write(tx, desk, settled);
  await append(tx, desk.memberId, countedFrom(eventsOf(companyId, customerId, settled, numbered), counts));
  await followDebits(tx, companyId, besideInvoices(numbered));
  await followTaken(tx, desk, settled);
}

/** What becomes of deductions once they are taken: the claims behind them, and then the rules that resolve them by themselves. */
async function followTaken(tx: Tx, { companyId, memberId }: Desk, { deductions }: SettledPayment): Promise<void> {
  const ids = deductions.map(({ id }) => id);
  await matchTaken(tx, companyId, memberId, ids);
  await resolveTaken(tx, companyId, ids);
}

/** How an advice is read, by whose reasons, policy and tolerance, is the payer's affair; what an invoice offers depends on whose it is. */
async function decide(
  tx: Tx,
  desk: Desk,
  { customerId, others, currency, minor, paidOn }: { customerId: string; others: readonly string[]; currency: string; minor: bigint; paidOn: string },
  remittance: readonly RemittanceLine[] | null,
): Promise<CashDecision> {
  const { companyId } = desk;
  const [customers, mappings, tolerance, extraGraceDays] = await Promise.all([
    customersByKeys(tx, [companyId], [customerId]),
    mappingsForCustomer(tx, companyId, customerId),
    toleranceFor(tx, { companyId, customerId, currency }, paidOn),
    extraGrace(tx, companyId, [customerId, ...others], paidOn),
  ]);
  const cash: CashInHand = { minor, paidOn, shortPayPolicy: only(customers).shortPayPolicy, tolerance, reasonOf: (code, list) => findReason(mappings, { customerId, code, list, on: paidOn }) };
  const debits: DebitsOf = { companyId, customerIds: [customerId], currency, extraGraceDays };
  if (!remittance) {
    const own = applyByAmount(cash, await debitsForAmount(tx, debits, minor));
    const nothingFits = others.length > 0 && own.exceptions[0]?.kind === "NO_REMITTANCE";
    return nothingFits ? applyByAmount(cash, await debitsForAmount(tx, { ...debits, customerIds: others }, minor)) : own;
  }
  const references = remittance.flatMap(({ reference }) => reference ?? []);
  const find = await findForPayer(tx, debits, others, references);
  const takenOff = remittance.flatMap(({ netMinor, reference }) => (netMinor < 0n && reference !== null ? reference : []));
  const findCredit = await findCredits(tx, { companyId, customerIds: [customerId, ...others], currency }, takenOff);
  const decision = applyByRemittance(cash, remittance, find, findCredit);
  if (desk.strict) await refuseExceptions(tx, { companyId, customerId }, decision, remittance, find, findCredit);
  return decision;
}

/** A person who types a reference that does not fit is told so, with the invoice as it is now. */
async function refuseExceptions(tx: Tx, { companyId, customerId }: { readonly companyId: string; readonly customerId: string }, decision: CashDecision, lines: readonly RemittanceLine[], find: FindItem, findCredit: FindCredit): Promise<void> {
  for (const { kind, lineNo } of decision.exceptions) {
    if (lineNo === null) continue;
    const reference = lines[lineNo - 1]!.reference ?? "";
    const field = ["lines", String(lineNo - 1), "reference"];
    if (kind === "REFERENCE_UNKNOWN") throw new Refusal("NOT_FOUND", `The customer has no invoice ${reference} in this currency.`, { field });
    if (kind === "REFERENCE_AMBIGUOUS") throw new Refusal("VALUE_INVALID", `Several open invoices belong to ${reference}; name one.`, { field });
    if (kind === "PAYER_NOT_LINKED") await refuseNotLinked(tx, companyId, customerId, reference, field);
    const credit = kind === "CREDIT_EXCEEDED" && findCredit(reference);
    if (credit) {
      const subject = { type: "CreditMemo", companyId, id: credit.memoId } as const;
      throw new Refusal("CREDIT_EXCEEDED", `Credit memo ${reference} has ${credit.openMinor} minor units left; the lines use more.`, { field, subject });
    }
    const items = find(reference);
    if (kind === "ITEM_CLOSED" && typeof items !== "string") {
      const { kind: itemKind, documentId } = items[0]!;
      const type = itemKind === ItemKind.DEBIT_MEMO ? "DebitMemo" : "Invoice";
      throw new Refusal("ITEM_CLOSED", `Nothing is open on ${reference} any more.`, { field, subject: { type, companyId, id: documentId } });
    }
  }
  if (decision.overclaimed) throw new Refusal("VALUE_INVALID", "The lines that take off take more than the others use of the payment.", { field: ["lines"] });
}

/** Writes what a payment settles, together with what is on its way already. */
async function write(tx: Tx, { companyId }: Desk, settled: SettledPayment, before: readonly Promise<unknown>[] = []): Promise<PostingDay> {
  const [counts] = await Promise.all([writeOpenItems(tx, { companyId, batchId: null }, settled), insertDeductions(tx, companyId, settled.deductions), ...before]);
  return counts;
}

/** The items beside those of invoices that a decision settles, or closes by a deduction. */
const besideInvoices = ({ settlements, deductions }: CashDecision): string[] =>
  [...settlements.map((it) => it.item), ...deductions.map((it) => it.closes)].flatMap((item) => (item && item.kind !== ItemKind.INVOICE ? [item.itemId] : []));

const received = (companyId: string, id: string, payment: Omit<NewPaymentRow, "id" | "exception">): BusinessEvent => ({
  kind: EventKind.PAYMENT_RECEIVED, companyId, customerId: payment.customerId, subjectId: id, documentId: null, reason: null,
  currency: payment.currency, minor: payment.minor, batchId: null, effectiveOn: payment.receivedOn,
});

/**
 * What happened to items: each use of cash or of a credit, each write-off, each deduction opened, each invoice that changed, once. It is told
 * under the customer whose affair it is: cash under the payer, what becomes of an invoice under the one who owes it.
 */
function eventsOf(companyId: string, payerId: string, { applications, deductions }: SettledPayment, decision: CashDecision): BusinessEvent[] {
  const common = { companyId, batchId: null };
  const memoOf = new Map(decision.settlements.flatMap((it) => (it.kind === "CREDIT" ? [[it.credit.itemId, it.credit.memoId] as const] : [])));
  const applied = applications.flatMap((it): BusinessEvent[] => {
    const told = { ...common, subjectId: it.id, documentId: it.paymentId, reason: null, currency: it.currency, minor: it.minor, effectiveOn: it.effectiveOn };
    if (it.kind === ApplicationKind.CASH) return [{ ...told, kind: EventKind.PAYMENT_APPLIED, customerId: payerId }];
    if (it.kind === ApplicationKind.CREDIT) return [{ ...told, kind: EventKind.CREDIT_APPLIED, customerId: it.customerId, documentId: memoOf.get(it.creditItemId!)! }];
    return it.kind === ApplicationKind.WRITE_OFF ? [{ ...told, kind: EventKind.WRITTEN_OFF, customerId: it.customerId }] : [];
  });
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
