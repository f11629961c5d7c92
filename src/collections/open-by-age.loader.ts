import { dayOf } from "../domain/dates.ts";
import { grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { type OpenByAgeRow, openByAgeOfCustomers } from "./open-by-age.sql.ts";

/** What customers have open now, by age today, a row per currency. */
export const openByAgeOfCustomer: Loader<readonly OpenByAgeRow[]> = async (keys, db) =>
  grouped(await openByAgeOfCustomers(db, ...keyColumns(keys), dayOf(db.clock.now() ?? new Date())), ({ companyId, customerId }) => ({ companyId, id: customerId }));
