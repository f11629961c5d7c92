import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { today } from "../db/today.ts";
import { holdStands, inForce } from "../domain/credit.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import type { CreditService } from "./credit.service.ts";
import { CreditLimit, holdOf, HoldPayload, HoldType, limitOf, PlaceHoldInput, ReleaseHoldInput, SetCreditLimitInput } from "./credit.type.ts";
import { customerById, holdById, holdsOfCustomer, limitsOfCustomer } from "./customer.loader.ts";
import { customerOf, CustomerType } from "./customer.type.ts";
import { CustomerPayload } from "./master-data.type.ts";

@Resolver(() => CustomerType)
export class CreditResolver {
  constructor(private readonly credit: CreditService) {}

  @FieldResolver(() => CreditLimit, { nullable: true, description: "The decision about credit in force on a day, expired or not; null when there was none by then." })
  async creditLimit(
    @Root() { companyId, key }: CustomerType,
    @Ctx() context: Context,
    @Arg("on", () => BusinessDateScalar, { nullable: true, description: "The day; today when left out." }) on: string | null,
  ): Promise<CreditLimit | null> {
    const found = inForce((await context.load(limitsOfCustomer, companyId, key)) ?? [], on ?? today(context.db));
    return found && limitOf(found);
  }

  @FieldResolver(() => [CreditLimit], { description: "Every decision about credit, future ones too, the last to take effect first." })
  async creditLimits(@Root() { companyId, key }: CustomerType, @Ctx() context: Context): Promise<CreditLimit[]> {
    return ((await context.load(limitsOfCustomer, companyId, key)) ?? []).map(limitOf);
  }

  @FieldResolver(() => [HoldType], { description: "Holds that stand on a day, latest first; none when the customer is free." })
  async holds(
    @Root() { companyId, key }: CustomerType,
    @Ctx() context: Context,
    @Arg("on", () => BusinessDateScalar, { nullable: true, description: "The day; today when left out." }) on: string | null,
  ): Promise<HoldType[]> {
    const all = (await context.load(holdsOfCustomer, companyId, key)) ?? [];
    return all.filter((hold) => holdStands(hold, on ?? today(context.db))).map(holdOf);
  }

  @FieldResolver(() => [HoldType], { description: "Every hold there ever was, released ones and future ones too, latest first." })
  async holdHistory(@Root() { companyId, key }: CustomerType, @Ctx() context: Context): Promise<HoldType[]> {
    return ((await context.load(holdsOfCustomer, companyId, key)) ?? []).map(holdOf);
  }

  @Authorized<Requirement>("credit:write")
  @Mutation(() => CustomerPayload, { description: "Sets the credit limit that holds from a day on, or takes it away." })
  setCreditLimit(@Ctx() context: Context, @Arg("input", () => SetCreditLimitInput, { description: "The customer and the limit." }) input: SetCreditLimitInput): Promise<Partial<CustomerPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("credit:write", readGlobalId(input.customerId)?.companyId);
      const customerId = keyIn("Customer", companyId, input.customerId, "customerId");
      await this.credit.setLimit(context.actor, { ...input, companyId, customerId });
      return { customer: customerOf(await context.require(customerById, companyId, customerId)) };
    });
  }

  @Authorized<Requirement>("credit:write")
  @Mutation(() => HoldPayload, { description: "Places a hold on a customer." })
  placeHold(@Ctx() context: Context, @Arg("input", () => PlaceHoldInput, { description: "The customer and the hold." }) input: PlaceHoldInput): Promise<Partial<HoldPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("credit:write", readGlobalId(input.customerId)?.companyId);
      const id = await this.credit.placeHold(context.actor, { ...input, companyId, customerId: keyIn("Customer", companyId, input.customerId, "customerId") });
      return { hold: holdOf(await context.require(holdById, companyId, id)) };
    });
  }

  @Authorized<Requirement>("credit:write")
  @Mutation(() => HoldPayload, { description: "Releases a hold. The hold stays in the history of the customer." })
  releaseHold(@Ctx() context: Context, @Arg("input", () => ReleaseHoldInput, { description: "The hold." }) input: ReleaseHoldInput): Promise<Partial<HoldPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("credit:write", readGlobalId(input.holdId)?.companyId);
      const id = keyIn("Hold", companyId, input.holdId, "holdId");
      await this.credit.releaseHold(context.actor, companyId, id, input);
      return { hold: holdOf(await context.require(holdById, companyId, id)) };
    });
  }
}
