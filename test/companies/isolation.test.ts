import { randomUUID } from "node:crypto";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { subscribe } from "../kit/live.ts";
import { documentOf, type Facts, PROBES, type RootField, rootFields } from "./probes.ts";
import { everythingOf, forged, keptFrom, outcomeOf, pushesUpToNow, rowsOf, Secrets } from "./secrets.ts";
import { type Seeded, seed, wordsOf } from "./seed.ts";

const LONG = 300_000;

let app: TestApp;
let ours: Seeded;
let theirs: Seeded;
let secrets: Secrets;
let attempts: readonly Attempt[];
let before: { readonly rows: Record<string, string>; readonly seen: string };
let companyId: string;

/** Something to try with the facts of another company, and the same with facts of nobody. */
interface Attempt {
  readonly name: string;
  readonly facts: Facts;
  readonly ofNobody: Facts;
}

beforeAll(async () => {
  // Probes ask for everything there is; the limits have tests of their own.
  app = await openTestApp({ limits: { aliases: Infinity, tokens: Infinity, cost: Infinity, rate: 0 } });
  theirs = await seed(app, "ALPHA", 731_000);
  ours = await seed(app, "BRAVO", 524_000);
  const [seenByThem, seenByUs] = [await everythingOf(app, theirs), await everythingOf(app, ours)];
  secrets = new Secrets(seenByThem, seenByUs, [...Object.values(theirs.words), theirs.company.code]);
  attempts = attemptsWith(keptFrom(seenByThem), keptFrom(seenByUs));
  companyId = Buffer.from(theirs.company.companyId, "base64url").toString().split(":")[1]!;
  before = { rows: await rowsOf(app, companyId), seen: await theirBooks() };
}, LONG);
afterAll(() => app.close());

/** Every way to mix the other company into a question: its code, its ids, ids put together of both, its cursors and its words. */
function attemptsWith(them: Pick<Facts, "ids" | "cursors">, us: Pick<Facts, "ids" | "cursors">): Attempt[] {
  const nobody = { code: "nobody-co", words: wordsOf("NOBODY"), ids: forged({ Customer: [madeUpId("Customer")] }, madeUp(them.ids)) };
  const [their, our] = [theirs.company.code, ours.company.code];
  const heard = { words: theirs.words, cursors: them.cursors };
  const invented = { words: nobody.words, cursors: them.cursors };
  return [
    { name: "their code, ids and words", facts: { code: their, ids: them.ids, ...heard }, ofNobody: { code: nobody.code, ids: nobody.ids, ...invented } },
    { name: "our code with their ids and words", facts: { code: our, ids: them.ids, ...heard }, ofNobody: { code: our, ids: nobody.ids, ...invented } },
    { name: "no code with their ids and words", facts: { code: null, ids: them.ids, ...heard }, ofNobody: { code: null, ids: nobody.ids, ...invented } },
    { name: "our code with their keys in ids of ours", facts: { code: our, ids: forged(us.ids, them.ids), ...heard }, ofNobody: { code: our, ids: forged(us.ids, madeUp(them.ids)), ...invented } },
    { name: "our code with our keys in ids of theirs", facts: { code: our, ids: forged(them.ids, us.ids), ...heard }, ofNobody: { code: our, ids: forged(nobody.ids, us.ids), ...invented } },
    { name: "their code with our ids and words", facts: { code: their, ids: us.ids, words: ours.words, cursors: us.cursors }, ofNobody: { code: nobody.code, ids: us.ids, words: ours.words, cursors: us.cursors } },
  ];
}

const madeUpId = (type: string): string => Buffer.from(`${type}:${randomUUID()}:${randomUUID()}`).toString("base64url");
const madeUp = (ids: Facts["ids"]): Facts["ids"] => Object.fromEntries(Object.entries(ids).map(([type, all]) => [type, all.map(() => madeUpId(type))]));

const theirBooks = async (): Promise<string> => outcomeOf((await everythingOf(app, theirs)).filter((part) => !("viewer" in (part as object))), []);

/** Asks one root field in every way of its probe, and answers with what came back. */
async function probe(token: string | null, root: RootField, facts: Facts): Promise<{ sent: object; answer: unknown }[]> {
  const answers = [];
  for (const sent of PROBES[root.path]!(facts)) {
    const answer =
      root.operation === "subscription" ? await pushesUpToNow(app, token!, root, sent) : await app.ask(token, documentOf(app.app.schema, root, Object.keys(sent)), sent);
    answers.push({ sent, answer });
  }
  return answers;
}

const fields = (): RootField[] => rootFields(app.app.schema);
const requests = (): RootField[] => fields().filter(({ operation }) => operation !== "subscription");
const subscriptions = (): RootField[] => fields().filter(({ operation }) => operation === "subscription");

