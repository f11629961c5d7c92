import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { type LineRow, linesByEntries } from "./journal-entry.sql.ts";
import { type ExportRow, exportsByKeys, type ExportTotalRow, totalsByExports } from "./journal-export.sql.ts";

/** The lines of journal entries. */
export const linesOfEntry: Loader<readonly LineRow[]> = async (keys, db) => grouped(await linesByEntries(db, ...keyColumns(keys)), ({ companyId, entryId }) => ({ companyId, id: entryId }));

/** Journal exports by id. */
export const exportById: Loader<ExportRow> = async (keys, db) => byKey(await exportsByKeys(db, ...keyColumns(keys)), (row) => row);

/** What exports debit and credit, a row per currency. */
export const totalsOfExport: Loader<readonly ExportTotalRow[]> = async (keys, db) =>
  grouped(await totalsByExports(db, ...keyColumns(keys)), ({ companyId, exportId }) => ({ companyId, id: exportId }));
