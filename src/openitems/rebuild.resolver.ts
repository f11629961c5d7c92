import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { answer } from "../graphql/payload.ts";
import type { RebuildService } from "./rebuild.service.ts";
import { driftOf, OpenItemDrift, RebuildOpenItemsInput, RebuildOpenItemsPayload } from "./rebuild.type.ts";

@Resolver()
export class RebuildResolver {
  constructor(private readonly rebuild: RebuildService) {}

  @Authorized<Requirement>("ledger:read")
  @Query(() => OpenItemDrift, { description: "Compares what every open item of a company carries with what its applications leave open." })
  async openItemDrift(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
  ): Promise<OpenItemDrift> {
    return driftOf(await this.rebuild.compare(await context.company("ledger:read", company)));
  }

  @Authorized<Requirement>("import:run")
  @Mutation(() => RebuildOpenItemsPayload, { description: "Sets every open item of a company to what its applications leave open. Commands on that installation wait meanwhile." })
  rebuildOpenItems(@Ctx() context: Context, @Arg("input", () => RebuildOpenItemsInput, { description: "Which company." }) input: RebuildOpenItemsInput): Promise<Partial<RebuildOpenItemsPayload>> {
    return answer(async () => {
      const companyId = await context.company("import:run", input.company);
      return { mended: driftOf(await this.rebuild.rebuild(context.actor, companyId)) };
    });
  }
}
