import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { CustomerType } from "../customers/customer.type.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { InvoiceType } from "../invoices/invoice.type.ts";
import { ApplicationType } from "../openitems/open-item.type.ts";
import { deductionById, deductionsOfCustomer, deductionsOfInvoice } from "./deduction.loader.ts";
import { DeductionConnection, deductionOf, DeductionType } from "./deduction.type.ts";

@Resolver(() => CustomerType)
export class CustomerDeductionsResolver {
  @FieldResolver(() => DeductionConnection, { nullable: true, description: "What the customer took off its payments, latest first." })
  async deductions(@Root() { companyId, key }: CustomerType, @Ctx() context: Context, @Args(() => ConnectionArgs) args: ConnectionArgs): Promise<ConnectionOf<DeductionType>> {
    return connection(await context.page(deductionsOfCustomer, { companyId, id: key }, args), deductionOf);
  }
}

@Resolver(() => InvoiceType)
export class InvoiceDeductionsResolver {
  @FieldResolver(() => [DeductionType], { description: "What was taken off this invoice, or about it." })
  async deductions(@Root() { companyId, key }: InvoiceType, @Ctx() context: Context): Promise<DeductionType[]> {
    return ((await context.load(deductionsOfInvoice, companyId, key)) ?? []).map(deductionOf);
  }
}

@Resolver(() => ApplicationType)
export class ApplicationDeductionResolver {
  @FieldResolver(() => DeductionType, { nullable: true, description: "The deduction it opened or settles; null when there is none." })
  async deduction(@Root() { companyId, deductionKey }: ApplicationType, @Ctx() context: Context): Promise<DeductionType | null> {
    return deductionKey ? deductionOf(await context.require(deductionById, companyId, deductionKey)) : null;
  }
}
