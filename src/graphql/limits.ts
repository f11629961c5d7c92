import { type DocumentNode, GraphQLError, type GraphQLSchema, type OperationDefinitionNode, type ValidationContext, type ValidationRule } from "graphql";
import { DEEPEST_QUERY, depthLimit } from "./depth-limit.ts";
import { costOf } from "./query-cost.ts";

/** What one client may ask of the server, so that all others are served too. */
export interface Limits {
  /** How deep fields may nest. */
  readonly depth: number;
  /** Most aliases in a document. */
  readonly aliases: number;
  /** Most directives in a document. */
  readonly directives: number;
  /** Most tokens (names, brackets, values) in a document. */
  readonly tokens: number;
  /** Highest price of an operation, as `costOf` counts it. */
  readonly cost: number;
  /** Requests a minute of one person, key or, without a token, address; 0 for any number. */
  readonly rate: number;
  /** How long a query may take, in milliseconds. */
  readonly timeout: number;
  /** How long a fresh socket may wait with `connection_init`, in milliseconds. */
  readonly handshake: number;
  /** How often the rights behind an open socket are looked at again, in milliseconds. */
  readonly recheck: number;
}

/** Generous to people, boards and BI tools; tight for a runaway loop. */
export const DEFAULT_LIMITS: Limits = {
  depth: DEEPEST_QUERY,
  aliases: 100,
  directives: 50,
  tokens: 5_000,
  cost: 50_000,
  rate: 30_000,
  timeout: 30_000,
  handshake: 10_000,
  recheck: 30_000,
};

/** What an error about a limit tells beside its message. */
export interface Exceeded {
  /** The name of the limit. */
  readonly limited: keyof Limits | "page" | "body";
  readonly limit: number;
  /** What was counted; left out where counting stopped at the limit. */
  readonly counted?: number;
  /** The price, where the price is what is limited. */
  readonly cost?: number;
  /** Seconds to wait, where waiting helps. */
  readonly retryAfter?: number;
}

/** The error of a request that asks for more than a limit allows. */
export function limitExceeded(message: string, exceeded: Exceeded, http: object = { status: 400 }): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "LIMIT_EXCEEDED", ...exceeded, http } });
}

/** The rules of validation that hold a document to the limits on its text. */
export const limitRules = (limits: Limits): ValidationRule[] => [depthLimit(limits.depth), countLimit(limits)];

/** Refuses documents with more aliases or directives than the limits. Each is counted where it is written, in fragments too. */
function countLimit(limits: Limits): ValidationRule {
  return (context: ValidationContext) => {
    const counted = { aliases: 0, directives: 0 };
    const report = (limited: "aliases" | "directives"): void => {
      const [limit, count] = [limits[limited], counted[limited]];
      if (count > limit) context.reportError(limitExceeded(`This document has ${count} ${limited}; the limit is ${limit}.`, { limited, limit, counted: count }));
    };
    return {
      Field: ({ alias }) => void (alias && counted.aliases++),
      Directive: () => void counted.directives++,
      Document: {
        leave: () => {
          report("aliases");
          report("directives");
        },
      },
    };
  };
}

/** Throws when an operation costs more than the limit, before anything of it runs. The document is valid. */
export function checkCost(limits: Limits, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>> | null | undefined): void {
  const cost = costOf(schema, document, operation, variables);
  if (cost <= limits.cost) return;
  throw limitExceeded(`This ${operation.operation} costs ${cost}; the limit is ${limits.cost}. Ask for smaller pages or fewer objects within them.`, { limited: "cost", limit: limits.cost, counted: cost, cost });
}
