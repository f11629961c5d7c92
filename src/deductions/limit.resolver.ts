import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { today } from "../db/today.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { answer } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import type { LimitService } from "./limit.service.ts";
import { limitsOfCompany } from "./limit.sql.ts";
import { ApprovalLimitType, limitOf, SetApprovalLimitInput, SetApprovalLimitPayload } from "./limit.type.ts";

@Resolver(() => ApprovalLimitType)
export class ApprovalLimitResolver {
  constructor(private readonly limits: LimitService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => [ApprovalLimitType], { name: "approvalLimits", description: "How much of a deduction each role may let a customer keep on a day, by currency, role and reason." })
  async list(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
    @Arg("on", () => BusinessDateScalar, { nullable: true, description: "The day; today when left out." }) on: string | null,
  ): Promise<ApprovalLimitType[]> {
    return (await limitsOfCompany(context.db, await context.company("receivables:read", company), on ?? today(context.db))).map(limitOf);
  }

  @Authorized<Requirement>("member:manage")
  @Mutation(() => SetApprovalLimitPayload, { description: "Sets how much of a deduction a role may let a customer keep. Whoever grants roles does it, so that nobody who approves sets the own limit." })
  setApprovalLimit(@Ctx() context: Context, @Arg("input", () => SetApprovalLimitInput, { description: "The role and its limit." }) input: SetApprovalLimitInput): Promise<Partial<SetApprovalLimitPayload>> {
    return answer(async () => {
      const companyId = await context.company("member:manage", input.company);
      return { limits: (await this.limits.set(context.actor, { ...input, companyId })).map(limitOf) };
    });
  }
}
