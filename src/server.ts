import { Readable } from "node:stream";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from "@as-integrations/fastify";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { GraphQLError } from "graphql";
import { WebSocketServer } from "ws";
import type { App } from "./app.ts";
import { Refusal } from "./domain/refusal.ts";
import { acceptFiles, refuseStranger, serveFiles } from "./file-routes.ts";
import type { Context } from "./graphql/context.ts";
import { publicError } from "./graphql/errors.ts";
import { behindApollo, emptyNameIsNone } from "./graphql/executor.ts";
import { globalId, readGlobalId } from "./graphql/global-id.ts";
import { holdToLimits } from "./graphql/limits-plugin.ts";
import { limitRules } from "./graphql/limits.ts";
import { type SignedIn, serveLive, socketOptions } from "./graphql/live-socket.ts";
import { type Pages, servePages } from "./pages.ts";

/** The largest body of a GraphQL request. Larger files come by `POST /files`. */
export const LARGEST_BODY = 2 * 1024 * 1024;

/** The longest id that a path may carry: an id names its type, its company and its key. */
const LONGEST_ID = 200;

/** A listening server. */
export interface Running {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Serves one application over HTTP and WebSocket, with pages for browsers where they are given. Port 0 takes any free one. */
export async function listen(app: App, port: number, host = "localhost", pages: Pages | null = null): Promise<Running> {
  const http = fastify({ bodyLimit: LARGEST_BODY, forceCloseConnections: true, routerOptions: { maxParamLength: LONGEST_ID } });
  const apollo = new ApolloServer<Context>({
    gateway: behindApollo(app.schema, app.executor),
    validationRules: limitRules(app.limits),
    parseOptions: { maxTokens: app.limits.tokens },
    plugins: [ApolloServerPluginCacheControlDisabled(), holdToLimits(app.limits), emptyNameIsNone, fastifyApolloDrainPlugin(http)],
    formatError: (formatted, error) => publicError(formatted, error, app.log),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  http.setErrorHandler((error, _request, reply) => sendError(app, reply, error));
  http.get("/health", () => ({ ok: true }));
  http.route({
    url: "/graphql",
    method: ["GET", "POST", "OPTIONS"],
    handler: fastifyApolloHandler(apollo, {
      context: async (request) => app.contextFor((await letIn(app, request))?.actor ?? null),
    }),
  });
  const enter = (request: FastifyRequest): Promise<SignedIn | null> => letIn(app, request);
  await http.register(async (files) => acceptFiles(files, app, enter));
  serveFiles(http, app, enter);
  serveExports(http, app);
  if (pages) servePages(http, pages);

  const sockets = new WebSocketServer({ server: http.server, path: "/graphql", ...socketOptions });
  const live = serveLive(app, sockets);
  await http.listen({ port, host });
  const address = http.server.address();
  const taken = typeof address === "object" && address ? address.port : port;
  return {
    url: `http://${host === "0.0.0.0" || host === "::" ? "localhost" : host}:${taken}`,
    port: taken,
    close: async () => {
      await live.dispose();
      await apollo.stop();
      await http.close();
    },
  };
}

/** Who sends a request; null without a valid token or key. Throws when this client sends too many. */
async function letIn(app: App, request: FastifyRequest): Promise<SignedIn | null> {
  const person = await app.signIn(request.headers.authorization);
  app.rates.admit(person?.actor ?? null, request.ip);
  return person;
}

/** Hands out the files of journal exports: `GET /exports/<id>.csv`. */
function serveExports(http: FastifyInstance, app: App): void {
  http.get<{ Params: { id: string } }>("/exports/:id.csv", async (request, reply) => {
    const person = await app.signIn(request.headers.authorization);
    if (!person) return refuseStranger(reply);
    const asked = readGlobalId(request.params.id);
    const companyId = app.contextFor(person.actor).companyOf("ledger:read", asked?.type === "JournalExport" ? asked.companyId : undefined);
    const parts = await app.exports.csv(companyId, asked!.key, (entryId) => globalId("JournalEntry", companyId, entryId));
    return reply.header("content-disposition", 'attachment; filename="journal.csv"').type("text/csv; charset=utf-8").send(Readable.from(parts));
  });
}

/** Errors outside GraphQL, in one JSON shape. */
function sendError(app: App, reply: FastifyReply, error: unknown): FastifyReply {
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message: string };
  if (error instanceof Refusal) {
    const status = error.code === "FORBIDDEN" ? 403 : error.code === "NOT_FOUND" ? 404 : error.code === "LIMIT_EXCEEDED" ? 413 : 400;
    return reply.code(status).send({ error: { code: error.code, message: error.message } });
  }
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    const text = `The body is larger than ${LARGEST_BODY} bytes. Upload large files by POST /files and name their id.`;
    return reply.code(413).send({ errors: [{ message: text, extensions: { code: "LIMIT_EXCEEDED" } }] });
  }
  if (statusCode && statusCode < 500) return reply.code(statusCode).send({ errors: [{ message, extensions: { code: "BAD_REQUEST" } }] });
  const shown = publicError({ message }, error, app.log);
  const { status = 500, headers = [] } = ((error as Partial<GraphQLError>).extensions?.["http"] ?? {}) as { status?: number; headers?: Iterable<[string, string]> };
  for (const [name, value] of headers) void reply.header(name, value);
  return reply.code(status).send({ errors: [shown] });
}
