import { connect, createServer, type Server, type Socket } from "node:net";

/** A line of TCP between a client and a server that can be cut and restored, as a network can. */
export interface CuttableLine {
  /** Where clients connect instead of the server. */
  readonly url: string;
  /** Breaks every connection, and refuses new ones. */
  readonly cut: () => Promise<void>;
  readonly restore: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a line to a server, such as `http://localhost:4000`. */
export async function openLine(to: string): Promise<CuttableLine> {
  const target = new URL(to);
  const sockets = new Set<Socket>();
  let server: Server;
  const start = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server = createServer((client) => {
        const upstream = connect({ host: target.hostname, port: Number(target.port) });
        for (const [from, into] of [[client, upstream], [upstream, client]] as const) {
          sockets.add(from);
          from.on("error", () => into.destroy());
          from.on("close", () => (sockets.delete(from), into.destroy()));
          from.pipe(into);
        }
      });
      server.once("error", reject);
      server.listen(port, "localhost", resolve);
    });
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      // Whatever a browser keeps open is broken, not waited for.
      for (const socket of sockets) socket.resetAndDestroy();
    });
  await start(0);
  const { port } = server!.address() as { port: number };
  return { url: `http://localhost:${port}`, cut, restore: () => start(port), close: cut };
}
