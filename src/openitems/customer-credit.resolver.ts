import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { limitsOfCustomer } from "../customers/customer.loader.ts";
import { CustomerType } from "../customers/customer.type.ts";
import { today } from "../db/today.ts";
import { inForce } from "../domain/credit.ts";
import type { Context } from "../graphql/context.ts";
import { creditOf, CustomerCreditType } from "./customer-credit.type.ts";
import { balancesOfCustomer } from "./open-item.loader.ts";

@Resolver(() => CustomerType)
export class CustomerCreditResolver {
  @FieldResolver(() => CustomerCreditType, { nullable: true, description: "How the customer stands today against its credit limit; null when it has none." })
  async credit(@Root() { companyId, key }: CustomerType, @Ctx() context: Context): Promise<CustomerCreditType | null> {
    const limits = (await context.load(limitsOfCustomer, companyId, key)) ?? [];
    const balances = (await context.load(balancesOfCustomer, companyId, key)) ?? [];
    return creditOf(inForce(limits, today(context.db)), balances, today(context.db));
  }
}
