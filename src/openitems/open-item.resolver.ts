import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { customerById } from "../customers/customer.loader.ts";
import { customerOf, CustomerType } from "../customers/customer.type.ts";
import { ItemKind } from "../domain/open-item.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn } from "../graphql/global-id.ts";
import { readOpenItems } from "./open-item.sql.ts";
import { ApplicationType, OpenItemConnection, openItemOf, OpenItemType } from "./open-item.type.ts";

@Resolver(() => OpenItemType)
export class OpenItemResolver {
  @Authorized<Requirement>("receivables:read")
  @Query(() => OpenItemConnection, { nullable: true, name: "openItems", description: "What is not settled yet, earliest due first." })
  async list(
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
    @Arg("customerId", () => ID, { nullable: true, description: "Only items of this customer." }) customerId: string | null,
    @Arg("kind", () => ItemKind, { nullable: true, description: "Only items of this kind." }) kind: ItemKind | null,
  ): Promise<ConnectionOf<OpenItemType>> {
    const companyId = await context.company("receivables:read", company);
    const filter = { customerId: keyIn("Customer", companyId, customerId, "customerId"), kind };
    return connection(await readOpenItems(context.db, companyId, filter, page), openItemOf);
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: "Whose it is; null for cash of an unknown payer." })
  async customer(@Root() item: OpenItemType, @Ctx() context: Context): Promise<CustomerType | null> {
    return item.customerKey ? customerOf(await context.require(customerById, item.companyId, item.customerKey)) : null;
  }
}

@Resolver(() => ApplicationType)
export class ApplicationCustomerResolver {
  @FieldResolver(() => CustomerType, { description: "Whose item it settles: another customer than the payment's where that one pays for it." })
  async customer(@Root() { companyId, customerKey }: ApplicationType, @Ctx() context: Context): Promise<CustomerType> {
    return customerOf(await context.require(customerById, companyId, customerKey));
  }
}
