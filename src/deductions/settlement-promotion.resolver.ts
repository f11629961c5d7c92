import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../graphql/context.ts";
import { promotionById } from "../promotions/promotion.loader.ts";
import { promotionOf, PromotionType } from "../promotions/promotion.type.ts";
import { SettlementPartType } from "./case.type.ts";

@Resolver(() => SettlementPartType)
export class SettlementPromotionResolver {
  @FieldResolver(() => PromotionType, { nullable: true, description: "Of a promotion: the one it was settled against; null where nobody said which, and for the other kinds." })
  async promotion(@Root() { companyId, promotionKey }: SettlementPartType, @Ctx() context: Context): Promise<PromotionType | null> {
    return promotionKey === null ? null : promotionOf(await context.require(promotionById, companyId, promotionKey));
  }
}
