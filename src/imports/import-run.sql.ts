import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage } from "../db/page.ts";
import type { Tx } from "../db/transaction.ts";
import type { ImportCounts, ImportStatus } from "./import-status.ts";

/** One import of one file under one map. */
export interface ImportRun extends ImportCounts {
  readonly companyId: string;
  readonly id: string;
  readonly fileId: string;
  readonly name: string;
  readonly mapName: string;
  /** The column map as JSON, so that an import that was cut off can go on. */
  readonly map: unknown;
  readonly acceptGood: boolean;
  readonly status: ImportStatus;
  readonly errorMessage: string | null;
  /** Who asked for it. */
  readonly memberId: string;
  readonly recordedAt: string;
  readonly finishedAt: string | null;
}

const COLUMNS = `run.company_id as "companyId", run.id, run.file_id as "fileId", run.name, run.map_name as "mapName", run.map, run.accept_good as "acceptGood",
  run.status, run.error_message as "errorMessage", run.row_count as rows, run.duplicate_count as duplicates, run.reject_count as rejects, run.skipped_count as skipped,
  run.warning_count as warnings, run.known_count as known, run.posted_count as posted, run.invoice_count as invoices, run.payment_count as payments,
  run.member_id as "memberId", run.recorded_at as "recordedAt", run.finished_at as "finishedAt"`;

const RUNS: List<ImportRun> = {
  name: "imports.page",
  columns: COLUMNS,
  from: "import_run run",
  order: [{ sql: "run.id", cast: "uuid" }],
  descending: true,
  keys: (row) => [row.id],
};

/** A company's imports, latest first. */
export const readImports = (on: Answering, companyId: string, args: PageArgs): Promise<Page<ImportRun>> =>
  readPage(on, RUNS, new Conditions().add("run.company_id = ?", companyId), args);

export const importsByKeys = statement<ImportRun, [readonly string[], readonly string[]]>(
  "imports.byKeys",
  `select ${COLUMNS} from import_run run join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on run.company_id = key.company_id and run.id = key.id`,
);

/** Imports of all companies that are neither posted nor refused, oldest first. */
export const unfinishedImports = statement<{ companyId: string; id: string }, []>(
  "imports.unfinished",
  `select company_id as "companyId", id from import_run where finished_at is null order by id`,
);

/** The import of the same content under the same map that was not refused. */
export const sameImport = statement<{ id: string }, [string, string, string]>(
  "imports.same",
  `select id from import_run where company_id = $1 and digest = $2 and map_digest = $3 and status <> 'REFUSED'`,
);

/** Adds an import, unless the same content is there under the same map. */
export const insertImport = statement<{ id: string }, [string, string, string, string, string, string, string, string, boolean, string, string]>(
  "imports.insert",
  `insert into import_run (company_id, id, file_id, name, digest, map_name, map_digest, map, accept_good, member_id, recorded_at, status)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'STAGING')
   on conflict (company_id, digest, map_digest) where status <> 'REFUSED' do nothing returning id`,
);

/**
 * Makes other steps of this import wait until the transaction ends. Not a lock on the row, because that would take a
 * transaction id before the customers are locked.
 */
export const lockImport = statement<object, [string]>("imports.lock", `select pg_advisory_xact_lock(hashtext('import step'), hashtext($1))`);

const add = statement<object, [string, string, number, number, number, number, number, number, number, number, number]>(
  "imports.count",
  `update import_run set row_count = row_count + $3, duplicate_count = duplicate_count + $4, reject_count = reject_count + $5, warning_count = warning_count + $6,
          known_count = known_count + $7, posted_count = posted_count + $8, invoice_count = invoice_count + $9, payment_count = payment_count + $10, skipped_count = skipped_count + $11
    where company_id = $1 and id = $2`,
);

/** Adds to the counts of an import. */
export async function addCounts(tx: Tx, { companyId, id }: Pick<ImportRun, "companyId" | "id">, counts: ImportCounts): Promise<void> {
  const { rows, duplicates, rejects, skipped, warnings, known, posted, invoices, payments } = counts;
  await add(tx, companyId, id, rows, duplicates, rejects, warnings, known, posted, invoices, payments, skipped);
}

/** Back to the beginning of its staging. */
export const restartImport = statement<object, [string, string]>(
  "imports.restart",
  `update import_run set row_count = 0, duplicate_count = 0, reject_count = 0, skipped_count = 0, warning_count = 0, known_count = 0, error_message = null where company_id = $1 and id = $2`,
);

/** Lets posting begin. */
export const startPosting = statement<object, [string, string]>(
  "imports.startPosting",
  `update import_run set status = 'POSTING', error_message = null where company_id = $1 and id = $2 and status = 'STAGING'`,
);

export const finishRun = statement<object, [string, string, ImportStatus, string | null, string]>(
  "imports.finish",
  `update import_run set status = $3, error_message = $4, finished_at = $5 where company_id = $1 and id = $2`,
);

/** Says why an import stands still; null when it goes on. */
export const noteStop = statement<object, [string, string, string | null]>(
  "imports.noteStop",
  `update import_run set error_message = $3 where company_id = $1 and id = $2 and finished_at is null`,
);
