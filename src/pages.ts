import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";

/** The pages that the server gives to browsers. */
export interface Pages {
  /** Folder of the built board, once it is there. */
  readonly folder: Promise<string>;
  /** Whether the explorer of the graph is served. */
  readonly explorer: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
  ".woff2": "font/woff2",
};

/** Nothing is loaded from elsewhere, and nobody frames the pages. Styles in attributes are how lengths of bars are set. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS = { "content-security-policy": POLICY, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };

/** The files that are served: the two pages, and what they load, which lies flat in one folder. */
const NAME = /^(board\.html|explorer\.html|assets\/\w[\w.-]*)$/;

/** The board's own places; the browser's side finds its way among them. */
const PLACES = ["/", "/customers", "/customers/*"];

/** Serves the board at `/` and, where wanted, the explorer at `/explorer`. A request waits while the board is being built. */
export function servePages(http: FastifyInstance, { folder, explorer }: Pages): void {
  // A build that fails is told to whoever asks for a page, and to nobody before that.
  const found = folder.catch(() => null);
  const send = async (reply: FastifyReply, name: string, caching: string): Promise<FastifyReply> => {
    const built = await found;
    if (built === null) return reply.code(503).type("text/plain; charset=utf-8").send("The board could not be built. The server's log says why; `npm run build:board` tries again.\n");
    // Read each time: the board may be built again while this process serves it.
    const content = NAME.test(name) ? await readFile(join(built, name)).catch(() => null) : null;
    if (!content) return reply.code(404).type("text/plain; charset=utf-8").send("There is no such file.\n");
    return reply.headers({ ...HEADERS, "cache-control": caching }).type(TYPES[extname(name)] ?? "application/octet-stream").send(content);
  };
  for (const place of PLACES) http.get(place, (_request, reply) => send(reply, "board.html", "no-cache"));
  if (explorer) http.get("/explorer", (_request, reply) => send(reply, "explorer.html", "no-cache"));
  // The names of these files carry a digest of what is in them.
  http.get<{ Params: { "*": string } }>("/assets/*", (request, reply) => send(reply, `assets/${request.params["*"]}`, "public, max-age=31536000, immutable"));
}
