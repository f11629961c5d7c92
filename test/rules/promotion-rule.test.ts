import { openTestApp, type TestApp } from "../kit/app.ts";
import { PromotionsDocument, RecordPromotionDocument, type RecordPromotionInput } from "../kit/gql.ts";
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
  await it.books.reason({ customerCode: "77", reason: "PROMOTION", effectiveFrom: "2020-01-01" });
});
afterEach(async () => {
  expect(await brokenRules(app.db, await it.companyId())).toEqual([]);
  for (const { kept, found } of await it.replayed()) expect(found).toEqual(kept);
});

const promise = async (code: string, input: Partial<RecordPromotionInput> = {}): Promise<void> => {
  const usual = { account: it.customer.account, code, description: "Ten percent off in spring", validFrom: "2026-03-01", validTo: "2026-03-10", currency: "USD", accrued: "150.00" };
  const { userErrors } = (await app.query(it.books.company.as.controller, RecordPromotionDocument, { input: { ...usual, ...input } })).recordPromotion;
  expect(userErrors).toEqual([]);
};
const left = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await app.query(it.books.company.as.analyst, PromotionsDocument)).promotions!.edges!.map((edge) => [edge!.node!.code, edge!.node!.left.amount]));
/** Why the first rule did not hit, of some deductions. */
const missed = async (...ids: string[]) => (await it.apply(...ids)).attempts!.map(({ outcome, tried }) => outcome ?? tried![0]!.miss);

test("what is for the only promotion that fits is settled against it, in the payment that takes it, and undone gives it back", async () => {
  await it.rule({ kind: "PROMOTION" });
  await promise("SPRING-26");
  const id = await it.short(await it.bill(), "100.00", { code: "77" });
  expect(await it.of(id)).toMatchObject({
    open: { amount: "0.00" }, case: { state: "AUTO_RESOLVED", verdict: "VALID", decidedBy: null },
    activities: [{ action: "AUTO_RESOLVE", by: null, note: "Rule promotion, version 1: settled against promotion SPRING-26, 80 percent sure." }],
    settlements: [{ settledOn: "2026-03-20", by: null, parts: [{ kind: "PROMOTION", amount: { amount: "100.00" } }] }],
    autoResolution: { rule: { key: "promotion", kind: "PROMOTION", minConfidence: 80 }, outcome: "SETTLED", tried: [] },
  });
  const { autoResolution, settlements } = await it.of(id);
  expect(JSON.parse(autoResolution!.inputs).facts.promotion).toMatchObject({ words: expect.arrayContaining(["77"]), invoicedOn: "2026-03-01", takenOn: "2026-03-20", offers: [{ code: "SPRING-26", leftMinor: { digits: "15000" }, billed: true }] });
  expect(await left()).toEqual({ "SPRING-26": "50.00" });
  expect((await it.analyst.undo(settlements[0]!.id)).userErrors).toEqual([]);
  expect(await left()).toEqual({ "SPRING-26": "150.00" });
  expect(await it.of(id)).toMatchObject({ open: { amount: "100.00" }, case: { state: "OPEN", verdict: null } });
});

test("what one deduction took, the next of the same payment does not find any more", async () => {
  await it.rule({ kind: "PROMOTION" });
  await promise("SPRING-26");
  const lines = [await it.bill(), await it.bill()].map((reference) => ({ reference, gross: "1000.00", deduction: "100.00", customerCode: "77" }));
  const { payment } = await it.books.pay({ account: it.customer.account, amount: "1800.00", lines });
  expect(await Promise.all(payment!.deductions.map(async ({ id }) => (await it.of(id)).case.state))).toEqual(["AUTO_RESOLVED", "CAPTURED"]);
  expect(await left()).toEqual({ "SPRING-26": "50.00" });
});

test("two payments that come at the same moment take no more of a promotion than it has", async () => {
  await it.rule({ kind: "PROMOTION" });
  await promise("SPRING-26");
  const [first, second] = [await it.bill(), await it.bill()];
  const ids = await Promise.all([first, second].map((reference) => it.short(reference, "100.00", { code: "77" })));
  expect((await Promise.all(ids.map(async (id) => (await it.of(id)).case.state))).sort()).toEqual(["AUTO_RESOLVED", "CAPTURED"]);
  expect(await left()).toEqual({ "SPRING-26": "50.00" });
});

