import type { Database } from "../db/database.ts";
import { lockCustomers } from "../db/locks.ts";
import { today } from "../db/today.ts";
import { transact } from "../db/transaction.ts";
import { EventKind } from "../domain/events.ts";
import { append } from "../live/event-log.ts";
import type { Tail } from "../live/tail.ts";
import { insertNotices, nearDeadlines, type NearRow } from "./deadline-watch.sql.ts";

const HOUR = 3_600_000;
const BATCH = 1_000;

/**
 * Tells live clients of each deduction once when its deadline is near. Looks when the server starts and every hour; several
 * servers may look at once: whoever notes a deduction first tells it.
 */
export class DeadlineWatch {
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    const look = (): void => void (this.#looking = this.look(null).catch(this.onError));
    this.#timer = setInterval(look, HOUR);
    this.#timer.unref();
    look();
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#looking;
  }

  /** Tells what is near by now in one company, or in all where that is null. Answers with how many deductions were told. */
  async look(companyId: string | null): Promise<number> {
    const day = today(this.db);
    let told = 0;
    for (let full = true; full; ) {
      const near = await nearDeadlines(this.db, day, companyId, BATCH);
      for (const id of new Set(near.map((it) => it.companyId))) told += await this.#tell(day, near.filter((it) => it.companyId === id));
      full = near.length === BATCH;
    }
    if (told > 0) this.tail.ring();
    return told;
  }

  #tell(day: string, rows: readonly NearRow[]): Promise<number> {
    const { companyId } = rows[0]!;
    return transact(this.db, async (tx) => {
      await lockCustomers(tx, companyId, rows.map(({ customerId }) => customerId));
      const fresh = new Set((await insertNotices(tx, companyId, tx.recordedAt, rows.map((it) => it.deductionId))).map((it) => it.deductionId));
      const common = { kind: EventKind.DEDUCTION_DEADLINE_NEAR, companyId, documentId: null, batchId: null, effectiveOn: day };
      const news = rows.filter((it) => fresh.has(it.deductionId));
      await append(tx, null, news.map(({ customerId, deductionId: subjectId, reason, currency, openMinor: minor }) => ({ ...common, customerId, subjectId, reason, currency, minor })));
      return news.length;
    });
  }
}
