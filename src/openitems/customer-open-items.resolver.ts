import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { CustomerType } from "../customers/customer.type.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { balancesOfCustomer, openItemsOfCustomer } from "./open-item.loader.ts";
import { balanceOf, BalanceType, OpenItemConnection, openItemOf, type OpenItemType } from "./open-item.type.ts";

@Resolver(() => CustomerType)
export class CustomerOpenItemsResolver {
  @FieldResolver(() => OpenItemConnection, { nullable: true, description: "What the customer has not settled, and unused credits, earliest due first." })
  async openItems(@Root() { companyId, key }: CustomerType, @Ctx() context: Context, @Args(() => ConnectionArgs) args: ConnectionArgs): Promise<ConnectionOf<OpenItemType>> {
    return connection(await context.page(openItemsOfCustomer, { companyId, id: key }, args), openItemOf);
  }

  @FieldResolver(() => [BalanceType], { description: "What the customer owes now, by currency; empty when nothing is open." })
  async balances(@Root() { companyId, key }: CustomerType, @Ctx() context: Context): Promise<BalanceType[]> {
    return ((await context.load(balancesOfCustomer, companyId, key)) ?? []).map(balanceOf);
  }
}
