import { grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { historyOfCustomers, type HistoryRow } from "./history.sql.ts";

/** What became of customers' deductions. */
export const historyOfCustomer: Loader<readonly HistoryRow[]> = async (keys, db) =>
  grouped(await historyOfCustomers(db, ...keyColumns(keys)), ({ companyId, customerId }) => ({ companyId, id: customerId }));
