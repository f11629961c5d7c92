import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { customerById } from "../customers/customer.loader.ts";
import { customerOf, CustomerType } from "../customers/customer.type.ts";
import { deductionById } from "../deductions/deduction.loader.ts";
import { deductionOf, LiveDeductionArgs } from "../deductions/deduction.type.ts";
import { documentKey } from "../domain/account-number.ts";
import { EventKind } from "../domain/events.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Permission } from "../domain/actor.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { openStream } from "../graphql/live.ts";
import { answer } from "../graphql/payload.ts";
import { invoiceById } from "../invoices/invoice.loader.ts";
import { invoiceOf, InvoiceType } from "../invoices/invoice.type.ts";
import { cursorOf } from "../live/cursor.ts";
import type { StreamStep } from "../live/stream.ts";
import { ClaimNoteInput, ClaimPayload, ClaimsArgs, MatchClaimInput, RecordClaimInput, RecordDisputeInput } from "./claim-commands.type.ts";
import { activitiesOfClaim, claimById, invoicesOfClaim, linesOfClaim } from "./claim.loader.ts";
import type { ClaimService } from "./claim.service.ts";
import { readClaims } from "./claim.sql.ts";
import { ClaimActivityType, claimActivityOf, ClaimConnection, claimLineOf, ClaimLineType, claimOf, ClaimPush, ClaimType } from "./claim.type.ts";

@Resolver(() => ClaimType)
export class ClaimResolver {
  constructor(private readonly claims: ClaimService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => ClaimConnection, { nullable: true, name: "claims", description: "What customers claim and contest, latest first." })
  async list(@Ctx() context: Context, @Args(() => ClaimsArgs) args: ClaimsArgs): Promise<ConnectionOf<ClaimType>> {
    const companyId = await context.company("receivables:read", args.company);
    const { kind = null, reason = null, waitingOnly, receivedFrom = null, receivedTo = null } = args;
    const filter = { customerId: keyIn("Customer", companyId, args.customerId, "customerId"), kind, reason, numberKey: args.number ? documentKey(args.number) : null, waitingOnly, receivedFrom, receivedTo };
    return connection(await readClaims(context.db, companyId, filter, args), claimOf);
  }

  @FieldResolver(() => CustomerType, { description: "Whose it is." })
  async customer(@Root() { companyId, customerKey }: ClaimType, @Ctx() context: Context): Promise<CustomerType> {
    return customerOf(await context.require(customerById, companyId, customerKey));
  }

  @FieldResolver(() => [InvoiceType], { description: "The invoices it is about, as far as we hold them." })
  async invoices(@Root() { companyId, key }: ClaimType, @Ctx() context: Context): Promise<InvoiceType[]> {
    const named = ((await context.load(invoicesOfClaim, companyId, key)) ?? []).flatMap(({ invoiceId }) => invoiceId ?? []);
    return (await Promise.all(named.map((id) => context.require(invoiceById, companyId, id)))).map(invoiceOf);
  }

  @FieldResolver(() => [String], { description: "Every document it names, as the customer wrote it." })
  async references(@Root() { companyId, key }: ClaimType, @Ctx() context: Context): Promise<string[]> {
    return ((await context.load(invoicesOfClaim, companyId, key)) ?? []).map(({ reference }) => reference);
  }

  @FieldResolver(() => [ClaimLineType], { description: "Its lines, in order; empty when only the amount is known." })
  async lines(@Root() { companyId, key }: ClaimType, @Ctx() context: Context): Promise<ClaimLineType[]> {
    return ((await context.load(linesOfClaim, companyId, key)) ?? []).map(claimLineOf);
  }

  @FieldResolver(() => [ClaimActivityType], { description: "What was done about it, the first thing first." })
  async activities(@Root() { companyId, key }: ClaimType, @Ctx() context: Context): Promise<ClaimActivityType[]> {
    return ((await context.load(activitiesOfClaim, companyId, key)) ?? []).map(claimActivityOf);
  }

  @Authorized<Requirement>("claim:record")
  @Mutation(() => ClaimPayload, { description: "Records what a customer claims. The deduction that states its number, now or later, has it behind it." })
  recordClaim(@Ctx() context: Context, @Arg("input", () => RecordClaimInput, { description: "The claim." }) { company, ...claim }: RecordClaimInput): Promise<Partial<ClaimPayload>> {
    return answer(async () => {
      const companyId = await context.company("claim:record", company);
      return asClaim(context, companyId, await this.claims.record(context.actor, { ...claim, companyId }));
    }, (refusal) => asItIsNow(context, refusal));
  }

