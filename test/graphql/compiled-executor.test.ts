import {
  execute, GraphQLError, GraphQLID, GraphQLInputObjectType, GraphQLInt, GraphQLInterfaceType, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString, parse,
} from "graphql";
import { CompiledExecutor } from "../../src/graphql/executor.ts";

// A schema that misbehaves in every way that a resolver can.
const required = <T extends ConstructorParameters<typeof GraphQLNonNull>[0]>(type: T) => new GraphQLNonNull(type);
const fail = (error: unknown) => (): never => {
  throw error;
};
const Thing = new GraphQLInterfaceType({ name: "Thing", fields: { id: { type: required(GraphQLID) } }, resolveType: ({ id }: { id: string }) => id.split(":")[0] });
const Crate: GraphQLObjectType = new GraphQLObjectType({
  name: "Crate",
  interfaces: [Thing],
  fields: () => ({
    id: { type: required(GraphQLID) },
    label: { type: GraphQLString },
    broken: { type: GraphQLString, resolve: fail(new Error("It broke.")) },
    late: { type: GraphQLString, resolve: async () => fail(new Error("It broke later."))() },
    coded: { type: GraphQLString, resolve: fail(new GraphQLError("No.", { extensions: { code: "FORBIDDEN" } })) },
    missing: { type: required(GraphQLString), resolve: () => null },
    inner: { type: Crate, resolve: () => ({ id: "Crate:2", label: null }) },
  }),
});
const Wish = new GraphQLInputObjectType({ name: "Wish", fields: { count: { type: required(GraphQLInt), defaultValue: 7 }, words: { type: required(new GraphQLList(required(GraphQLString))), defaultValue: ["a"] } } });
const crate = { id: "Crate:1", label: "first" };
const Query = new GraphQLObjectType({
  name: "Query",
  fields: {
    crate: { type: Crate, resolve: () => crate },
    crates: { type: new GraphQLList(Crate), resolve: async () => [crate, null, crate] },
    required: { type: required(new GraphQLList(required(Crate))), resolve: () => [crate, null] },
    thing: { type: Thing, resolve: async () => crate },
    number: { type: GraphQLInt, resolve: () => 2 ** 40 },
    echo: { type: GraphQLString, args: { wish: { type: Wish }, on: { type: GraphQLString } }, resolve: (_root, args) => JSON.stringify(args) },
  },
});
const schema = new GraphQLSchema({ query: Query, types: [Crate] });

test.each<[string, string, object?]>([
  ["null inside", "{ crate { id inner { label inner { id } } } }"],
  ["a null in a list", "{ crates { id } }"],
  ["a null where a list allows none", "{ crate { id } required { id } }"],
  ["an interface", "{ thing { __typename id ... on Crate { label } } }"],
  ["a thrown error", "{ crate { id broken } }"],
  ["a rejected promise", "{ crate { id late } }"],
  ["an error with a code", "{ crate { id coded } }"],
  ["an error in each row", "{ crates { broken } }"],
  ["a null in a required field", "{ crate { inner { missing } } crates { missing } }"],
  ["a number that does not fit", "{ number }"],
  ["an input of defaults", "query ($wish: Wish) { echo(wish: $wish) }", { wish: {} }],
  ["an input with a null for a default", "query ($wish: Wish) { echo(wish: $wish) }", { wish: { count: null } }],
  ["an argument left out", "query ($on: String) { echo(on: $on) }"],
  ["an argument that is null", "query ($on: String) { echo(on: $on) }", { on: null }],
  ["a default of the operation", 'query ($on: String = "x", $wish: Wish = { count: 2 }) { echo(on: $on, wish: $wish) }'],
  ["a required variable with a default", "query ($words: [String!]! = [\"b\"]) { echo(wish: { words: $words }) }"],
])("%s: compiled or not, the answer is the same", async (_case, query, variables = {}) => {
  const document = parse(query);
  const compiled = await new CompiledExecutor(schema).execute("key", document, null, undefined, {}, variables);
  const plain = await execute({ schema, document, contextValue: {}, variableValues: { ...variables } });
  const shape = ({ data, errors }: typeof plain) => JSON.stringify({ errors, data });
  expect(shape(compiled)).toBe(shape(plain));
  for (const error of compiled.errors ?? []) expect(error.extensions).toBeDefined();
});
