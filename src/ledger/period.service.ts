import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { dayOf } from "../domain/dates.ts";
import { EventKind } from "../domain/events.ts";
import { type ClosedPeriodPolicy, periodName, type PeriodDays } from "../domain/period.ts";
import { Refusal } from "../domain/refusal.ts";
import { append } from "../live/event-log.ts";
import type { Tail } from "../live/tail.ts";
import { holdPostings, insertPeriod, periodsByKeys, periodsThatMeet, setClosed, setPolicy } from "./period.sql.ts";

export class PeriodService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /**
   * Closes a period, which it makes where there is none of these days. Waits for postings that run; what comes after finds it
   * closed. Refuses days that have not ended, and days that meet another period. A closed period stays as it is.
   */
  async close(actor: Actor, { companyId, fromOn, toOn }: PeriodDays & { readonly companyId: string }): Promise<string> {
    if (toOn < fromOn) throw new Refusal("DATE_INVALID", "A period does not end before it begins.", { field: ["to"] });
    if (toOn >= dayOf(this.db.clock.now() ?? new Date())) throw new Refusal("DATE_INVALID", `${toOn} has not ended yet.`, { field: ["to"] });
    const id = await transact(this.db, async (tx) => {
      await holdPostings(tx, companyId);
      const [met] = await periodsThatMeet(tx, companyId, fromOn, toOn);
      if (met && (met.fromOn !== fromOn || met.toOn !== toOn)) throw new Refusal("VALUE_INVALID", `The days meet the period ${periodName(met)}.`, { field: ["from"] });
      const period = met ?? { id: newId(), companyId, fromOn, toOn, closedAt: null };
      if (!met) await insertPeriod(tx, companyId, period.id, fromOn, toOn, tx.recordedAt);
      if (period.closedAt === null) {
        await setClosed(tx, companyId, period.id, tx.recordedAt, actor.memberId);
        await tell(tx, actor, EventKind.PERIOD_CLOSED, period);
      }
      return period.id;
    });
    this.tail.ring();
    return id;
  }

  /** Opens a closed period again. An open one stays as it is. */
  async reopen(actor: Actor, companyId: string, id: string): Promise<void> {
    await transact(this.db, async (tx) => {
      await holdPostings(tx, companyId);
      const [period] = await periodsByKeys(tx, [companyId], [id]);
      if (!period) throw new Refusal("NOT_FOUND", "There is no such accounting period in this company.", { field: ["periodId"] });
      if (period.closedAt === null) return;
      await setClosed(tx, companyId, id, null, null);
      await tell(tx, actor, EventKind.PERIOD_REOPENED, period);
    });
    this.tail.ring();
  }

  /** Says what becomes of postings into closed periods from now on. */
  async setPolicy(_actor: Actor, companyId: string, policy: ClosedPeriodPolicy): Promise<void> {
    await transact(this.db, async (tx) => {
      await holdPostings(tx, companyId);
      await setPolicy(tx, companyId, policy, tx.recordedAt);
    });
  }
}

/** Who closed and opened what, and when: the log keeps it after the period has changed again. */
async function tell(tx: Tx, actor: Actor, kind: EventKind, { companyId, id, toOn }: PeriodDays & { readonly companyId: string; readonly id: string }): Promise<void> {
  await append(tx, actor.memberId, [{ kind, companyId, customerId: null, subjectId: id, documentId: null, reason: null, currency: null, minor: null, batchId: null, effectiveOn: toOn }]);
}
