import { type Client, createClient } from "graphql-ws";
import type { Line } from "./line.ts";

const LONGEST_WAIT = 5_000;
const PING_EVERY = 10_000;
const PONG_WITHIN = 5_000;

/** The socket to the server, which comes back by itself for as long as the board is open. */
export interface Socket {
  readonly client: Client;
  /** Tries to come back at once instead of waiting. */
  readonly retryNow: () => void;
}

/** Opens the socket when something subscribes. A line that is silently dead is found out by unanswered pings. */
export function openSocket(token: string, line: Line, refused: () => void): Socket {
  let wake: () => void = () => {};
  let pong: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: `${location.origin.replace(/^http/, "ws")}/graphql`,
    connectionParams: { authorization: `Bearer ${token}` },
    keepAlive: PING_EVERY,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) =>
      new Promise((resolve) => {
        const wait = Math.min(LONGEST_WAIT, 300 * 2 ** retries) * (0.75 + Math.random() / 2);
        const timer = setTimeout(resolve, wait);
        wake = () => (clearTimeout(timer), resolve());
      }),
    on: {
      connected: () => line.connected(),
      closed: (event) => {
        clearTimeout(pong);
        line.lost();
        // 4403: the token ended or rights changed. The next query says which.
        if ((event as CloseEvent).code === 4403) refused();
      },
      ping: (received) => {
        if (!received) pong = setTimeout(() => client.terminate(), PONG_WITHIN);
      },
      pong: (received) => {
        if (received) clearTimeout(pong);
      },
    },
  });
  addEventListener("online", () => wake());
  return { client, retryNow: () => wake() };
}
