import { Field, ID, InterfaceType } from "type-graphql";
import type { Context } from "./context.ts";
import { readGlobalId } from "./global-id.ts";

@InterfaceType({
  description: "Anything with an id of its own, so that it can be fetched again.",
  // Rows do not know their class; the id does.
  resolveType: (value: { readonly id: string }) => readGlobalId(value.id)!.type,
})
export abstract class Node {
  @Field(() => ID, { description: "Unique over everything in the graph, and opaque: keep it, compare it, fetch by it, never take it apart." })
  readonly id!: string;
}

/** How to fetch one kind of node by its key. */
export type NodeFetcher = (context: Context, companyId: string, key: string) => Promise<Node | null>;
