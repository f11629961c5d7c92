import { grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { unearnedPoliciesByCompanies, unearnedPoliciesByCustomers, type UnearnedPolicyRow } from "./unearned-policy.sql.ts";

/** What was decided about a customer's unearned discounts by itself, those decisions that took effect last first. */
export const unearnedPoliciesOfCustomer: Loader<readonly UnearnedPolicyRow[]> = async (keys, db) =>
  grouped(await unearnedPoliciesByCustomers(db, ...keyColumns(keys)), ({ companyId, customerId }) => ({ companyId, id: customerId! }));

/** What was decided about the unearned discounts of a whole company, those decisions that took effect last first. */
export const unearnedPoliciesOfCompany: Loader<readonly UnearnedPolicyRow[]> = async (keys, db) =>
  grouped(await unearnedPoliciesByCompanies(db, keys.map(({ companyId }) => companyId)), ({ companyId }) => ({ companyId, id: companyId }));
