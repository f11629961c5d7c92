import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { deductionById } from "../deductions/deduction.loader.ts";
import { deductionOf, DeductionType } from "../deductions/deduction.type.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { researchById, researchOfDeduction } from "./research.loader.ts";
import type { ResearchService } from "./research.service.ts";
import { DeductionResearchType, ResearchDeductionInput, researchOf, ResearchPayload } from "./research.type.ts";

@Resolver(() => DeductionType)
export class DeductionResearchResolver {
  constructor(private readonly researching: ResearchService) {}

  @FieldResolver(() => [DeductionResearchType], { description: "Every time it was read against its papers and the books, the latest first." })
  async research(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<DeductionResearchType[]> {
    return ((await context.load(researchOfDeduction, companyId, key)) ?? []).map(researchOf);
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => ResearchPayload, { description: "Reads a deduction against its papers and the books, and keeps what came of it with everything that went into it. It decides nothing." })
  researchDeduction(@Ctx() context: Context, @Arg("input", () => ResearchDeductionInput, { description: "Which." }) { deductionId, expectedVersion }: ResearchDeductionInput): Promise<Partial<ResearchPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("deduction:work", readGlobalId(deductionId)?.companyId);
      const key = keyIn("Deduction", companyId, deductionId, "deductionId");
      const id = await this.researching.research(context.actor, { companyId, deductionId: key, expectedVersion });
      const [deduction, research] = await Promise.all([context.require(deductionById, companyId, key), context.require(researchById, companyId, id)]);
      return { deduction: deductionOf(deduction), research: researchOf(research) };
    });
  }
}
