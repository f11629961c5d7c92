import { WebSocket } from "ws";
import type { Heard, SubscribersJob } from "./subscribers.ts";

/** Sockets that listen to one server, until another job comes. */
let sockets: WebSocket[] = [];
let hear: (data: string) => void = () => {};

/** Opens a socket and, where the job says so, subscribes on it and waits for the first push, which tells that the stream stands. */
function open({ url, token, subscription }: SubscribersJob): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, subscription === null ? [] : "graphql-transport-ws", { perMessageDeflate: false });
    socket.on("error", reject);
    socket.on("open", () => (subscription === null ? resolve(socket) : socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }))));
    let standing = subscription === null;
    socket.on("message", (data) => {
      const text = (data as Buffer).toString();
      if (standing) return hear(text);
      const { type } = JSON.parse(text) as { type: string };
      if (type === "connection_ack") return socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: subscription } }));
      if (type !== "next") return reject(new Error(text));
      standing = true;
      resolve(socket);
    });
  });
}

async function join(job: SubscribersJob): Promise<void> {
  sockets = [];
  const OPENED_AT_ONCE = 50;
  while (sockets.length < job.count) {
    sockets.push(...(await Promise.all(Array.from({ length: Math.min(OPENED_AT_ONCE, job.count - sockets.length) }, () => open(job)))));
  }
}

/** Causes one event and waits until every socket has heard of it. */
async function cause({ trigger, token, body, count }: SubscribersJob & { readonly body: string }): Promise<Heard> {
  let [heard, first, text] = [0, 0, ""];
  const all = new Promise<void>((resolve, reject) => {
    hear = (data) => {
      if (heard++ === 0) [first, text] = [performance.now(), data];
      if (data !== text) reject(new Error(`Two sockets heard different things: ${text} and ${data}`));
      if (heard === count) resolve();
    };
  });
  const start = performance.now();
  const headers = { "content-type": "application/json", ...(token !== null && { authorization: `Bearer ${token}` }) };
  const answered = fetch(trigger, { method: "POST", headers, body }).then(async (response) => {
    const answer = await response.text();
    if (!response.ok || answer.includes('"errors":[') || /"userErrors":\[[^\]]/.test(answer)) throw new Error(answer);
  });
  await Promise.all([all, answered]);
  return { milliseconds: performance.now() - start, sweep: performance.now() - first, text };
}

let job: SubscribersJob;
process.on("message", (message: SubscribersJob | { readonly body: string }) => {
  const done = "count" in message ? join((job = message)).then(() => null) : cause({ ...job, ...message });
  done.then(
    (heard) => process.send!({ heard }),
    (error: unknown) => process.send!({ fault: String((error as Error).stack ?? error) }),
  );
});
