import type { Database } from "../db/database.ts";
import { transact } from "../db/transaction.ts";
import { type CaseInQuestion, lockCase, recordStep, subjectOf } from "../deductions/case-steps.ts";
import type { CaseChange, CaseRow, NewActivity } from "../deductions/case.sql.ts";
import { type Actor, type Role, ROLE_PERMISSIONS } from "../domain/actor.ts";
import { isOver } from "../domain/deduction-case.ts";
import { deescalationBlocker, type Escalation, escalationBlocker } from "../domain/escalation.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import { membersWithRoles } from "./assignment.sql.ts";

/** The roles of those who may be given deductions to work on. */
export const ANALYSTS = (Object.keys(ROLE_PERMISSIONS) as Role[]).filter((role) => ROLE_PERMISSIONS[role].includes("deduction:work"));

const LONGEST_NOTE = 10_000;

interface Written {
  readonly action: NewActivity["action"];
  readonly note: string | null;
  readonly details: NewActivity["details"];
}

/** Whose work a deduction is, and to whom it was taken. Neither changes where the work stands. */
export class AssignmentService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Gives a deduction to somebody who may work it. Refuses one that is closed, and somebody who may not. */
  assign(actor: Actor, { ownerKey, note, ...which }: CaseInQuestion & { readonly ownerKey: string; readonly note?: string | null | undefined }): Promise<void> {
    const written = { action: "ASSIGN", note: noteOf(note, false), details: {} } as const;
    return this.#record(actor, which, written, async (row, tx) => {
      if (isOver(row.state)) throw new Refusal("BLOCKED", `A deduction that is ${row.state} is nobody's work any more.`, { subject: subjectOf(row) });
      const owner = (await membersWithRoles(tx, row.companyId, ANALYSTS)).find(({ id }) => id === ownerKey);
      if (!owner) throw new Refusal("NOT_FOUND", "There is no such person in this company who may work deductions.", { field: ["ownerId"] });
      return { state: row.state, ownerId: owner.memberId };
    });
  }

  /** Takes a deduction further up. Refuses a level that is not above where it is, and a deduction that needs nobody any more. */
  escalate(actor: Actor, { level, note, ...which }: CaseInQuestion & { readonly level: Escalation; readonly note: string }): Promise<void> {
    return this.#record(actor, which, { action: "ESCALATE", note: noteOf(note, true), details: { level } }, (row) => {
      refuse(escalationBlocker(row.state, row.escalation, level), row);
      return { state: row.state, escalation: level };
    });
  }

  /** Brings a deduction down to a lower level, or ends its escalation. */
  deescalate(actor: Actor, { level = null, note, ...which }: CaseInQuestion & { readonly level?: Escalation | null | undefined; readonly note: string }): Promise<void> {
    return this.#record(actor, which, { action: "DEESCALATE", note: noteOf(note, true), details: { level } }, (row) => {
      refuse(deescalationBlocker(row.escalation, level), row);
      return { state: row.state, escalation: level };
    });
  }

  async #record(actor: Actor, which: CaseInQuestion, { action, note, details }: Written, change: (row: CaseRow, tx: Parameters<typeof lockCase>[0]) => Promise<CaseChange> | CaseChange): Promise<void> {
    await transact(this.db, async (tx) => {
      const row = await lockCase(tx, which);
      await recordStep(tx, actor.memberId, row, action, note, await change(row, tx), details);
    });
    this.tail.ring();
  }
}

function noteOf(note: string | null | undefined, needed: boolean): string | null {
  if (needed && !note?.trim()) throw new Refusal("VALUE_INVALID", "Say why.", { field: ["note"] });
  if ((note?.length ?? 0) > LONGEST_NOTE) throw new Refusal("LIMIT_EXCEEDED", `A note has ${LONGEST_NOTE} characters at most.`, { field: ["note"] });
  return note?.trim() || null;
}

function refuse(reason: string | null, row: CaseRow): void {
  if (reason !== null) throw new Refusal("BLOCKED", reason, { subject: subjectOf(row) });
}
