import type { GraphQLInterfaceType, GraphQLSchema } from "graphql";
import { Field, ID, InterfaceType } from "type-graphql";
import type { Context } from "./context.ts";
import { readGlobalId } from "./global-id.ts";

/** Rows do not know their class; their id does. */
const typeOfNode = (value: { readonly id: string }): string => readGlobalId(value.id)!.type;

@InterfaceType({ description: "Anything with an id of its own, so that it can be fetched again.", resolveType: typeOfNode })
export abstract class Node {
  @Field(() => ID, { description: "Unique over everything in the graph, and opaque: keep it, compare it, fetch by it, never take it apart." })
  readonly id!: string;
}

/** Lets the compiled executor tell the type of a node: it cannot wait, and the decorator above makes the answer a promise. */
export function resolveNodesAtOnce(schema: GraphQLSchema): GraphQLSchema {
  (schema.getType("Node") as GraphQLInterfaceType).resolveType = typeOfNode;
  return schema;
}

/** How to fetch one kind of node by its key. */
export type NodeFetcher = (context: Context, companyId: string, key: string) => Promise<Node | null>;
