import { createHash, randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { type Database, only } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { type ColumnMap, readColumnMap } from "../domain/column-map.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { FileService } from "../files/file.service.ts";
import { claimImport } from "./claim.ts";
import { requesterOf } from "./import-actor.ts";
import { type ImportRun, importsByKeys, insertImport, noteStop, sameImport, unfinishedImports } from "./import-run.sql.ts";
import { ImportStatus } from "./import-status.ts";
import type { PostingService } from "./posting.service.ts";
import type { QueueEnd } from "./posting.sql.ts";
import type { StagingService } from "./staging.service.ts";

/** A file to be imported. */
export interface BookToImport {
  readonly companyId: string;
  readonly fileId: string;
  /** The column map as JSON text. */
  readonly map: string;
  /** Whether the rows that are not at fault are posted when others are. */
  readonly acceptGood: boolean;
}

/** The import of a file, and whether it was there before. */
export interface AskedImport {
  readonly id: string;
  readonly existing: boolean;
}

type Key = { readonly companyId: string; readonly id: string };

/** Parts after which an import lets the database count the books anew; what is counted holds as shares of what comes later. */
const RECOUNT_AFTER: ReadonlySet<number> = new Set([1, 8, 64, 512]);

/** Takes in open-item books. The work is done in the background of this process, one import at a time. */
export class ImportService {
  readonly #stop = new AbortController();
  readonly #waiting = new Set<string>();
  #working: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly files: FileService,
    private readonly staging: StagingService,
    private readonly posting: PostingService,
    private readonly log: (id: string, error: unknown) => void,
  ) {}

  /**
   * Begins to import a file and answers at once. The same content under the same map is imported once: asked again, the
   * first import is the answer, and goes on where it stood still. Refuses a map that is none and a file that is not there.
   */
  async importBook(actor: Actor, { companyId, fileId, map: mapText, acceptGood }: BookToImport): Promise<AskedImport> {
    const map = at({ field: ["map"] }, () => readMap(mapText));
    const file = await this.files.find(companyId, fileId);
    const mapJson = JSON.stringify(map);
    const mapDigest = createHash("sha256").update(mapJson).digest("hex");
    const asked = await transact(this.db, async (tx): Promise<AskedImport> => {
      for (;;) {
        const [added] = await insertImport(tx, companyId, newId(), fileId, file.name, file.digest, map.name, mapDigest, mapJson, acceptGood, actor.memberId!, tx.recordedAt);
        if (added) return { id: added.id, existing: false };
        const [same] = await sameImport(tx, companyId, file.digest, mapDigest);
        if (same) {
          await noteStop(tx, companyId, same.id, null);
          return { id: same.id, existing: true };
        }
        // It was refused between the two statements, so this one may begin after all.
      }
    });
    this.#enqueue({ companyId, id: asked.id });
    return asked;
  }

  /** Takes up what earlier processes left unfinished. Imports that another process works on are left to it. */
  async resume(): Promise<void> {
    for (const key of await unfinishedImports(this.db)) this.#enqueue(key);
  }

  /** Stops between two steps, and answers when nothing runs any more. What is unfinished goes on after the next start. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#working;
  }

  #enqueue(key: Key): void {
    if (this.#waiting.has(key.id)) return;
    this.#waiting.add(key.id);
    this.#working = this.#working.then(() => this.#work(key)).finally(() => this.#waiting.delete(key.id));
  }

  async #work(key: Key): Promise<void> {
    const { signal } = this.#stop;
    if (signal.aborted) return;
    try {
      const letGo = await claimImport(this.db, key.id);
      if (!letGo) return;
      await this.#carryOn(key, signal).finally(letGo);
    } catch (error) {
      if (!signal.aborted) await this.#standStill(key, error);
    }
  }

  async #carryOn({ companyId, id }: Key, signal: AbortSignal): Promise<void> {
    const run = only(await importsByKeys(this.db, [companyId], [id]));
    const actor = requesterOf(run);
    const status = run.status === ImportStatus.STAGING ? await this.staging.stage(actor, run, signal) : run.status;
    if (status !== ImportStatus.POSTING) return;
    if (run.errorMessage !== null) await transact(this.db, (tx) => noteStop(tx, companyId, id, null));
    await this.posting.addCustomers(actor, run);
    await this.#postParts(actor, run, signal);
    if (!signal.aborted) await this.posting.countBooks(actor, { roughly: false });
  }

  /** Posts all parts, from each end of the queue by a lane of its own. Where one fails the others stop after their part. */
  async #postParts(actor: Actor, run: ImportRun, signal: AbortSignal): Promise<void> {
    const failed = new AbortController();
    let parts = 0;
    const post = async (end: QueueEnd): Promise<void> => {
      while (!signal.aborted && !failed.signal.aborted && (await this.posting.postNext(actor, run, end))) {
        // Counted early and again as the books grow: whoever reads them before the end, or at once after it, has a plan that fits.
        if (RECOUNT_AFTER.has(++parts)) await this.posting.countBooks(actor, { roughly: true });
        await setImmediate();
      }
    };
    const lanes = this.posting.ends.map((end) => post(end).catch((error: unknown) => failed.abort(error)));
    await Promise.all(lanes);
    failed.signal.throwIfAborted();
  }

  /** Leaves word of a rule that said no (a closed accounting period, say) or of an unexpected error with the import, which goes on when it is asked for again or the server starts. */
  async #standStill({ companyId, id }: Key, error: unknown): Promise<void> {
    const errorId = randomUUID();
    if (!(error instanceof Refusal)) this.log(errorId, error);
    const message = error instanceof Refusal ? `It stands still: ${error.message} Import the same file again to go on.` : `It stands still after an unexpected error. Import the same file again to go on; quote ${errorId} when you ask about it.`;
    await transact(this.db, (tx) => noteStop(tx, companyId, id, message)).catch((second: unknown) => this.log(errorId, second));
  }
}

function readMap(text: string): ColumnMap {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Refusal("MAP_INVALID", `The map is not JSON: ${(error as Error).message}`);
  }
  return readColumnMap(json);
}
