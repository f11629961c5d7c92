import { oncePerKey } from "../companies/idempotency.ts";
import { type Database, only } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact, type Tx } from "../db/transaction.ts";
import { documentKey } from "../domain/account-number.ts";
import type { Actor } from "../domain/actor.ts";
import { blockersOfSettlement, type IntendedSettlement } from "../domain/case-guards.ts";
import { addDays, type BusinessDate, dayOf } from "../domain/dates.ts";
import { DeductionAction, isOver, nextState, stepsOfSettlement } from "../domain/deduction-case.ts";
import { type BusinessEvent, EventKind } from "../domain/events.ts";
import { minorFromDecimal, total } from "../domain/money.ts";
import type { Posting } from "../domain/posting.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { concedes, type Resolution, ResolutionKind, type ResolvedDeduction, resolveDeduction, undoResolution } from "../domain/resolution.ts";
import { append } from "../live/event-log.ts";
import type { Tail } from "../live/tail.ts";
import { insertMemoLines, insertMemos, memosByDocumentKeys } from "../memos/memo.sql.ts";
import { requireMemo } from "../memos/debtor.ts";
import { itemsOfDocuments } from "../openitems/open-item.sql.ts";
import { writeOpenItems } from "../openitems/open-item-writer.sql.ts";
import { type CaseInQuestion, lockCase, recordStep, refuseStale, subjectOf, walk, workerOf } from "./case-steps.ts";
import type { CaseChange, CaseRow } from "./case.sql.ts";
import { limitsInForce } from "./limit.sql.ts";
import { applicationsOfEntry, closedBy, documentsOfItems, insertSettlement, linesOfEntry, owedOnChargebacks, settlementById, type SettlementPart } from "./settlement.sql.ts";

/** A part of a settlement as somebody wrote it. */
export interface WrittenPart {
  readonly kind: ResolutionKind;
  readonly amount: string;
  /** Of a credit memo: the tax in it. */
  readonly tax?: string | null | undefined;
  /** Of a credit memo or a chargeback: its number. */
  readonly number?: string | null | undefined;
  /** Of a chargeback: when it is due. */
  readonly dueOn?: string | null | undefined;
  /** Of netting: the credit memo that the customer has. */
  readonly creditMemoId?: string | null | undefined;
}

export interface SettlementWish extends CaseInQuestion {
  readonly parts: readonly WrittenPart[];
  readonly settledOn?: string | null | undefined;
  readonly note?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

const MOST_PARTS = 100;

/** The memo that a part issues. */
interface PlannedMemo {
  readonly id: string;
  readonly kind: "CREDIT" | "DEBIT";
  readonly number: string;
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
  readonly dueOn: string | null;
}

interface Plan {
  readonly row: CaseRow;
  readonly resolutions: readonly Resolution[];
  readonly memos: readonly PlannedMemo[];
  readonly resolved: ResolvedDeduction;
  /** The steps that it takes the case. */
  readonly steps: readonly DeductionAction[];
}

/** Settles deductions in the ledger, and undoes that. */
export class SettlementService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Settles a deduction as it was decided, in one entry. What is not settled stays open and waits. Answers with the id of the settlement. */
  async settle(actor: Actor, wish: SettlementWish): Promise<string> {
    const { companyId, deductionId, idempotencyKey, ...input } = wish;
    const id = await transact(this.db, async (tx) => {
      const row = await lockCase(tx, { companyId, deductionId });
      return oncePerKey(tx, { companyId, command: "settleDeduction", key: idempotencyKey, input: { ...input, deductionId } }, async () => {
        refuseStale(row, wish.expectedVersion);
        const plan = await this.#plan(tx, actor, row, wish);
        return this.#carryOut(tx, actor, plan, wish);
      });
    });
    this.tail.ring();
    return id;
  }

