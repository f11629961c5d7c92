import { Args, Authorized, Ctx, Query, Resolver } from "type-graphql";
import { companyById } from "../companies/company.loader.ts";
import { only } from "../db/database.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { refusePage, refuseSpan } from "./campaign-span.ts";
import { unearnedCampaign } from "./unearned-campaign.sql.ts";
import { CampaignArgs, campaignRowOf, UnearnedDiscountCampaignRow } from "./unearned-campaign.type.ts";
import { unearnedDsoFacts } from "./unearned-dso.sql.ts";
import { UnearnedDiscountDso, UnearnedDsoArgs, unearnedDsoOf } from "./unearned-dso.type.ts";

@Resolver()
export class UnearnedCampaignResolver {
  @Authorized<Requirement>("receivables:read")
  @Query(() => [UnearnedDiscountCampaignRow], { description: "Customers who took cash discounts without earning them in a span of days, with what became of these by now, in one currency: those with the most still open first. `unearnedDiscountLetter` drafts what to write to each." })
  async unearnedDiscountCampaign(@Ctx() context: Context, @Args(() => CampaignArgs) { company, ...args }: CampaignArgs): Promise<UnearnedDiscountCampaignRow[]> {
    const companyId = await context.company("receivables:read", company);
    refuseSpan(args);
    refusePage(args);
    const { code } = await context.require(companyById, companyId, companyId);
    return (await unearnedCampaign(context.db, companyId, args, args)).map((row) => campaignRowOf(row, companyId, code, args));
  }

  @Authorized<Requirement>("receivables:read")
  @Query(() => UnearnedDiscountDso, { description: "What the unearned cash discounts of a period that are still open at its end add to days sales outstanding, in one currency. Days sales outstanding is the simple formula: receivables / sales x days; null where nothing was sold." })
  async unearnedDiscountDso(@Ctx() context: Context, @Args(() => UnearnedDsoArgs) { company, ...args }: UnearnedDsoArgs): Promise<UnearnedDiscountDso> {
    const companyId = await context.company("receivables:read", company);
    refuseSpan(args);
    return unearnedDsoOf(only(await unearnedDsoFacts(context.db, companyId, args.from, args.to, args.currency)), args);
  }
}
