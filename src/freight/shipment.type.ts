import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { FILING_MONTHS, SUIT_MONTHS } from "../domain/freight-claim.ts";
import { ConnectionArgs, connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { Node } from "../graphql/node.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import type { CarrierRow, ShipmentRow } from "./shipment.sql.ts";

@ObjectType("Carrier", { implements: Node, description: "Who carries goods for the company.", simpleResolvers: true })
export class CarrierType extends Node {
  @Field(() => String, { description: "Its code, such as the SCAC; unique in the company." })
  readonly code!: string;

  @Field(() => String, { description: "Its name." })
  readonly name!: string;

  @Field(() => Int, { description: `Months from delivery in which a claim is to be filed: as its contract says, or ${FILING_MONTHS}, the fewest that 49 USC 14706 lets a carrier leave.` })
  readonly filingMonths!: number;

  @Field(() => Int, { description: `Months from a written refusal in which a suit is to be brought: as its contract says, or ${SUIT_MONTHS}.` })
  readonly suitMonths!: number;
}

export const carrierOf = ({ companyId, id, code, name, filingMonths, suitMonths }: CarrierRow): CarrierType => ({
  id: globalId("Carrier", companyId, id), code, name, filingMonths: filingMonths ?? FILING_MONTHS, suitMonths: suitMonths ?? SUIT_MONTHS,
});

@ObjectType("Shipment", { implements: Node, description: "Goods that went to a customer.", simpleResolvers: true })
export class ShipmentType extends Node {
  readonly companyId!: string;
  readonly key!: string;
  readonly customerKey!: string;
  readonly invoiceKey!: string | null;
  readonly carrierKey!: string;

  @Field(() => String, { description: "Number of the shipment, unique in the company." })
  readonly number!: string;

  @Field(() => String, { nullable: true, description: "The customer's purchase order; null when it is not known." })
  readonly purchaseOrder!: string | null;

  @Field(() => String, { nullable: true, description: "Number of the bill of lading; null when it is not known." })
  readonly billOfLading!: string | null;

  @Field(() => String, { nullable: true, description: "The carrier's own number of it (PRO); null when it is not known." })
  readonly proNumber!: string | null;

  @Field(() => String, { nullable: true, description: "The site it left from; null when nobody said." })
  readonly shipFrom!: string | null;

  @Field(() => Boolean, { description: "Whether we paid the freight. Prepaid, a signed proof of delivery shows what arrived; collect, the signed bill of lading." })
  readonly prepaid!: boolean;

  @Field(() => BusinessDateScalar, { description: "The day it left." })
  readonly shippedOn!: string;

  @Field(() => BusinessDateScalar, { description: "The day it should reasonably arrive: the clocks of a claim count from it while nothing was said of a delivery." })
  readonly expectedOn!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day it was delivered; null while nothing was said of it." })
  readonly deliveredOn!: string | null;

  @Field(() => String, { nullable: true, description: "Who signed for it; null when nobody did, or it is not known." })
  readonly signedBy!: string | null;

  @Field(() => String, { nullable: true, description: "What was noted at the delivery, such as damage; null when it was clean. A note alone is not a claim." })
  readonly exceptions!: string | null;
}

export const shipmentOf = ({ companyId, id: key, customerId, invoiceId, carrierId, ...row }: ShipmentRow): ShipmentType => ({
  ...row, id: globalId("Shipment", companyId, key), companyId, key, customerKey: customerId, invoiceKey: invoiceId, carrierKey: carrierId,
});

export const ShipmentConnection = connectionOf("Shipment", () => ShipmentType);

@ArgsType()
export class ShipmentsArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: "Only shipments to this customer." })
  customerId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only shipments of this invoice." })
  invoiceId?: string | null;

  @Field(() => String, { nullable: true, description: "Only shipments of this purchase order, as it was written." })
  purchaseOrder?: string | null;
}

@InputType({ description: "A carrier, and what its contract says about claims." })
export class SaveCarrierInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Its code; one that is known is changed." })
  code!: string;

  @Field(() => String, { description: "Its name." })
  name!: string;

  @Field(() => Int, { nullable: true, description: `Months in which its contract lets claims be filed, at least ${FILING_MONTHS}; left out, ${FILING_MONTHS}.` })
  filingMonths?: number | null;

  @Field(() => Int, { nullable: true, description: `Months in which its contract lets a suit be brought, at least ${SUIT_MONTHS}; left out, ${SUIT_MONTHS}.` })
  suitMonths?: number | null;

  @Field(() => Boolean, { defaultValue: false, description: "Whether it carries under a contract of its own (49 USC 14101), which may set shorter times." })
  contractCarriage!: boolean;
}

@ObjectType({ description: "A carrier that was saved." })
export class SaveCarrierPayload extends MutationPayload {
  @Field(() => CarrierType, { nullable: true, description: "The carrier; null when refused." })
  readonly carrier!: CarrierType | null;
}

@InputType({ description: "Goods that went to a customer." })
export class RecordShipmentInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Account number of the customer, in any spelling." })
  account!: string;

  @Field(() => String, { description: "Number of the shipment, unique in the company." })
  number!: string;

  @Field(() => String, { description: "Code of the carrier." })
  carrier!: string;

  @Field(() => String, { nullable: true, description: "Number of the invoice that bills it." })
  invoice?: string | null;

  @Field(() => String, { nullable: true, description: "The customer's purchase order." })
  purchaseOrder?: string | null;

  @Field(() => String, { nullable: true, description: "Number of the bill of lading." })
  billOfLading?: string | null;

  @Field(() => String, { nullable: true, description: "The carrier's own number of it (PRO)." })
  proNumber?: string | null;

  @Field(() => String, { nullable: true, description: "The site it left from, as the company names it." })
  shipFrom?: string | null;

  @Field(() => Boolean, { defaultValue: true, description: "Whether we paid the freight." })
  prepaid!: boolean;

  @Field(() => BusinessDateScalar, { description: "The day it left." })
  shippedOn!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day it should reasonably arrive; left out, the day it left." })
  expectedOn?: string | null;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "What is known of a delivery." })
export class RecordDeliveryInput {
  @Field(() => ID, { description: "The shipment." })
  shipmentId!: string;

  @Field(() => BusinessDateScalar, { description: "The day it was delivered." })
  deliveredOn!: string;

  @Field(() => String, { nullable: true, description: "Who signed for it." })
  signedBy?: string | null;

  @Field(() => String, { nullable: true, description: "What was noted, such as damage or missing pieces." })
  exceptions?: string | null;
}

@ObjectType({ description: "A shipment as it is now." })
export class ShipmentPayload extends MutationPayload {
  @Field(() => ShipmentType, { nullable: true, description: "The shipment; null when refused." })
  readonly shipment!: ShipmentType | null;
}
