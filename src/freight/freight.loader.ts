import { byKey, grouped, keyColumns, type Loader } from "../graphql/loader.ts";
import { type FreightClaimRow, freightClaimsByDeductions, freightClaimsByKeys, freightClaimsByShipments, type FreightStepRow, stepsOfFreightClaims } from "./freight-claim.sql.ts";
import { type CarrierRow, carriersByKeys, type ShipmentRow, shipmentsByInvoices, shipmentsByKeys } from "./shipment.sql.ts";

export const carrierById: Loader<CarrierRow> = async (keys, db) => byKey(await carriersByKeys(db, ...keyColumns(keys)), (row) => row);

export const shipmentById: Loader<ShipmentRow> = async (keys, db) => byKey(await shipmentsByKeys(db, ...keyColumns(keys)), (row) => row);

/** What was shipped for an invoice. */
export const shipmentsOfInvoice: Loader<readonly ShipmentRow[]> = async (keys, db) =>
  grouped(await shipmentsByInvoices(db, ...keyColumns(keys)), ({ companyId, invoiceId }) => ({ companyId, id: invoiceId! }));

export const freightClaimById: Loader<FreightClaimRow> = async (keys, db) => byKey(await freightClaimsByKeys(db, ...keyColumns(keys)), (row) => row);

/** The claims against carriers that a deduction led to. */
export const freightClaimsOfDeduction: Loader<readonly FreightClaimRow[]> = async (keys, db) =>
  grouped(await freightClaimsByDeductions(db, ...keyColumns(keys)), ({ companyId, deductionId }) => ({ companyId, id: deductionId! }));

/** The claims about a shipment. */
export const freightClaimsOfShipment: Loader<readonly FreightClaimRow[]> = async (keys, db) =>
  grouped(await freightClaimsByShipments(db, ...keyColumns(keys)), ({ companyId, shipmentId }) => ({ companyId, id: shipmentId }));

/** What happened with a claim, the first first. */
export const stepsOfFreightClaim: Loader<readonly FreightStepRow[]> = async (keys, db) =>
  grouped(await stepsOfFreightClaims(db, ...keyColumns(keys)), ({ companyId, claimId }) => ({ companyId, id: claimId }));
