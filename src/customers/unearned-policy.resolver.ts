import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { companyById } from "../companies/company.loader.ts";
import { companyOf, CompanyType } from "../companies/company.type.ts";
import { today } from "../db/today.ts";
import { policyOn } from "../domain/unearned-discount.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import { customerById } from "./customer.loader.ts";
import { customerOf, CustomerType } from "./customer.type.ts";
import { unearnedPoliciesOfCompany, unearnedPoliciesOfCustomer } from "./unearned-policy.loader.ts";
import type { UnearnedPolicyService } from "./unearned-policy.service.ts";
import { SetUnearnedDiscountPolicyInput, UnearnedDiscountPolicy, UnearnedDiscountPolicyPayload, unearnedPolicyOf } from "./unearned-policy.type.ts";

@Resolver(() => CustomerType)
export class CustomerUnearnedPolicyResolver {
  constructor(private readonly policies: UnearnedPolicyService) {}

  @FieldResolver(() => UnearnedDiscountPolicy, {
    nullable: true,
    description: "What is done on a day with cash discounts that this customer takes without earning them: by its own decision, or else the company's. Null where nothing was decided: such a discount is then treated as any short pay.",
  })
  async unearnedDiscountPolicy(
    @Root() { companyId, key }: CustomerType,
    @Ctx() context: Context,
    @Arg("on", () => BusinessDateScalar, { nullable: true, description: "The day; today when left out." }) on: string | null,
  ): Promise<UnearnedDiscountPolicy | null> {
    const [own, common] = await Promise.all([context.load(unearnedPoliciesOfCustomer, companyId, key), context.load(unearnedPoliciesOfCompany, companyId, companyId)]);
    const policy = policyOn([...(own ?? []), ...(common ?? [])], on ?? today(context.db));
    return policy && unearnedPolicyOf(policy);
  }

  @Authorized<Requirement>("credit:write")
  @Mutation(() => UnearnedDiscountPolicyPayload, { description: "Sets what is done with cash discounts that were not earned, for the whole company or for one customer." })
  setUnearnedDiscountPolicy(@Ctx() context: Context, @Arg("input", () => SetUnearnedDiscountPolicyInput, { description: "Whom it is for, and the policy." }) input: SetUnearnedDiscountPolicyInput): Promise<Partial<UnearnedDiscountPolicyPayload>> {
    return answer(async () => {
      const { company, customerId: id, ...policy } = input;
      const companyId = id && !company ? context.companyOf("credit:write", readGlobalId(id)?.companyId) : await context.company("credit:write", company);
      const customerId = keyIn("Customer", companyId, id, "customerId");
      await this.policies.set(context.actor, { ...policy, companyId, customerId });
      const customer = customerId && customerOf(await context.require(customerById, companyId, customerId));
      return { company: companyOf(await context.require(companyById, companyId, companyId)), customer: customer || null };
    });
  }
}

@Resolver(() => CompanyType)
export class CompanyUnearnedPolicyResolver {
  @FieldResolver(() => UnearnedDiscountPolicy, {
    nullable: true,
    description: "What is done on a day with cash discounts that were not earned, where nothing was decided for the customer. Null where nothing was decided at all: such a discount is then treated as any short pay.",
  })
  async unearnedDiscountPolicy(
    @Root() { id }: CompanyType,
    @Ctx() context: Context,
    @Arg("on", () => BusinessDateScalar, { nullable: true, description: "The day; today when left out." }) on: string | null,
  ): Promise<UnearnedDiscountPolicy | null> {
    const { companyId } = readGlobalId(id)!;
    const policy = policyOn((await context.load(unearnedPoliciesOfCompany, companyId, companyId)) ?? [], on ?? today(context.db));
    return policy && unearnedPolicyOf(policy);
  }
}
