import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { customerById } from "../customers/customer.loader.ts";
import { customerOf, CustomerType } from "../customers/customer.type.ts";
import { dayOf } from "../domain/dates.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import { openByAgeOfCustomer } from "./open-by-age.loader.ts";
import { readPastDue, readPastDueTotals } from "./open-by-age.sql.ts";
import { openByAgeOf, OpenByAgeType, PastDueCustomer, PastDueCustomerConnection, pastDueCustomerOf, PastDueTotal, pastDueTotalOf } from "./open-by-age.type.ts";

const today = (context: Context): string => dayOf(context.db.clock.now() ?? new Date());

@Resolver(() => PastDueCustomer)
export class PastDueResolver {
  @Authorized<Requirement>("receivables:read")
  @Query(() => PastDueCustomerConnection, {
    nullable: true,
    description: "Customers with invoices past due, whose grace is over, the largest amount first, once per currency: the company's own currency before the others. Amounts are what is open now, whatever the day.",
  })
  async pastDueCustomers(
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
    @Arg("asOf", () => BusinessDateScalar, { nullable: true, description: "Business day that ages are counted to; today when left out." }) asOf: string | null,
  ): Promise<ConnectionOf<PastDueCustomer>> {
    const companyId = await context.company("receivables:read", company);
    return connection(await readPastDue(context.db, companyId, asOf ?? today(context), page), pastDueCustomerOf);
  }

  @Authorized<Requirement>("receivables:read")
  @Query(() => [PastDueTotal], { description: "What all customers together are past due, a line per currency; empty when nobody is. Amounts are what is open now, whatever the day." })
  async pastDueTotals(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
    @Arg("asOf", () => BusinessDateScalar, { nullable: true, description: "Business day that counts; today when left out." }) asOf: string | null,
  ): Promise<PastDueTotal[]> {
    const companyId = await context.company("receivables:read", company);
    return (await readPastDueTotals(context.db, companyId, asOf ?? today(context))).map(pastDueTotalOf);
  }

  @FieldResolver(() => CustomerType, { description: "Who owes it." })
  async customer(@Root() { companyId, customerKey }: PastDueCustomer, @Ctx() context: Context): Promise<CustomerType> {
    return customerOf(await context.require(customerById, companyId, customerKey));
  }
}

@Resolver(() => CustomerType)
export class CustomerOpenByAgeResolver {
  @FieldResolver(() => [OpenByAgeType], { description: "What the customer has open now, by age today, a line per currency; empty when nothing is open." })
  async openByAge(@Root() { companyId, key }: CustomerType, @Ctx() context: Context): Promise<OpenByAgeType[]> {
    return ((await context.load(openByAgeOfCustomer, companyId, key)) ?? []).map(openByAgeOf);
  }
}
