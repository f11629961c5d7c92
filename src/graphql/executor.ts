import type { ApolloServerPlugin } from "@apollo/server";
import type { GatewayExecutionResult, GatewayInterface } from "@apollo/server-gateway-interface";
import {
  type DocumentNode, type ExecutionResult, getOperationAST, getVariableValues, type GraphQLError, GraphQLScalarType, type GraphQLSchema, Kind, type OperationDefinitionNode, print,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";

const COMPILED_AT_MOST = 500;
const MOST_ERRORS = 50;

/** The type that compiled operations see on every variable: its value was coerced before. */
const Coerced = new GraphQLScalarType({ name: "Coerced" });

interface Compiled {
  readonly operation: OperationDefinitionNode;
  readonly query: CompiledQuery["query"];
}

/**
 * Compiles operations once and keeps the most recently used ones. A compiled operation skips the type checks that
 * graphql-js repeats on every field of every row; both give the same bytes, which a test compares. Variables are coerced by
 * graphql-js itself, as the compiler's own coercion does not know that a required input field may have a default.
 */
export class CompiledExecutor {
  readonly #compiled = new Map<string, Compiled>();
  readonly #compilable: GraphQLSchema;

  constructor(private readonly schema: GraphQLSchema) {
    const getType = (name: string) => (name === Coerced.name ? Coerced : schema.getType(name));
    this.#compilable = Object.create(schema, { getType: { value: getType } }) as GraphQLSchema;
  }

  /** Runs one operation. `key` stands for the document and operation name. */
  async execute(key: string, document: DocumentNode, operationName: string | null, root: unknown, context: unknown, variables: object): Promise<ExecutionResult> {
    const compiled = this.#compile(key, document, operationName);
    if (!("query" in compiled)) return compiled;
    const { errors, coerced } = getVariableValues(this.schema, compiled.operation.variableDefinitions ?? [], { ...variables }, { maxErrors: MOST_ERRORS });
    if (errors) return { errors };
    const result = await compiled.query(root, context, coerced);
    return result.errors ? { ...result, errors: result.errors.map(complete) } : result;
  }

  #compile(key: string, document: DocumentNode, operationName: string | null): Compiled | ExecutionResult {
    let compiled = this.#compiled.get(key);
    if (compiled) this.#compiled.delete(key);
    else {
      const operation = getOperationAST(document, operationName);
      const made = compileQuery(this.#compilable, operation ? withCoercedVariables(document, operation) : document, operationName ?? undefined);
      if (!operation || !isCompiledQuery(made)) return made as ExecutionResult;
      compiled = { operation, query: made.query };
    }
    this.#compiled.set(key, compiled);
    if (this.#compiled.size > COMPILED_AT_MOST) this.#compiled.delete(this.#compiled.keys().next().value!);
    return compiled;
  }
}

/** The document with variables that are taken as they come. Those of booleans keep their type, which `@include` and `@skip` ask for. */
function withCoercedVariables(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const taken = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: Coerced.name } } as const;
  const variableDefinitions = (operation.variableDefinitions ?? []).map((definition) => {
    const { kind, variable, type } = definition;
    return /^Boolean!?$/.test(print(type)) ? definition : { kind, variable, type: taken };
  });
  return { ...document, definitions: document.definitions.map((definition) => (definition === operation ? { ...operation, variableDefinitions } : definition)) };
}

/** Compiled operations leave `extensions` out of an error without any, where graphql-js promises an object and Apollo reads it. */
const complete = (error: GraphQLError): GraphQLError => (error.extensions ? error : (Object.create(error, { extensions: { value: {} } }) as GraphQLError));

/** Some clients send an empty operation name where they mean none. */
export const emptyNameIsNone: ApolloServerPlugin = {
  requestDidStart: async ({ request }) => {
    if (request.operationName === "") delete request.operationName;
  },
};

/** Puts the compiled executor behind Apollo, through the seam that Apollo keeps for gateways. */
export function behindApollo(schema: GraphQLSchema, executor: CompiledExecutor): GatewayInterface {
  return {
    load: async () => ({
      executor: ({ queryHash, document, operationName, context, request }) => {
        // Null for a name that the document does not have; the name itself then leads to the right error.
        const name = operationName ?? request.operationName ?? null;
        return executor.execute(`${queryHash}:${name ?? ""}`, document, name, undefined, context, request.variables ?? {}) as Promise<GatewayExecutionResult>;
      },
    }),
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => {};
    },
    stop: async () => {},
  };
}
