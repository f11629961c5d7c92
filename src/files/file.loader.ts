import { byKey, keyColumns, type Loader } from "../graphql/loader.ts";
import { filesByKeys, type StoredFileRow } from "./file.sql.ts";

/** Files by id. */
export const fileById: Loader<StoredFileRow> = async (keys, db) => byKey(await filesByKeys(db, ...keyColumns(keys)), (row) => row);
