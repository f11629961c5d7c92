import { getNamedType, type GraphQLArgument, type GraphQLField, type GraphQLNamedType, type GraphQLSchema, isInterfaceType, isLeafType, isObjectType, isRequiredArgument, isUnionType } from "graphql";

/** Every field of every type is met well above this; further down there are only more ways to the same, and they multiply with each link between types. */
export const DEEPEST = 6;

/**
 * Writes a selection of everything below a type that can be asked without arguments. A type is not entered again on its own
 * way down, so that customer, invoices and customer do not go round.
 */
export function selectionOf(schema: GraphQLSchema, type: GraphQLNamedType, way: readonly string[] = []): string {
  if (isLeafType(type)) return "";
  if (isInterfaceType(type) || isUnionType(type)) {
    const parts = schema.getPossibleTypes(type).map((possible) => `... on ${possible.name} ${selectionOf(schema, possible, way)}`).filter((part) => part.endsWith("}"));
    return `{ __typename ${parts.join(" ")} }`;
  }
  if (!isObjectType(type) || way.includes(type.name) || way.length >= DEEPEST) return "";
  const fields = Object.values(type.getFields()).filter((field) => !field.args.some(isRequiredArgument));
  return `{ __typename ${fields.map((field) => partOf(schema, type, field, [...way, type.name])).join(" ")} }`;
}

function partOf(schema: GraphQLSchema, parent: GraphQLNamedType, field: GraphQLField<unknown, unknown>, way: readonly string[]): string {
  const type = getNamedType(field.type);
  const inner = selectionOf(schema, type, way);
  // Two types may give one field name different types; an alias by parent keeps them apart in one answer.
  if (isLeafType(type)) return `${parent.name}_${field.name}: ${field.name}`;
  return inner === "" ? "" : `${parent.name}_${field.name}: ${field.name} ${inner}`;
}

/** One query for each root field that can be asked with no more than a company. */
export function wholeQueries(schema: GraphQLSchema): { readonly field: string; readonly document: string }[] {
  const fields = Object.values(schema.getQueryType()!.getFields()).filter((field) => !field.args.some(isRequiredArgument));
  return fields.map((field) => {
    const company = field.args.some((arg: GraphQLArgument) => arg.name === "company") ? "(company: $company)" : "";
    return { field: field.name, document: `query Whole${company && "($company: String)"} { ${field.name}${company} ${selectionOf(schema, getNamedType(field.type))} }` };
  });
}
