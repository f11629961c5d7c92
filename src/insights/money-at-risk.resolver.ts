import { Args, Authorized, Ctx, Query, Resolver } from "type-graphql";
import { companyById } from "../companies/company.loader.ts";
import { today } from "../db/today.ts";
import { addDays } from "../domain/dates.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { pageOf } from "./aging.type.ts";
import { expiredUnworked, moneyAtRisk } from "./money-at-risk.sql.ts";
import { ExpiredArgs, MoneyAtRiskArgs, MoneyAtRiskRow, riskRowOf } from "./money-at-risk.type.ts";

@Resolver()
export class MoneyAtRiskResolver {
  @Authorized<Requirement>("receivables:read")
  @Query(() => [MoneyAtRiskRow], { description: "What is open, not decided, and can no longer be disputed after a day: whatever closes from today to that day. `deductionDeadlineNear` tells of each as its day comes near." })
  async moneyAtRisk(@Ctx() context: Context, @Args(() => MoneyAtRiskArgs) { company, by, groupBy, ...page }: MoneyAtRiskArgs): Promise<MoneyAtRiskRow[]> {
    const companyId = await context.company("receivables:read", company);
    const { code } = await context.require(companyById, companyId, companyId);
    const from = today(context.db);
    return pageOf(await moneyAtRisk(context.db, companyId, from, by, groupBy), page).map((row) => riskRowOf(row, companyId, code, from, by));
  }

  @Authorized<Requirement>("receivables:read")
  @Query(() => [MoneyAtRiskRow], { description: "What expired unworked: deductions whose dispute window closed on days past and that nobody and no rule had decided by then. What is open of it may still be conceded by the customer." })
  async expiredUnworked(@Ctx() context: Context, @Args(() => ExpiredArgs) { company, from, to, groupBy, ...page }: ExpiredArgs): Promise<MoneyAtRiskRow[]> {
    const companyId = await context.company("receivables:read", company);
    const { code } = await context.require(companyById, companyId, companyId);
    const yesterday = addDays(today(context.db), -1);
    const last = to && to < yesterday ? to : yesterday;
    return pageOf(await expiredUnworked(context.db, companyId, from, last, groupBy), page).map((row) => riskRowOf(row, companyId, code, from, last));
  }
}
