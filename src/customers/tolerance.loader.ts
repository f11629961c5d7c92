import { grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { tolerancesByCompanies, tolerancesByCustomers, type ToleranceRow } from "./tolerance.sql.ts";

/** What was decided about a customer's tolerance by itself, those decisions that took effect last first. */
export const tolerancesOfCustomer: Loader<readonly ToleranceRow[]> = async (keys, db) =>
  grouped(await tolerancesByCustomers(db, ...keyColumns(keys)), ({ companyId, customerId }) => ({ companyId, id: customerId! }));

/** What was decided about the tolerance of a whole company, those decisions that took effect last first. */
export const tolerancesOfCompany: Loader<readonly ToleranceRow[]> = async (keys, db) =>
  grouped(await tolerancesByCompanies(db, keys.map(({ companyId }) => companyId)), ({ companyId }) => ({ companyId, id: companyId }));
