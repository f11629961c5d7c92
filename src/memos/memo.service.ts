import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { transact, type Tx } from "../db/transaction.ts";
import { documentKey } from "../domain/account-number.ts";
import type { Actor } from "../domain/actor.ts";
import { addDays, type BusinessDate, dayOf, laterOf } from "../domain/dates.ts";
import { type BusinessEvent, EventKind } from "../domain/events.ts";
import { type CreditUse, type DebitMemoReason, type MemoAmounts, postCreditMemo, postDebitMemo, readMemoAmounts, settleCredit, spread } from "../domain/memo.ts";
import { exponentOf, least, minorFromDecimal, total } from "../domain/money.ts";
import { ItemKind } from "../domain/open-item.ts";
import { EntryKind } from "../domain/posting.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { NewApplication } from "../domain/settlement.ts";
import { findAccount } from "../invoices/invoice.service.ts";
import { countedFrom } from "../ledger/posting-days.ts";
import { append } from "../live/event-log.ts";
import type { Tail } from "../live/tail.ts";
import { itemsOfDocuments, type ItemToSettle } from "../openitems/open-item.sql.ts";
import { writeOpenItems } from "../openitems/open-item-writer.sql.ts";
import { findInvoice, refuseOvercredit, refuseStaleInvoice } from "./credited-invoice.ts";
import { findDebtor, requireMemo } from "./debtor.ts";
import { insertMemoLines, insertMemos, memosByDocumentKeys, type MemoKind, type NewMemoRow } from "./memo.sql.ts";

