import type { PageLoader } from "../graphql/context.ts";
import { byKey, grouped, keyColumns, type Loader, textOfKey } from "../graphql/loader.ts";
import { possibleClaims } from "../domain/claim-match.ts";
import { comparedDeductions, type ComparedDeduction, waitingClaims } from "./claim-match.sql.ts";
import { lookFor, unclaimed } from "./claim-matching.ts";
import { type ContractRow, contractsOfDeductions } from "./contract.sql.ts";
import {
  activitiesOfClaims, type ClaimActivityRow, type ClaimInvoiceRow, type ClaimLineRow, type ClaimRow, claimsByInvoices, claimsByKeys, invoicesOfClaims, linesOfClaims, readClaimsOfCustomers,
} from "./claim.sql.ts";

const ofClaim = ({ companyId, claimId }: { readonly companyId: string; readonly claimId: string }) => ({ companyId, id: claimId });

/** Claims by id. */
export const claimById: Loader<ClaimRow> = async (keys, db) => byKey(await claimsByKeys(db, ...keyColumns(keys)), (row) => row);

/** Pages of customers' claims. */
export const claimsOfCustomer: PageLoader<ClaimRow> = (customers, args, db) => readClaimsOfCustomers(db, customers, args);

/** Claims that name an invoice. */
export const claimsOfInvoice: Loader<readonly ClaimRow[]> = async (keys, db) => grouped(await claimsByInvoices(db, ...keyColumns(keys)), ({ companyId, invoiceId }) => ({ companyId, id: invoiceId }));

/** What a claim names. */
export const invoicesOfClaim: Loader<readonly ClaimInvoiceRow[]> = async (keys, db) => grouped(await invoicesOfClaims(db, ...keyColumns(keys)), ofClaim);

/** The lines of a claim. */
export const linesOfClaim: Loader<readonly ClaimLineRow[]> = async (keys, db) => grouped(await linesOfClaims(db, ...keyColumns(keys)), ofClaim);

/** What was done about a claim. */
export const activitiesOfClaim: Loader<readonly ClaimActivityRow[]> = async (keys, db) => grouped(await activitiesOfClaims(db, ...keyColumns(keys)), ofClaim);

/** A deduction as claims are compared with it, and the claim behind it. */
export const comparedDeduction: Loader<ComparedDeduction> = async (keys, db) => byKey(await comparedDeductions(db, ...keyColumns(keys)), (row) => row);

/** The contract that a deduction names, and the one it was taken from. */
export const contractOfDeduction: Loader<ContractRow> = async (keys, db) => byKey(await contractsOfDeductions(db, ...keyColumns(keys)), (row) => row);

/** The ids of claims that could be behind a deduction which has none. */
export const possibleClaimsOfDeduction: Loader<readonly string[]> = async (keys, db) => {
  const without = (await comparedDeductions(db, ...keyColumns(keys))).filter(({ claimId }) => claimId === null).map(unclaimed);
  const waiting = without.length > 0 ? await waitingClaims(db, ...lookFor(without)) : [];
  return new Map(without.map((it) => [textOfKey(it), possibleClaims(it, waiting.filter(({ companyId, customerId }) => companyId === it.companyId && customerId === it.customerId)).map(({ id }) => id)]));
};
