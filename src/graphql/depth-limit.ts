import { type ASTNode, type FragmentDefinitionNode, GraphQLError, Kind, type SelectionSetNode, type ValidationContext } from "graphql";

/** Deep enough for company, list, document, list, document, amount, with the edges and nodes between. */
export const DEEPEST_QUERY = 16;

/**
 * Refuses documents whose fields nest deeper than the limit, named fragments followed. Introspection of the schema is exempt,
 * because tools send it deep and its size is bounded. A fragment that names itself is left to the rule that refuses those.
 */
export function depthLimit(deepest: number) {
  return (context: ValidationContext) => {
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const definition of context.getDocument().definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    }
    const depths = new Map<string, number>();
    const depthOfFragment = (name: string): number => {
      const known = depths.get(name);
      if (known !== undefined) return known;
      depths.set(name, 0);
      const depth = depthOf(fragments.get(name)?.selectionSet);
      depths.set(name, depth);
      return depth;
    };
    const depthOf = (set: SelectionSetNode | undefined): number => {
      let depth = 0;
      for (const selection of set?.selections ?? []) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) depth = Math.max(depth, depthOfFragment(selection.name.value));
        else if (selection.kind === Kind.INLINE_FRAGMENT) depth = Math.max(depth, depthOf(selection.selectionSet));
        else if (!selection.name.value.startsWith("__")) depth = Math.max(depth, 1 + depthOf(selection.selectionSet));
      }
      return depth;
    };
    return {
      OperationDefinition(operation: ASTNode & { selectionSet: SelectionSetNode }) {
        const depth = depthOf(operation.selectionSet);
        if (depth <= deepest) return;
        context.reportError(
          new GraphQLError(`This query nests ${depth} fields deep; the limit is ${deepest}.`, { nodes: operation, extensions: { code: "LIMIT_EXCEEDED", limited: "depth", limit: deepest, counted: depth } }),
        );
      },
    };
  };
}
