import { byKey, keyColumns, type Loader } from "../graphql/loader.ts";
import { type DisputeWindowRow, windowsByKeys } from "./dispute-window.sql.ts";

/** Dispute windows by id. */
export const disputeWindowById: Loader<DisputeWindowRow> = async (keys, db) => byKey(await windowsByKeys(db, ...keyColumns(keys)), (row) => row);
