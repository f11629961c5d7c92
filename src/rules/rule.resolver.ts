import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { today } from "../db/today.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import type { RuleService } from "./rule.service.ts";
import { rulesOfCompany } from "./rule.sql.ts";
import { ResolutionRulesPayload, ResolutionRuleType, RetireResolutionRuleInput, ruleOf, SetResolutionRuleInput } from "./rule.type.ts";

@Resolver(() => ResolutionRuleType)
export class ResolutionRuleResolver {
  constructor(private readonly rules: RuleService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => [ResolutionRuleType], { name: "resolutionRules", description: "The rules that resolve deductions when they are taken, in the order they are tried in on a day." })
  async list(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
    @Arg("on", () => BusinessDateScalar, { nullable: true, description: "The day; today when left out." }) on: string | null,
  ): Promise<ResolutionRuleType[]> {
    return (await rulesOfCompany(context.db, await context.company("receivables:read", company), on ?? today(context.db))).map(ruleOf);
  }

  @Authorized<Requirement>("member:manage")
  @Mutation(() => ResolutionRulesPayload, { description: "Sets a rule that resolves deductions by itself, or its next version. Whoever grants roles does it, so that nobody who works deductions decides what is let go unseen." })
  setResolutionRule(@Ctx() context: Context, @Arg("input", () => SetResolutionRuleInput, { description: "The rule." }) { company, ownerId, ...input }: SetResolutionRuleInput): Promise<Partial<ResolutionRulesPayload>> {
    return answer(async () => {
      const companyId = await context.company("member:manage", company);
      const ownerKey = ownerId ? keyIn("Member", companyId, ownerId, "ownerId") : null;
      return { resolutionRules: (await this.rules.set(context.actor, { ...input, companyId, ownerKey })).map(ruleOf) };
    });
  }

  @Authorized<Requirement>("member:manage")
  @Mutation(() => ResolutionRulesPayload, { description: "Ends a rule from a day on. What it resolved stays as it is." })
  retireResolutionRule(@Ctx() context: Context, @Arg("input", () => RetireResolutionRuleInput, { description: "The rule." }) { company, ...input }: RetireResolutionRuleInput): Promise<Partial<ResolutionRulesPayload>> {
    return answer(async () => {
      const companyId = await context.company("member:manage", company);
      return { resolutionRules: (await this.rules.retire(context.actor, { ...input, companyId })).map(ruleOf) };
    });
  }
}
