import { type AskedLoader, byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { type ActivityRow, activitiesOfDeductions, type CaseNewsRow, caseNewsByKeys, type CaseRow, casesByKeys } from "./case.sql.ts";
import { type LimitRow, limitsOfCurrencies } from "./limit.sql.ts";
import { type SettlementRow, settlementsOfDeductions } from "./settlement.sql.ts";

const ofDeduction = ({ companyId, deductionId }: { readonly companyId: string; readonly deductionId: string }) => ({ companyId, id: deductionId });

/** The case of a deduction. */
export const caseOfDeduction: Loader<CaseRow> = async (keys, db) => byKey((await casesByKeys(db, ...keyColumns(keys))).map((row) => ({ ...row, id: row.deductionId })), (row) => row);

/** What was done about a deduction. */
export const activitiesOfDeduction: Loader<readonly ActivityRow[]> = async (keys, db) => grouped(await activitiesOfDeductions(db, ...keyColumns(keys)), ofDeduction);

/** What settled a deduction. */
export const settlementsOfDeduction: Loader<readonly SettlementRow[]> = async (keys, db) => grouped(await settlementsOfDeductions(db, ...keyColumns(keys)), ofDeduction);

/** The limits of a company that are in force on a day. The key is the company and the currency. */
export const limitsOfCurrency: AskedLoader<{ readonly day: string }, readonly LimitRow[]> = async (keys, { day }, db) =>
  grouped(await limitsOfCurrencies(db, ...keyColumns(keys), day), ({ companyId, currency }) => ({ companyId, id: currency }));

/** Activities by id. */
export const caseNewsById: Loader<CaseNewsRow> = async (keys, db) => byKey(await caseNewsByKeys(db, ...keyColumns(keys)), (row) => row);
