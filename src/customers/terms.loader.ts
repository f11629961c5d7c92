import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { type FormerTermsRow, formerTermsByKeys, termsByKeys, type TermsRow } from "./terms.sql.ts";

/** Terms by id. */
export const termsById: Loader<TermsRow> = async (keys, db) => byKey(await termsByKeys(db, ...keyColumns(keys)), (row) => row);

/** What terms said before their changes, the latest first. */
export const formersOfTerms: Loader<readonly FormerTermsRow[]> = async (keys, db) =>
  grouped(await formerTermsByKeys(db, ...keyColumns(keys)), ({ companyId, termsId }) => ({ companyId, id: termsId }));
