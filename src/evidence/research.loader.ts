import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { researchByKeys, researchOfDeductions, type ResearchRow } from "./research.sql.ts";

/** Comparisons by id. */
export const researchById: Loader<ResearchRow> = async (keys, db) => byKey(await researchByKeys(db, ...keyColumns(keys)), (row) => row);

/** Every comparison of a deduction, the latest first. */
export const researchOfDeduction: Loader<readonly ResearchRow[]> = async (keys, db) =>
  grouped(await researchOfDeductions(db, ...keyColumns(keys)), ({ companyId, askedId }) => ({ companyId, id: askedId }));
