import { oncePerKey } from "../companies/idempotency.ts";
import { type Database, only } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { type ExportedLine, JOURNAL_CSV_HEADER, journalCsvLine } from "../domain/journal-csv.ts";
import type { Account } from "../domain/posting.ts";
import { Refusal } from "../domain/refusal.ts";
import { exportedLines, exportsByKeys, insertExport, insertTotals, keepAccountNumbers, lockExports, mapAccount, takeEntries } from "./journal-export.sql.ts";

/** So many entries of a file are read at a time. */
const BATCH = 1_000;

export class JournalExportService {
  constructor(private readonly db: Database) {}

  /** Exports every entry up to a day that was not exported before. Answers with the export's id, or null when there is none to export. */
  export(actor: Actor, { companyId, toOn, idempotencyKey }: { readonly companyId: string; readonly toOn: string; readonly idempotencyKey?: string | null | undefined }): Promise<string | null> {
    return transact(this.db, async (tx) => {
      await lockExports(tx, companyId);
      return oncePerKey(tx, { companyId, command: "exportJournal", key: idempotencyKey, input: { toOn } }, async () => {
        const id = newId();
        const { count, fromOn, next } = only(await takeEntries(tx, companyId, id, toOn));
        if (fromOn === null) return null;
        await insertExport(tx, companyId, id, next, fromOn, toOn, Number(count), actor.memberId, tx.recordedAt);
        await insertTotals(tx, companyId, id);
        await keepAccountNumbers(tx, companyId, id);
        return id;
      });
    });
  }

  /** Gives an account of the chart the number that the company's general ledger knows it by. Exports made before keep theirs. */
  async map(_actor: Actor, companyId: string, account: Account, number: string): Promise<void> {
    if (number.trim() === "" || number.length > 100) throw new Refusal("VALUE_INVALID", "An account number has 1 to 100 characters.", { field: ["number"] });
    await transact(this.db, (tx) => mapAccount(tx, companyId, account, number.trim(), tx.recordedAt));
  }

  /** The file of an export, part by part: the same bytes each time. `idOf` makes the id that the graph knows an entry by. Refuses an export that is not there. */
  async csv(companyId: string, id: string, idOf: (entryId: string) => string): Promise<AsyncGenerator<string>> {
    const [found] = await exportsByKeys(this.db, [companyId], [id]);
    if (!found) throw new Refusal("NOT_FOUND", "There is no such journal export in this company.");
    return this.#parts(companyId, id, idOf);
  }

  async *#parts(companyId: string, id: string, idOf: (entryId: string) => string): AsyncGenerator<string> {
    yield JOURNAL_CSV_HEADER;
    for (let place = 0; ; place += BATCH) {
      const lines: readonly ExportedLine[] = await exportedLines(this.db, companyId, id, place, BATCH);
      if (lines.length === 0) return;
      yield lines.map((line) => journalCsvLine({ ...line, entryId: idOf(line.entryId) })).join("");
    }
  }
}
