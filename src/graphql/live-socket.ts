import { CloseCode, type SubscribePayload } from "graphql-ws";
import { useServer } from "graphql-ws/use/ws";
import { type ExecutionArgs, getOperationAST, GraphQLError, type GraphQLSchema, parse, specifiedRules, validate, type ValidationRule } from "graphql";
import type { WebSocket, WebSocketServer } from "ws";
import type { Actor } from "../domain/actor.ts";
import type { Context } from "./context.ts";
import { type ErrorLog, publicError } from "./errors.ts";
import { checkCost, type Limits, limitRules } from "./limits.ts";
import { classOf, type Pushes } from "./pushes.ts";
import type { RateLimit } from "./rate-limit.ts";

const LONGEST_MESSAGE = 64 * 1024;

/** Somebody signed in, until when, and how to ask for that person's rights again. */
export interface SignedIn {
  readonly actor: Actor;
  /** Null for a key that lasts until it is revoked. */
  readonly expiresAt: Date | null;
}

/** What the live socket needs of the application. */
export interface LiveApp {
  readonly schema: GraphQLSchema;
  readonly pushes: Pushes;
  readonly signIn: (authorization: string | undefined) => Promise<SignedIn | null>;
  readonly contextFor: (actor: Actor) => Context;
  readonly limits: Limits;
  readonly rates: RateLimit;
  readonly log: ErrorLog;
}

/** The largest message a client may send over the socket: enough for any subscription. */
export const socketOptions = { maxPayload: LONGEST_MESSAGE };

/**
 * Serves subscriptions over WebSocket (graphql-transport-ws). The token comes in the payload of `connection_init` as
 * `authorization`. When it expires, or the person's rights change, the socket closes with 4403: clients then come back
 * with a fresh token, where 4401 would make them give up.
 */
export function serveLive(app: LiveApp, sockets: WebSocketServer): { dispose: () => void | Promise<void> } {
  const people = new WeakMap<WebSocket, SignedIn>();
  const rules = [...specifiedRules, ...limitRules(app.limits)];
  return useServer<Record<string, unknown> | undefined>(
    {
      schema: app.schema,
      // Else the reason of a close for an unexpected error is that error's own text, whatever it holds.
      isProd: true,
      connectionInitWaitTimeout: app.limits.handshake,
      async onConnect({ connectionParams, extra }) {
        const header = connectionParams?.["authorization"] ?? connectionParams?.["Authorization"];
        const authorization = typeof header === "string" ? header : undefined;
        const person = await app.signIn(authorization);
        if (!person) return false;
        people.set(extra.socket, person);
        watch(extra.socket, person, app.limits.recheck, () => app.signIn(authorization));
        return true;
      },
      onSubscribe({ extra }, _id, asked): ExecutionArgs | readonly GraphQLError[] {
        const { actor } = people.get(extra.socket)!;
        try {
          app.rates.admit(actor, "");
          return prepare(app, rules, app.contextFor(actor), asked);
        } catch (error) {
          return error instanceof Refused ? error.errors : [error instanceof GraphQLError ? error : new GraphQLError("The query could not be read.")];
        }
      },
      subscribe: (args) => app.pushes.subscribe(args),
      onNext: (_ctx, _id, _payload, _args, result) => (result.errors ? { data: result.data ?? null, errors: result.errors.map((error) => publicError(error.toJSON(), error, app.log)) } : undefined),
      onError: (_ctx, _id, _payload, errors) => errors.map((error) => publicError(withCode(error), error, app.log)),
    },
    sockets,
  );
}

/** A document broke rules of validation. */
class Refused extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super("The document is not valid.");
  }
}

/** Reads an operation that came over a socket and holds it to the limits of one over HTTP. */
function prepare(app: LiveApp, rules: readonly ValidationRule[], context: Context, { query, operationName: named, variables = {} }: SubscribePayload): ExecutionArgs {
  const operationName = named || null;
  const document = parse(query, { maxTokens: app.limits.tokens });
  const errors = validate(app.schema, document, rules);
  if (errors.length > 0) throw new Refused(errors);
  const operation = getOperationAST(document, operationName);
  if (operation) checkCost(app.limits, app.schema, document, operation, variables);
  if (operation?.operation === "query") context.limitTo(app.limits.timeout);
  return { schema: app.schema, document, operationName, variableValues: variables ?? {}, contextValue: context };
}

/** Errors of parsing and validation carry no code of their own here, as they do over HTTP. */
const withCode = (error: GraphQLError) => {
  const formatted = error.toJSON();
  if (error.originalError || formatted.extensions?.["code"]) return formatted;
  return { ...formatted, extensions: { code: error.path ? "INTERNAL_SERVER_ERROR" : "GRAPHQL_VALIDATION_FAILED" } };
};

/** Closes the socket when the token ends, or when the person may no longer see what it saw. */
function watch(socket: WebSocket, { actor, expiresAt }: SignedIn, recheck: number, again: () => Promise<SignedIn | null>): void {
  const rights = classOf(actor);
  const close = (reason: string): void => socket.close(CloseCode.Forbidden, reason);
  const look = setInterval(() => {
    if (expiresAt && Date.now() >= expiresAt.getTime()) return close("Token expired");
    again().then(
      (person) => person && classOf(person.actor) === rights || close("Rights changed"),
      () => {}, // A database out of reach says nothing about rights; the next look will.
    );
  }, recheck);
  // A timer waits at most 24.8 days; a token that lives longer is met by the next look.
  const wait = expiresAt ? expiresAt.getTime() - Date.now() : Infinity;
  const expiry = wait < 2_000_000_000 ? setTimeout(() => close("Token expired"), Math.max(0, wait)) : undefined;
  socket.once("close", () => {
    clearInterval(look);
    clearTimeout(expiry);
  });
}
