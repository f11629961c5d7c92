import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { evidenceByKeys, evidenceOfDeductions, type EvidenceRow } from "./evidence.sql.ts";

/** Papers by id. */
export const evidenceById: Loader<EvidenceRow> = async (keys, db) => byKey(await evidenceByKeys(db, ...keyColumns(keys)), (row) => row);

/** The papers of a deduction and of what it stands for, withdrawn ones too. */
export const evidenceOfDeduction: Loader<readonly EvidenceRow[]> = async (keys, db) =>
  grouped(await evidenceOfDeductions(db, ...keyColumns(keys)), ({ companyId, askedId }) => ({ companyId, id: askedId }));