/** What both kinds of memo state, amounts as plain decimals. */
interface WrittenMemoDocument {
  readonly companyId: string;
  readonly account: string;
  readonly number: string;
  readonly currency: string;
  readonly issuedOn: string;
  /** Number of the invoice it is about. */
  readonly invoice?: string | null | undefined;
  readonly lines: readonly { readonly invoiceLineNo?: number | null | undefined; readonly description: string; readonly amount: string }[];
  readonly tax?: string | null | undefined;
  readonly total: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** A credit memo as somebody wrote it. Without an invoice it stands on account. */
export interface CreditMemoToIssue extends WrittenMemoDocument {
  readonly reason: DeductionReason;
  /** The version of the invoice that was seen. */
  readonly expectedVersion?: number | null | undefined;
}

/** A debit memo as somebody wrote it. Without a due day it is due when it is issued. */
export interface DebitMemoToIssue extends WrittenMemoDocument {
  readonly reason: DebitMemoReason;
  readonly dueOn?: string | null | undefined;
}

/** What a credit on account is to settle. */
export interface CreditToApply {
  readonly companyId: string;
  readonly creditMemoId: string;
  readonly expectedVersion?: number | null | undefined;
  readonly appliedOn?: string | null | undefined;
  readonly lines: readonly { readonly type: "Invoice" | "DebitMemo"; readonly documentId: string; readonly amount?: string | null | undefined; readonly expectedVersion?: number | null | undefined }[];
  readonly idempotencyKey?: string | null | undefined;
}

const MOST_LINES = 1_000;

/** What stands later in the line and follows debit memos: told in the same transaction of the items that a credit settled. */
export type DebitsFollowed = (tx: Tx, companyId: string, itemIds: readonly string[]) => Promise<void>;

export class MemoService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
    private readonly followDebits: DebitsFollowed,
  ) {}

  /**
   * Issues a credit memo. Against an invoice it settles first what is open there, and what is beyond that stands on account:
   * no invoice is ever less than nothing. Answers with its id.
   */
  issueCredit(actor: Actor, memo: CreditMemoToIssue): Promise<string> {
    if (memo.reason === DeductionReason.UNIDENTIFIED) throw new Refusal("VALUE_INVALID", "A credit memo says why it was given.", { field: ["reason"] });
    return this.#issue("CREDIT", "issueCreditMemo", memo, async (tx, customerId, amounts, key) => {
      const { companyId, currency, issuedOn, reason } = memo;
      const invoice = memo.invoice ? await findInvoice(tx, { companyId, customerId, currency, number: memo.invoice }) : null;
      if (invoice) {
        if (issuedOn < invoice.invoicedOn) throw new Refusal("DATE_INVALID", "A credit memo is not dated before its invoice.", { field: ["issuedOn"] });
        refuseStaleInvoice(invoice, memo.expectedVersion ?? null);
        await refuseOvercredit(tx, invoice, memo.lines, amounts);
      } else if (memo.expectedVersion != null) throw new Refusal("VALUE_INVALID", "Name the invoice whose version you saw.", { field: ["expectedVersion"] });
      const [id, itemId] = [newId(), newId()];
      await this.#write(tx, memo, { id, kind: "CREDIT", customerId, documentKey: key, dueOn: null, reason, invoiceId: invoice?.id ?? null }, amounts);
      const { uses } = spread(amounts.totalMinor, invoice ? await itemsOfDocuments(tx, companyId, [invoice.id]) : []);
      const settled = settleCredit({ memoId: id, itemId, customerId, currency, usedOn: issuedOn, issued: postCreditMemo(amounts) }, uses, newId);
      const item = { id: itemId, kind: ItemKind.CREDIT_MEMO, customerId, documentId: id, currency, minor: amounts.totalMinor, dueOn: null, effectiveOn: issuedOn };
      const counts = await writeOpenItems(tx, { companyId, batchId: null }, { ...settled, items: [item] });
      const issued = { kind: EventKind.CREDIT_MEMO_ISSUED, companyId, customerId, subjectId: id, documentId: null, reason, currency, minor: amounts.totalMinor, batchId: null, effectiveOn: issuedOn };
      await append(tx, actor.memberId, countedFrom([issued, ...usesAsEvents(companyId, id, uses, settled.applications)], counts));
      return id;
    });
  }

  /** Issues a debit memo: a charge beside invoices, which cash settles by its number. Answers with its id. */
  issueDebit(actor: Actor, memo: DebitMemoToIssue): Promise<string> {
    return this.#issue("DEBIT", "issueDebitMemo", memo, async (tx, customerId, amounts, key) => {
      const { companyId, currency, issuedOn, reason } = memo;
      if (reason === "CHARGEBACK") throw new Refusal("VALUE_INVALID", "A deduction is charged back by `settleDeduction`.", { field: ["reason"] });
      const dueOn = memo.dueOn ?? issuedOn;
      if (dueOn < issuedOn) throw new Refusal("DATE_INVALID", "Nothing is due before it is issued.", { field: ["dueOn"] });
      const invoice = memo.invoice ? await findInvoice(tx, { companyId, customerId, currency, number: memo.invoice }) : null;
      const id = newId();
      await this.#write(tx, memo, { id, kind: "DEBIT", customerId, documentKey: key, dueOn, reason, invoiceId: invoice?.id ?? null }, amounts);
      const counts = await writeOpenItems(tx, { companyId, batchId: null }, {
        entries: [{ id: newId(), kind: EntryKind.DEBIT_MEMO, documentId: id, customerId, currency, effectiveOn: issuedOn, postings: postDebitMemo(amounts, reason) }],
        items: [{ id: newId(), kind: ItemKind.DEBIT_MEMO, customerId, documentId: id, currency, minor: amounts.totalMinor, dueOn, effectiveOn: issuedOn }],
        applications: [],
      });
      const event = { kind: EventKind.DEBIT_MEMO_ISSUED, companyId, customerId, subjectId: id, documentId: null, reason: null, currency, minor: amounts.totalMinor, batchId: null, effectiveOn: issuedOn };
      await append(tx, actor.memberId, countedFrom([event], counts));
      return id;
    });
  }

  /** Applies what a credit memo has left. Refuses as a conflict what another command used or settled first. */
  async applyCredit(actor: Actor, use: CreditToApply): Promise<string> {
    const { companyId, creditMemoId, idempotencyKey, ...input } = use;
    if (use.lines.length === 0 || use.lines.length > MOST_LINES) throw new Refusal("LIMIT_EXCEEDED", `Say what the credit settles, in 1 to ${MOST_LINES} lines.`, { field: ["lines"] });
    if (use.appliedOn) this.#refuseFuture(use.appliedOn, "appliedOn");
    await transact(this.db, async (tx) => {
      const { customerId } = await requireMemo(tx, companyId, creditMemoId, "CREDIT", "creditMemoId");
      await lockCustomers(tx, companyId, [customerId]);
      await oncePerKey(tx, { companyId, command: "applyCredit", key: idempotencyKey, input: { ...input, creditMemoId } }, async () => {
        await this.#apply(tx, actor, use);
        return creditMemoId;
      });
    });
    this.tail.ring();
    return creditMemoId;
  }

  async #apply(tx: Tx, actor: Actor, { companyId, creditMemoId, expectedVersion, appliedOn, lines }: CreditToApply): Promise<void> {
    const memo = await requireMemo(tx, companyId, creditMemoId, "CREDIT", "creditMemoId");
    const { customerId, currency, itemId } = memo;
    const subject = { type: "CreditMemo", companyId, id: creditMemoId } as const;
    if (expectedVersion != null && expectedVersion !== memo.version) {
      throw new Refusal("CONFLICT", `The credit memo is at version ${memo.version}, not ${expectedVersion}; read it again.`, { field: ["expectedVersion"], subject });
    }
    const uses: { readonly item: ItemToSettle; readonly minor: bigint }[] = [];
    let left = memo.openMinor;
    for (const [index, line] of lines.entries()) {
      const field = ["lines", String(index), "amount"];
      const items = (await findDebtor(tx, companyId, { ...line, customerId, currency, index })).map((item) => ({ ...item, openMinor: item.openMinor - total(uses.filter((it) => it.item.itemId === item.itemId).map(({ minor }) => minor)) }));
      const open = total(items.map(({ openMinor }) => openMinor));
      const minor = line.amount == null ? least(left, open) : at({ field }, () => minorFromDecimal(line.amount!, currency));
      const document = { type: line.type, companyId, id: line.documentId } as const;
      if (minor < 0n || (minor === 0n && open > 0n && left > 0n)) throw new Refusal("AMOUNT_INVALID", "A credit settles more than nothing.", { field });
      if (minor > left || left === 0n) throw new Refusal("CREDIT_EXCEEDED", `The credit memo has ${left} minor units left; this line uses ${minor}.`, { field, subject });
      if (minor > open || open === 0n) throw new Refusal("ITEM_CLOSED", `There are ${open} minor units open; this line settles ${minor}.`, { field, subject: document });
      uses.push(...spread(minor, items).uses);
      left -= minor;
    }
    const usedOn = laterOf(memo.effectiveOn, appliedOn ?? this.#today());
    const settled = settleCredit({ memoId: creditMemoId, itemId, customerId, currency, usedOn, issued: null }, uses, newId);
    const counts = await writeOpenItems(tx, { companyId, batchId: null }, { ...settled, items: [] });
    await append(tx, actor.memberId, countedFrom(usesAsEvents(companyId, creditMemoId, uses, settled.applications), counts));
    await this.followDebits(tx, companyId, uses.flatMap(({ item }) => (item.kind === ItemKind.DEBIT_MEMO ? [item.itemId] : [])));
  }

  /** What both kinds have in common: amounts read, the customer locked, the number free, the key used once. */
  async #issue(kind: MemoKind, command: string, memo: WrittenMemoDocument, write: (tx: Tx, customerId: string, amounts: MemoAmounts, key: string) => Promise<string>): Promise<string> {
    const { companyId, idempotencyKey, ...input } = memo;
    at({ field: ["currency"] }, () => exponentOf(memo.currency));
    checkLines(memo.lines);
    this.#refuseFuture(memo.issuedOn, "issuedOn");
    const amounts = readMemoAmounts({ ...memo, tax: memo.tax ?? "0" });
    const key = at({ field: ["number"] }, () => documentKey(memo.number));
    const id = await transact(this.db, async (tx) => {
      const customer = await findAccount(tx, companyId, memo.account);
      await lockCustomers(tx, companyId, [customer.id]);
      return oncePerKey(tx, { companyId, command, key: idempotencyKey, input }, async () => {
        if ((await memosByDocumentKeys(tx, companyId, [key])).some((it) => it.kind === kind)) {
          throw new Refusal("DUPLICATE", `There is a ${kind.toLowerCase()} memo ${memo.number} already.`, { field: ["number"] });
        }
        return write(tx, customer.id, amounts, key);
      });
    });
    this.tail.ring();
    return id;
  }

  async #write(tx: Tx, memo: WrittenMemoDocument, row: Omit<NewMemoRow, "number" | "currency" | "totalMinor" | "taxMinor" | "issuedOn">, { totalMinor, taxMinor, lineMinors }: MemoAmounts): Promise<void> {
    const { companyId, currency, issuedOn } = memo;
    await insertMemos(tx, companyId, null, [{ ...row, number: memo.number.trim(), currency, totalMinor, taxMinor, issuedOn }]);
    const lines = memo.lines.map(({ invoiceLineNo, description }, index) => ({ invoiceLineNo: invoiceLineNo ?? null, description, minor: lineMinors[index]! }));
    await insertMemoLines(tx, companyId, row.id, lines);
  }

  #today(): BusinessDate {
    return dayOf(this.db.clock.now() ?? new Date());
  }

  /** A day ahead is let pass: it may be tomorrow already where the memo was written. */
  #refuseFuture(date: BusinessDate, field: string): void {
    if (date > addDays(this.#today(), 1)) throw new Refusal("DATE_INVALID", `${date} has not come yet.`, { field: [field] });
  }
}

