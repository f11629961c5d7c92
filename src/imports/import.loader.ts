import type { PageLoader } from "../graphql/context.ts";
import { byKey, keyColumns, type Loader } from "../graphql/loader.ts";
import { type ImportRun, importsByKeys } from "./import-run.sql.ts";
import { type NoteRow, readNotesOfImports } from "./staging.sql.ts";

/** Imports by id. */
export const importById: Loader<ImportRun> = async (keys, db) => byKey(await importsByKeys(db, ...keyColumns(keys)), (row) => row);

/** Pages of imports' faults and warnings. */
export const notesOfImport: PageLoader<NoteRow> = (imports, args, db) => readNotesOfImports(db, imports, args);
