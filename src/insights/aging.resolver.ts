import { Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { companyById } from "../companies/company.loader.ts";
import { customerById } from "../customers/customer.loader.ts";
import { customerOf, CustomerType } from "../customers/customer.type.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { AgingRow, agingRowsOf } from "./aging-row.type.ts";
import { ageBook } from "./aging.ts";
import { AgingArgs, AgingLineType, agingOf, AgingType } from "./aging.type.ts";

@Resolver(() => AgingLineType)
export class AgingResolver {
  @Authorized<Requirement>("receivables:read")
  @Query(() => AgingType, { description: "What is open by age, at any business date and as the books knew it at any moment. Its totals are what the control accounts say." })
  async aging(@Ctx() context: Context, @Args(() => AgingArgs) args: AgingArgs): Promise<AgingType> {
    const companyId = await context.company("receivables:read", args.company);
    return agingOf(await ageBook(context.db, companyId, args), args);
  }

  @Authorized<Requirement>("receivables:read")
  @Query(() => [AgingRow], { description: "The same as flat rows of scalars, one per bucket, for reports and spreadsheets." })
  async agingRows(@Ctx() context: Context, @Args(() => AgingArgs) args: AgingArgs): Promise<AgingRow[]> {
    const companyId = await context.company("receivables:read", args.company);
    const { code } = await context.require(companyById, companyId, companyId);
    return agingRowsOf(await ageBook(context.db, companyId, args), code, args);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: "Whose line it is; null where lines are not by customer, in totals, and for the cash of unknown payers." })
  async customer(@Root() { companyId, customerKey }: AgingLineType, @Ctx() context: Context): Promise<CustomerType | null> {
    return customerKey ? customerOf(await context.require(customerById, companyId, customerKey)) : null;
  }
}
