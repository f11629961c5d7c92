import type { PageLoader } from "../graphql/context.ts";
import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { type DeductionRow, deductionsByInvoices, deductionsByKeys, deductionsByPayments, partsOfDeductions, readDeductionsOfCustomers, wholesOfDeductions } from "./deduction.sql.ts";

/** Deductions by id. */
export const deductionById: Loader<DeductionRow> = async (keys, db) => byKey(await deductionsByKeys(db, ...keyColumns(keys)), (row) => row);

/** What a payment was short of. */
export const deductionsOfPayment: Loader<readonly DeductionRow[]> = async (keys, db) =>
  grouped(await deductionsByPayments(db, ...keyColumns(keys)), ({ companyId, paymentId }) => ({ companyId, id: paymentId! }));

/** What an invoice was paid short of. */
export const deductionsOfInvoice: Loader<readonly DeductionRow[]> = async (keys, db) =>
  grouped(await deductionsByInvoices(db, ...keyColumns(keys)), ({ companyId, invoiceId }) => ({ companyId, id: invoiceId! }));

/** What a deduction was split or merged into. */
export const partsOfDeduction: Loader<readonly DeductionRow[]> = async (keys, db) => grouped(await partsOfDeductions(db, ...keyColumns(keys)), ({ companyId, askedId }) => ({ companyId, id: askedId }));

/** What a deduction was split or merged out of. */
export const wholesOfDeduction: Loader<readonly DeductionRow[]> = async (keys, db) => grouped(await wholesOfDeductions(db, ...keyColumns(keys)), ({ companyId, askedId }) => ({ companyId, id: askedId }));

/** Pages of customers' deductions. */
export const deductionsOfCustomer: PageLoader<DeductionRow> = (customers, args, db) => readDeductionsOfCustomers(db, customers, args);
