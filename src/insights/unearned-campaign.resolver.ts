import { Args, Authorized, Ctx, Query, Resolver } from "type-graphql";
import { companyById } from "../companies/company.loader.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { refusePage } from "./campaign-page.ts";
import { unearnedCampaign } from "./unearned-campaign.sql.ts";
import { CampaignArgs, campaignRowOf, UnearnedDiscountCampaignRow } from "./unearned-campaign.type.ts";

@Resolver()
export class UnearnedCampaignResolver {
  @Authorized<Requirement>("receivables:read")
  @Query(() => [UnearnedDiscountCampaignRow], { description: "Customers who took cash discounts without earning them in a span of days, with what became of these by now, in one currency: those with the most still open first. `unearnedDiscountLetter` drafts what to write to each." })
  async unearnedDiscountCampaign(@Ctx() context: Context, @Args(() => CampaignArgs) { company, ...args }: CampaignArgs): Promise<UnearnedDiscountCampaignRow[]> {
    const companyId = await context.company("receivables:read", company);
    refusePage(args);
    const { code } = await context.require(companyById, companyId, companyId);
    return (await unearnedCampaign(context.db, companyId, args, args)).map((row) => campaignRowOf(row, companyId, code, args));
  }
}
