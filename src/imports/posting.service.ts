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
import { countBooks, heldInvoices, nameCustomers, newAccounts, nextRows } from "./posting.sql.ts";
import { notesOf } from "./row-stager.ts";
import { dropRows, keepNotes } from "./staging.sql.ts";

/** Rows that one transaction posts, but for the rest of its last payment. Embedded, every reader waits for it. */
const CHUNK_EMBEDDED = 1_000;
const CHUNK_SERVER = 2_000;

/** Puts a staged file onto the books, part by part. Each part is whole: a process that is killed leaves parts, not halves. */
export class PostingService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
    private readonly chunk = db.embedded ? CHUNK_EMBEDDED : CHUNK_SERVER,
  ) {}

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
   * Posts the next part of an import, or ends it when nothing is left. Answers whether there is more to do. Processes that
   * do this at once for one import take turns, and each part is posted once.
   */
  async postNext(actor: Actor, { companyId, id }: Pick<ImportRun, "companyId" | "id">): Promise<boolean> {
    const more = await transact(this.db, (tx) => this.#step(tx, actor, companyId, id));
    this.tail.ring();
    return more;
  }

  /** Brings the planner's knowledge of the books up to date. Embedded, nothing else does. */
  async countBooks(_actor: Actor): Promise<void> {
    await transact(this.db, (tx) => countBooks(tx));
  }

  async #step(tx: Tx, actor: Actor, companyId: string, id: string): Promise<boolean> {
    await lockImport(tx, id);
    const [run] = await importsByKeys(tx, [companyId], [id]);
    if (run?.status !== ImportStatus.POSTING) return false;
    const rows = await nextRows(tx, companyId, id, this.chunk);
    if (rows.length === 0) {
      await endImport(tx, run, ImportStatus.POSTED, null);
      return false;
    }
    await lockCustomers(tx, companyId, new Set(rows.map(({ customerId }) => customerId)));
    await this.#post(tx, actor, run, rows);
    return true;
  }

  async #post(tx: Tx, actor: Actor, run: ImportRun, rows: readonly QueuedRow[]): Promise<void> {
    const { companyId, id } = run;
    const origin = { companyId, batchId: id };
    const held = await heldInvoices(tx, rows.map(() => companyId), rows.map(({ documentKey }) => documentKey));
    const posting = postBook(origin, rows, held, readColumnMap(run.map), newId);
    let counts = SAME_DAY;
    const writes = [
      () => dropRows(tx, companyId, id, rows.map(({ line }) => line)),
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
