import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { customerById } from "../customers/customer.loader.ts";
import { customerOf, CustomerType } from "../customers/customer.type.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { invoiceById } from "../invoices/invoice.loader.ts";
import { invoiceOf, InvoiceType } from "../invoices/invoice.type.ts";
import { freightClaimOf, FreightClaimType } from "./freight-claim.type.ts";
import { carrierById, freightClaimsOfShipment, shipmentById, shipmentsOfInvoice } from "./freight.loader.ts";
import type { ShipmentService } from "./shipment.service.ts";
import { carriersOfCompany, readShipments } from "./shipment.sql.ts";
import {
  carrierOf, CarrierType, RecordDeliveryInput, RecordShipmentInput, SaveCarrierInput, SaveCarrierPayload, ShipmentConnection, shipmentOf, ShipmentPayload, ShipmentsArgs, ShipmentType,
} from "./shipment.type.ts";

@Resolver(() => ShipmentType)
export class ShipmentResolver {
  constructor(private readonly shipping: ShipmentService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => [CarrierType], { nullable: true, description: "The carriers of a company, by code." })
  async carriers(@Ctx() context: Context, @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null): Promise<CarrierType[]> {
    return (await carriersOfCompany(context.db, await context.company("receivables:read", company))).map(carrierOf);
  }

  @Authorized<Requirement>("receivables:read")
  @Query(() => ShipmentConnection, { nullable: true, name: "shipments", description: "Shipments, latest first." })
  async list(@Ctx() context: Context, @Args(() => ShipmentsArgs) args: ShipmentsArgs): Promise<ConnectionOf<ShipmentType>> {
    const companyId = await context.company("receivables:read", args.company);
    const filter = { customerId: keyIn("Customer", companyId, args.customerId, "customerId"), invoiceId: keyIn("Invoice", companyId, args.invoiceId, "invoiceId"), purchaseOrder: args.purchaseOrder?.trim() || null };
    return connection(await readShipments(context.db, companyId, filter, args), shipmentOf);
  }

  @FieldResolver(() => CustomerType, { description: "To whom it went." })
  async customer(@Root() { companyId, customerKey }: ShipmentType, @Ctx() context: Context): Promise<CustomerType> {
    return customerOf(await context.require(customerById, companyId, customerKey));
  }

  @FieldResolver(() => InvoiceType, { nullable: true, description: "The invoice that bills it; null when none was named." })
  async invoice(@Root() { companyId, invoiceKey }: ShipmentType, @Ctx() context: Context): Promise<InvoiceType | null> {
    return invoiceKey === null ? null : invoiceOf(await context.require(invoiceById, companyId, invoiceKey));
  }

  @FieldResolver(() => CarrierType, { description: "Who carried it." })
  async carrier(@Root() { companyId, carrierKey }: ShipmentType, @Ctx() context: Context): Promise<CarrierType> {
    return carrierOf(await context.require(carrierById, companyId, carrierKey));
  }

  @FieldResolver(() => [FreightClaimType], { description: "The claims against its carrier." })
  async freightClaims(@Root() { companyId, key }: ShipmentType, @Ctx() context: Context): Promise<FreightClaimType[]> {
    return ((await context.load(freightClaimsOfShipment, companyId, key)) ?? []).map(freightClaimOf);
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => SaveCarrierPayload, { description: "Adds a carrier, or changes the one of that code. Deadlines that run already stay as they are until the next step of their claim." })
  saveCarrier(@Ctx() context: Context, @Arg("input", () => SaveCarrierInput, { description: "The carrier." }) { company, ...input }: SaveCarrierInput): Promise<Partial<SaveCarrierPayload>> {
    return answer(async () => {
      const companyId = await context.company("deduction:work", company);
      return { carrier: carrierOf(await context.require(carrierById, companyId, await this.shipping.saveCarrier({ ...input, companyId }))) };
    });
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => ShipmentPayload, { description: "Puts a shipment on record." })
  recordShipment(@Ctx() context: Context, @Arg("input", () => RecordShipmentInput, { description: "The shipment." }) { company, ...input }: RecordShipmentInput): Promise<Partial<ShipmentPayload>> {
    return answer(async () => {
      const companyId = await context.company("deduction:work", company);
      return { shipment: shipmentOf(await context.require(shipmentById, companyId, await this.shipping.record({ ...input, companyId }))) };
    });
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => ShipmentPayload, { description: "Puts on record what is known of a delivery. What was said before counts no more, and the last day to file a claim follows." })
  recordDelivery(@Ctx() context: Context, @Arg("input", () => RecordDeliveryInput, { description: "The delivery." }) input: RecordDeliveryInput): Promise<Partial<ShipmentPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("deduction:work", readGlobalId(input.shipmentId)?.companyId);
      const shipmentId = keyIn("Shipment", companyId, input.shipmentId, "shipmentId");
      await this.shipping.deliver(context.actor, { ...input, companyId, shipmentId });
      return { shipment: shipmentOf(await context.require(shipmentById, companyId, shipmentId)) };
    });
  }
}

@Resolver(() => InvoiceType)
export class InvoiceShipmentsResolver {
  @FieldResolver(() => [ShipmentType], { description: "What was shipped for it." })
  async shipments(@Root() { companyId, key }: InvoiceType, @Ctx() context: Context): Promise<ShipmentType[]> {
    return ((await context.load(shipmentsOfInvoice, companyId, key)) ?? []).map(shipmentOf);
  }
}
