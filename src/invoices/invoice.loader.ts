import type { OfferedDiscount } from "../domain/terms.ts";
import type { PageLoader } from "../graphql/context.ts";
import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { discountsByInvoices, type InstallmentRow, installmentsByInvoices, type InvoiceLineRow, type InvoiceRow, invoicesByKeys, linesByInvoices, readInvoicesOfCustomers } from "./invoice.sql.ts";

/** Invoices by id. */
export const invoiceById: Loader<InvoiceRow> = async (keys, db) => byKey(await invoicesByKeys(db, ...keyColumns(keys)), (row) => row);

/** What an invoice bills. */
export const linesOfInvoice: Loader<readonly InvoiceLineRow[]> = async (keys, db) =>
  grouped(await linesByInvoices(db, ...keyColumns(keys)), ({ companyId, invoiceId }) => ({ companyId, id: invoiceId }));

/** The cash discounts an invoice offers. */
export const discountsOfInvoice: Loader<readonly OfferedDiscount[]> = async (keys, db) =>
  grouped(await discountsByInvoices(db, ...keyColumns(keys)), ({ companyId, invoiceId }) => ({ companyId, id: invoiceId }));

/** The parts of an invoice in the order they fall due. */
export const installmentsOfInvoice: Loader<readonly InstallmentRow[]> = async (keys, db) =>
  grouped(await installmentsByInvoices(db, ...keyColumns(keys)), ({ companyId, invoiceId }) => ({ companyId, id: invoiceId }));

/** Pages of customers' invoices. */
export const invoicesOfCustomer: PageLoader<InvoiceRow> = (customers, args, db) => readInvoicesOfCustomers(db, customers, args);
