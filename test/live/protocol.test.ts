import { listen } from "../../src/server.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { type BareSocket, type Message, openBareSocket } from "../kit/bare-socket.ts";
import { Books } from "../kit/books.ts";

let app: TestApp;
let books: Books;
const open: BareSocket[] = [];
beforeAll(async () => {
  app = await openTestApp();
  books = await Books.open(app);
});
afterEach(() => {
  for (const { socket } of open.splice(0)) socket.terminate();
});
afterAll(() => app.close());

const init = (token: string = books.company.as.collector): Message => ({ type: "connection_init", payload: { authorization: `Bearer ${token}` } });
const subscribe = (id: string, query = `subscription { paymentReceived { cursor payment { reference } } }`): Message => ({ type: "subscribe", id, payload: { query } });

async function bare(protocol?: string | null): Promise<BareSocket> {
  const socket = await openBareSocket(app.url, protocol);
  open.push(socket);
  return socket;
}

/** A socket that the server has acknowledged. */
async function acknowledged(): Promise<BareSocket> {
  const socket = await bare();
  socket.send(init());
  expect(await socket.next()).toEqual({ type: "connection_ack" });
  return socket;
}

/** Waits until the server has handled everything sent so far. */
async function handled(socket: BareSocket): Promise<Message[]> {
  socket.send({ type: "ping", payload: { mark: true } });
  const before: Message[] = [];
  for (let message = await socket.next(); message.type !== "pong"; message = await socket.next()) before.push(message);
  return before;
}

/** Waits until the server has noticed that nobody listens any more. */
async function silence(): Promise<void> {
  while (app.app.tail.listeners > 0) await new Promise(setImmediate);
}

describe("graphql-transport-ws closes a socket with", () => {
  test.each<[string, Message | string]>([
    ["is no JSON", "hello"],
    ["has an unknown type", { type: "start", id: "1" }],
    ["has no type", `{"id":"1"}`],
    ["subscribes without an id", { type: "subscribe", payload: { query: "{ __typename }" } }],
    ["subscribes without a query", { type: "subscribe", id: "1", payload: {} }],
  ])("4400 when a message %s", async (_fault, message) => {
    const socket = await acknowledged();
    socket.send(message);
    expect(await socket.closed).toBe(4400);
  });

  test("4401 when one subscribes before the acknowledgment", async () => {
    const socket = await bare();
    socket.send(subscribe("1"));
    expect(await socket.closed).toBe(4401);
  });

  test.each<[string, () => Message]>([
    ["no payload", () => ({ type: "connection_init" })],
    ["a forged token", () => init("forged")],
    ["a forged key", () => init(`oi_000000000000_${"A".repeat(43)}`)],
  ])("4403 when the initialization holds %s", async (_fault, message) => {
    const socket = await bare();
    socket.send(message());
    expect(await socket.closed).toBe(4403);
  });

  test("4406 when it does not speak the protocol", async () => {
    expect(await (await bare(null)).closed).toBe(4406);
    await expect(bare("graphql-ws")).rejects.toThrow("subprotocol");
  });

  test("4408 when the initialization does not come in time", async () => {
    const hasty = await listen({ ...app.app, limits: { ...app.app.limits, handshake: 20 } }, 0);
    expect(await (await openBareSocket(hasty.url)).closed).toBe(4408);
    await hasty.close();
  });

  test("4409 when an id is taken, and no longer once its subscription is over", async () => {
    const socket = await acknowledged();
    socket.send(subscribe("1"));
    expect(await socket.next()).toMatchObject({ type: "next", id: "1" });
    socket.send({ type: "complete", id: "1" });
    expect(await handled(socket)).toEqual([]);
    socket.send(subscribe("1"));
    expect(await socket.next()).toMatchObject({ type: "next", id: "1" });
    socket.send(subscribe("1"));
    expect(await socket.closed).toBe(4409);
  });

  test("4429 at a second initialization", async () => {
    const socket = await acknowledged();
    socket.send(init());
    expect(await socket.closed).toBe(4429);
  });
});

describe("graphql-transport-ws", () => {
  test("answers a ping with a pong, with its payload, before the acknowledgment too; an unasked pong is no fault", async () => {
    const socket = await bare();
    socket.send({ type: "ping", payload: { at: "once" } });
    expect(await socket.next()).toEqual({ type: "pong", payload: { at: "once" } });
    socket.send({ type: "pong" });
    socket.send({ type: "ping" });
    expect(await socket.next()).toEqual({ type: "pong" });
  });

  test("answers a query by one next and a complete", async () => {
    const socket = await acknowledged();
    socket.send(subscribe("q", "{ viewer { subject } }"));
    expect([await socket.next(), await socket.next()]).toEqual([
      { type: "next", id: "q", payload: { data: { viewer: { subject: books.company.subjects.collector } } } },
      { type: "complete", id: "q" },
    ]);
  });

  test("answers a faulty operation by an error alone, and goes on", async () => {
    const socket = await acknowledged();
    socket.send(subscribe("e", "subscription { nothing }"));
    expect(await socket.next()).toMatchObject({ type: "error", id: "e", payload: [{ message: expect.stringContaining("nothing"), extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] });
    expect(await handled(socket)).toEqual([]);
  });

  test("stops the source when the client completes in mid-stream, and pushes nothing more", async () => {
    const { account } = await books.customer();
    await silence();
    const [leaving, staying] = [await acknowledged(), await acknowledged()];
    for (const socket of [leaving, staying]) {
      socket.send(subscribe("s"));
      expect(await socket.next()).toMatchObject({ type: "next", id: "s", payload: { data: { paymentReceived: { payment: null } } } });
    }
    expect(app.app.tail.listeners).toBe(2);
    leaving.send({ type: "complete", id: "s" });
    expect(await handled(leaving)).toEqual([]);
    expect(app.app.tail.listeners).toBe(1);
    await books.pay({ account, amount: "5.00", reference: "unheard" });
    expect(await staying.next()).toMatchObject({ type: "next", id: "s", payload: { data: { paymentReceived: { payment: { reference: "unheard" } } } } });
    expect(await handled(leaving)).toEqual([]);
  });

  test("stops every source of a socket that breaks", async () => {
    await silence();
    const socket = await acknowledged();
    for (const id of ["1", "2", "3"]) {
      socket.send(subscribe(id));
      await socket.next();
    }
    expect(app.app.tail.listeners).toBe(3);
    socket.socket.terminate();
    await silence();
  });
});
