import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { customerById } from "../customers/customer.loader.ts";
import { customerOf, CustomerType } from "../customers/customer.type.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { promotionById, promotionsOfCustomer } from "./promotion.loader.ts";
import type { PromotionService } from "./promotion.service.ts";
import { readPromotions } from "./promotion.sql.ts";
import { PromotionConnection, promotionOf, PromotionPayload, PromotionsArgs, PromotionType, RecordPromotionInput } from "./promotion.type.ts";

@Resolver(() => PromotionType)
export class PromotionResolver {
  constructor(private readonly promoting: PromotionService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => PromotionConnection, { nullable: true, name: "promotions", description: "What was set aside for promotions, those that begin last first." })
  async list(@Ctx() context: Context, @Args(() => PromotionsArgs) args: PromotionsArgs): Promise<ConnectionOf<PromotionType>> {
    const companyId = await context.company("receivables:read", args.company);
    const filter = { customerId: keyIn("Customer", companyId, args.customerId, "customerId"), runningOn: args.aliveOn ?? null };
    return connection(await readPromotions(context.db, companyId, filter, args), promotionOf);
  }

  @FieldResolver(() => CustomerType, { description: "Whom it was promised." })
  async customer(@Root() { companyId, customerKey }: PromotionType, @Ctx() context: Context): Promise<CustomerType> {
    return customerOf(await context.require(customerById, companyId, customerKey));
  }

  @Authorized<Requirement>("credit:write")
  @Mutation(() => PromotionPayload, { description: "Puts on record what was set aside for a promotion of a customer, so that deductions can be settled against it. It books nothing: the accrual is booked by the general ledger that makes it." })
  recordPromotion(@Ctx() context: Context, @Arg("input", () => RecordPromotionInput, { description: "The promotion." }) { company, ...input }: RecordPromotionInput): Promise<Partial<PromotionPayload>> {
    return answer(async () => {
      const companyId = await context.company("credit:write", company);
      return { promotion: promotionOf(await context.require(promotionById, companyId, await this.promoting.record(context.actor, { ...input, companyId }))) };
    });
  }
}

@Resolver(() => CustomerType)
export class CustomerPromotionsResolver {
  @FieldResolver(() => PromotionConnection, { nullable: true, description: "What was set aside for promotions of the customer, those that begin last first." })
  async promotions(@Root() { companyId, key }: CustomerType, @Ctx() context: Context, @Args(() => ConnectionArgs) args: ConnectionArgs): Promise<ConnectionOf<PromotionType>> {
    return connection(await context.page(promotionsOfCustomer, { companyId, id: key }, args), promotionOf);
  }
}
