import { Arg, Authorized, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { companyById } from "../companies/company.loader.ts";
import { DeductionCaseType } from "../deductions/case.type.ts";
import { type CaseClock, clockOf, wholeDays } from "../domain/case-clock.ts";
import { NO_POLICY } from "../domain/deduction-policy.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { answer } from "../graphql/payload.ts";
import { policyOfCompany, timesOfCase } from "./policy.loader.ts";
import type { PolicyService } from "./policy.service.ts";
import { DeductionPolicyType, policyOf, SetDeductionPolicyInput, SetDeductionPolicyPayload } from "./policy.type.ts";

async function inForce(context: Context, companyId: string): Promise<DeductionPolicyType> {
  const { functionalCurrency } = await context.require(companyById, companyId, companyId);
  return policyOf((await context.load(policyOfCompany, companyId, companyId)) ?? NO_POLICY, functionalCurrency);
}

@Resolver()
export class PolicyResolver {
  constructor(private readonly policies: PolicyService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => DeductionPolicyType, { description: "What a company expects of the work on deductions, as it is in force today." })
  async deductionPolicy(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
  ): Promise<DeductionPolicyType> {
    return inForce(context, await context.company("receivables:read", company));
  }

  @Authorized<Requirement>("credit:write")
  @Mutation(() => SetDeductionPolicyPayload, { description: "Says what is expected of the work on deductions: in how many days, when a deadline is near, and what it costs." })
  setDeductionPolicy(@Ctx() context: Context, @Arg("input", () => SetDeductionPolicyInput, { description: "The policy." }) { company, ...wish }: SetDeductionPolicyInput): Promise<Partial<SetDeductionPolicyPayload>> {
    return answer(async () => {
      const companyId = await context.company("credit:write", company);
      await this.policies.set(context.actor, { ...wish, companyId });
      return { deductionPolicy: await inForce(context, companyId) };
    });
  }
}

async function clock({ row }: DeductionCaseType, context: Context): Promise<CaseClock> {
  const { begunAt, steps } = await context.require(timesOfCase, row.companyId, row.deductionId);
  const times = { begunAt: Date.parse(begunAt), steps: steps.map(({ to, at }) => ({ to, at: Date.parse(at) })), closed: row.openMinor === 0n && row.rounds === 0 };
  return clockOf(times, (context.db.clock.now() ?? new Date()).getTime());
}

@Resolver(() => DeductionCaseType)
export class CaseTimesResolver {
  @FieldResolver(() => Int, { description: "Whole days in which it was worked on or waited for, from when the books learned of it to now or to its end. A part counts from the whole." })
  async daysOpen(@Root() work: DeductionCaseType, @Ctx() context: Context): Promise<number> {
    return wholeDays((await clock(work, context)).open);
  }

  @FieldResolver(() => Int, { description: "Whole days of `daysOpen` in which the ball was with us: all but the wait for the customer." })
  async daysWithUs(@Root() work: DeductionCaseType, @Ctx() context: Context): Promise<number> {
    return wholeDays((await clock(work, context)).withUs);
  }

  @FieldResolver(() => Boolean, { nullable: true, description: "Whether `daysWithUs` is more than the target of the company; null where there is no target." })
  async overSla(@Root() work: DeductionCaseType, @Ctx() context: Context): Promise<boolean | null> {
    const slaDays = (await context.load(policyOfCompany, work.row.companyId, work.row.companyId))?.slaDays ?? null;
    return slaDays === null ? null : wholeDays((await clock(work, context)).withUs) > slaDays;
  }
}