  /** What a settlement would book, without booking it. */
  async preview(actor: Actor, wish: SettlementWish): Promise<{ readonly postings: readonly Posting[]; readonly currency: string }> {
    return transact(this.db, async (tx) => {
      const row = await lockCase(tx, wish);
      return { postings: (await this.#plan(tx, actor, row, wish)).resolved.entries[0]!.postings, currency: row.currency };
    });
  }

  /** Undoes a settlement by opposite rows. The deduction is open again, and its case too. */
  async undo(actor: Actor, { companyId, settlementId, note }: { readonly companyId: string; readonly settlementId: string; readonly note: string }): Promise<string> {
    if (!note.trim()) throw new Refusal("VALUE_INVALID", "Say why.", { field: ["note"] });
    const deductionId = await transact(this.db, async (tx) => {
      const found = await settlementById(tx, companyId, settlementId);
      const done = found[0];
      if (!done) throw new Refusal("NOT_FOUND", "There is no such settlement in this company.", { field: ["settlementId"] });
      const row = await lockCase(tx, { companyId, deductionId: done.deductionId });
      const [again] = await settlementById(tx, companyId, settlementId);
      if (again!.undoneById || again!.undoesId) throw new Refusal("CONFLICT", "That settlement is undone already, or is itself an undoing.", { subject: { type: "Deduction", companyId, id: row.deductionId } });
      if (isOver(row.state)) throw new Refusal("BLOCKED", `A deduction that is ${row.state} is not reopened; a clearing undone now opens a new one.`, { subject: subjectOf(row) });
      const [applications, lines] = [await applicationsOfEntry(tx, companyId, done.entryId), await linesOfEntry(tx, companyId, done.entryId)];
      const memoIds = done.parts.flatMap(({ memoId, kind }) => (memoId && kind !== "NETTING" ? [memoId] : []));
      const items = memoIds.length > 0 ? await itemsOfDocuments(tx, companyId, memoIds) : [];
      const memos = items.map(({ itemId, kind, openMinor, documentId }) => ({ itemId, kind, openMinor, minor: BigInt(done.parts.find(({ memoId }) => memoId === documentId)!.minor) }));
      const { customerId, currency } = row;
      const undone = undoResolution({ entry: { documentId: row.deductionId, customerId, currency, effectiveOn: lines[0]!.effectiveOn, postings: lines }, applications, memos }, this.#today(), newId);
      await writeOpenItems(tx, { companyId, batchId: null }, undone);
      const id = newId();
      await insertSettlement(tx, companyId, { id, deductionId: row.deductionId, entryId: undone.entries[0]!.id, undoesId: done.id, settledOn: undone.entries[0]!.effectiveOn, memberId: actor.memberId }, []);
      await append(tx, actor.memberId, await eventsOf(tx, row, undone.applications));
      const reopened = nextState(row.state, DeductionAction.REOPEN);
      const change: CaseChange = reopened === null ? { state: row.state } : { state: reopened, verdict: null, validMinor: null, decidedBy: null, approvedBy: null };
      await recordStep(tx, actor.memberId, row, reopened === null ? "UNDO" : DeductionAction.REOPEN, note.trim(), change, { settlementId: done.id });
      return row.deductionId;
    });
    this.tail.ring();
    return deductionId;
  }

  /** Reads and checks everything a settlement needs, and says what it would write. */
  async #plan(tx: Tx, actor: Actor, row: CaseRow, { parts, settledOn }: SettlementWish): Promise<Plan> {
    const { companyId, customerId, currency } = row;
    if (parts.length === 0 || parts.length > MOST_PARTS) throw new Refusal("LIMIT_EXCEEDED", `A settlement has 1 to ${MOST_PARTS} parts.`, { field: ["parts"] });
    const on = settledOn ?? this.#today();
    if (on > addDays(this.#today(), 1)) throw new Refusal("DATE_INVALID", `${on} has not come yet.`, { field: ["settledOn"] });
    const [resolutions, memos]: [Resolution[], PlannedMemo[]] = [[], []];
    for (const [index, part] of parts.entries()) {
      const field = (name: string): string[] => ["parts", String(index), name];
      const read = (text: string, name: string): bigint => at({ field: field(name) }, () => minorFromDecimal(text, currency));
      const minor = read(part.amount, "amount");
      if (part.kind === "CREDIT_MEMO" || part.kind === "CHARGEBACK") {
        const taxMinor = part.kind === "CREDIT_MEMO" ? read(part.tax ?? "0", "tax") : 0n;
        if (taxMinor < 0n || taxMinor > minor) throw new Refusal("AMOUNT_INVALID", "The tax in a credit is from nothing to all of it.", { field: field("tax") });
        const id = newId();
        const dueOn = part.kind === "CHARGEBACK" ? (part.dueOn ?? on) : null;
        memos.push({ id, kind: part.kind === "CREDIT_MEMO" ? "CREDIT" : "DEBIT", number: part.number?.trim() || `${part.kind === "CREDIT_MEMO" ? "CM" : "CB"}-${id.slice(-12).toUpperCase()}`, totalMinor: minor, taxMinor, dueOn });
        resolutions.push(part.kind === "CREDIT_MEMO" ? { kind: part.kind, minor, memoId: id, amounts: { totalMinor: minor, taxMinor } } : { kind: part.kind, minor, memoId: id, dueOn: dueOn! });
      } else if (part.kind === "REVERSAL") {
        const [closed] = await closedBy(tx, companyId, row.itemId);
        if (!closed) throw new Refusal("VALUE_INVALID", "The deduction closed no invoice that could be opened again; charge it back.", { field: field("kind") });
        resolutions.push({ kind: part.kind, minor, closed });
      } else if (part.kind === "NETTING") {
        if (!part.creditMemoId) throw new Refusal("VALUE_INVALID", "Name the credit memo that settles it.", { field: field("creditMemoId") });
        const memo = await requireMemo(tx, companyId, part.creditMemoId, "CREDIT", "creditMemoId");
        if (memo.customerId !== customerId || memo.currency !== currency) throw new Refusal("VALUE_INVALID", "The credit memo is of another customer or currency.", { field: field("creditMemoId") });
        if (minor > memo.openMinor) throw new Refusal("CREDIT_EXCEEDED", `The credit memo has ${memo.openMinor} minor units left.`, { field: field("amount") });
        resolutions.push({ kind: part.kind, minor, credit: { itemId: memo.itemId, effectiveOn: memo.effectiveOn } });
      } else resolutions.push({ kind: part.kind, minor });
    }
    const left = row.openMinor - total(resolutions.map(({ minor }) => minor));
    const owed = only(await owedOnChargebacks(tx, companyId, [row.deductionId])).owedMinor;
    const steps = stepsOfSettlement(row.state, left, owed > 0n || resolutions.some(({ kind }) => kind === ResolutionKind.CHARGEBACK));
    await this.#refuseBlocked(tx, actor, row, { concedes: resolutions.map(({ kind }) => concedes(kind)), denies: steps[0] === DeductionAction.DENY });
    const resolved = resolveDeduction({ ...row, id: row.deductionId }, resolutions, on, newId);
    return { row, resolutions, memos, resolved, steps };
  }

  /** What is conceded was decided valid, within limits or approved; what is charged back or reversed was not. */
  async #refuseBlocked(tx: Tx, actor: Actor, row: CaseRow, intended: IntendedSettlement): Promise<void> {
    const limits = await limitsInForce(tx, row.companyId, row.currency, this.#today());
    const [blocker] = blockersOfSettlement(intended, row, workerOf(actor, row.companyId), limits);
    if (blocker) throw new Refusal(blocker.code === "PERMISSION" ? "FORBIDDEN" : "BLOCKED", blocker.message, { subject: subjectOf(row) });
  }

  async #carryOut(tx: Tx, actor: Actor, { row, resolutions, memos, resolved, steps }: Plan, { note }: SettlementWish): Promise<string> {
    const { companyId, customerId, currency, invoiceId, deductionId } = row;
    const [entry] = resolved.entries;
    const taken = await memosByDocumentKeys(tx, companyId, memos.map(({ number }) => at({ field: ["parts"] }, () => documentKey(number))));
    for (const { id, kind, number, totalMinor, taxMinor, dueOn } of memos) {
      if (taken.some((it) => it.kind === kind && it.documentKey === documentKey(number))) throw new Refusal("DUPLICATE", `There is a ${kind.toLowerCase()} memo ${number} already.`, { field: ["parts"] });
      const reason = kind === "CREDIT" ? row.reason : "CHARGEBACK";
      await insertMemos(tx, companyId, null, [{ id, kind, customerId, number, documentKey: at({ field: ["parts"] }, () => documentKey(number)), currency, totalMinor, taxMinor, issuedOn: entry!.effectiveOn, dueOn: dueOn && dueOn < entry!.effectiveOn ? entry!.effectiveOn : dueOn, reason, invoiceId }]);
      await insertMemoLines(tx, companyId, id, [{ invoiceLineNo: null, description: kind === "CREDIT" ? "Deduction found valid" : "Deduction not accepted", minor: totalMinor - taxMinor }]);
    }
    await writeOpenItems(tx, { companyId, batchId: null }, resolved);
    const id = newId();
    const parts = resolutions.map((it): SettlementPart => ({ kind: it.kind, minor: it.minor, memoId: "memoId" in it ? it.memoId : null }));
    await insertSettlement(tx, companyId, { id, deductionId, entryId: entry!.id, undoesId: null, settledOn: entry!.effectiveOn, memberId: actor.memberId }, parts);
    await append(tx, actor.memberId, [...(await eventsOf(tx, row, resolved.applications)), ...memos.map((it) => issued(companyId, customerId, currency, entry!.effectiveOn, row, it))]);
    const [remark, details] = [note?.trim() || null, { settlementId: id }];
    if (steps.length === 0) await recordStep(tx, actor.memberId, row, "SETTLE_PART", remark, { state: row.state }, details);
    await walk(tx, actor.memberId, row, steps, remark, details);
    return id;
  }

  #today(): BusinessDate {
    return dayOf(this.db.clock.now() ?? new Date());
  }
}

/** What a settlement or its undoing did to items: each use of a credit, each write-off, and the invoice that it opened or closed again. */
async function eventsOf(tx: Tx, { companyId, customerId, currency }: CaseRow, applications: ResolvedDeduction["applications"]): Promise<BusinessEvent[]> {
  const ids = applications.flatMap(({ debitItemId, creditItemId }) => [debitItemId, creditItemId].filter((id) => id !== null));
  const documents = new Map((await documentsOfItems(tx, companyId, ids)).map((it) => [it.itemId, it]));
  const common = { companyId, customerId, currency, reason: null, batchId: null };
  return applications.flatMap(({ id, kind, minor, debitItemId, creditItemId, effectiveOn }): BusinessEvent[] => {
    const it = { ...common, subjectId: id, documentId: null, minor, effectiveOn };
    if (kind === "CREDIT") return [{ ...it, kind: EventKind.CREDIT_APPLIED, documentId: documents.get(creditItemId!)!.documentId }];
    if (kind === "WRITE_OFF") return [{ ...it, kind: EventKind.WRITTEN_OFF }];
    const debit = debitItemId === null ? undefined : documents.get(debitItemId);
    return kind === "DEDUCTION" && debit?.kind === "INVOICE" ? [{ ...it, kind: EventKind.INVOICE_CHANGED, subjectId: debit.documentId, minor: minor < 0n ? -minor : minor }] : [];
  });
}

function issued(companyId: string, customerId: string, currency: string, effectiveOn: string, { reason }: CaseRow, { id, kind, totalMinor }: PlannedMemo): BusinessEvent {
  const event = kind === "CREDIT" ? EventKind.CREDIT_MEMO_ISSUED : EventKind.DEBIT_MEMO_ISSUED;
  return { kind: event, companyId, customerId, subjectId: id, documentId: null, reason: kind === "CREDIT" ? reason : null, currency, minor: totalMinor, batchId: null, effectiveOn };
}
