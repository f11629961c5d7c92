import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { CustomerType } from "../customers/customer.type.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { ApplicationType } from "../openitems/open-item.type.ts";
import { invoiceById, invoicesOfCustomer } from "./invoice.loader.ts";
import { InvoiceConnection, invoiceOf, InvoiceType } from "./invoice.type.ts";

@Resolver(() => CustomerType)
export class CustomerInvoicesResolver {
  @FieldResolver(() => InvoiceConnection, { nullable: true, description: "What the customer was billed, newest first." })
  async invoices(@Root() { companyId, key }: CustomerType, @Ctx() context: Context, @Args(() => ConnectionArgs) args: ConnectionArgs): Promise<ConnectionOf<InvoiceType>> {
    return connection(await context.page(invoicesOfCustomer, { companyId, id: key }, args), invoiceOf);
  }
}

@Resolver(() => ApplicationType)
export class ApplicationInvoiceResolver {
  @FieldResolver(() => InvoiceType, { nullable: true, description: "The invoice it settles; null when it settles none." })
  async invoice(@Root() { companyId, invoiceKey }: ApplicationType, @Ctx() context: Context): Promise<InvoiceType | null> {
    return invoiceKey ? invoiceOf(await context.require(invoiceById, companyId, invoiceKey)) : null;
  }
}
