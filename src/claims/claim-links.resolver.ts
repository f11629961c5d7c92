import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { CustomerType } from "../customers/customer.type.ts";
import { DeductionType } from "../deductions/deduction.type.ts";
import { MatchedBy } from "../domain/claim-match.ts";
import { claimOpen } from "../domain/claim.ts";
import { MoneyValue, total } from "../domain/money.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { InvoiceType } from "../invoices/invoice.type.ts";
import { claimById, claimsOfCustomer, claimsOfInvoice, comparedDeduction, possibleClaimsOfDeduction } from "./claim.loader.ts";
import { ClaimConnection, claimOf, ClaimType } from "./claim.type.ts";

@Resolver(() => CustomerType)
export class CustomerClaimsResolver {
  @FieldResolver(() => ClaimConnection, { nullable: true, description: "What the customer claims and contests, latest first." })
  async claims(@Root() { companyId, key }: CustomerType, @Ctx() context: Context, @Args(() => ConnectionArgs) args: ConnectionArgs): Promise<ConnectionOf<ClaimType>> {
    return connection(await context.page(claimsOfCustomer, { companyId, id: key }, args), claimOf);
  }
}

@Resolver(() => InvoiceType)
export class InvoiceClaimsResolver {
  @FieldResolver(() => [ClaimType], { description: "What the customer claims about it, latest first." })
  async claims(@Root() { companyId, key }: InvoiceType, @Ctx() context: Context): Promise<ClaimType[]> {
    return ((await context.load(claimsOfInvoice, companyId, key)) ?? []).map(claimOf);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: "What of it the customer contests by disputes, and has neither deducted nor given up. Null when nothing of it is contested." })
  async contested(@Root() { companyId, key, total: { currency } }: InvoiceType, @Ctx() context: Context): Promise<MoneyValue | null> {
    const disputes = ((await context.load(claimsOfInvoice, companyId, key)) ?? []).filter(({ kind }) => kind === "DISPUTE");
    const minor = total(disputes.map((it) => claimOpen(it.minor, it.takenMinor, it.withdrawn)));
    return minor > 0n ? new MoneyValue(minor, currency) : null;
  }
}

@Resolver(() => DeductionType)
export class DeductionClaimResolver {
  @FieldResolver(() => ClaimType, { nullable: true, description: "The customer's claim or dispute behind it, with its history; of a part, that of the whole. Null when there is none." })
  async claim(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<ClaimType | null> {
    const { claimId } = await context.require(comparedDeduction, companyId, key);
    return claimId === null ? null : claimOf(await context.require(claimById, companyId, claimId));
  }

  @FieldResolver(() => MatchedBy, { nullable: true, description: "How the claim was found to be behind it; null when there is none." })
  async claimMatchedBy(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<MatchedBy | null> {
    return (await context.require(comparedDeduction, companyId, key)).matchedBy;
  }

  @FieldResolver(() => [ClaimType], { description: "Waiting claims that could be behind it, for somebody to choose by `matchClaim`; empty when there is one already." })
  async possibleClaims(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<ClaimType[]> {
    const ids = (await context.load(possibleClaimsOfDeduction, companyId, key)) ?? [];
    return (await Promise.all(ids.map((id) => context.require(claimById, companyId, id)))).map(claimOf);
  }
}
