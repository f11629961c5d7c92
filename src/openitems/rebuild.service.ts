import type { Database } from "../db/database.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { Refusal } from "../domain/refusal.ts";
import { countItems, type DriftRow, findDrift, holdItemsStill, repairItems } from "./rebuild.sql.ts";

/** What a comparison of open items with their applications found. */
export interface DriftReport {
  readonly checked: bigint;
  readonly drift: readonly DriftRow[];
}

export class RebuildService {
  constructor(private readonly db: Database) {}

  /** Compares the items of a company with their applications. */
  async compare(companyId: string): Promise<DriftReport> {
    return { checked: await countItems(this.db, companyId), drift: await findDrift(this.db, companyId) };
  }

  /**
   * Sets what every item of a company carries to what its applications leave open, and answers with what differed before.
   * Refuses when applications take more off an item than it ever was, or less than nothing: such facts no carried amount can mend.
   */
  rebuild(_actor: Actor, companyId: string): Promise<DriftReport> {
    return transact(this.db, async (tx) => {
      await holdItemsStill(tx);
      const [checked, drift] = [await countItems(tx, companyId), await findDrift(tx, companyId)];
      const beyond = drift.filter(({ appliedMinor, originalMinor }) => appliedMinor < 0n || appliedMinor > originalMinor);
      if (beyond[0]) throw new Refusal("CONFLICT", `Applications of ${beyond.length} item(s) are wrong themselves; the first is item ${beyond[0].itemId}. Nothing was changed.`);
      const changed = await repairItems(tx, companyId);
      if (changed !== drift.length) throw new Error(`${drift.length} items differed and ${changed} were set.`);
      return { checked, drift };
    });
  }
}
