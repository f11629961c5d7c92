import type { ClosedPeriodPolicy } from "../domain/period.ts";
import { byKey, keyColumns, type Loader } from "../graphql/loader.ts";
import { type PeriodRow, periodsByKeys, policiesByCompanies } from "./period.sql.ts";

/** Accounting periods by id. */
export const periodById: Loader<PeriodRow> = async (keys, db) => byKey(await periodsByKeys(db, ...keyColumns(keys)), (row) => row);

/** What becomes of a company's postings into closed periods, by the company's id; a company that never said is left out. */
export const policyOfCompany: Loader<{ readonly companyId: string; readonly policy: ClosedPeriodPolicy }> = async (keys, db) =>
  byKey(await policiesByCompanies(db, keys.map(({ companyId }) => companyId)), ({ companyId }) => ({ companyId, id: companyId }));
