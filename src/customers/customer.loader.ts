import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { aliasesByKeys, type AliasRow, contactsByKeys, type ContactRow, type CustomerRow, customersByKeys } from "./customer.sql.ts";

/** Customers by id. */
export const customerById: Loader<CustomerRow> = async (keys, db) => byKey(await customersByKeys(db, ...keyColumns(keys)), (row) => row);

/** Every other name of a customer. */
export const aliasesOfCustomer: Loader<readonly AliasRow[]> = async (keys, db) =>
  grouped(await aliasesByKeys(db, ...keyColumns(keys)), ({ companyId, customerId }) => ({ companyId, id: customerId }));

/** Everybody to talk to at a customer. */
export const contactsOfCustomer: Loader<readonly ContactRow[]> = async (keys, db) =>
  grouped(await contactsByKeys(db, ...keyColumns(keys)), ({ companyId, customerId }) => ({ companyId, id: customerId }));
