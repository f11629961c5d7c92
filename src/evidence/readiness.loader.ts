import { byKey, keyColumns, type Loader } from "../graphql/loader.ts";
import { readinessOfDeductions, type ReadinessRow } from "./readiness.sql.ts";

/** What deductions need and have. */
export const readinessOfDeduction: Loader<ReadinessRow> = async (keys, db) =>
  byKey(await readinessOfDeductions(db, ...keyColumns(keys)), ({ companyId, deductionId }) => ({ companyId, id: deductionId }));
