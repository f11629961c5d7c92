import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { today } from "../db/today.ts";
import { transact, type Tx } from "../db/transaction.ts";
import { documentKey } from "../domain/account-number.ts";
import type { Actor } from "../domain/actor.ts";
import { addDays } from "../domain/dates.ts";
import { FILING_MONTHS, freightDeadlines, SUIT_MONTHS } from "../domain/freight-claim.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { findAccount } from "../invoices/invoice.service.ts";
import { invoicesByDocumentKeys } from "../invoices/invoice.sql.ts";
import { freightClaimsByShipments, updateFreightClaim } from "./freight-claim.sql.ts";
import { carrierByCode, insertDelivery, insertShipment, saveCarrier, shipmentByNumber, shipmentsByKeys } from "./shipment.sql.ts";

/** A carrier, and what its contract says about claims. */
export interface CarrierToSave {
  readonly companyId: string;
  readonly code: string;
  readonly name: string;
  readonly filingMonths?: number | null | undefined;
  readonly suitMonths?: number | null | undefined;
  readonly contractCarriage: boolean;
}

/** Goods that went out, as somebody writes them down. */
export interface ShipmentToRecord {
  readonly companyId: string;
  readonly account: string;
  readonly number: string;
  readonly carrier: string;
  readonly invoice?: string | null | undefined;
  readonly purchaseOrder?: string | null | undefined;
  readonly billOfLading?: string | null | undefined;
  readonly proNumber?: string | null | undefined;
  readonly shipFrom?: string | null | undefined;
  readonly prepaid: boolean;
  readonly shippedOn: string;
  readonly expectedOn?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

export interface DeliveryToRecord {
  readonly companyId: string;
  readonly shipmentId: string;
  readonly deliveredOn: string;
  readonly signedBy?: string | null | undefined;
  readonly exceptions?: string | null | undefined;
}

const LONGEST = 200;

/** Keeps what went to customers, by whom it was carried, and what was said at its delivery. */
export class ShipmentService {
  constructor(private readonly db: Database) {}

  /** Adds a carrier or changes it. Under common carriage nobody may set shorter times than the law. */
  async saveCarrier({ companyId, code, name, filingMonths = null, suitMonths = null, contractCarriage }: CarrierToSave): Promise<string> {
    const [itsCode, itsName] = [words(code, "code").toUpperCase(), words(name, "name")];
    const check = (months: number | null, least: number, field: string, what: string): void => {
      if (months === null) return;
      if (months < 1 || months > 120) throw new Refusal("VALUE_INVALID", "A time limit is 1 to 120 months.", { field: [field] });
      if (!contractCarriage && months < least) throw new Refusal("VALUE_INVALID", `A carrier may not leave fewer than ${least} months ${what}, except under contract carriage.`, { field: [field] });
    };
    check(filingMonths, FILING_MONTHS, "filingMonths", "to file a claim");
    check(suitMonths, SUIT_MONTHS, "suitMonths", "for a suit");
    return transact(this.db, async (tx) => (await saveCarrier(tx, companyId, newId(), itsCode, itsName, filingMonths, suitMonths, tx.recordedAt))[0]!.id);
  }

  async record({ companyId, idempotencyKey, ...input }: ShipmentToRecord): Promise<string> {
    const number = words(input.number, "number");
    const expectedOn = input.expectedOn ?? input.shippedOn;
    if (input.shippedOn > addDays(today(this.db), 1)) throw new Refusal("DATE_INVALID", `${input.shippedOn} has not come yet.`, { field: ["shippedOn"] });
    if (expectedOn < input.shippedOn) throw new Refusal("DATE_INVALID", "It is expected before it was shipped.", { field: ["expectedOn"] });
    return transact(this.db, async (tx) => {
      const { id: customerId } = await findAccount(tx, companyId, input.account);
      await lockCustomers(tx, companyId, [customerId]);
      return oncePerKey(tx, { companyId, command: "recordShipment", key: idempotencyKey, input }, async () => {
        const [carrier] = await carrierByCode(tx, companyId, input.carrier.trim().toUpperCase());
        if (!carrier) throw new Refusal("NOT_FOUND", `There is no carrier ${input.carrier} in this company.`, { field: ["carrier"] });
        if ((await shipmentByNumber(tx, companyId, number)).length > 0) throw new Refusal("DUPLICATE", `There is a shipment ${number} already.`, { field: ["number"] });
        const invoiceId = input.invoice ? await invoiceOf(tx, companyId, customerId, input.invoice) : null;
        const id = newId();
        const named = (text: string | null | undefined, field: string): string | null => (text?.trim() ? words(text, field) : null);
        await insertShipment(
          tx, companyId, tx.recordedAt, id, customerId, invoiceId, carrier.id, number, named(input.purchaseOrder, "purchaseOrder"), named(input.billOfLading, "billOfLading"),
          named(input.proNumber, "proNumber"), named(input.shipFrom, "shipFrom"), input.prepaid, input.shippedOn, expectedOn,
        );
        return id;
      });
    });
  }

  /** Puts a delivery on record. What was said of it before stays on record and counts no more; the clocks of its claims follow. */
  async deliver(actor: Actor, { companyId, shipmentId, deliveredOn, signedBy, exceptions }: DeliveryToRecord): Promise<void> {
    if (deliveredOn > addDays(today(this.db), 1)) throw new Refusal("DATE_INVALID", `${deliveredOn} has not come yet.`, { field: ["deliveredOn"] });
    await transact(this.db, async (tx) => {
      const [shipment] = await shipmentsByKeys(tx, [companyId], [shipmentId]);
      if (!shipment) throw new Refusal("NOT_FOUND", "There is no such shipment in this company.", { field: ["shipmentId"] });
      await lockCustomers(tx, companyId, [shipment.customerId]);
      if (deliveredOn < shipment.shippedOn) throw new Refusal("DATE_INVALID", `It was shipped on ${shipment.shippedOn}.`, { field: ["deliveredOn"] });
      await insertDelivery(tx, companyId, tx.recordedAt, newId(), shipmentId, deliveredOn, signedBy?.trim() || null, exceptions?.trim() || null, actor.memberId);
      for (const claim of await freightClaimsByShipments(tx, [companyId], [shipmentId])) {
        if (claim.state === "FOUND") await updateFreightClaim(tx, { ...claim, deadlineOn: freightDeadlines(claim, claim)[0]?.on ?? null });
      }
    });
  }
}

export function words(text: string, field: string): string {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > LONGEST) throw new Refusal("VALUE_INVALID", `Write 1 to ${LONGEST} characters.`, { field: [field] });
  return trimmed;
}

async function invoiceOf(tx: Tx, companyId: string, customerId: string, number: string): Promise<string> {
  const [invoice] = await invoicesByDocumentKeys(tx, companyId, [at({ field: ["invoice"] }, () => documentKey(number))]);
  if (invoice?.customerId !== customerId) throw new Refusal("NOT_FOUND", `The customer has no invoice ${number}.`, { field: ["invoice"] });
  return invoice.id;
}
