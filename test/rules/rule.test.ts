import { openTestApp, type TestApp } from "../kit/app.ts";
import type { SetResolutionRuleInput } from "../kit/gql.ts";
import { statementNames } from "../kit/statements.ts";
import { brokenRules, keepItemHistory } from "../openitems/rules-of-books.ts";
import { RuleBook } from "./rule-book.ts";

let app: TestApp;
let it: RuleBook;
beforeAll(async () => {
  app = await openTestApp();
  await keepItemHistory(app.db);
});
afterAll(() => app.close());
beforeEach(async () => {
  it = await RuleBook.open(app);
});
afterEach(async () => {
  expect(await brokenRules(app.db, await it.companyId())).toEqual([]);
  for (const { kept, found } of await it.replayed()) expect(found).toEqual(kept);
});

const analyst = async (): Promise<{ id: string; name: string }> => (await app.query(it.books.company.as.analyst, `{ deductionAnalysts { id name } }`)).deductionAnalysts[0];

test("rules are versions with their day and their author, and each counts until the next of its key", async () => {
  await it.rule({ kind: "NET_CREDIT", maxAmount: "100.00", effectiveOn: "2026-01-01" });
  await it.rule({ kind: "NET_CREDIT", maxAmount: "200.00", effectiveOn: "2026-07-01", reason: "SHORTAGE", account: it.customer.account });
  await it.rule({ kind: "DUPLICATE", position: 5 });
  const seen = async (on: string) => (await it.inForce(on)).map(({ key, version, maxAmount }) => [key, version, maxAmount?.amount ?? null]);
  expect(await seen("2025-12-31")).toEqual([]);
  expect(await seen("2026-06-30")).toEqual([["duplicate", 1, null], ["net_credit", 1, "100.00"]]);
  expect(await seen("2026-07-01")).toEqual([["duplicate", 1, null], ["net_credit", 2, "200.00"]]);
  expect((await it.retire("net_credit", "2026-08-01")).resolutionRules!.map(({ key }) => key)).toEqual(["duplicate"]);
  expect(await seen("2026-07-31")).toEqual([["duplicate", 1, null], ["net_credit", 2, "200.00"]]);
  await it.rule({ kind: "NET_CREDIT", maxAmount: "300.00", effectiveOn: "2026-08-01" });
  expect((await it.inForce("2026-08-01"))[1]).toMatchObject({
    key: "net_credit", version: 4, kind: "NET_CREDIT", position: 10, reason: null, customerId: null, accountNumber: null, currency: "USD", maxAmount: { amount: "300.00" }, chargeBack: false, retired: false, effectiveOn: "2026-08-01", recordedBy: expect.any(String),
  });
  expect((await it.inForce("2026-07-01"))[1]).toMatchObject({ reason: "SHORTAGE", customerId: it.customer.id, accountNumber: it.customer.account });
  expect((await it.retire("no such rule")).userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["key"] }]);
});

test("two who set the same rule at once make two versions of it", async () => {
  await Promise.all(Array.from({ length: 4 }, (_, index) => it.rule({ kind: "NET_CREDIT", maxAmount: `${index + 1}.00` })));
  expect(await it.inForce()).toMatchObject([{ version: 4 }]);
});

