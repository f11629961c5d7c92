import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { deductionById } from "../deductions/deduction.loader.ts";
import { deductionOf, DeductionType } from "../deductions/deduction.type.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { ApplyResolutionRulesInput, ApplyResolutionRulesPayload, attemptOf, AutoResolutionType, autoResolutionOf } from "./hit.type.ts";
import type { ResolutionService } from "./resolution.service.ts";
import { hitsOfDeduction, ruleById } from "./rule.loader.ts";

@Resolver(() => DeductionType)
export class AutoResolutionResolver {
  constructor(private readonly resolutions: ResolutionService) {}

  @FieldResolver(() => AutoResolutionType, { nullable: true, description: "What a rule did with it, with everything that went into it; of several the last. Null where no rule hit." })
  async autoResolution(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<AutoResolutionType | null> {
    const hit = (await context.load(hitsOfDeduction, companyId, key))?.at(-1);
    return hit ? autoResolutionOf(hit, await context.require(ruleById, companyId, hit.ruleId)) : null;
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => ApplyResolutionRulesPayload, { description: "Tries the rules of today on deductions that are still CAPTURED, such as those taken before there were rules. What is settled counts from today." })
  applyResolutionRules(@Ctx() context: Context, @Arg("input", () => ApplyResolutionRulesInput, { description: "The deductions." }) { deductionIds: ids }: ApplyResolutionRulesInput): Promise<Partial<ApplyResolutionRulesPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("deduction:work", readGlobalId(ids[0] ?? "")?.companyId);
      const deductionIds = ids.map((id, index) => keyIn("Deduction", companyId, id, `deductionIds.${index}`));
      const done = await this.resolutions.apply({ companyId, deductionIds });
      const attempts = done.map(async ({ deductionId, outcome, answer: found }) => attemptOf(deductionOf(await context.require(deductionById, companyId, deductionId)), outcome, found));
      return { attempts: await Promise.all(attempts) };
    });
  }
}
