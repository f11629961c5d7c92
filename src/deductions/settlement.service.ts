import { oncePerKey } from "../companies/idempotency.ts";
import type { Answering, Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { addDays, type BusinessDate, dayOf } from "../domain/dates.ts";
import { DeductionAction, isOver, nextState } from "../domain/deduction-case.ts";
import type { Posting } from "../domain/posting.ts";
import { Refusal } from "../domain/refusal.ts";
import { undoResolution } from "../domain/resolution.ts";
import { countedFrom } from "../ledger/posting-days.ts";
import { append } from "../live/event-log.ts";
import type { Tail } from "../live/tail.ts";
import { itemsOfDocuments } from "../openitems/open-item.sql.ts";
import { writeOpenItems } from "../openitems/open-item-writer.sql.ts";
import { followDebits } from "./repayment.ts";
import { lockCase, readCase, recordStep, refuseStale, subjectOf, walk, workerOf } from "./case-steps.ts";
import type { CaseChange, CaseRow } from "./case.sql.ts";
import { limitsInForce } from "./limit.sql.ts";
import { eventsOf } from "./settlement-events.ts";
import { type Plan, planSettlement, type SettlementWish, type Settling } from "./settlement-plan.ts";
import { openedAgain, writeSettlement } from "./settlement-writing.ts";
import { applicationsOfEntry, insertSettlement, linesOfEntry, settlementById } from "./settlement.sql.ts";

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
        return this.#carryOut(tx, actor, await planSettlement(tx, row, wish.parts, await this.#settling(tx, actor, row, wish.settledOn)), wish);
      });
    });
    this.tail.ring();
    return id;
  }

  /** What a settlement would book, without booking it and without keeping anybody from it. */
  async preview(db: Answering, actor: Actor, wish: SettlementWish): Promise<{ readonly postings: readonly Posting[]; readonly currency: string }> {
    const row = await readCase(db, wish);
    refuseStale(row, wish.expectedVersion);
    const { resolved } = await planSettlement(db, row, wish.parts, await this.#settling(db, actor, row, wish.settledOn));
    return { postings: resolved.entries[0]!.postings, currency: row.currency };
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
      const counts = await writeOpenItems(tx, { companyId, batchId: null }, undone);
      const { id: entryId, effectiveOn: day } = undone.entries[0]!;
      await insertSettlement(tx, companyId, { id: newId(), deductionId: row.deductionId, entryId, undoesId: done.id, settledOn: counts(day), memberId: actor.memberId }, []);
      await append(tx, actor.memberId, countedFrom(await eventsOf(tx, row, undone.applications), counts));
      const reopened = nextState(row.state, DeductionAction.REOPEN);
      const change: CaseChange = reopened === null ? { state: row.state } : { state: reopened, verdict: null, validMinor: null, decidedBy: null, approvedBy: null };
      await recordStep(tx, actor.memberId, row, reopened === null ? "UNDO" : DeductionAction.REOPEN, note.trim(), change, { settlementId: done.id });
      await followDebits(tx, companyId, openedAgain(undone.applications));
      return row.deductionId;
    });
    this.tail.ring();
    return deductionId;
  }

  /** Who settles, and on which day. Refuses a day that has not come. */
  async #settling(on: Answering, actor: Actor, { companyId, currency }: CaseRow, settledOn: string | null | undefined): Promise<Settling> {
    const today = this.#today();
    if (settledOn && settledOn > addDays(today, 1)) throw new Refusal("DATE_INVALID", `${settledOn} has not come yet.`, { field: ["settledOn"] });
    return { worker: workerOf(actor, companyId), limits: await limitsInForce(on, companyId, currency, today), on: settledOn ?? today };
  }

  async #carryOut(tx: Tx, actor: Actor, { steps, ...planned }: Plan, { note }: SettlementWish): Promise<string> {
    const { row, resolved } = planned;
    const id = await writeSettlement(tx, actor.memberId, planned);
    const [remark, details] = [note?.trim() || null, { settlementId: id }];
    if (steps.length === 0) await recordStep(tx, actor.memberId, row, "SETTLE_PART", remark, { state: row.state }, details);
    await walk(tx, actor.memberId, row, steps, remark, details);
    await followDebits(tx, row.companyId, openedAgain(resolved.applications));
    return id;
  }

  #today(): BusinessDate {
    return dayOf(this.db.clock.now() ?? new Date());
  }
}
