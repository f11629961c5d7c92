import { Arg, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { DeductionType } from "../deductions/deduction.type.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { readinessOfDeduction } from "./readiness.loader.ts";
import type { ReadinessService } from "./readiness.service.ts";
import { rulesOfCompany } from "./readiness.sql.ts";
import { DeductionReadinessType, EvidenceRulePayload, evidenceRuleOf, EvidenceRuleType, readinessTypeOf, SetEvidenceRuleInput } from "./readiness.type.ts";

@Resolver(() => DeductionType)
export class DeductionReadinessResolver {
  constructor(private readonly rules: ReadinessService) {}

  @FieldResolver(() => DeductionReadinessType, { description: "Whether the papers that decide it are together, and which are missing. An invoice that is on the books needs no paper." })
  async readiness(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<DeductionReadinessType> {
    return readinessTypeOf(await context.require(readinessOfDeduction, companyId, key));
  }

  @Authorized<Requirement>("receivables:read")
  @Query(() => [EvidenceRuleType], { description: "What a company decided about the papers that deductions need, the decisions that took effect last first." })
  async evidenceRules(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
  ): Promise<EvidenceRuleType[]> {
    return (await rulesOfCompany(context.db, await context.company("receivables:read", company))).map(evidenceRuleOf);
  }

  @Authorized<Requirement>("reason:write")
  @Mutation(() => EvidenceRulePayload, { description: "Lays down which papers deductions of a reason need, for the whole company or for one customer." })
  setEvidenceRule(@Ctx() context: Context, @Arg("input", () => SetEvidenceRuleInput, { description: "The reason and its papers." }) input: SetEvidenceRuleInput): Promise<Partial<EvidenceRulePayload>> {
    return answer(async () => {
      const { company, customerId: id, needs, ...rule } = input;
      const companyId = id && !company ? context.companyOf("reason:write", readGlobalId(id)?.companyId) : await context.company("reason:write", company);
      const customerId = keyIn("Customer", companyId, id, "customerId");
      const rules = await this.rules.set(context.actor, { ...rule, companyId, customerId, needs: needs?.map(({ anyOf }) => anyOf) ?? null });
      return { rules: rules.map(evidenceRuleOf) };
    });
  }
}
