import { Arg, Authorized, Ctx, ID, Query, Resolver } from "type-graphql";
import { may } from "../domain/actor.ts";
import type { Requirement } from "./auth.ts";
import type { Context } from "./context.ts";
import { readGlobalId } from "./global-id.ts";
import { Node, type NodeFetcher } from "./node.ts";

@Resolver()
export class NodeResolver {
  constructor(private readonly fetchers: ReadonlyMap<string, NodeFetcher>) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => Node, { nullable: true, description: "Anything by its id. Null when there is no such thing, or when it belongs to a company you do not work in." })
  async node(@Ctx() context: Context, @Arg("id", () => ID, { description: "An id that the graph gave." }) id: string): Promise<Node | null> {
    const found = readGlobalId(id);
    const fetch = found && this.fetchers.get(found.type);
    if (!fetch || !may(context.actor, "receivables:read", found.companyId)) return null;
    return fetch(context, found.companyId, found.key);
  }
}
