import { customersByAccounts } from "../customers/customer.sql.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { today } from "../db/today.ts";
import { transact } from "../db/transaction.ts";
import { accountKey } from "../domain/account-number.ts";
import type { Actor } from "../domain/actor.ts";
import { checkWindow, type WindowStart } from "../domain/dispute-window.ts";
import { type DeductionReason, reasonCodeKey } from "../domain/reasons.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { type DisputeWindowRow, insertWindows, windowsOfCompany } from "./dispute-window.sql.ts";

/** A window to be set. What is left out of what it is for means any. */
export interface NewDisputeWindow {
  readonly account?: string | null | undefined;
  readonly customerCode?: string | null | undefined;
  readonly reason?: DeductionReason | null | undefined;
  /** Null takes the window back. */
  readonly days?: number | null | undefined;
  readonly countsFrom: WindowStart;
}

export interface DisputeWindowWish {
  readonly companyId: string;
  readonly windows: readonly NewDisputeWindow[];
  /** Today when left out. */
  readonly effectiveOn?: string | null | undefined;
}

const MOST = 5_000;
const LONGEST_CODE = 100;

/** Says how long deductions may be disputed. Every word on it is a fact with its day and its author. */
export class DisputeWindowService {
  constructor(private readonly db: Database) {}

  /** Sets windows for deductions taken on a day or later; those that are there keep their deadlines. All or none. */
  set(actor: Actor, { companyId, windows, effectiveOn }: DisputeWindowWish): Promise<DisputeWindowRow[]> {
    if (windows.length === 0 || windows.length > MOST) throw new Refusal("LIMIT_EXCEEDED", `1 to ${MOST} windows are set at once.`, { field: ["windows"] });
    const on = effectiveOn ?? today(this.db);
    const field = (index: number, name: string): string[] => ["windows", String(index), name];
    const read = windows.map(({ account, customerCode, days = null, ...window }, index) => {
      const code = customerCode == null ? null : reasonCodeKey(customerCode);
      if (code !== null && (code === "" || code.length > LONGEST_CODE)) throw new Refusal("VALUE_INVALID", `A reason code has 1 to ${LONGEST_CODE} characters.`, { field: field(index, "customerCode") });
      if (days !== null) at({ field: field(index, "days") }, () => checkWindow(days));
      return { ...window, code, days, key: account ? at({ field: field(index, "account") }, () => accountKey(account)) : null };
    });
    return transact(this.db, async (tx) => {
      const keys = [...new Set(read.flatMap(({ key }) => key ?? []))];
      const customers = new Map((await customersByAccounts(tx, companyId, keys)).map((it) => [it.accountKey, it.id]));
      const unknown = read.findIndex(({ key }) => key !== null && !customers.has(key));
      if (unknown >= 0) throw new Refusal("NOT_FOUND", `There is no account ${windows[unknown]!.account} in this company.`, { field: field(unknown, "account") });
      await lockCustomers(tx, companyId, [companyId]);
      await insertWindows(
        tx, companyId, actor.memberId, tx.recordedAt, read.map(() => newId()), read.map(({ key }) => (key === null ? null : customers.get(key)!)), read.map(({ code }) => code),
        read.map(({ reason }) => reason ?? null), read.map(({ days }) => days), read.map(({ countsFrom }) => countsFrom), read.map(() => on),
      );
      return windowsOfCompany(tx, companyId);
    });
  }
}
