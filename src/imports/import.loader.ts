import type { PageLoader } from "../graphql/context.ts";
import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { type ImportRun, importsByKeys } from "./import-run.sql.ts";
import { type NoteRow, readNotesOfImports, skipsByImports, type SkipRow } from "./staging.sql.ts";

/** Imports by id. */
export const importById: Loader<ImportRun> = async (keys, db) => byKey(await importsByKeys(db, ...keyColumns(keys)), (row) => row);

/** Pages of imports' faults and warnings. */
export const notesOfImport: PageLoader<NoteRow> = (imports, args, db) => readNotesOfImports(db, imports, args);

/** What an import passed over, by reason. */
export const skipsOfImport: Loader<readonly SkipRow[]> = async (keys, db) =>
  grouped(await skipsByImports(db, ...keyColumns(keys)), ({ companyId, importId }) => ({ companyId, id: importId }));
