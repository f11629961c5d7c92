import type { PageLoader } from "../graphql/context.ts";
import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import {
  type ApplicationRow, applicationsByCreditMemos, applicationsByDebitMemos, applicationsByInvoices, applicationsByKeys, applicationsByPayments, type BalanceRow, balancesByCustomers, type OpenItemRow,
  openItemsByKeys, readOpenItemsOfCustomers,
} from "./open-item.sql.ts";

/** Items by id. */
export const openItemById: Loader<OpenItemRow> = async (keys, db) => byKey(await openItemsByKeys(db, ...keyColumns(keys)), (row) => row);

/** What customers owe, a row per currency. */
export const balancesOfCustomer: Loader<readonly BalanceRow[]> = async (keys, db) =>
  grouped(await balancesByCustomers(db, ...keyColumns(keys)), ({ companyId, customerId }) => ({ companyId, id: customerId }));

/** Pages of customers' open items. */
export const openItemsOfCustomer: PageLoader<OpenItemRow> = (customers, args, db) => readOpenItemsOfCustomers(db, customers, args);

/** Applications by id. */
export const applicationById: Loader<ApplicationRow> = async (keys, db) => byKey(await applicationsByKeys(db, ...keyColumns(keys)), (row) => row);

/** What a payment's cash and deductions settled, in the order of writing. */
export const applicationsOfPayment: Loader<readonly ApplicationRow[]> = async (keys, db) =>
  grouped(await applicationsByPayments(db, ...keyColumns(keys)), ({ companyId, paymentId }) => ({ companyId, id: paymentId! }));

/** What settled an invoice, in the order of writing. */
export const applicationsOfInvoice: Loader<readonly ApplicationRow[]> = async (keys, db) =>
  grouped(await applicationsByInvoices(db, ...keyColumns(keys)), ({ companyId, invoiceId }) => ({ companyId, id: invoiceId! }));

/** What settled a debit memo, in the order of writing. */
export const applicationsOfDebitMemo: Loader<readonly ApplicationRow[]> = async (keys, db) =>
  grouped(await applicationsByDebitMemos(db, ...keyColumns(keys)), ({ companyId, debitMemoId }) => ({ companyId, id: debitMemoId! }));

/** What a credit memo settled, in the order of writing. */
export const applicationsOfCreditMemo: Loader<readonly ApplicationRow[]> = async (keys, db) =>
  grouped(await applicationsByCreditMemos(db, ...keyColumns(keys)), ({ companyId, creditMemoId }) => ({ companyId, id: creditMemoId! }));
