import type { Database } from "../db/database.ts";
import { lockCustomers } from "../db/locks.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { blockersOf, verdictOf } from "../domain/case-guards.ts";
import { type BusinessDate, dayOf } from "../domain/dates.ts";
import { DeductionAction, type DeductionState, nextState } from "../domain/deduction-case.ts";
import { minorFromDecimal } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import type { DeductionReason } from "../domain/reasons.ts";
import { type CaseInQuestion, lockCase, recordStep, subjectOf, workerOf } from "./case-steps.ts";
import { type CaseChange, type CaseRow, casesByKeys, type NewActivity } from "./case.sql.ts";
import { limitsInForce } from "./limit.sql.ts";
import { mergeCases, splitCase } from "./split.ts";

/** Steps that need no more than a note and a day. The others have commands of their own. */
export const PLAIN_STEPS = ["TAKE_UP", "RESEARCH", "PUT_BACK", "ASK_CUSTOMER", "ASK_INTERNALLY", "REQUEST_APPROVAL", "APPROVE", "SEND_BACK", "DISPUTE_AGAIN", "DENY", "CONFIRM", "VOID"] as const satisfies readonly DeductionAction[];
export type PlainStep = (typeof PLAIN_STEPS)[number];

export interface PlainWork extends CaseInQuestion {
  readonly action: PlainStep;
  readonly note?: string | null | undefined;
  readonly followUpOn?: string | null | undefined;
}

export interface CaseDecision extends CaseInQuestion {
  /** What the customer may keep, as a plain decimal: nothing, all or a part. */
  readonly validAmount: string;
  readonly note: string;
}

export interface CaseSplit extends CaseInQuestion {
  readonly parts: readonly { readonly amount: string; readonly reason?: DeductionReason | null | undefined }[];
  readonly note: string;
}

const LONGEST_NOTE = 10_000;
const MOST_MERGED = 1_000;
const NOTED: readonly DeductionAction[] = ["SEND_BACK", "DISPUTE_AGAIN", "DENY", "VOID"];
const WAITING: readonly DeductionState[] = ["AWAITING_CUSTOMER", "AWAITING_INTERNAL"];