test.each<[string, Partial<SetResolutionRuleInput> & Pick<SetResolutionRuleInput, "kind">, string, string]>([
  ["without a limit, though it settles", { kind: "NET_CREDIT", maxAmount: null }, "VALUE_INVALID", "maxAmount"],
  ["up to nothing", { kind: "NET_CREDIT", maxAmount: "0.00" }, "AMOUNT_INVALID", "maxAmount"],
  ["of an amount that is none", { kind: "NET_CREDIT", maxAmount: "1.001" }, "AMOUNT_INVALID", "maxAmount"],
  ["of a currency that is none", { kind: "NET_CREDIT", currency: "XXX" }, "CURRENCY_UNKNOWN", "currency"],
  ["for a customer that is not there", { kind: "DUPLICATE", account: "nobody" }, "NOT_FOUND", "account"],
  ["for discounts that were not earned", { kind: "NET_CREDIT", reason: "UNEARNED_DISCOUNT" }, "VALUE_INVALID", "reason"],
  ["without a name", { kind: "DUPLICATE", key: " " }, "VALUE_INVALID", "key"],
  ["against promotions, however sure it is", { kind: "PROMOTION", minConfidence: null }, "VALUE_INVALID", "minConfidence"],
  ["that gives work to nobody", { kind: "ROUTE" }, "VALUE_INVALID", "ownerId"],
])("a rule is refused %s", async (_name, wish, code, field) => {
  expect((await it.set(wish)).userErrors).toMatchObject([{ code, field: [field] }]);
  expect(await it.inForce()).toEqual([]);
});

