import { randomUUID } from "node:crypto";
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { TimedOut } from "../db/database.ts";
import { Refusal } from "../domain/refusal.ts";

/** Writes one line about an unexpected error, for the person who runs the server. */
export type ErrorLog = (id: string, error: unknown) => void;

export const logToConsole: ErrorLog = (id, error) => console.error(`Error ${id}:`, error);

/** Codes of Apollo and of this house whose messages are meant for clients. */
const PUBLIC = new Set(["UNAUTHENTICATED", "FORBIDDEN", "BAD_USER_INPUT", "LIMIT_EXCEEDED", "TIMEOUT", "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_REQUEST", "OPERATION_RESOLUTION_FAILURE", "SERVICE_UNAVAILABLE"]);

/**
 * What a client sees of an error: a refusal and a fault of the request as they are, anything else only as an id under which
 * the whole error was logged once.
 */
export function publicError(formatted: GraphQLFormattedError, error: unknown, log: ErrorLog): GraphQLFormattedError {
  const cause = unwrapResolverError(error);
  if (cause instanceof Refusal) {
    const code = cause.code === "FORBIDDEN" || cause.code === "LIMIT_EXCEEDED" ? cause.code : "BAD_USER_INPUT";
    return { ...placed(formatted), message: cause.message, extensions: { code, refusal: cause.code, ...(cause.field && { field: cause.field }) } };
  }
  if (cause instanceof TimedOut) return { ...placed(formatted), message: cause.message, extensions: { code: "TIMEOUT" } };
  const tokens = TOO_MANY_TOKENS.exec(formatted.message)?.[1];
  if (tokens && !formatted.path) return { message: `This document has more than ${tokens} tokens, the limit.`, extensions: { code: "LIMIT_EXCEEDED", limited: "tokens", limit: Number(tokens) } };
  const own = ownExtensions(error);
  const code = own?.["code"] ?? formatted.extensions?.["code"];
  if (typeof code === "string" && PUBLIC.has(code)) return { ...placed(formatted), message: formatted.message, extensions: { code, ...toldWithLimit(own ?? formatted.extensions) } };
  // A bad variable reaches here without a code, from graphql-js itself.
  if (cause instanceof GraphQLError && !cause.originalError && !cause.path) return { ...placed(formatted), message: formatted.message, extensions: { code: "BAD_USER_INPUT" } };
  const id = randomUUID();
  log(id, cause);
  return { ...placed(formatted), message: `Something went wrong on our side. Quote ${id} when you ask about it.`, extensions: { code: "INTERNAL_SERVER_ERROR", id } };
}

/** How the parser of graphql-js words that it stopped. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more tha[tn] (\d+) tokens/;

/** Apollo gives every failed rule of validation one code; a rule of this house, such as the depth limit, has its own. */
const ownExtensions = (error: unknown): Readonly<Record<string, unknown>> | undefined =>
  error instanceof GraphQLError && error.originalError instanceof GraphQLError ? error.originalError.extensions : undefined;

/** What an error about a limit tells of the limit; nothing for other errors. */
function toldWithLimit(extensions: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  if (extensions?.["code"] !== "LIMIT_EXCEEDED") return {};
  const { limited, limit, counted, cost, retryAfter } = extensions;
  return Object.fromEntries(Object.entries({ limited, limit, counted, cost, retryAfter }).filter(([, value]) => value !== undefined));
}

const placed = ({ locations, path }: GraphQLFormattedError): Pick<GraphQLFormattedError, "locations" | "path"> => ({
  ...(locations && { locations }),
  ...(path && { path }),
});
