import { accountOf, AMOUNT, COMPANY, invoiceOf, seedBook } from "./kit/book.ts";
import { makeDatabase } from "./kit/database.ts";
import { type Program, startOurs, startProgram, tokenOf } from "./kit/program.ts";
import { interleave, median, ratioOf, type Result, resultOf, rounded } from "./kit/rounds.ts";
import { type Heard, type Subscribers, subscribeAll } from "./kit/subscribers.ts";

const SUBSCRIBERS = 1_000;
const EVENTS = 10;
const SUBSCRIPTION = "subscription { paymentReceived { cursor payment { id amount { amount currency } receivedOn customer { name } } } }";
const MUTATION = "mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { payment { id } userErrors { message } } }";

/** The body of a payment; each call pays another invoice. */
function paying(): () => string {
  let invoice = 0;
  const receivedOn = new Date().toISOString().slice(0, 10);
  return () => {
    const number = invoiceOf(1, ++invoice);
    const input = { account: accountOf(1), amount: AMOUNT.amount, currency: AMOUNT.currency, receivedOn, lines: [{ reference: number, gross: AMOUNT.amount }] };
    return JSON.stringify({ query: MUTATION, variables: { input } });
  };
}

/** The median of some events, one after another; keeps all that was heard. */
async function window(subscribers: Subscribers, body: () => string, heard: Heard[]): Promise<number> {
  const events: Heard[] = [];
  for (let event = 0; event < EVENTS; event++) events.push(await subscribers.cause(body()));
  heard.push(...events);
  return median(events.map(({ milliseconds }) => milliseconds));
}

/** One payment told to a thousand subscribers, against a bare broadcast of the same bytes. */
export async function fanOut(): Promise<Result> {
  const database = await makeDatabase();
  const stops: (() => unknown)[] = [];
  const kept = async (made: Promise<Program>): Promise<Program> => {
    const program = await made;
    stops.push(program.stop);
    return program;
  };
  try {
    await seedBook(database, 10, 400, 1);
    const server = await kept(startOurs(database.url));
    const bare = await kept(startProgram("test/bench/floor/broadcast.ts", []));
    const token = await tokenOf(COMPANY.subject);
    const socket = (url: string): string => url.replace(/^http/, "ws");
    const ours = await subscribeAll({ url: `${socket(server.url)}/graphql`, token, count: SUBSCRIBERS, subscription: SUBSCRIPTION, trigger: `${server.url}/graphql` });
    stops.unshift(ours.close);
    const plain = await subscribeAll({ url: socket(bare.url), token: null, count: SUBSCRIBERS, subscription: null, trigger: bare.url });
    stops.unshift(plain.close);
    const pay = paying();
    const push = (await ours.cause(pay())).text;
    await plain.cause(push);
    const [heard, heardPlain]: [Heard[], Heard[]] = [[], []];
    const series = await interleave({ bare: () => window(plain, () => push, heardPlain), ours: () => window(ours, pay, heard) });
    const sweep = (all: readonly Heard[]): number => rounded(median(all.map((it) => it.sweep)));
    return resultOf("fan-out", { compared: "bare broadcast / ours", unit: "milliseconds from the request to the last subscriber", ratio: ratioOf(series.bare, series.ours), notes: [
      `${SUBSCRIBERS} sockets in one other process, ${EVENTS} events a round one after another, ${Buffer.byteLength(push)} bytes a push; every socket heard every event, and the same.`,
      "Ours includes posting the payment, its commit and the way through the log; the bare side only sends.",
      `From the first socket to the last: ours ${sweep(heard)} ms, bare ${sweep(heardPlain)} ms.`,
    ] }, series);
  } finally {
    for (const stop of stops) await stop();
    await database.drop();
  }
}
