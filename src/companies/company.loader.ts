import { byKey, type Loader } from "../graphql/loader.ts";
import { companiesByIds, type CompanyRow } from "./company.sql.ts";

/** Companies by id; a company is its own. */
export const companyById: Loader<CompanyRow> = async (keys, db) => {
  const rows = await companiesByIds(db, keys.map((key) => key.companyId));
  return byKey(rows, ({ id }) => ({ companyId: id, id }));
};
