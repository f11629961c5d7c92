import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { CustomerType } from "../customers/customer.type.ts";
import type { Context } from "../graphql/context.ts";
import { historyOfCustomer } from "./history.loader.ts";
import { historyOf, DeductionHistoryType } from "./history.type.ts";

@Resolver(() => CustomerType)
export class CustomerDeductionHistoryResolver {
  @FieldResolver(() => [DeductionHistoryType], { description: "What became of its deductions, one line for each reason and currency, what most was taken for first. Whom to write to is in `contacts`." })
  async deductionHistory(@Root() { companyId, key }: CustomerType, @Ctx() context: Context): Promise<DeductionHistoryType[]> {
    return ((await context.load(historyOfCustomer, companyId, key)) ?? []).map(historyOf);
  }
}
