import { today } from "../db/today.ts";
import { byKey, keyColumns, type Loader } from "../graphql/loader.ts";
import { caseTimes, type CaseTimesRow, policiesInForce, type PolicyRow } from "./policy.sql.ts";

/** The policy of a company that is in force today. */
export const policyOfCompany: Loader<PolicyRow> = async (keys, db) => byKey(await policiesInForce(db, keys.map(({ companyId }) => companyId), today(db)), ({ companyId }) => ({ companyId, id: companyId }));

/** The times of a case. */
export const timesOfCase: Loader<CaseTimesRow> = async (keys, db) => byKey(await caseTimes(db, ...keyColumns(keys)), (row) => row);
