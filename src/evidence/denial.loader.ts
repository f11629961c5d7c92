import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { type DenialRow, denialsByKeys, denialsOfDeductions } from "./denial.sql.ts";

/** Packets by id. */
export const denialById: Loader<DenialRow> = async (keys, db) => byKey(await denialsByKeys(db, ...keyColumns(keys)), (row) => row);

/** The packets of a deduction, the latest first. */
export const denialsOfDeduction: Loader<readonly DenialRow[]> = async (keys, db) =>
  grouped(await denialsOfDeductions(db, ...keyColumns(keys)), ({ companyId, deductionId }) => ({ companyId, id: deductionId }));
