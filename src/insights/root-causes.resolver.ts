import { Args, Authorized, Ctx, Query, Resolver } from "type-graphql";
import { rankCauses } from "../domain/root-cause.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { pageOf } from "./aging.type.ts";
import { causesByMonth } from "./root-causes.sql.ts";
import { causeRowOf, RootCauseArgs, RootCauseRow } from "./root-causes.type.ts";

@Resolver()
export class RootCausesResolver {
  @Authorized<Requirement>("receivables:read")
  @Query(() => [RootCauseRow], { description: "What the deductions of a period come from, month by month: the heaviest cause of each currency first, its months in order. Flat rows." })
  async deductionRootCauses(@Ctx() context: Context, @Args(() => RootCauseArgs) args: RootCauseArgs): Promise<RootCauseRow[]> {
    const companyId = await context.company("receivables:read", args.company);
    return pageOf(rankCauses(await causesByMonth(context.db, companyId, args.from, args.to, args.by)), args).map((row) => causeRowOf(row, args.by));
  }
}
