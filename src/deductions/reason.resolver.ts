import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { answer } from "../graphql/payload.ts";
import { DeductionPayload } from "./case-commands.type.ts";
import { changedDeduction } from "./changed-deduction.ts";
import type { CorrectionService } from "./reason-correction.service.ts";
import type { ReasonService } from "./reason.service.ts";
import { mappingsOfCompany } from "./reason.sql.ts";
import { CorrectReasonInput, MapReasonInput, MapReasonPayload, reasonMappingOf, ReasonMappingType, StandardReasonCodeType, standardReasonCodes } from "./reason.type.ts";

@Resolver()
export class ReasonResolver {
  constructor(
    private readonly reasons: ReasonService,
    private readonly corrections: CorrectionService,
  ) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => [ReasonMappingType], { description: "What customers' reason codes mean to a company." })
  async reasonMappings(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
  ): Promise<ReasonMappingType[]> {
    return (await mappingsOfCompany(context.db, await context.company("receivables:read", company))).map(reasonMappingOf);
  }

  @Authorized<Requirement>("receivables:read")
  @Query(() => [StandardReasonCodeType], { description: "The codes of the public lists that say something about a deduction, and what they mean to us where no mapping says otherwise." })
  standardReasonCodes(): readonly StandardReasonCodeType[] {
    return standardReasonCodes;
  }

  @Authorized<Requirement>("reason:write")
  @Mutation(() => MapReasonPayload, { description: "Says what a customer's reason code means from one day to another. Deductions opened before keep their reason." })
  mapReason(@Ctx() context: Context, @Arg("input", () => MapReasonInput, { description: "The code and its meaning." }) input: MapReasonInput): Promise<Partial<MapReasonPayload>> {
    return answer(async () => {
      const { company, ...mapping } = input;
      const companyId = await context.company("reason:write", company);
      return { mappings: (await this.reasons.map(context.actor, { ...mapping, companyId })).map(reasonMappingOf) };
    });
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => DeductionPayload, { description: "Says what the reason of a deduction is after all, and may learn the customer's code from it. `Deduction.reason` stays as it was taken; `Deduction.case.reason` changes." })
  correctReason(@Ctx() context: Context, @Arg("input", () => CorrectReasonInput, { description: "The reason." }) input: CorrectReasonInput): Promise<Partial<DeductionPayload>> {
    return changedDeduction(context, input.deductionId, (which) => this.corrections.correct(context.actor, { ...input, ...which }));
  }
}
