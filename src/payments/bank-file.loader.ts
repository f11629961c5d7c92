import type { PageLoader } from "../graphql/context.ts";
import { byKey, keyColumns, type Loader } from "../graphql/loader.ts";
import { type BankFileRow, bankFilesByKeys, type BankLineRow, bankLinesByKeys, readLinesOfFiles } from "./bank-file.sql.ts";

/** Bank files by id. */
export const bankFileById: Loader<BankFileRow> = async (keys, db) => byKey(await bankFilesByKeys(db, ...keyColumns(keys)), (row) => row);

/** Lines of bank files by id. */
export const bankLineById: Loader<BankLineRow> = async (keys, db) => byKey(await bankLinesByKeys(db, ...keyColumns(keys)), (row) => row);

/** Pages of the lines of bank files. */
export const linesOfFile: PageLoader<BankLineRow> = (files, args, db) => readLinesOfFiles(db, files, args);
