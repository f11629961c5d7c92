import { Args, Authorized, Ctx, Query, Resolver } from "type-graphql";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn } from "../graphql/global-id.ts";
import { draftDiscountLetter } from "./discount-letter.ts";
import { DiscountLetterArgs, UnearnedDiscountLetter } from "./discount-letter.type.ts";

@Resolver()
export class DiscountLetterResolver {
  @Authorized<Requirement>("receivables:read")
  @Query(() => UnearnedDiscountLetter, {
    nullable: true,
    description: "A courteous letter about cash discounts that were not earned. Null where a customer has nothing to pay of any, and where neither a customer nor deductions are named. Refused for deductions with another reason, without an invoice that offered a discount, or of several customers.",
  })
  async unearnedDiscountLetter(@Ctx() context: Context, @Args(() => DiscountLetterArgs) { company, customerId, deductionIds }: DiscountLetterArgs): Promise<UnearnedDiscountLetter | null> {
    const companyId = await context.company("receivables:read", company);
    const ids = [...new Set(deductionIds ?? [])].map((id) => keyIn("Deduction", companyId, id, "deductionIds"));
    return draftDiscountLetter(context.db, companyId, { customerId: keyIn("Customer", companyId, customerId, "customerId"), deductionIds: ids });
  }
}
