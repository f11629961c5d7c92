import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { type HitRow, hitsOfDeductions } from "./hit.sql.ts";
import { type RuleRow, rulesByKeys } from "./rule.sql.ts";

/** Versions of rules by id. */
export const ruleById: Loader<RuleRow> = async (keys, db) => byKey(await rulesByKeys(db, ...keyColumns(keys)), (row) => row);

/** What rules did with a deduction, the first thing first. */
export const hitsOfDeduction: Loader<readonly HitRow[]> = async (keys, db) => grouped(await hitsOfDeductions(db, ...keyColumns(keys)), ({ companyId, deductionId }) => ({ companyId, id: deductionId }));
