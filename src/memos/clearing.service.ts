import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { today } from "../db/today.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { addDays, type BusinessDate, laterOf } from "../domain/dates.ts";
import { EventKind } from "../domain/events.ts";
import { clearMemo, type MemoClearingKind } from "../domain/memo-clearing.ts";
import { minorFromDecimal } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { countedFrom } from "../ledger/posting-days.ts";
import { append } from "../live/event-log.ts";
import type { Tail } from "../live/tail.ts";
import { writeOpenItems } from "../openitems/open-item-writer.sql.ts";
import { clearingsByKeys, insertClearing } from "./clearing.sql.ts";
import { requireMemo } from "./debtor.ts";
import type { MemoRow } from "./memo.sql.ts";
import type { DebitsFollowed } from "./memo.service.ts";

/** What of a memo is to be cleared. */
export interface MemoToBeCleared {
  readonly companyId: string;
  readonly kind: MemoClearingKind;
  readonly memoId: string;
  /** As a plain decimal; all that is open when left out. */
  readonly amount?: string | null | undefined;
  readonly on?: BusinessDate | null | undefined;
  readonly note: string;
  readonly expectedVersion?: number | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Each kind clears memos of one kind, which its command names by this field. */
const OF: Readonly<Record<MemoClearingKind, { readonly memo: "CREDIT" | "DEBIT"; readonly field: string; readonly command: string }>> = {
  REFUND: { memo: "CREDIT", field: "creditMemoId", command: "refundCredit" },
  BAD_DEBT: { memo: "DEBIT", field: "debitMemoId", command: "moveToBadDebt" },
};

/** Takes what is open of memos out of the receivables without the customer's cash, and back. */
export class ClearingService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
    private readonly followDebits: DebitsFollowed,
  ) {}

  async clear(actor: Actor, { companyId, idempotencyKey, ...wish }: MemoToBeCleared): Promise<void> {
    const { kind, memoId, amount, note, expectedVersion } = wish;
    const { memo: memoKind, field, command } = OF[kind];
    if (!note.trim()) throw new Refusal("VALUE_INVALID", "Say why.", { field: ["note"] });
    const on = wish.on ?? today(this.db);
    if (on > addDays(today(this.db), 1)) throw new Refusal("DATE_INVALID", `${on} has not come yet.`, { field: ["on"] });
    await transact(this.db, async (tx) => {
      const { customerId } = await requireMemo(tx, companyId, memoId, memoKind, field);
      await lockCustomers(tx, companyId, [customerId]);
      await oncePerKey(tx, { companyId, command, key: idempotencyKey, input: wish }, async () => {
        const memo = await requireMemo(tx, companyId, memoId, memoKind, field);
        const subject = { type: memoKind === "CREDIT" ? "CreditMemo" : "DebitMemo", companyId, id: memoId } as const;
        if (expectedVersion != null && expectedVersion !== memo.version) throw new Refusal("CONFLICT", `The memo is at version ${memo.version}, not ${expectedVersion}; read it again.`, { field: ["expectedVersion"], subject });
        const minor = amount == null ? memo.openMinor : at({ field: ["amount"] }, () => minorFromDecimal(amount, memo.currency));
        if (memo.openMinor === 0n) throw new Refusal("ITEM_CLOSED", "Nothing of the memo is open.", { subject });
        if (minor <= 0n || minor > memo.openMinor) throw new Refusal("AMOUNT_INVALID", `The memo has ${memo.openMinor} minor units open.`, { field: ["amount"], subject });
        await this.#write(tx, actor, kind, memo, minor, laterOf(on, memo.effectiveOn), note, null);
        return memoId;
      });
    });
    this.tail.ring();
  }

  /** Undoes a clearing by opposite rows: the memo is open again by as much. Answers with its id and kind. */
  async undo(actor: Actor, { companyId, clearingId, note }: { readonly companyId: string; readonly clearingId: string; readonly note: string }): Promise<{ readonly memoId: string; readonly kind: MemoClearingKind }> {
    if (!note.trim()) throw new Refusal("VALUE_INVALID", "Say why.", { field: ["note"] });
    const done = await transact(this.db, async (tx) => {
      const find = async () => {
        const [row] = await clearingsByKeys(tx, [companyId], [clearingId]);
        if (!row) throw new Refusal("NOT_FOUND", "There is no such clearing in this company.", { field: ["clearingId"] });
        return row;
      };
      const { kind, memoId } = await find();
      const memo = await requireMemo(tx, companyId, memoId, OF[kind].memo, "clearingId");
      await lockCustomers(tx, companyId, [memo.customerId]);
      const row = await find();
      if (row.undoneById || row.undoesId) throw new Refusal("CONFLICT", "That is undone already, or is itself an undoing.", { field: ["clearingId"] });
      await this.#write(tx, actor, kind, memo, -row.minor, laterOf(today(this.db), row.effectiveOn), note, row.id);
      return { memoId, kind };
    });
    this.tail.ring();
    return done;
  }

  async #write(tx: Tx, actor: Actor, kind: MemoClearingKind, memo: MemoRow, minor: bigint, on: BusinessDate, note: string, undoesId: string | null): Promise<void> {
    const { companyId, customerId, currency, itemId } = memo;
    const rows = clearMemo(kind, { memoId: memo.id, itemId, customerId, currency }, minor, on, newId);
    const counts = await writeOpenItems(tx, { companyId, batchId: null }, { ...rows, items: [] });
    const [entry, application] = [rows.entries[0]!, rows.applications[0]!];
    const size = minor < 0n ? -minor : minor;
    await insertClearing(tx, companyId, tx.recordedAt, newId(), memo.id, kind, size, counts(on), entry.id, undoesId, note.trim(), actor.memberId);
    const event = { kind: EventKind.MEMO_CLEARED, companyId, customerId, subjectId: memo.id, documentId: application.id, reason: null, currency, minor, batchId: null, effectiveOn: on };
    await append(tx, actor.memberId, countedFrom([event], counts));
    if (kind === "BAD_DEBT") await this.followDebits(tx, companyId, [itemId]);
  }
}