/** The work on deductions: every step is a change of the case, an activity that says who and why, and an event. */
export class CaseService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Takes one step. Whoever waits for somebody says until when; whoever sends back says why. */
  async work(actor: Actor, { action, followUpOn = null, note = null, ...which }: PlainWork): Promise<void> {
    checkNote(note, NOTED.includes(action));
    await this.#step(actor, which, action, note, (row, to) => {
      if (WAITING.includes(to) && !followUpOn) throw new Refusal("VALUE_INVALID", "Say on which day to ask again.", { field: ["followUpOn"] });
      if (action === "DENY" && row.state !== "DISPUTED_AGAIN") throw new Refusal("BLOCKED", "A chargeback denies it: settle it so.", { subject: subjectOf(row) });
      if (followUpOn && followUpOn < this.#today()) throw new Refusal("DATE_INVALID", `${followUpOn} is past.`, { field: ["followUpOn"] });
      const change: CaseChange = { state: to, followUpOn: WAITING.includes(to) || followUpOn ? followUpOn : null };
      if (action === "TAKE_UP") return { ...change, ownerId: actor.memberId };
      if (action === "APPROVE") return { ...change, approvedBy: actor.memberId };
      if (action === "SEND_BACK") return { ...change, ...UNDECIDED };
      return action === "DISPUTE_AGAIN" ? { ...change, rounds: row.rounds + 1 } : change;
    });
  }

  /** Decides what of a deduction the customer may keep. */
  async decide(actor: Actor, { validAmount, note, ...which }: CaseDecision): Promise<void> {
    checkNote(note, true);
    await this.#step(actor, which, DeductionAction.DECIDE, note, async (row, state, tx) => {
      const validMinor = at({ field: ["validAmount"] }, () => minorFromDecimal(validAmount, row.currency));
      if (validMinor < 0n || validMinor > row.openMinor) throw new Refusal("AMOUNT_INVALID", `The customer may keep from nothing to what is open, ${row.openMinor} minor units.`, { field: ["validAmount"] });
      const verdict = verdictOf(validMinor, row.openMinor);
      const decided = { state, decidedBy: actor.memberId, approvedBy: null, followUpOn: null };
      if (verdict === "PARTIAL") {
        const begins = { ...decided, ownerId: row.ownerId };
        const parts = [{ minor: validMinor, reason: row.reason, begins: { ...begins, verdict: "VALID", validMinor } }, { minor: row.openMinor - validMinor, reason: row.reason, begins: { ...begins, verdict: "INVALID", validMinor: 0n } }] as const;
        await splitCase(tx, actor.memberId, row, parts, note.trim(), this.#today());
      }
      return { ...decided, validMinor, verdict };
    }, true);
  }

  /** Splits what a deduction has open into deductions of their own, which begin where it stands. */
  async split(actor: Actor, { parts, note, ...which }: CaseSplit): Promise<void> {
    checkNote(note, true);
    await transact(this.db, async (tx) => {
      const row = await lockCase(tx, which);
      refuseUnlessWorked(row);
      const read = parts.map(({ amount, reason }, index) => ({
        minor: at({ field: ["parts", String(index), "amount"] }, () => minorFromDecimal(amount, row.currency)), reason: reason ?? row.reason, begins: { state: row.state, ownerId: row.ownerId },
      }));
      await splitCase(tx, actor.memberId, row, read, note.trim(), this.#today());
      await recordStep(tx, actor.memberId, row, "SPLIT", note.trim(), { state: row.state });
    });
    this.tail.ring();
  }

  /** Makes one deduction of several of one customer and currency. Answers with its id. */
  async merge(actor: Actor, { companyId, deductionIds, note }: { readonly companyId: string; readonly deductionIds: readonly string[]; readonly note: string }): Promise<string> {
    checkNote(note, true);
    if (new Set(deductionIds).size !== deductionIds.length) throw new Refusal("VALUE_INVALID", "Name each deduction once.", { field: ["deductionIds"] });
    if (deductionIds.length > MOST_MERGED) throw new Refusal("LIMIT_EXCEEDED", `At most ${MOST_MERGED} deductions are merged at once.`, { field: ["deductionIds"] });
    const merged = await transact(this.db, async (tx) => {
      const seen = await casesByKeys(tx, deductionIds.map(() => companyId), deductionIds);
      if (seen.length !== deductionIds.length) throw new Refusal("NOT_FOUND", "One of these deductions is not in this company.", { field: ["deductionIds"] });
      await lockCustomers(tx, companyId, seen.map(({ customerId }) => customerId));
      const rows = await casesByKeys(tx, deductionIds.map(() => companyId), deductionIds);
      rows.forEach(refuseUnlessWorked);
      const id = await mergeCases(tx, actor.memberId, rows, note.trim(), this.#today());
      for (const row of rows) await recordStep(tx, actor.memberId, row, "MERGE", note.trim(), { state: row.state });
      return id;
    });
    this.tail.ring();
    return merged;
  }

  /** Puts something on record without changing where the work stands. */
  async note(actor: Actor, { note, ...which }: CaseInQuestion & { readonly note: string }): Promise<void> {
    checkNote(note, true);
    await this.#record(actor, which, "NOTE", note, (row) => ({ state: row.state }));
  }

  async #step(actor: Actor, which: CaseInQuestion, action: DeductionAction, note: string | null, change: (row: CaseRow, to: DeductionState, tx: Tx) => Promise<CaseChange> | CaseChange, noteCounts = false): Promise<void> {
    await this.#record(actor, which, action, note, async (row, tx) => {
      const limits = await limitsInForce(tx, row.companyId, row.currency, this.#today());
      const [blocker] = blockersOf(action, { ...row, researched: row.researched || (noteCounts && note !== null) }, workerOf(actor, row.companyId), limits);
      if (blocker) throw new Refusal(blocker.code === "PERMISSION" ? "FORBIDDEN" : "BLOCKED", blocker.message, { subject: subjectOf(row) });
      return change(row, nextState(row.state, action)!, tx);
    });
  }

  async #record(actor: Actor, which: CaseInQuestion, action: NewActivity["action"], note: string | null, change: (row: CaseRow, tx: Tx) => Promise<CaseChange> | CaseChange): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await lockCase(tx, which);
      await recordStep(tx, actor.memberId, row, action, note?.trim() || null, await change(row, tx));
    });
    this.tail.ring();
  }

  #today(): BusinessDate {
    return dayOf(this.db.clock.now() ?? new Date());
  }
}

const UNDECIDED = { verdict: null, validMinor: null, decidedBy: null, approvedBy: null } as const;

/** Refuses a note that is too long, and none where one is needed. */
export function checkNote(note: string | null, needed: boolean): void {
  if (needed && !note?.trim()) throw new Refusal("VALUE_INVALID", "Say why.", { field: ["note"] });
  if ((note?.length ?? 0) > LONGEST_NOTE) throw new Refusal("LIMIT_EXCEEDED", `A note has ${LONGEST_NOTE} characters at most.`, { field: ["note"] });
}

const SPLITTABLE: readonly DeductionState[] = ["CAPTURED", "OPEN", "RESEARCH", "AWAITING_CUSTOMER", "AWAITING_INTERNAL", "DISPUTED_AGAIN"];

/** Deductions are split and merged before they are decided. */
function refuseUnlessWorked(row: CaseRow): void {
  if (SPLITTABLE.includes(row.state) && row.openMinor > 0n) return;
  throw new Refusal("BLOCKED", `A deduction that is ${row.state} and has ${row.openMinor} minor units open is not split or merged.`, { subject: subjectOf(row) });
}
