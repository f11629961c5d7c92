import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { arrangementById, arrangementsOfCustomer } from "./arrangement.loader.ts";
import type { ArrangementService } from "./arrangement.service.ts";
import { AgreeArrangementInput, arrangementOf, ArrangementPayload, ArrangementType, EndArrangementInput } from "./arrangement.type.ts";
import { CustomerType } from "./customer.type.ts";

@Resolver(() => ArrangementType)
export class ArrangementResolver {
  constructor(private readonly service: ArrangementService) {}

  @Authorized<Requirement>("customer:write")
  @Mutation(() => ArrangementPayload, { description: "Puts down what was agreed with a customer. It counts for what is recorded from now on, and never moves an invoice that is on the books." })
  agreeArrangement(@Ctx() context: Context, @Arg("input", () => AgreeArrangementInput, { description: "What was agreed." }) input: AgreeArrangementInput): Promise<Partial<ArrangementPayload>> {
    return answer(async () => {
      const { company, effectiveTo = null, note = null, document = null, termsCode = null, netDays = null, graceDays = null, basisPoints = null, ...agreed } = input;
      const companyId = await context.company("customer:write", company);
      const id = await this.service.agree(context.actor, { ...agreed, companyId, effectiveTo, note, document, termsCode, netDays, graceDays, basisPoints });
      return { arrangement: arrangementOf(await context.require(arrangementById, companyId, id)) };
    });
  }

  @Authorized<Requirement>("customer:write")
  @Mutation(() => ArrangementPayload, { description: "Ends an arrangement after a day. What was recorded under it keeps what it gave." })
  endArrangement(@Ctx() context: Context, @Arg("input", () => EndArrangementInput, { description: "The arrangement and its last day." }) input: EndArrangementInput): Promise<Partial<ArrangementPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("customer:write", readGlobalId(input.arrangementId)?.companyId);
      const id = keyIn("Arrangement", companyId, input.arrangementId, "arrangementId");
      await this.service.end(context.actor, companyId, id, input);
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
