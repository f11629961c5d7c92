import { subscribe } from "../kit/live.ts";
import { documentOf, PROBES } from "./probes.ts";
import { everythingOf, outcomeOf, rowsOf, Secrets } from "./secrets.ts";
import { daysToSoon, type Seeded, seed } from "./seed.ts";
import { app, attempts, before, companyId, expectNothingLearned, fields, LONG, openTwo, ours, probe, requests, secrets, subscriptions, theirs } from "./two-companies.ts";

beforeAll(openTwo, LONG);
afterAll(() => app.close());

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

/** What has nothing of a company in it: sound books have no drift, the steps of a deduction and the public codes are everybody's, and a preview says again what was asked. */
const SAME_FOR_ALL = ["Query.openItemDrift", "Query.deductionTransitions", "Query.standardReasonCodes", "Query.previewSettlement"];

test("a probe with the company's own facts finds its own things, so that what finds nothing of others is no blunt tool", async () => {
  const own = new Secrets(await everythingOf(app, theirs), await everythingOf(app, ours), []);
  const { facts } = attempts[0]!;
  const blunt = [];
  for (const root of fields().filter(({ operation, path }) => operation !== "mutation" && !SAME_FOR_ALL.includes(path))) {
    const answers = await probe(theirs.everything, root, facts);
    if (answers.every(({ sent, answer }) => own.foundIn(answer, sent).length === 0)) blunt.push(root.path);
  }
  expect(blunt).toEqual([]);
}, LONG);

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
  // What a clerk, an analyst, a reader or a bookkeeping service may do is part of what the first and the controller may; they try uploads below.
  test.each(people.filter(([person]) => !/clerk|analyst|BI reader|bookkeeping/.test(person)))("%s, whatever is asked or commanded", async (_person, tokenOf) => {
    // Whoever may do everything tries all; a controller, who may do most, the bluntest and the sharpest way; the others, who may do less, the bluntest.
    const ways = tokenOf() === ours.everything ? /./ : tokenOf() === ours.company.as.controller ? /^their code, ids|their keys/ : /^their code, ids/;
    await expectNothingLearned(await tokenOf(), requests(), attempts.filter(({ name }) => ways.test(name)));
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

  test.each(people)("%s who asks for its files", async (_person, tokenOf) => {
    const token = await tokenOf();
    const { ids } = attempts[0]!.facts;
    const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
    for (const id of ids["File"]!) {
      const response = await fetch(`${app.url}/files/${id}`, { headers });
      expect(response.status).toBe(token === null ? 401 : 404);
      expect(secrets.foundIn(await response.json(), { id })).toEqual([]);
    }
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
    [`mutation ($input: RecordClaimInput!) { recordClaim(input: $input) { userErrors { message } } }`, { account: number, number, amount: "0.50", currency: "USD", receivedOn: "2026-03-02" }],
    [`mutation ($input: CreateTermsInput!) { createTerms(input: $input) { userErrors { message } } }`, { code: number, description: number }],
  ] as const;
  for (const [document, input] of commands) expect(Object.values(await app.query(everything, document, { input }))).toEqual([{ userErrors: [] }]);
  const windows = { windows: [{ account: number, days: daysToSoon("2026-03-21") }], effectiveOn: "2026-01-01" };
  expect(await app.query(everything, `mutation ($input: SetDisputeWindowsInput!) { setDisputeWindows(input: $input) { userErrors { message } } }`, { input: windows })).toEqual({ setDisputeWindows: { userErrors: [] } });
  const short = { account: number, amount: "0.20", currency: "USD", receivedOn: "2026-03-21", payerName: number, lines: [{ reference: `${number}-2`, gross: "0.40", deduction: "0.20" }] };
  const { recordPayment } = await app.query(everything, `mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { payment { deductions { id } } userErrors { message } } }`, { input: short });
  const input = { deductionId: recordPayment.payment.deductions[0].id, note: number };
  expect(await app.query(everything, `mutation ($input: NoteDeductionInput!) { noteDeduction(input: $input) { userErrors { message } } }`, { input })).toEqual({ noteDeduction: { userErrors: [] } });
  await app.query(everything, `mutation { tellDeadlines(input: {}) { told } }`);
}
