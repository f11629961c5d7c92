import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { answer } from "../graphql/payload.ts";
import { arrangementById, arrangementsOfCustomer } from "./arrangement.loader.ts";
import type { ArrangementService } from "./arrangement.service.ts";
import { AgreeArrangementInput, AgreeArrangementPayload, arrangementOf, ArrangementType } from "./arrangement.type.ts";
import { CustomerType } from "./customer.type.ts";

@Resolver(() => ArrangementType)
export class ArrangementResolver {
  constructor(private readonly service: ArrangementService) {}

  @Authorized<Requirement>("customer:write")
  @Mutation(() => AgreeArrangementPayload, { description: "Puts down what was agreed with a customer. It counts for what is recorded from now on, and never moves an invoice that is on the books." })
  agreeArrangement(@Ctx() context: Context, @Arg("input", () => AgreeArrangementInput, { description: "What was agreed." }) input: AgreeArrangementInput): Promise<Partial<AgreeArrangementPayload>> {
    return answer(async () => {
      const { company, effectiveTo = null, note = null, termsCode = null, netDays = null, graceDays = null, ...agreed } = input;
      const companyId = await context.company("customer:write", company);
      const id = await this.service.agree(context.actor, { ...agreed, companyId, effectiveTo, note, termsCode, netDays, graceDays });
      return { arrangement: arrangementOf(await context.require(arrangementById, companyId, id)) };
    });
  }
}

@Resolver(() => CustomerType)
export class CustomerArrangementsResolver {
  @FieldResolver(() => [ArrangementType], { description: "What was agreed apart from the terms, the latest agreement first; past ones too." })
  async arrangements(@Root() { companyId, key }: CustomerType, @Ctx() context: Context): Promise<ArrangementType[]> {
    return ((await context.load(arrangementsOfCustomer, companyId, key)) ?? []).map(arrangementOf);
  }
}
