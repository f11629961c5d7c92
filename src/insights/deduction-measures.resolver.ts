import { Args, Authorized, Ctx, Query, Resolver } from "type-graphql";
import { companyById } from "../companies/company.loader.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { measureDeductions, repeatOffenders } from "./deduction-measures.ts";
import { DeductionMeasureRow, MeasureArgs, measureRowOf, offenderOf, PeriodArgs, RepeatOffenderRow } from "./deduction-measures.type.ts";
import { pageOf } from "./aging.type.ts";

@Resolver()
export class DeductionMeasuresResolver {
  @Authorized<Requirement>("receivables:read")
  @Query(() => [DeductionMeasureRow], { description: "Measures of the deductions of a period, by customer and reason where that is asked: how fast they arrive, what is valid, what came back, what it took. Flat rows, those that took most first." })
  async deductionMeasures(@Ctx() context: Context, @Args(() => MeasureArgs) args: MeasureArgs): Promise<DeductionMeasureRow[]> {
    const companyId = await context.company("receivables:read", args.company);
    const { code } = await context.require(companyById, companyId, companyId);
    return pageOf(await measureDeductions(context.db, companyId, args, args.by), args).map((group) => measureRowOf(group, companyId, code, args));
  }

  @Authorized<Requirement>("receivables:read")
  @Query(() => [RepeatOffenderRow], { description: "Customers that stand out by the deductions they took in a period, by currency and name." })
  async repeatOffenders(@Ctx() context: Context, @Args(() => PeriodArgs) args: PeriodArgs): Promise<RepeatOffenderRow[]> {
    const companyId = await context.company("receivables:read", args.company);
    return pageOf(await repeatOffenders(context.db, companyId, args), args).map((row) => offenderOf(row, companyId));
  }
}
