import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { App } from "./app.ts";
import { FilePurpose } from "./files/file.sql.ts";
import { Refusal } from "./domain/refusal.ts";
import { globalId, readGlobalId } from "./graphql/global-id.ts";
import type { SignedIn } from "./graphql/live-socket.ts";

/** Says who sends a request; null without a valid token or key. Throws when this client sends too many. */
export type Entrance = (request: FastifyRequest) => Promise<SignedIn | null>;

/** What an upload may say beside its bytes. */
interface UploadQuery {
  readonly name?: string;
  readonly company?: string;
  readonly purpose?: string;
  readonly digest?: string;
}

/** Answers somebody without a valid token or key. */
export const refuseStranger = (reply: FastifyReply): FastifyReply => reply.code(401).send({ error: { code: "UNAUTHENTICATED", message: "Sign in: send a token as `Authorization: Bearer …`." } });

/**
 * Takes in files: `POST /files?name=…&company=…&purpose=…&digest=…` with the bytes as the body. What is to be loaded may be
 * large; what is kept as evidence may not. The digest may be left out; a file that has another is refused.
 */
export function acceptFiles(http: FastifyInstance, app: App, enter: Entrance): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser("*", (_request, payload, done) => done(null, payload));
  http.post<{ Querystring: UploadQuery }>("/files", { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
    const person = await enter(request);
    if (!person) return refuseStranger(reply);
    const { name = "", company, digest = null } = request.query;
    const companyId = await app.contextFor(person.actor).company("file:load", company);
    const file = { name, digest, purpose: purposeOf(request.query), contentType: request.headers["content-type"] };
    const stored = await app.files.store(person.actor, companyId, file, (request.body ?? request.raw) as FastifyRequest["raw"]);
    return reply.code(201).send({ id: globalId("File", companyId, stored.id), name, contentType: stored.contentType, bytes: stored.bytes.toString(), digest: stored.digest });
  });
}

/** Hands out files: `GET /files/<id>`. A browser saves them and shows none: what a sender says of a file is not believed. */
export function serveFiles(http: FastifyInstance, app: App, enter: Entrance): void {
  http.get<{ Params: { id: string } }>("/files/:id", async (request, reply) => {
    const person = await enter(request);
    if (!person) return refuseStranger(reply);
    const asked = readGlobalId(request.params.id);
    const context = app.contextFor(person.actor);
    const companyId = context.companyOf("receivables:read", asked?.type === "File" ? asked.companyId : undefined);
    const file = await app.files.find(companyId, asked!.key);
    if (file.purpose === "LOAD") context.companyOf("file:load", companyId);
    return reply
      .headers({
        "content-disposition": `attachment; filename="${file.name.replace(/[^\w .()-]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
        "content-security-policy": "default-src 'none'; sandbox", "x-content-type-options": "nosniff", "cache-control": "private, no-store",
        "content-length": file.bytes.toString(), etag: `"${file.digest}"`,
      })
      .type(file.contentType)
      .send(await app.files.open(file));
  });
}

function purposeOf({ purpose = FilePurpose.LOAD }: UploadQuery): FilePurpose {
  if (purpose in FilePurpose) return purpose as FilePurpose;
  throw new Refusal("VALUE_INVALID", `purpose is "${purpose}"; it takes ${Object.keys(FilePurpose).join(" or ")}.`, { field: ["purpose"] });
}