/** Tries everything as one person, and fails with what was learned of the other company. */
async function expectNothingLearned(token: string | null, roots: readonly RootField[], tried = attempts): Promise<void> {
  const learned: string[] = [];
  for (const { name, facts } of tried) {
    for (const root of roots) {
      for (const { sent, answer } of await probe(token, root, facts)) learned.push(...secrets.foundIn(answer, sent).map((found) => `${root.path} with ${name} told ${found}, asked ${JSON.stringify(sent)}`));
    }
  }
  expect(learned).toEqual([]);
}

test("the search knows what to look for: texts, numbers and amounts of every kind, and the keys inside ids", () => {
  const kinds = [
    "1", "1-1", "account", "alias account", "Ada", "mail", "phone", "bill to", "street", "zip", "new alias", "hold", "terms", "goods", "item", "po", "so", "bol", "payer", "unknown payer", "check", "claim", "comment", "CODE",
    "file.bai", "bank text", "bankref", "advice", "book.csv", "imported name", "no date", "person", "Inc.",
  ];
  const texts = [...secrets.texts].join("\n").toUpperCase();
  expect(kinds.filter((kind) => !texts.includes(`ALPHA-SECRET${kind.endsWith(".") && kind.length === 4 ? " " : "-"}${kind.toUpperCase()}`))).toEqual([]);
  expect([...secrets.texts].filter((text) => /^73\d{4}\.17$/.test(text)).length).toBeGreaterThan(8);
  expect([...secrets.texts].filter((text) => /^[0-9a-f-]{36}$/.test(text)).length).toBeGreaterThan(40);
  expect(secrets.texts).toContain((theirs.answers.find((it) => (it as { digest?: string }).digest && (it as { name: string }).name.includes("SECRET")) as { digest: string }).digest);
  expect(secrets.foundIn({ name: "x ALPHA-SECRET-account x" }, {})).toEqual(["name: ALPHA-SECRET-account"]);
});

test("every root field of the schema is probed, and every kind of object that has an id", () => {
  expect(Object.keys(PROBES).toSorted()).toEqual(fields().map(({ path }) => path).toSorted());
  const node = app.app.schema.getType("Node")!;
  const types = app.app.schema.getPossibleTypes(node as never).map(({ name }) => name);
  expect(Object.keys(attempts[0]!.facts.ids)).toEqual(expect.arrayContaining([...types, "Contact", "File", "Hold", "Member", "PayingRelationship", "ReasonMapping"]));
});

test("a probe with the company's own facts finds its own things, so that what finds nothing of others is no blunt tool", async () => {
  const own = new Secrets(await everythingOf(app, theirs), await everythingOf(app, ours), []);
  const { facts } = attempts[0]!;
  const blunt = [];
  for (const root of fields().filter(({ operation, path }) => operation !== "mutation" && path !== "Query.openItemDrift")) {
    const answers = await probe(theirs.everything, root, facts);
    if (answers.every(({ sent, answer }) => own.foundIn(answer, sent).length === 0)) blunt.push(root.path);
  }
  expect(blunt).toEqual([]);
}, LONG);

test("a person who may do everything in one company cannot tell what another company has from what nobody has", async () => {
  const different: string[] = [];
  // All questions come first: what the commands do in the own company is told by the questions after them.
  for (const operation of ["query", "mutation"]) {
    for (const root of requests().filter((it) => it.operation === operation)) {
      for (const { name, facts, ofNobody } of attempts) {
        const [told, toldOfNobody] = [await heard(root, facts), await heard(root, ofNobody)];
        if (told !== toldOfNobody) different.push(`${root.path} with ${name}:\n${told.slice(0, 2_000)}\n${toldOfNobody.slice(0, 2_000)}`);
      }
    }
  }
  expect(different).toEqual([]);
  expect(await rowsOf(app, companyId)).toEqual(before.rows);
  expect(await theirBooks()).toBe(before.seen);
}, LONG);

/** What a person who may do everything in the own company is told when asking with some facts. */
async function heard(root: RootField, facts: Facts): Promise<string> {
  const answers = await probe(ours.everything, root, facts);
  return answers.map(({ sent, answer }) => outcomeOf(root.operation === "query" ? answer : refusalsIn(answer), { sent, words: facts.words })).join("\n");
}

/** Why a command was not done. What it did do carries new ids and moments each time. */
function refusalsIn(answer: unknown): unknown {
  const { errors, data } = answer as { errors: unknown; data: Record<string, Record<string, unknown>> | null };
  const userErrors = Object.values(data ?? {}).flatMap((payload) => Object.entries(payload ?? {}).filter(([name]) => name.endsWith("userErrors")).map(([, it]) => it));
  return { errors, userErrors };
}