test("rules are set by whoever grants roles, and by nobody who works or approves deductions", async () => {
  const input = { key: "mine", kind: "DUPLICATE", position: 1, currency: "USD" };
  for (const who of ["analyst", "controller", "clerk"] as const) {
    const answer = await app.ask(it.books.company.as[who], `mutation ($input: SetResolutionRuleInput!) { setResolutionRule(input: $input) { userErrors { code } } }`, { input });
    expect(answer.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  }
  const clerk = await app.ask(it.books.company.as.clerk, `mutation { applyResolutionRules(input: { deductionIds: [] }) { userErrors { code } } }`);
  expect(clerk.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
});

test("the first rule that hits counts, and why those before it did not is told; a rule that changes later changes nothing that was done", async () => {
  const { id: ownerId, name } = await analyst();
  await it.rule({ kind: "ROUTE", position: 30, ownerId });
  await it.rule({ kind: "DUPLICATE", position: 10 });
  await it.rule({ kind: "NET_CREDIT", position: 20, reason: "PRICE" });
  await it.rule({ kind: "NET_CREDIT", key: "never", position: 40 });
  const id = await it.short(await it.bill(), "100.00");
  expect(await it.of(id)).toMatchObject({
    case: { state: "CAPTURED", owner: name }, activities: [{ action: "ASSIGN", from: "CAPTURED", to: "CAPTURED", by: null, note: "Rule route, version 1: given to whom it belongs." }],
    autoResolution: { rule: { key: "route", kind: "ROUTE", ownerId, owner: name }, outcome: "ROUTED", tried: [{ key: "duplicate", version: 1, miss: "NOTHING_EARLIER" }, { key: "net_credit", version: 1, miss: "OTHER_REASON" }] },
  });
  const before = (await it.of(id)).autoResolution;
  expect(JSON.parse(before!.inputs).rules.map(({ key }: { key: string }) => key)).toEqual(["duplicate", "net_credit", "route"]);
  await it.rule({ kind: "ROUTE", position: 1, ownerId, reason: "PRICE" });
  await it.retire("duplicate");
  expect((await it.of(id)).autoResolution).toEqual(before);
  expect((await it.apply(id)).attempts).toMatchObject([{ outcome: null, tried: [{ key: "route", version: 2, miss: "OTHER_REASON" }, { key: "net_credit", miss: "OTHER_REASON" }, { key: "never", miss: "NO_CREDIT" }] }]);
  await it.rule({ kind: "ROUTE", position: 1, ownerId });
  expect((await it.apply(id)).attempts![0]!.tried![0]).toMatchObject({ key: "route", version: 3, miss: "HAS_OWNER" });
});

test("what was taken before there were rules is resolved when they are tried on it, counting from today; what somebody took up is theirs", async () => {
  const [one, two] = [await it.short(await it.bill(), "100.00", { claimNumber: "CM-1" }), await it.short(await it.bill(), "100.00", { claimNumber: "CM-2" })];
  await it.credit("CM-1", "100.00");
  await it.credit("CM-2", "100.00");
  await it.analyst.work(two, "TAKE_UP");
  await it.rule({ kind: "NET_CREDIT" });
  expect((await it.apply(one, two)).attempts).toMatchObject([{ outcome: "SETTLED" }, { outcome: null, tried: null }]);
  expect((await it.of(one)).settlements).toMatchObject([{ settledOn: new Date().toISOString().slice(0, 10) }]);
  expect((await it.of(two)).case.state).toBe("OPEN");
});

test("a rule is not tried before its day, nor once it was retired", async () => {
  await it.rule({ kind: "NET_CREDIT", effectiveOn: "2199-01-01" });
  await it.rule({ kind: "NET_CREDIT", key: "gone" });
  await it.retire("gone");
  await it.credit("CM-1", "100.00");
  const id = await it.short(await it.bill(), "100.00", { claimNumber: "CM-1" });
  expect((await it.apply(id)).attempts).toEqual([{ deduction: { id }, outcome: null, tried: [] }]);
});

test("rules are tried on from 1 to 1,000 deductions, each named once, of the own company", async () => {
  const id = await it.short(await it.bill(), "100.00");
  expect((await it.apply(id, id)).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["deductionIds"] }]);
  expect((await it.apply(...Array.from({ length: 1_001 }, () => id))).userErrors).toMatchObject([{ code: "LIMIT_EXCEEDED" }]);
  const stranger = await RuleBook.open(app);
  const theirs = await stranger.short(await stranger.bill(), "100.00");
  expect((await it.apply(id, theirs)).userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
});

test("what rules did with however many deductions is read by one statement of each kind", async () => {
  const { id: ownerId } = await analyst();
  await it.rule({ kind: "ROUTE", ownerId });
  const read = async (): Promise<string[]> => {
    const text = `query ($customerId: ID!) { deductions(customerId: $customerId, first: 50) { edges { node { autoResolution { outcome rule { key owner } } } } } }`;
    return (await statementNames(() => app.query(it.books.company.as.analyst, text, { customerId: it.customer.id }))).filter((name) => name.startsWith("rules.")).sort();
  };
  await it.short(await it.bill(), "1.00");
  expect(await read()).toEqual(["rules.byKeys", "rules.hits"]);
  for (const amount of ["2.00", "3.00", "4.00"]) await it.short(await it.bill(), amount);
  expect(await read()).toEqual(["rules.byKeys", "rules.hits"]);
});

test("the share of what rules resolved counts what they settled and charged back, and not what was undone, or what they decided or gave to somebody", async () => {
  const { id: ownerId } = await analyst();
  await it.rule({ kind: "NET_CREDIT", position: 1 });
  await it.rule({ kind: "DUPLICATE", position: 2, chargeBack: true, maxAmount: "50.00" });
  await it.rule({ kind: "DUPLICATE", key: "decides", position: 3 });
  await it.rule({ kind: "ROUTE", position: 4, ownerId });
  await it.credit("CM-1", "100.00");
  const netted = await it.short(await it.bill(), "100.00", { claimNumber: "CM-1" });
  for (const amount of ["50.00", "50.00", "60.00", "60.00"]) await it.short(await it.bill({ purchaseOrder: "PO" }), amount);
  const measured = async () => (await app.query(it.books.company.as.analyst, `{ deductionMeasures(from: "2026-01-01", to: "2026-12-31") { takenCount autoResolvedRate autoResolvedCountRate } }`)).deductionMeasures;
  expect(await measured()).toEqual([{ takenCount: 5, autoResolvedRate: 0.46875, autoResolvedCountRate: 0.4 }]);
  await it.analyst.undo((await it.of(netted)).settlements[0]!.id);
  expect(await measured()).toEqual([{ takenCount: 5, autoResolvedRate: 0.15625, autoResolvedCountRate: 0.2 }]);
});