test("what the customer names in its claim number, its code or the text of its line is sure, whatever the reason, and of several promotions too", async () => {
  await it.rule({ kind: "PROMOTION", minConfidence: 100 });
  for (const code of ["SPRING-26", "TPR.7", "BOGO", "OTHER"]) await promise(code);
  const named = [await it.short(await it.bill(), "100.00", { claimNumber: "spring-26" }), await it.short(await it.bill(), "100.00", { code: "bogo" })];
  const line = { reference: await it.bill(), gross: "1000.00", deduction: "100.00", customerCode: "22", comment: "As agreed (tpr.7), see our letter." };
  const { payment } = await it.books.pay({ account: it.customer.account, amount: "900.00", lines: [line] });
  const states = await Promise.all([...named, payment!.deductions[0]!.id].map(async (id) => (await it.of(id)).case.state));
  expect(states).toEqual(["AUTO_RESOLVED", "AUTO_RESOLVED", "AUTO_RESOLVED"]);
  expect(await left()).toEqual({ "SPRING-26": "50.00", "TPR.7": "50.00", BOGO: "50.00", OTHER: "150.00" });
});

test("what the rule is not sure enough of is proposed by code, and told with the rule that hits instead", async () => {
  const { deductionAnalysts } = await app.query(it.books.company.as.analyst, `{ deductionAnalysts { id } }`);
  await it.rule({ kind: "PROMOTION", minConfidence: 61 });
  await it.rule({ kind: "ROUTE", position: 20, ownerId: deductionAnalysts[0].id });
  await promise("SPRING-26");
  const id = await it.short(await it.bill(), "100.00", { code: "unheard-of" });
  expect(await it.of(id)).toMatchObject({ case: { state: "CAPTURED" }, settlements: [], autoResolution: { outcome: "ROUTED", tried: [{ key: "promotion", miss: "UNSURE", promotion: "SPRING-26", confidence: 60 }] } });
  expect(await left()).toEqual({ "SPRING-26": "150.00" });
  const again = `mutation ($input: ApplyResolutionRulesInput!) { applyResolutionRules(input: $input) { attempts { tried { miss promotion confidence } } } }`;
  expect((await app.query(it.books.company.as.analyst, again, { input: { deductionIds: [id] } })).applyResolutionRules.attempts).toEqual([
    { tried: [{ miss: "UNSURE", promotion: "SPRING-26", confidence: 60 }, { miss: "HAS_OWNER", promotion: null, confidence: null }] },
  ]);
  await it.retire("promotion");
  expect(await missed(id)).toEqual(["HAS_OWNER"]);
  await it.rule({ kind: "PROMOTION", minConfidence: 60 });
  expect(await missed(id)).toEqual(["SETTLED"]);
  expect(await left()).toEqual({ "SPRING-26": "50.00" });
});

test("nothing is settled against a promotion that did not run, has too little left, is for another item, customer or currency, or where several fit", async () => {
  await it.rule({ kind: "PROMOTION" });
  const other = await it.books.customer();
  await promise("FOREIGN", { account: other.account });
  await promise("EURO", { currency: "EUR" });
  await promise("LATER", { validFrom: "2026-03-02" });
  await promise("OVER", { validFrom: "2026-02-01", validTo: "2026-02-28" });
  await promise("SMALL", { accrued: "99.99" });
  await promise("ITEM", { item: "Bottle" });
  const short = async (more: object = {}): Promise<string> => it.short(await it.bill(), "100.00", { code: "77", ...more });
  const ids = [await short(), await short({ claimNumber: "OVER" }), await short({ claimNumber: "SMALL" }), await short({ claimNumber: "EURO" }), await short({ claimNumber: "FOREIGN" }), await short({ code: "22" })];
  expect(await missed(...ids)).toEqual(["NO_PROMOTION", "PROMOTION_OVER", "PROMOTION_TOO_SMALL", "NO_PROMOTION", "NO_PROMOTION", "NO_PROMOTION"]);
  await it.books.bill(it.customer.account, { number: "B-1", total: "1000.00", lines: [{ item: "BOTTLE", description: "Bottles", amount: "1000.00" }] });
  const id = await it.short("B-1", "100.00", { code: "77" });
  expect((await it.of(id)).case.state).toBe("AUTO_RESOLVED");
  expect((await left())["ITEM"]).toBe("50.00");
  for (const code of ["ONE", "TWO"]) await promise(code);
  expect(await missed(ids[0]!)).toEqual(["SEVERAL_PROMOTIONS"]);
});
