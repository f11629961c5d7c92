import { setImmediate } from "node:timers/promises";
import { insertCustomers } from "../customers/customer.sql.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { readColumnMap } from "../domain/column-map.ts";
import { Refusal } from "../domain/refusal.ts";
import { insertInvoices } from "../invoices/invoice.sql.ts";
import { countedFrom, postingDays, SAME_DAY } from "../ledger/posting-days.ts";
import { append } from "../live/event-log.ts";
import type { Tail } from "../live/tail.ts";
import { writeOpenItems } from "../openitems/open-item-writer.sql.ts";
import { insertPayments } from "../payments/payment.sql.ts";
import { type BookPosting, postBook, type QueuedRow } from "./book-posting.ts";
import { endImport } from "./import-end.ts";
import { addCounts, type ImportRun, importsByKeys, lockImport } from "./import-run.sql.ts";
import { ImportStatus } from "./import-status.ts";
import { accountsAhead, countBooks, countRoughly, heldInvoices, nameCustomers, newAccounts, type QueueEnd, takeRows } from "./posting.sql.ts";
import { notesOf } from "./row-stager.ts";
import { keepNotes } from "./staging.sql.ts";

/** Rows that one transaction posts, but for the rest of its last payment. Embedded, every reader waits for it. */
const CHUNK_EMBEDDED = 1_000;
const CHUNK_SERVER = 2_000;

/**
 * Puts a staged file onto the books, part by part. Each part is whole: a process that is killed leaves parts, not halves.
 * Parts may be posted at the same time: which rows a part takes is settled once its customers are locked.
 */
export class PostingService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
    private readonly chunk = db.embedded ? CHUNK_EMBEDDED : CHUNK_SERVER,
  ) {}

  /** The ends of the queue that are worked on at once: while one part is decided here, PostgreSQL writes another. Embedded, there is one connection. */
  get ends(): readonly QueueEnd[] {
    return this.db.embedded ? ["FRONT"] : ["FRONT", "BACK"];
  }

  /** Adds the customers of a staged file that are not there yet, and every name of the file. Done again, it changes nothing. */
  async addCustomers(_actor: Actor, { companyId, id }: ImportRun): Promise<void> {
    await transact(this.db, async (tx) => {
      const accounts = await newAccounts(tx, companyId, id);
      await insertCustomers(
        tx, companyId, tx.recordedAt, accounts.map(newId), accounts.map((it) => it.accountNumber), accounts.map((it) => it.accountKey),
        accounts.map((it) => it.name), accounts.map((it) => it.currency),
      );
      await nameCustomers(tx, companyId, id, tx.recordedAt);
    });
  }

  /**
   * Posts the next part of an import, or ends it when nothing is left. Answers whether there is more to do. Whoever else does
   * this at once for the same import waits where it would post for the same customers, and each row is posted once.
   */
  async postNext(actor: Actor, { companyId, id }: Pick<ImportRun, "companyId" | "id">, end: QueueEnd = "FRONT"): Promise<boolean> {
    const more = await transact(this.db, (tx) => this.#step(tx, actor, companyId, id, end));
    this.tail.ring();
    return more;
  }

  /** Brings the planner's knowledge of the books up to date. Embedded, nothing else does. `roughly` looks at little and is quick. */
  async countBooks(_actor: Actor, { roughly }: { readonly roughly: boolean }): Promise<void> {
    await transact(this.db, async (tx) => {
      if (roughly) await countRoughly(tx);
      await countBooks(tx);
    });
  }

  async #step(tx: Tx, actor: Actor, companyId: string, id: string, end: QueueEnd): Promise<boolean> {
    const [run] = await importsByKeys(tx, [companyId], [id]);
    if (run?.status !== ImportStatus.POSTING) return false;
    const accounts = await accountsAhead[end](tx, companyId, id, this.chunk);
    const last = accounts.at(-1);
    if (!last) return this.#end(tx, companyId, id);
    const customers = new Map(accounts.map(({ accountKey, customerId }) => [accountKey, customerId]));
    await lockCustomers(tx, companyId, customers.values());
    const rows = await takeRows[end](tx, companyId, id, last.accountKey, last.postGroup);
    // Nothing was left where another part took the last rows while this one waited.
    if (rows.length > 0) await this.#post(tx, actor, run, rows.map((row) => ({ ...row, customerId: customers.get(row.accountKey)! })));
    return true;
  }

  /** Ends an import whose queue is empty, once. */
  async #end(tx: Tx, companyId: string, id: string): Promise<false> {
    await lockImport(tx, id);
    const [run] = await importsByKeys(tx, [companyId], [id]);
    if (run?.status === ImportStatus.POSTING) await endImport(tx, run, ImportStatus.POSTED, null);
    return false;
  }

  async #post(tx: Tx, actor: Actor, run: ImportRun, rows: readonly QueuedRow[]): Promise<void> {
    const { companyId, id } = run;
    const origin = { companyId, batchId: id };
    const held = await heldInvoices(tx, rows.map(() => companyId), rows.map(({ documentKey }) => documentKey));
    const posting = postBook(origin, rows, held, readColumnMap(run.map), newId);
    let counts = SAME_DAY;
    const writes = [
      () => insertInvoices(tx, companyId, id, posting.invoices),
      () => insertPayments(tx, companyId, id, posting.payments),
      async () => {
        counts = await writeOpenItems(tx, origin, posting.batch).catch((error: unknown) => refuseNamingRow(tx, companyId, rows, held, error));
      },
      () => append(tx, actor.memberId, countedFrom(posting.events, counts)),
      () => keepNotes(tx, companyId, id, posting.rejected.flatMap((faults) => notesOf(faults, false))),
      () => addCounts(tx, run, countsOf(posting)),
    ];
    for (const write of writes) {
      await write();
      // An embedded database holds the process during a statement; between two of them it serves others.
      await setImmediate();
    }
  }
}

/** Says of a refused part in which row of the file the closed day stands. Rows that the book holds by now are not posted on their dates. */
async function refuseNamingRow(tx: Tx, companyId: string, rows: readonly QueuedRow[], held: readonly { readonly documentKey: string }[], error: unknown): Promise<never> {
  if (!(error instanceof Refusal) || error.code !== "PERIOD_CLOSED") throw error;
  const known = new Set(held.map(({ documentKey }) => documentKey));
  const checked = new Set<string>();
  for (const { line, documentKey, invoicedOn, clearedOn } of [...rows].sort((a, b) => a.line - b.line)) {
    for (const day of [...(known.has(documentKey) ? [] : [invoicedOn]), ...(clearedOn === null ? [] : [clearedOn])]) {
      if (checked.has(day)) continue;
      checked.add(day);
      await postingDays(tx, companyId, [{ effectiveOn: day }]).catch((closed: unknown) => {
        throw closed instanceof Refusal ? new Refusal(closed.code, `Line ${line}: ${closed.message}`, { line }) : closed;
      });
    }
  }
  throw error;
}

const countsOf = ({ invoices, payments, rejected, known, posted }: BookPosting) => ({
  rows: 0, duplicates: 0, skipped: 0, warnings: 0, rejects: rejected.length, known, posted, invoices: invoices.length, payments: payments.length,
});
