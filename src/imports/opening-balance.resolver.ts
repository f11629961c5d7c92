import { Arg, Authorized, Ctx, Mutation, Resolver } from "type-graphql";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { answer } from "../graphql/payload.ts";
import type { OpeningBalanceService } from "./opening-balance.service.ts";
import { EnterOpeningBalanceInput, EnterOpeningBalancePayload, openingBalanceOf } from "./opening-balance.type.ts";

@Resolver()
export class OpeningBalanceResolver {
  constructor(private readonly openings: OpeningBalanceService) {}

  @Authorized<Requirement>("import:run")
  @Mutation(() => EnterOpeningBalancePayload, { description: "Takes over what was open in an earlier system: invoices, and credits of customers." })
  enterOpeningBalance(@Ctx() context: Context, @Arg("input", () => EnterOpeningBalanceInput, { description: "The day and the items." }) input: EnterOpeningBalanceInput): Promise<Partial<EnterOpeningBalancePayload>> {
    return answer(async () => {
      const { company, ...opening } = input;
      const companyId = await context.company("import:run", company);
      return { openingBalance: openingBalanceOf(await this.openings.enter(context.actor, { ...opening, companyId })) };
    });
  }
}