describe("nothing of one company is shown to", () => {
  const people: [string, () => Promise<string> | string | null][] = [
    ["a person who may do everything in another", () => ours.everything],
    ["the cash-application clerk of another", () => ours.company.as.clerk],
    ["the deductions analyst of another", () => ours.company.as.analyst],
    ["the collector of another", () => ours.company.as.collector],
    ["the controller of another", () => ours.company.as.controller],
    ["the BI reader of another", () => ours.company.as.biReader],
    ["the bookkeeping service of another", () => ours.company.as.bookkeeping],
    ["the administrator of another", () => ours.company.as.administrator],
    ["an operator, who founds companies and reads none", () => app.token("operator", { operator: true })],
    ["a person whom no company knows", () => app.token("stranger")],
    ["somebody without a token", () => null],
  ];
  test.each(people)("%s, whatever is asked or commanded", async (_person, tokenOf) => {
    // Whoever may do everything tries all; to the others the bluntest and the sharpest ways are left.
    await expectNothingLearned(await tokenOf(), requests(), tokenOf() === ours.everything ? attempts : attempts.filter(({ name }) => /^their code, ids|their keys/.test(name)));
    expect(await rowsOf(app, companyId)).toEqual(before.rows);
  }, LONG);

  test.each(people.filter(([person]) => /everything|collector|operator|no company/.test(person)))("%s, whatever is subscribed to, with cursors of the other company too", async (_person, tokenOf) => {
    await expectNothingLearned(await tokenOf(), subscriptions());
  }, LONG);

  test.each(people)("%s who uploads a file", async (_person, tokenOf) => {
    const token = await tokenOf();
    const told = [];
    for (const company of [theirs.company.code, "nobody-co"]) {
      const response = await fetch(`${app.url}/files?${new URLSearchParams({ name: "tried.csv", company })}`, { method: "POST", body: "x", headers: { "content-type": "text/csv", ...(token && { authorization: `Bearer ${token}` }) } });
      expect(response.status).toBe(token === null ? 401 : 403);
      const answer = await response.json();
      expect(secrets.foundIn(answer, { company })).toEqual([]);
      told.push(outcomeOf(answer, { company }));
    }
    expect(told[1]).toBe(told[0]);
    expect(await rowsOf(app, companyId)).toEqual(before.rows);
  });
});

test("a live client hears of its own company only, while both trade", async () => {
  await app.caughtUp();
  const listening = subscriptions().map((root) => ({ root, live: subscribe(app.url, ours.everything, documentOf(app.app.schema, root, []), {}) }));
  for (const { live } of listening) await live.next();
  const third = await seed(app, "CHARLIE", 918_000);
  const last = await seed(app, "DELTA", 655_000);
  expect([third, last].map(({ company }) => company.code)).toEqual(["charlie-co", "delta-co"]);
  await trade(theirs, "731900.17");
  await trade(ours, "1.23");
  for (const { root, live } of listening.filter(({ root: { path } }) => path !== "Subscription.importFinished")) {
    // A push of a silent stream only brings a newer cursor.
    let push = JSON.stringify(await live.next());
    while (/^\{"\w+":\{[^{}]*\}\}$/.test(push) && !push.includes("-LIVE")) push = JSON.stringify(await live.next());
    expect(`${root.path}: ${push}`).toContain("BRAVO-LIVE");
    expect(`${root.path}: ${push}`).not.toMatch(/ALPHA|CHARLIE|DELTA|731900/);
  }
  await Promise.all(listening.map(({ live }) => live.close()));
}, LONG);

/** An invoice that is paid short at once, so that every subscription has something to tell. */
async function trade({ company, everything }: Seeded, total: string): Promise<void> {
  const number = `${company.code.split("-")[0]!.toUpperCase()}-LIVE`;
  const commands = [
    [`mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { userErrors { message } } }`, { accountNumber: number, name: number, currency: "USD" }],
    [`mutation ($input: IssueInvoiceInput!) { issueInvoice(input: $input) { userErrors { message } } }`, { account: number, number, currency: "USD", invoicedOn: "2026-03-01", dueOn: "2026-03-31", total, lines: [{ description: number, amount: total }] }],
    [`mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { userErrors { message } } }`, { account: number, amount: "1.00", currency: "USD", receivedOn: "2026-03-20", payerName: number, lines: [{ reference: number, net: "1.00" }] }],
    [`mutation ($input: IssueInvoiceInput!) { issueInvoice(input: $input) { userErrors { message } } }`, { account: number, number: `${number}-2`, currency: "USD", invoicedOn: "2026-03-01", dueOn: "2026-03-31", total, lines: [{ description: number, amount: total }] }],
    [`mutation ($input: IssueCreditMemoInput!) { issueCreditMemo(input: $input) { userErrors { message } } }`, { account: number, number, invoice: `${number}-2`, currency: "USD", issuedOn: "2026-03-02", reason: "RETURN", total: "0.50", lines: [{ description: number, amount: "0.50" }] }],
    [`mutation ($input: IssueDebitMemoInput!) { issueDebitMemo(input: $input) { userErrors { message } } }`, { account: number, number, currency: "USD", issuedOn: "2026-03-02", reason: "OTHER", total: "0.50", lines: [{ description: number, amount: "0.50" }] }],
    [`mutation ($input: CreateTermsInput!) { createTerms(input: $input) { userErrors { message } } }`, { code: number, description: number }],
  ] as const;
  for (const [document, input] of commands) expect(Object.values(await app.query(everything, document, { input }))).toEqual([{ userErrors: [] }]);
}