function checkLines(lines: WrittenMemoDocument["lines"]): void {
  if (lines.length === 0 || lines.length > MOST_LINES) throw new Refusal("LIMIT_EXCEEDED", `A memo has 1 to ${MOST_LINES} lines.`, { field: ["lines"] });
  lines.forEach(({ description }, index) => {
    if (description.trim() === "" || description.length > 1_000) throw new Refusal("VALUE_INVALID", "A description has 1 to 1000 characters.", { field: ["lines", String(index), "description"] });
  });
}

/** What happened: each use of the credit, and each invoice that changed, once. */
function usesAsEvents(companyId: string, memoId: string, uses: readonly CreditUse[], applications: readonly NewApplication[]): BusinessEvent[] {
  const common = { companyId, reason: null, batchId: null };
  const applied = applications.map((it): BusinessEvent => ({ ...common, kind: EventKind.CREDIT_APPLIED, customerId: it.customerId, subjectId: it.id, documentId: memoId, currency: it.currency, minor: it.minor, effectiveOn: it.effectiveOn }));
  const documents = new Map<string, { minor: bigint; first: NewApplication }>();
  uses.forEach(({ item, minor }, index) => {
    if (item.kind !== ItemKind.INVOICE) return;
    const known = documents.get(item.documentId);
    if (known) known.minor += minor;
    else documents.set(item.documentId, { minor, first: applications[index]! });
  });
  const changed = [...documents].map(([subjectId, { minor, first }]): BusinessEvent => ({ ...common, kind: EventKind.INVOICE_CHANGED, customerId: first.customerId, subjectId, documentId: null, currency: first.currency, minor, effectiveOn: first.effectiveOn }));
  return [...applied, ...changed];
}
