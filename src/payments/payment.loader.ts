import type { PageLoader } from "../graphql/context.ts";
import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { type PaymentRow, paymentsByKeys, readPaymentsOfCustomers, remittanceByPayments, type RemittanceLineRow } from "./payment.sql.ts";

/** Payments by id. */
export const paymentById: Loader<PaymentRow> = async (keys, db) => byKey(await paymentsByKeys(db, ...keyColumns(keys)), (row) => row);

/** The remittance advice of payments, in its order. */
export const remittanceOfPayment: Loader<readonly RemittanceLineRow[]> = async (keys, db) =>
  grouped(await remittanceByPayments(db, ...keyColumns(keys)), ({ companyId, paymentId }) => ({ companyId, id: paymentId }));

/** Pages of customers' payments. */
export const paymentsOfCustomer: PageLoader<PaymentRow> = (customers, args, db) => readPaymentsOfCustomers(db, customers, args);
