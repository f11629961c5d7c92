import { Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root, Subscription } from "type-graphql";
import { customerById } from "../customers/customer.loader.ts";
import { customerOf, CustomerType } from "../customers/customer.type.ts";
import { today } from "../db/today.ts";
import { EventKind } from "../domain/events.ts";
import { minorFromDecimal } from "../domain/money.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn } from "../graphql/global-id.ts";
import { openStream } from "../graphql/live.ts";
import { invoiceById } from "../invoices/invoice.loader.ts";
import { invoiceOf, InvoiceType } from "../invoices/invoice.type.ts";
import { cursorOf } from "../live/cursor.ts";
import type { StreamStep } from "../live/stream.ts";
import { deductionById, partsOfDeduction, wholesOfDeduction } from "./deduction.loader.ts";
import { DeductionConnection, deductionOf, DeductionPush, DeductionsArgs, DeductionType, LiveDeductionArgs } from "./deduction.type.ts";
import { type DeductionFilter, readDeductions } from "./work-list.sql.ts";

@Resolver(() => DeductionType)
export class DeductionResolver {
  @Authorized<Requirement>("receivables:read")
  @Query(() => DeductionConnection, { nullable: true, name: "deductions", description: "Deductions as a list to work through: those taken last first, unless asked for in another order." })
  async list(@Ctx() context: Context, @Args(() => DeductionsArgs) args: DeductionsArgs): Promise<ConnectionOf<DeductionType>> {
    const companyId = await context.company("receivables:read", args.company);
    return connection(await readDeductions(context.db, companyId, filterOf(context, companyId, args), args.order, args), deductionOf);
  }

  @FieldResolver(() => CustomerType, { description: "Who took it." })
  async customer(@Root() { companyId, customerKey }: DeductionType, @Ctx() context: Context): Promise<CustomerType> {
    return customerOf(await context.require(customerById, companyId, customerKey));
  }

  @FieldResolver(() => InvoiceType, { nullable: true, description: "The invoice it is about; null when the customer named none that we hold." })
  async invoice(@Root() { companyId, invoiceKey }: DeductionType, @Ctx() context: Context): Promise<InvoiceType | null> {
    return invoiceKey ? invoiceOf(await context.require(invoiceById, companyId, invoiceKey)) : null;
  }

  @FieldResolver(() => [DeductionType], { description: "What it was split or merged into; empty for most. They stand on with what it had open, and with its papers." })
  async parts(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<DeductionType[]> {
    return ((await context.load(partsOfDeduction, companyId, key)) ?? []).map(deductionOf);
  }

  @FieldResolver(() => [DeductionType], { description: "What it was split out of, or merged of; empty for what a customer took itself." })
  async partOf(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<DeductionType[]> {
    return ((await context.load(wholesOfDeduction, companyId, key)) ?? []).map(deductionOf);
  }

  @Authorized<Requirement>("receivables:read")
  @Subscription(() => DeductionPush, {
    description: "Deductions the moment they are taken, and those that others are split or merged into: `source` tells them apart.",
    subscribe: ({ args, context }) => openStream(context as Context, "receivables:read", [EventKind.DEDUCTION_OPENED], args as LiveDeductionArgs, (args as LiveDeductionArgs).reason ?? null),
  })
  async deductionOpened(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => LiveDeductionArgs) _args: LiveDeductionArgs): Promise<DeductionPush> {
    const row = event && (await context.require(deductionById, event.companyId, event.subjectId));
    return { cursor: cursorOf(position), deduction: row && deductionOf(row) };
  }
}

/** What a list is narrowed to, in keys and days. Whoever is no member has no work of their own. */
function filterOf({ db, actor }: Context, companyId: string, args: DeductionsArgs): DeductionFilter {
  const { minimum, reason = null, customerCode = null, openOnly, takenFrom = null, takenTo = null, states = null, disputeBy = null, unowned, escalated } = args;
  return {
    reason, customerCode, openOnly, takenFrom, takenTo, states, disputeBy, unowned, escalated,
    customerId: keyIn("Customer", companyId, args.customerId, "customerId"), ownerKey: keyIn("Member", companyId, args.ownerId, "ownerId"), workOf: args.mine ? (actor.memberId ?? companyId) : null,
    followUpBefore: args.overdueFollowUp ? today(db) : null, atRiskOn: args.atRisk ? today(db) : null,
    currency: minimum?.currency ?? null, minimumMinor: minimum ? minorFromDecimal(minimum.amount, minimum.currency) : null,
  };
}