  @Authorized<Requirement>("claim:record")
  @Mutation(() => ClaimPayload, { description: "Records that a customer contests an open invoice and has deducted nothing yet. When it pays short, the dispute is behind that deduction, with its history." })
  recordDispute(@Ctx() context: Context, @Arg("input", () => RecordDisputeInput, { description: "The dispute." }) input: RecordDisputeInput): Promise<Partial<ClaimPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("claim:record", readGlobalId(input.invoiceId)?.companyId);
      const invoiceId = keyIn("Invoice", companyId, input.invoiceId, "invoiceId");
      return asClaim(context, companyId, await this.claims.dispute(context.actor, { ...input, companyId, invoiceId }));
    }, (refusal) => asItIsNow(context, refusal));
  }

  @Authorized<Requirement>("claim:record")
  @Mutation(() => ClaimPayload, { description: "The customer gives up what it has not deducted of a claim." })
  withdrawClaim(@Ctx() context: Context, @Arg("input", () => ClaimNoteInput, { description: "The claim, and why." }) input: ClaimNoteInput): Promise<Partial<ClaimPayload>> {
    return this.#done(context, "claim:record", input, (which) => this.claims.withdraw(context.actor, which));
  }

  @Authorized<Requirement>("claim:record")
  @Mutation(() => ClaimPayload, { description: "Puts something on record about a claim: what was said, what was found." })
  noteClaim(@Ctx() context: Context, @Arg("input", () => ClaimNoteInput, { description: "The claim and the note." }) input: ClaimNoteInput): Promise<Partial<ClaimPayload>> {
    return this.#done(context, "claim:record", input, (which) => this.claims.note(context.actor, which));
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => ClaimPayload, { description: "Puts a claim behind a deduction that came first, or that several could be behind." })
  matchClaim(@Ctx() context: Context, @Arg("input", () => MatchClaimInput, { description: "The two." }) input: MatchClaimInput): Promise<Partial<ClaimPayload>> {
    return this.#done(context, "deduction:work", input, (which, deductionId) => this.claims.match(context.actor, { ...which, deductionId: deductionId! }));
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => ClaimPayload, { description: "Takes a match back: the claim waits again for what the deduction took of it." })
  unmatchClaim(@Ctx() context: Context, @Arg("input", () => MatchClaimInput, { description: "The two, and why." }) input: MatchClaimInput): Promise<Partial<ClaimPayload>> {
    return this.#done(context, "deduction:work", input, (which, deductionId) => this.claims.unmatch(context.actor, { ...which, deductionId: deductionId! }));
  }

  @Authorized<Requirement>("receivables:read")
  @Subscription(() => ClaimPush, {
    description: "Claims and disputes the moment they are recorded.",
    subscribe: ({ args, context }) => openStream(context as Context, "receivables:read", [EventKind.CLAIM_RECORDED], args as LiveDeductionArgs, (args as LiveDeductionArgs).reason ?? null),
  })
  async claimRecorded(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => LiveDeductionArgs) _args: LiveDeductionArgs): Promise<ClaimPush> {
    const row = event && (await context.require(claimById, event.companyId, event.subjectId));
    return { cursor: cursorOf(position), claim: row && claimOf(row) };
  }

  /** Runs a command on one claim, and a deduction where there is one, and answers with them as they are then. */
  #done(context: Context, permission: Permission, input: ClaimNoteInput | MatchClaimInput, work: (which: { companyId: string; claimId: string; note: string | null }, deductionId: string | null) => Promise<void>): Promise<Partial<ClaimPayload>> {
    return answer(async () => {
      const companyId = context.companyOf(permission, readGlobalId(input.claimId)?.companyId);
      const claimId = keyIn("Claim", companyId, input.claimId, "claimId");
      const deductionId = "deductionId" in input ? keyIn("Deduction", companyId, input.deductionId, "deductionId") : null;
      await work({ companyId, claimId, note: input.note ?? null }, deductionId);
      const deduction = deductionId ? deductionOf(await context.require(deductionById, companyId, deductionId)) : null;
      return { ...(await asClaim(context, companyId, claimId)), deduction };
    }, (refusal) => asItIsNow(context, refusal));
  }
}

const asClaim = async (context: Context, companyId: string, id: string): Promise<{ claim: ClaimType }> => ({ claim: claimOf(await context.require(claimById, companyId, id)) });

async function asItIsNow(context: Context, { subject }: Refusal): Promise<{ current: ClaimType | null }> {
  return { current: subject?.type === "Claim" ? claimOf(await context.require(claimById, subject.companyId, subject.id)) : null };
}
