import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { type ArrangementRow, arrangementsByCustomers, arrangementsByKeys } from "./arrangement.sql.ts";

/** Arrangements by id. */
export const arrangementById: Loader<ArrangementRow> = async (keys, db) => byKey(await arrangementsByKeys(db, ...keyColumns(keys)), (row) => row);

/** Everything agreed with a customer, the latest first. */
export const arrangementsOfCustomer: Loader<readonly ArrangementRow[]> = async (keys, db) =>
  grouped(await arrangementsByCustomers(db, ...keyColumns(keys)), ({ companyId, customerId }) => ({ companyId, id: customerId }));
