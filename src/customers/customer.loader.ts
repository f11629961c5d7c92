import { today } from "../db/today.ts";
import type { PageLoader } from "../graphql/context.ts";
import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { contactsByCustomers, contactsByKeys, type ContactRow } from "./contact.sql.ts";
import { holdsByCustomers, holdsByKeys, type HoldRow, limitsByKeys, type LimitRow } from "./credit.sql.ts";
import { aliasesByKeys, type AliasRow, type BillToRow, billTosByKeys, type ChangeRow, changesByKeys, type CustomerRow, customersByKeys } from "./customer.sql.ts";
import { type ChildRow, parentFactsByKeys, type ParentRow, payingByKeys, type PayingRow, readChildren, readPaidBy, readPaysFor } from "./relationship.sql.ts";

const ofCustomer = ({ companyId, customerId }: { readonly companyId: string; readonly customerId: string }) => ({ companyId, id: customerId });

/** Customers by id. */
export const customerById: Loader<CustomerRow> = async (keys, db) => byKey(await customersByKeys(db, ...keyColumns(keys)), (row) => row);

/** Every other name of a customer. */
export const aliasesOfCustomer: Loader<readonly AliasRow[]> = async (keys, db) => grouped(await aliasesByKeys(db, ...keyColumns(keys)), ofCustomer);

/** Everybody to talk to at a customer. */
export const contactsOfCustomer: Loader<readonly ContactRow[]> = async (keys, db) => grouped(await contactsByCustomers(db, ...keyColumns(keys)), ofCustomer);

/** Contacts by id. */
export const contactById: Loader<ContactRow> = async (keys, db) => byKey(await contactsByKeys(db, ...keyColumns(keys)), (row) => row);

/** The address that a customer's bills go to. */
export const billToOfCustomer: Loader<BillToRow> = async (keys, db) => byKey(await billTosByKeys(db, ...keyColumns(keys)), ofCustomer);

/** Who changed what of a customer, latest first. */
export const changesOfCustomer: Loader<readonly ChangeRow[]> = async (keys, db) => grouped(await changesByKeys(db, ...keyColumns(keys)), ofCustomer);

/** Every place that a customer had in the corporate tree, in the order of recording. */
export const parentsOfCustomer: Loader<readonly ParentRow[]> = async (keys, db) => grouped(await parentFactsByKeys(db, ...keyColumns(keys)), ofCustomer);

/** Pages of the customers right below others today. */
export const childrenOfCustomer: PageLoader<ChildRow> = (customers, args, db) => readChildren(db, customers, today(db), args);

/** Paying relationships by id. */
export const payingById: Loader<PayingRow> = async (keys, db) => byKey(await payingByKeys(db, ...keyColumns(keys)), (row) => row);

/** Pages of those whom customers pay for. */
export const paysForOfCustomer: PageLoader<PayingRow> = (customers, args, db) => readPaysFor(db, customers, args);

/** Pages of those who pay for customers. */
export const paidByOfCustomer: PageLoader<PayingRow> = (customers, args, db) => readPaidBy(db, customers, args);

/** A customer's limits, those that took effect last first. */
export const limitsOfCustomer: Loader<readonly LimitRow[]> = async (keys, db) => grouped(await limitsByKeys(db, ...keyColumns(keys)), ofCustomer);

/** A customer's holds, latest first. */
export const holdsOfCustomer: Loader<readonly HoldRow[]> = async (keys, db) => grouped(await holdsByCustomers(db, ...keyColumns(keys)), ofCustomer);

/** Holds by id. */
export const holdById: Loader<HoldRow> = async (keys, db) => byKey(await holdsByKeys(db, ...keyColumns(keys)), (row) => row);
