import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage } from "../db/page.ts";

/** Who carries goods for us, and what its contract says about claims; null where it says nothing. */
export interface CarrierRow {
  readonly companyId: string;
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly filingMonths: number | null;
  readonly suitMonths: number | null;
}

const CARRIERS = `select company_id as "companyId", id, code, name, filing_months as "filingMonths", suit_months as "suitMonths" from carrier`;

export const carriersOfCompany = statement<CarrierRow, [string]>("carriers.ofCompany", `${CARRIERS} where company_id = $1 order by code`);
export const carrierByCode = statement<CarrierRow, [string, string]>("carriers.byCode", `${CARRIERS} where company_id = $1 and code = $2`);
export const carriersByKeys = statement<CarrierRow, [readonly string[], readonly string[]]>(
  "carriers.byKeys",
  `${CARRIERS} join unnest($1::uuid[], $2::uuid[]) as key (of_company, of_id) on company_id = key.of_company and id = key.of_id`,
);

/** Adds a carrier, or changes what is known of the one with this code. */
export const saveCarrier = statement<{ id: string }, [string, string, string, string, number | null, number | null, string]>(
  "carriers.save",
  `insert into carrier (company_id, id, code, name, filing_months, suit_months, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (company_id, code) do update set name = excluded.name, filing_months = excluded.filing_months, suit_months = excluded.suit_months returning id`,
);

/** Goods that went to a customer. */
export interface NewShipment {
  readonly id: string;
  readonly customerId: string;
  readonly invoiceId: string | null;
  readonly carrierId: string;
  readonly number: string;
  readonly purchaseOrder: string | null;
  readonly billOfLading: string | null;
  readonly proNumber: string | null;
  /** The site it left from; null when nobody said. */
  readonly shipFrom: string | null;
  readonly prepaid: boolean;
  readonly shippedOn: string;
  readonly expectedOn: string;
}

export interface ShipmentRow extends NewShipment {
  readonly companyId: string;
  /** What was recorded of its delivery last; null before. */
  readonly deliveredOn: string | null;
  readonly signedBy: string | null;
  readonly exceptions: string | null;
}

export const insertShipment = statement<object, [string, string, string, string, string | null, string, string, string | null, string | null, string | null, string | null, boolean, string, string]>(
  "shipments.insert",
  `insert into shipment (company_id, recorded_at, id, customer_id, invoice_id, carrier_id, number, purchase_order, bill_of_lading, pro_number, ship_from, prepaid, shipped_on, expected_on)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);

export const insertDelivery = statement<object, [string, string, string, string, string, string | null, string | null, string | null]>(
  "shipments.deliver",
  `insert into shipment_delivery (company_id, recorded_at, id, shipment_id, delivered_on, signed_by, exceptions, member_id) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

const COLUMNS = `shipment.company_id as "companyId", shipment.id, shipment.customer_id as "customerId", shipment.invoice_id as "invoiceId", shipment.carrier_id as "carrierId", shipment.number,
  shipment.purchase_order as "purchaseOrder", shipment.bill_of_lading as "billOfLading", shipment.pro_number as "proNumber", shipment.ship_from as "shipFrom", shipment.prepaid, shipment.shipped_on as "shippedOn",
  shipment.expected_on as "expectedOn", delivery.delivered_on as "deliveredOn", delivery.signed_by as "signedBy", delivery.exceptions`;

const FROM = `shipment left join lateral (
    select told.delivered_on, told.signed_by, told.exceptions from shipment_delivery told
     where told.company_id = shipment.company_id and told.shipment_id = shipment.id order by told.id desc limit 1) as delivery on true`;

const SHIPMENTS: List<ShipmentRow> = {
  name: "shipments.page",
  columns: COLUMNS,
  from: FROM,
  order: [
    { sql: "shipment.shipped_on", cast: "date" },
    { sql: "shipment.id", cast: "uuid" },
  ],
  descending: true,
  keys: (row) => [row.shippedOn, row.id],
};

/** What a list of shipments may be narrowed to; null means any. */
export interface ShipmentFilter {
  readonly customerId: string | null;
  readonly invoiceId: string | null;
  readonly purchaseOrder: string | null;
}

/** A company's shipments, latest first. */
export const readShipments = (on: Answering, companyId: string, { customerId, invoiceId, purchaseOrder }: ShipmentFilter, args: PageArgs): Promise<Page<ShipmentRow>> =>
  readPage(
    on, SHIPMENTS,
    new Conditions().add("shipment.company_id = ?", companyId).addIf(customerId, "shipment.customer_id = ?::uuid").addIf(invoiceId, "shipment.invoice_id = ?::uuid").addIf(purchaseOrder, "shipment.purchase_order = ?"),
    args,
  );

const SELECT_BY = (column: string): string =>
  `select ${COLUMNS} from ${FROM} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on shipment.company_id = key.company_id and shipment.${column} = key.id order by shipment.shipped_on, shipment.id`;

export const shipmentsByKeys = statement<ShipmentRow, [readonly string[], readonly string[]]>("shipments.byKeys", SELECT_BY("id"));
export const shipmentsByInvoices = statement<ShipmentRow, [readonly string[], readonly string[]]>("shipments.byInvoices", SELECT_BY("invoice_id"));
export const shipmentByNumber = statement<{ id: string }, [string, string]>("shipments.byNumber", `select id from shipment where company_id = $1 and number = $2`);
