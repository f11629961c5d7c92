import type { PageLoader } from "../graphql/context.ts";
import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { type ClearingRow, clearingsByMemos } from "./clearing.sql.ts";
import { linesByMemos, type MemoLineRow, memosByInvoices, memosByKeys, type MemoRow, readMemosOfCustomers } from "./memo.sql.ts";

/** Memos of either kind by id. */
export const memoById: Loader<MemoRow> = async (keys, db) => byKey(await memosByKeys(db, ...keyColumns(keys)), (row) => row);

/** Memos of either kind that are about an invoice. */
export const memosOfInvoice: Loader<readonly MemoRow[]> = async (keys, db) =>
  grouped(await memosByInvoices(db, ...keyColumns(keys)), ({ companyId, invoiceId }) => ({ companyId, id: invoiceId! }));

/** What a memo credits or charges. */
export const linesOfMemo: Loader<readonly MemoLineRow[]> = async (keys, db) =>
  grouped(await linesByMemos(db, ...keyColumns(keys)), ({ companyId, memoId }) => ({ companyId, id: memoId }));

/** What of a memo was refunded or moved to bad debt. */
export const clearingsOfMemo: Loader<readonly ClearingRow[]> = async (keys, db) =>
  grouped(await clearingsByMemos(db, ...keyColumns(keys)), ({ companyId, memoId }) => ({ companyId, id: memoId }));

/** Pages of customers' credit memos. */
export const creditMemosOfCustomer: PageLoader<MemoRow> = (customers, args, db) => readMemosOfCustomers(db, "CREDIT", customers, args);

/** Pages of customers' debit memos. */
export const debitMemosOfCustomer: PageLoader<MemoRow> = (customers, args, db) => readMemosOfCustomers(db, "DEBIT", customers, args);
