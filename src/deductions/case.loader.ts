import { today } from "../db/today.ts";
import type { ApprovalLimit } from "../domain/case-guards.ts";
import { byKey, grouped, keyColumns, type Loader, textOfKey } from "../graphql/loader.ts";
import { type ActivityRow, activitiesOfDeductions, type CaseNewsRow, caseNewsByKeys, type CaseRow, casesByKeys, limitsInForce } from "./case.sql.ts";
import { type SettlementRow, settlementsOfDeductions } from "./settlement.sql.ts";

const ofDeduction = ({ companyId, deductionId }: { readonly companyId: string; readonly deductionId: string }) => ({ companyId, id: deductionId });

/** The case of a deduction. */
export const caseOfDeduction: Loader<CaseRow> = async (keys, db) => byKey((await casesByKeys(db, ...keyColumns(keys))).map((row) => ({ ...row, id: row.deductionId })), (row) => row);

/** What was done about a deduction. */
export const activitiesOfDeduction: Loader<readonly ActivityRow[]> = async (keys, db) => grouped(await activitiesOfDeductions(db, ...keyColumns(keys)), ofDeduction);

/** What settled a deduction. */
export const settlementsOfDeduction: Loader<readonly SettlementRow[]> = async (keys, db) => grouped(await settlementsOfDeductions(db, ...keyColumns(keys)), ofDeduction);

/** Activities by id. */
export const caseNewsById: Loader<CaseNewsRow> = async (keys, db) => byKey(await caseNewsByKeys(db, ...keyColumns(keys)), (row) => row);

/** The limits in force today in a currency, whose code stands for the id. The rows of a request share one statement for each currency. */
export const limitsToday: Loader<readonly ApprovalLimit[]> = async (keys, db) =>
  new Map(await Promise.all(keys.map(async (key) => [textOfKey(key), await limitsInForce(db, key.companyId, key.id, today(db))] as const)));
