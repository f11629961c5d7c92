import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { PaymentReceivedDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp();
  books = await Books.open(app);
});
afterAll(() => app.close());

test("a socket closes with 4403 when its token expires, so that standard clients come back with a fresh one", async () => {
  const token = await app.token(books.company.subjects.collector, { seconds: 2 });
  const live = subscribe(app.url, token, PaymentReceivedDocument, {});
  await live.next();
  expect(await live.closed).toBe(4403);
});

test("graphql-ws's own client comes back after its token expired and misses nothing", async () => {
  const { account } = await books.customer();
  type Push = { paymentReceived: { cursor: string; payment: { reference: string } | null } };
  const heard: (string | null)[] = [];
  let cursor: string | undefined;
  let tokens = 0;
  const client = createClient({
    url: `${app.url.replace(/^http/, "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 3,
    retryWait: async () => {},
    connectionParams: async () => ({ authorization: `Bearer ${await app.token(books.company.subjects.collector, { seconds: tokens++ === 0 ? 2 : 60 })}` }),
  });
  const closed = new Promise<void>((resolve) => client.on("closed", () => resolve()));
  let hear: () => void = () => {};
  client.subscribe<Push>(
    { query: `subscription ($after: String) { paymentReceived(after: $after) { cursor payment { reference } } }`, variables: { get after() { return cursor; } } },
    {
      next: ({ data }) => {
        cursor = data!.paymentReceived.cursor;
        heard.push(data!.paymentReceived.payment?.reference ?? null);
        hear();
      },
      error: (error) => heard.push(`failed: ${String(error)}`),
      complete: () => {},
    },
  );
  const until = (reference: string | null) => new Promise<void>((resolve) => (hear = () => heard.includes(reference) && resolve()));
  await until(null);
  await Promise.all([until("first"), books.pay({ account, amount: "1.00", reference: "first" })]);
  await closed;
  await Promise.all([until("second"), books.pay({ account, amount: "2.00", reference: "second" })]);
  expect(heard.filter(Boolean)).toEqual(["first", "second"]);
  await client.dispose();
});

test.each([
  ["no token", undefined],
  ["a forged token", "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.AAAA"],
])("a socket with %s is closed with 4403", async (_rule, authorization) => {
  const client = createClient({ url: `${app.url.replace(/^http/, "ws")}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0, lazy: false, connectionParams: { authorization }, onNonLazyError: () => {} });
  const code = await new Promise<number>((resolve) => client.on("closed", (event) => resolve((event as { code: number }).code)));
  expect(code).toBe(4403);
  await client.dispose();
});

describe("a subscription is refused", () => {
  test.each([
    ["with a cursor that no subscription gave", { after: "bm90IGEgY3Vyc29y" }, "BAD_USER_INPUT"],
    ["with a company one does not work in", { company: "nowhere" }, "FORBIDDEN"],
    ["with a minimum that is no amount", { minimum: { amount: "ten", currency: "USD" } }, "BAD_USER_INPUT"],
    ["with a customer of nobody", { customerId: "bm9ib2R5" }, "BAD_USER_INPUT"],
  ])("%s", async (_rule, variables, code) => {
    await expect(subscribe(app.url, books.company.as.collector, PaymentReceivedDocument, variables).next()).rejects.toThrow(new RegExp(`"code":"${code}"`));
  });

  test("when it does not fit the schema", async () => {
    await expect(subscribe(app.url, books.company.as.collector, `subscription { paymentReceived { nothing } }`).next()).rejects.toThrow(/nothing/);
  });
});

test("queries and commands do not run over the socket unless they are subscriptions, but they answer all the same", async () => {
  const live = subscribe(app.url, books.company.as.collector, `{ viewer { subject } }`);
  expect(await live.next()).toEqual({ viewer: { subject: books.company.subjects.collector } });
  await live.close();
});
