import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Database } from "../db/database.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { type ColumnMap, readColumnMap } from "../domain/column-map.ts";
import { Refusal } from "../domain/refusal.ts";
import type { FileService } from "../files/file.service.ts";
import type { Tail } from "../live/tail.ts";
import { contradictions } from "./book-facts.ts";
import { readFileRows } from "./book-file.ts";
import { endImport } from "./import-end.ts";
import { addCounts, type ImportRun, importsByKeys, restartImport, startPosting } from "./import-run.sql.ts";
import { ImportStatus, NOTHING } from "./import-status.ts";
import { readJsonRows } from "./json-rows.ts";
import { notesOf, RowStager, type StagedBatch } from "./row-stager.ts";
import { clearNames, clearNotes, clearRows, clearSkips, contradictingRows, countQueue, countSkips, dropKnown, dropRows, keepNotes, stageNames, stageRows } from "./staging.sql.ts";

/** Rows that one statement takes at most. */
const BATCH = 5_000;

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** Reads a whole file and checks it, by itself and against the book, before anything of it is posted. */
export class StagingService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
    private readonly files: FileService,
  ) {}

  /**
   * Stages an import from the beginning, whatever an earlier attempt left, and answers with the status it has then: ready
   * for posting, or refused. `signal` cuts it off between two batches.
   */
  async stage(_actor: Actor, run: ImportRun, signal: AbortSignal): Promise<ImportStatus> {
    const map = readColumnMap(run.map);
    await transact(this.db, (tx) => clear(tx, run));
    try {
      await this.#readFile(run, map, signal);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.#refuse(run, error.line === null ? error.message : `Line ${error.line}: ${error.message}`);
    }
    await this.#compare(run, map, signal);
    return this.#conclude(run);
  }

  /** Stages the file. A batch is written while the next one is read. */
  async #readFile(run: ImportRun, map: ColumnMap, signal: AbortSignal): Promise<void> {
    let writing: Promise<void> = Promise.resolve();
    try {
      for await (const batch of this.#batches(run, map)) {
        await writing;
        writing = this.#write(run, batch);
        // A failure is thrown where the batch is waited for; until then nobody looks.
        writing.catch(() => {});
        signal.throwIfAborted();
      }
    } finally {
      await writing;
    }
  }

  /** What becomes of the rows of the file, batch by batch. */
  async *#batches({ companyId, fileId }: ImportRun, map: ColumnMap): AsyncGenerator<StagedBatch, void> {
    let stager: RowStager | null = null;
    const content = this.files.read(await this.files.find(companyId, fileId));
    for await (const { line, cells } of map.delimiter === null ? readJsonRows(content, map) : readFileRows(content, map.delimiter)) {
      if (!stager) {
        stager = new RowStager(map, cells, digest);
        continue;
      }
      stager.take(line, cells);
      if (stager.waiting >= BATCH) yield stager.drain();
    }
    if (!stager) throw new Refusal("FILE_INVALID", "The file has no header.");
    stager.finish();
    yield stager.drain();
  }

  /** Writes a batch and lets the process do other work for a moment. */
  async #write(run: ImportRun, { rows, notes, names, skips, counts }: StagedBatch): Promise<void> {
    const { companyId, id } = run;
    await transact(this.db, async (tx) => {
      for (let from = 0; from < rows.length; from += BATCH) await stageRows(tx, companyId, id, rows.slice(from, from + BATCH));
      for (let from = 0; from < notes.length; from += BATCH) await keepNotes(tx, companyId, id, notes.slice(from, from + BATCH));
      await stageNames(tx, companyId, id, names);
      if (skips.size > 0) await countSkips(tx, companyId, id, [...skips.keys()], [...skips.values()]);
      await addCounts(tx, run, counts);
    });
    await setImmediate();
  }

  /** Turns rows that contradict the book into rejects, and drops those that add nothing to it. */
  async #compare(run: ImportRun, map: ColumnMap, signal: AbortSignal): Promise<void> {
    const { companyId, id } = run;
    await transact(this.db, (tx) => countQueue(tx));
    for (let after = 0, more = true; more; ) {
      const rows = await transact(this.db, async (tx) => {
        const found = await contradictingRows(tx, companyId, id, after, BATCH);
        const notes = found.flatMap((row) => notesOf(contradictions(row.line, row, heldFacts(row), map), false));
        await keepNotes(tx, companyId, id, notes);
        await dropRows(tx, companyId, id, found.map(({ line }) => line));
        await addCounts(tx, run, { ...NOTHING, rejects: found.length });
        return found;
      });
      after = rows.at(-1)?.line ?? after;
      more = rows.length === BATCH;
      await setImmediate();
      signal.throwIfAborted();
    }
    await transact(this.db, async (tx) => addCounts(tx, run, { ...NOTHING, known: (await dropKnown(tx, companyId, id)).length }));
  }

  async #conclude(run: ImportRun): Promise<ImportStatus> {
    const { companyId, id, acceptGood } = run;
    const [staged] = await importsByKeys(this.db, [companyId], [id]);
    const { rows, rejects } = staged!;
    if (rows === 0) return this.#refuse(run, "The file has a header and no rows.");
    if (rejects > 0 && !acceptGood) {
      const which = rejects === 1 ? "1 row is at fault" : `${rejects} rows are at fault`;
      return this.#refuse(run, `${which} of ${rows}, so nothing was posted. Mend the file, or import it again and accept the good rows.`);
    }
    await transact(this.db, (tx) => startPosting(tx, companyId, id));
    return ImportStatus.POSTING;
  }

  async #refuse(run: ImportRun, message: string): Promise<ImportStatus> {
    await transact(this.db, (tx) => endImport(tx, run, ImportStatus.REFUSED, message));
    this.tail.ring();
    return ImportStatus.REFUSED;
  }
}

async function clear(tx: Tx, { companyId, id }: ImportRun): Promise<void> {
  await clearRows(tx, companyId, id);
  await clearNames(tx, companyId, id);
  await clearNotes(tx, companyId, id);
  await clearSkips(tx, companyId, id);
  await restartImport(tx, companyId, id);
}

const heldFacts = (row: Awaited<ReturnType<typeof contradictingRows>>[number]) => ({
  accountKey: row.heldAccountKey, accountNumber: row.heldAccountNumber, currency: row.heldCurrency,
  minor: row.heldMinor, invoicedOn: row.heldInvoicedOn, dueOn: row.heldDueOn,
});
