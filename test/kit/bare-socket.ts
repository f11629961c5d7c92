import { WebSocket } from "ws";

/** A message of graphql-transport-ws, as it is on the wire. */
export interface Message {
  readonly type: string;
  readonly id?: string;
  // oxlint-disable-next-line no-explicit-any -- The wire has no types; a test states them by what it expects.
  readonly payload?: any;
}

/** A WebSocket without any client on it: what a test sends is what the server gets. */
export interface BareSocket {
  readonly socket: WebSocket;
  /** Sends a message, or a text that is none. */
  readonly send: (message: Message | string) => void;
  /** The next message that has not been taken yet. Throws once the socket is closed. */
  readonly next: () => Promise<Message>;
  /** The close code, once the socket is closed by either side. */
  readonly closed: Promise<number>;
}

/** Opens a socket at `/graphql` of a server. Without a protocol, none is asked for. */
export async function openBareSocket(url: string, protocol: string | null = "graphql-transport-ws"): Promise<BareSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/graphql`, protocol ?? []);
  const waiting: Message[] = [];
  let wake: () => void = () => {};
  let over = false;
  const closed = new Promise<number>((resolve) =>
    socket.once("close", (code) => {
      over = true;
      wake();
      resolve(code);
    }),
  );
  socket.on("message", (data) => {
    waiting.push(JSON.parse(String(data)) as Message);
    wake();
  });
  await new Promise<void>((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const next = async (): Promise<Message> => {
    while (waiting.length === 0) {
      if (over) throw new Error(`The socket was closed with ${await closed}.`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
    return waiting.shift()!;
  };
  return { socket, next, closed, send: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)) };
}
