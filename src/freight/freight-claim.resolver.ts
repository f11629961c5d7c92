import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { deductionById } from "../deductions/deduction.loader.ts";
import { deductionOf, DeductionType } from "../deductions/deduction.type.ts";
import { Refusal } from "../domain/refusal.ts";
import { fileById } from "../files/file.loader.ts";
import { storedFileOf } from "../files/file.type.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import type { FreightClaimService, FreightStep } from "./freight-claim.service.ts";
import { readFreightClaims } from "./freight-claim.sql.ts";
import {
  FreightClaimConnection, freightClaimOf, FreightClaimPayload, FreightClaimsArgs, FreightClaimStepType, FreightClaimType, freightStepOf, OpenFreightClaimInput, RecordCarrierPaymentInput, StepFreightClaimInput,
} from "./freight-claim.type.ts";
import { freightClaimById, freightClaimsOfDeduction, shipmentById, stepsOfFreightClaim } from "./freight.loader.ts";
import { shipmentOf, ShipmentType } from "./shipment.type.ts";

@Resolver(() => FreightClaimType)
export class FreightClaimResolver {
  constructor(private readonly claims: FreightClaimService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => FreightClaimConnection, { nullable: true, name: "freightClaims", description: "Claims against carriers, the next deadline first; those without one come last." })
  async list(@Ctx() context: Context, @Args(() => FreightClaimsArgs) args: FreightClaimsArgs): Promise<ConnectionOf<FreightClaimType>> {
    const companyId = await context.company("receivables:read", args.company);
    return connection(await readFreightClaims(context.db, companyId, { states: args.states ?? null, deadlineTo: args.deadlineTo ?? null }, args), freightClaimOf);
  }

  @FieldResolver(() => ShipmentType, { description: "The shipment it is about." })
  async shipment(@Root() { companyId, shipmentKey }: FreightClaimType, @Ctx() context: Context): Promise<ShipmentType> {
    return shipmentOf(await context.require(shipmentById, companyId, shipmentKey));
  }

  @FieldResolver(() => DeductionType, { nullable: true, description: "The deduction that led to it; null when none did." })
  async deduction(@Root() { companyId, deductionKey }: FreightClaimType, @Ctx() context: Context): Promise<DeductionType | null> {
    return deductionKey === null ? null : deductionOf(await context.require(deductionById, companyId, deductionKey));
  }

  @FieldResolver(() => [FreightClaimStepType], { description: "What happened with it, the first thing first." })
  async steps(@Root() { companyId, key, claimed }: FreightClaimType, @Ctx() context: Context): Promise<FreightClaimStepType[]> {
    const steps = (await context.load(stepsOfFreightClaim, companyId, key)) ?? [];
    return Promise.all(steps.map(async (step) => freightStepOf(step, claimed.currency, step.fileId === null ? null : storedFileOf(await context.require(fileById, companyId, step.fileId)))));
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => FreightClaimPayload, { description: "Opens a claim against the carrier of a shipment. Nothing is booked before it is filed." })
  openFreightClaim(@Ctx() context: Context, @Arg("input", () => OpenFreightClaimInput, { description: "The finding." }) input: OpenFreightClaimInput): Promise<Partial<FreightClaimPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("deduction:work", readGlobalId(input.shipmentId)?.companyId);
      const [shipmentId, deductionId] = [keyIn("Shipment", companyId, input.shipmentId, "shipmentId"), keyIn("Deduction", companyId, input.deductionId, "deductionId")];
      const id = await this.claims.open(context.actor, { ...input, companyId, shipmentId, deductionId });
      return { freightClaim: freightClaimOf(await context.require(freightClaimById, companyId, id)) };
    });
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => FreightClaimPayload, { description: "Puts on record what happened with a claim against a carrier, books it, and starts the clock that follows." })
  stepFreightClaim(@Ctx() context: Context, @Arg("input", () => StepFreightClaimInput, { description: "The step." }) input: StepFreightClaimInput): Promise<Partial<FreightClaimPayload>> {
    return answer(async () => {
      if (input.action === "PAY") throw new Refusal("VALUE_INVALID", "Money of a carrier is recorded by recordCarrierPayment.", { field: ["action"] });
      return this.#take(context, "deduction:work", input);
    }, (refusal) => asItIsNow(context, refusal));
  }

  @Authorized<Requirement>("payment:record")
  @Mutation(() => FreightClaimPayload, { description: "Records money that came from a carrier for a claim. It is no customer's payment." })
  recordCarrierPayment(@Ctx() context: Context, @Arg("input", () => RecordCarrierPaymentInput, { description: "The money." }) input: RecordCarrierPaymentInput): Promise<Partial<FreightClaimPayload>> {
    return answer(() => this.#take(context, "payment:record", { ...input, action: "PAY" }), (refusal) => asItIsNow(context, refusal));
  }

  async #take(context: Context, permission: "deduction:work" | "payment:record", input: Omit<FreightStep, "companyId">): Promise<{ freightClaim: FreightClaimType }> {
    const companyId = context.companyOf(permission, readGlobalId(input.freightClaimId)?.companyId);
    const freightClaimId = keyIn("FreightClaim", companyId, input.freightClaimId, "freightClaimId");
    await this.claims.take(context.actor, { ...input, companyId, freightClaimId, fileId: keyIn("File", companyId, input.fileId, "fileId") });
    return { freightClaim: freightClaimOf(await context.require(freightClaimById, companyId, freightClaimId)) };
  }
}

async function asItIsNow(context: Context, { subject }: Refusal): Promise<{ freightClaim: FreightClaimType | null }> {
  return { freightClaim: subject?.type === "FreightClaim" ? freightClaimOf(await context.require(freightClaimById, subject.companyId, subject.id)) : null };
}

@Resolver(() => DeductionType)
export class DeductionFreightClaimsResolver {
  @FieldResolver(() => [FreightClaimType], { description: "The claims against carriers that it led to." })
  async freightClaims(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<FreightClaimType[]> {
    return ((await context.load(freightClaimsOfDeduction, companyId, key)) ?? []).map(freightClaimOf);
  }
}
