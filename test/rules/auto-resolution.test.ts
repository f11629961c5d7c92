import { Researcher } from "../evidence/researcher.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { ResearchDeductionDocument } from "../kit/gql.ts";
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
/** Whatever a rule did, the books balance, and every hit is found again from what was kept with it. */
afterEach(async () => {
  expect(await brokenRules(app.db, await it.companyId())).toEqual([]);
  for (const { kept, found } of await it.replayed()) expect(found).toEqual(kept);
});

describe("a credit memo that the customer has", () => {
  test("settles what names it, in the payment that takes it, as nobody, on the day it was taken", async () => {
    await it.rule({ kind: "NET_CREDIT" });
    await it.credit("CM-7", "120.00");
    const id = await it.short(await it.bill(), "100.00", { claimNumber: "cm-7", on: "2026-03-21" });
    expect(await it.of(id)).toMatchObject({
      open: { amount: "0.00" }, case: { state: "AUTO_RESOLVED", verdict: "VALID", owner: null, decidedBy: null },
      activities: [{ action: "AUTO_RESOLVE", from: "CAPTURED", to: "AUTO_RESOLVED", by: null, note: "Rule net_credit, version 1: netted with credit memo CM-7." }],
      settlements: [{ settledOn: "2026-03-21", by: null, parts: [{ kind: "NETTING", amount: { amount: "100.00" } }] }],
      autoResolution: { rule: { key: "net_credit" }, version: 1, outcome: "SETTLED", tried: [] },
    });
    const { autoResolution, settlements } = await it.of(id);
    expect(autoResolution!.settlementId).toBe(settlements[0]!.id);
    expect(JSON.parse(autoResolution!.inputs)).toMatchObject({ rules: [{ key: "net_credit", version: 1, maxMinor: { digits: "15000" } }], facts: { numberKeys: ["CM-7", expect.stringMatching(/^I-/)], credits: [{ number: "CM-7", openMinor: { digits: "12000" } }] } });
    expect(await it.left("CM-7")).toBe("20.00");
    expect((await it.replayed()).map(({ found }) => found.hit?.action)).toEqual([expect.objectContaining({ kind: "NET", number: "CM-7" })]);
  });

  test("about the same invoice with exactly its amount left settles it, once rules are tried again; two such are left to a person", async () => {
    await it.rule({ kind: "NET_CREDIT" });
    const [first, second] = [await it.bill(), await it.bill()];
    const [one, two] = [await it.short(first, "100.00"), await it.short(second, "50.00")];
    await it.credit("CM-1", "100.00", { invoice: first });
    await it.credit("CM-2", "50.00", { invoice: second });
    await it.credit("CM-3", "50.00", { invoice: second });
    expect((await it.apply(two, one)).attempts).toEqual([
      { deduction: { id: two }, outcome: null, tried: [{ key: "net_credit", version: 1, miss: "SEVERAL_CREDITS" }] },
      { deduction: { id: one }, outcome: "SETTLED", tried: [] },
    ]);
    expect([await it.left("CM-1"), await it.left("CM-2"), await it.left("CM-3")]).toEqual(["0.00", "50.00", "50.00"]);
    expect(await it.of(two)).toMatchObject({ case: { state: "CAPTURED" }, autoResolution: null });
    expect((await it.apply(one)).attempts).toEqual([{ deduction: { id: one }, outcome: null, tried: null }]);
  });

  test("is used by one of two payments that come at the same moment", async () => {
    await it.rule({ kind: "NET_CREDIT" });
    await it.credit("CM-7", "100.00");
    const [first, second] = [await it.bill(), await it.bill()];
    const ids = await Promise.all([first, second].map((reference) => it.short(reference, "100.00", { claimNumber: "CM-7" })));
    expect((await Promise.all(ids.map(async (id) => (await it.of(id)).case.state))).sort()).toEqual(["AUTO_RESOLVED", "CAPTURED"]);
    expect(await it.left("CM-7")).toBe("0.00");
  });

  test("is used once by a payment that takes two deductions by its number", async () => {
    await it.rule({ kind: "NET_CREDIT" });
    await it.credit("CM-7", "150.00");
    const lines = [await it.bill(), await it.bill()].map((reference) => ({ reference, gross: "1000.00", deduction: "100.00", customerCode: "22", claimNumber: "CM-7" }));
    const { payment } = await it.books.pay({ account: it.customer.account, amount: "1800.00", lines });
    const [one, two] = payment!.deductions;
    expect([(await it.of(one!.id)).case.state, (await it.of(two!.id)).case.state]).toEqual(["AUTO_RESOLVED", "CAPTURED"]);
    expect((await it.apply(two!.id)).attempts).toMatchObject([{ outcome: null, tried: [{ miss: "CREDIT_TOO_SMALL" }] }]);
  });

  test("that settled it has it back when that is undone, and the deduction is somebody's to open", async () => {
    await it.rule({ kind: "NET_CREDIT" });
    await it.credit("CM-7", "100.00");
    const id = await it.short(await it.bill(), "100.00", { claimNumber: "CM-7" });
    const { settlements } = await it.of(id);
    expect((await it.analyst.undo(settlements[0]!.id)).userErrors).toEqual([]);
    expect(await it.of(id)).toMatchObject({ open: { amount: "100.00" }, case: { state: "OPEN", verdict: null }, autoResolution: { outcome: "SETTLED" } });
    expect(await it.left("CM-7")).toBe("100.00");
    expect(await it.steps(id)).toEqual(["AUTO_RESOLVE CAPTURED AUTO_RESOLVED", "REOPEN AUTO_RESOLVED OPEN"]);
    expect((await it.apply(id)).attempts).toMatchObject([{ outcome: null, tried: null }]);
  });

  test("does not settle what nobody may approve", async () => {
    await it.rule({ kind: "NET_CREDIT" });
    for (const role of ["CONTROLLER", "FINANCE_DIRECTOR"]) {
      await app.query(it.books.company.as.administrator, `mutation ($input: SetApprovalLimitInput!) { setApprovalLimit(input: $input) { userErrors { message } } }`, { input: { role, currency: "USD", amount: "99.99", effectiveOn: "2026-01-01" } });
    }
    await it.credit("CM-7", "100.00");
    const id = await it.short(await it.bill(), "100.00", { claimNumber: "CM-7" });
    expect((await it.apply(id)).attempts).toMatchObject([{ outcome: null, tried: [{ miss: "ABOVE_EVERY_LIMIT" }] }]);
  });
});

describe("what was deducted before", () => {
  test("is found not valid, with the earlier one named, and left to a person to charge back", async () => {
    await it.rule({ kind: "DUPLICATE" });
    const first = await it.short(await it.bill({ purchaseOrder: "PO-9" }), "100.00", { on: "2026-03-02" });
    const id = await it.short(await it.bill({ purchaseOrder: " po-9" }), "100.00", { on: "2026-03-20" });
    expect((await it.of(first)).case.state).toBe("CAPTURED");
    expect(await it.of(id)).toMatchObject({
      open: { amount: "100.00" }, case: { state: "DECIDED", verdict: "INVALID", decidedBy: null, allowedActions: ["SUBMIT", "DENY"] }, settlements: [],
      activities: [{ action: "DECIDE", from: "CAPTURED", to: "DECIDED", by: null, note: "Rule duplicate, version 1: the same was deducted on 2026-03-02." }],
      autoResolution: { outcome: "DECIDED", settlementId: null },
    });
    expect((await it.analyst.settle(id, [{ kind: "CHARGEBACK", amount: "100.00" }])).deduction).toMatchObject({ case: { state: "DENIED" } });
  });

  test("is charged back where the rule says so, up to its limit, and settled once the customer pays that", async () => {
    await it.rule({ kind: "DUPLICATE", chargeBack: true, maxAmount: "100.00" });
    const short = async (amount: string) => {
      await it.short(await it.bill({ purchaseOrder: `PO-${amount}` }), amount);
      return it.short(await it.bill({ purchaseOrder: `PO-${amount}` }), amount);
    };
    const [above, within] = [await short("100.01"), await short("100.00")];
    expect((await it.of(above)).case.state).toBe("CAPTURED");
    expect(await it.of(within)).toMatchObject({ open: { amount: "0.00" }, case: { state: "DENIED", verdict: "INVALID" }, settlements: [{ parts: [{ kind: "CHARGEBACK" }] }], autoResolution: { outcome: "CHARGED_BACK" } });
    expect(await it.steps(within)).toEqual(["DECIDE CAPTURED DECIDED", "DENY DECIDED DENIED"]);
    const { debitMemos } = await app.query(it.books.company.as.analyst, `{ debitMemos { edges { node { number } } } }`);
    await it.books.pay({ account: it.customer.account, amount: "100.00", receivedOn: "2026-04-01", lines: [{ reference: debitMemos.edges[0].node.number, net: "100.00" }] });
    expect((await it.of(within)).case.state).toBe("SETTLED");
  });

  test("is not the same for another reason, under another claim number, by the same payment, or once it was put back onto its invoice", async () => {
    await it.rule({ kind: "DUPLICATE" });
    const about = { purchaseOrder: "PO-9" };
    await it.short(await it.bill(about), "100.00", { claimNumber: "A" });
    const others = [await it.short(await it.bill(about), "100.00", { code: "50" }), await it.short(await it.bill(about), "100.00", { claimNumber: "B" }), await it.short(await it.bill(about), "100.01")];
    const lines = [await it.bill({ purchaseOrder: "PO-8" }), await it.bill({ purchaseOrder: "PO-8" })].map((reference) => ({ reference, gross: "1000.00", deduction: "70.00", customerCode: "22" }));
    const { payment } = await it.books.pay({ account: it.customer.account, amount: "1860.00", lines });
    const number = await it.bill();
    const back = await it.short(number, "60.00");
    await it.analyst.work(back, "TAKE_UP");
    await it.analyst.decide(back, "0.00");
    await it.analyst.settle(back, [{ kind: "REVERSAL", amount: "60.00" }]);
    const whole = { reference: await it.bill(), net: "1000.00" };
    const again = await it.books.pay({ account: it.customer.account, amount: "1000.00", lines: [whole, { reference: number, gross: "60.00", deduction: "60.00", customerCode: "22" }] });
    const left = [...others, ...payment!.deductions.map((taken) => taken.id), again.payment!.deductions[0]!.id];
    expect(await Promise.all(left.map(async (id) => (await it.of(id)).case.state))).toEqual(left.map(() => "CAPTURED"));
  });

  test("and what was credited before and is used up, is denied by the credit memo", async () => {
    await it.rule({ kind: "DUPLICATE" });
    const number = await it.bill();
    await it.credit("CM-5", "100.00", { invoice: number, reason: "SHORTAGE" });
    const id = await it.short(number, "100.00", { gross: "900.00" });
    expect(await it.of(id)).toMatchObject({ case: { state: "DECIDED" }, activities: [{ note: "Rule duplicate, version 1: the same was credited on 2026-03-10 by CM-5." }] });
  });
});

describe("what the receiver signed for", () => {
  const goods = (quantity: string, more: object = {}) => [{ item: "BOTTLE", quantity, unit: "EACH", ...more }];
  const paper = (kind: "INVOICE" | "POD", document: object) => ({ kind, document: JSON.stringify(document) });
  /** Takes 200.00 of 500 bottles at 2.00, of which so many were signed for, and compares the papers. */
  const compared = async (signed: string): Promise<string> => {
    const id = await it.short(await it.bill(), "200.00");
    const researcher = new Researcher(it.books);
    for (const evidence of [paper("INVOICE", { number: "I-1", invoicedOn: "2026-03-01", lines: goods("500", { amount: "1000.00" }) }), paper("POD", { number: "P-1", receivedOn: "2026-03-05", lines: goods(signed) })]) {
      expect((await researcher.add(id, evidence)).userErrors).toEqual([]);
    }
    await app.query(it.books.company.as.analyst, ResearchDeductionDocument, { input: { deductionId: id } });
    return id;
  };

  test("in full, is denied; short by what was taken, is credited up to the limit; and nothing is where it proves neither", async () => {
    await it.rule({ kind: "POD_FULL" });
    await it.rule({ kind: "POD_SHORT", maxAmount: "200.00" });
    const [full, less, between, none] = [await compared("500"), await compared("400"), await compared("450"), await it.short(await it.bill(), "200.00")];
    expect((await it.apply(full, less, between, none)).attempts!.map(({ outcome, tried }) => [outcome, tried!.map(({ miss }) => miss)])).toEqual([
      ["DECIDED", []], ["SETTLED", ["NOT_PROVED"]], [null, ["NOT_PROVED", "NOT_PROVED"]], [null, ["NOT_RESEARCHED", "NOT_RESEARCHED"]],
    ]);
    expect(await it.of(full)).toMatchObject({ open: { amount: "200.00" }, case: { state: "DECIDED", verdict: "INVALID" } });
    expect((await it.of(full)).activities.at(-1)!.note).toBe("Rule pod_full, version 1: the receiver signed for all that was billed.");
    expect(await it.of(less)).toMatchObject({ open: { amount: "0.00" }, case: { state: "AUTO_RESOLVED", verdict: "VALID" }, settlements: [{ parts: [{ kind: "CREDIT_MEMO", amount: { amount: "200.00" } }] }] });
  });

  test("decides nothing once a paper came, until the papers are those that were compared", async () => {
    await it.rule({ kind: "POD_FULL", chargeBack: true, maxAmount: "200.00" });
    const id = await compared("500");
    const researcher = new Researcher(it.books);
    await researcher.add(id, paper("POD", { number: "P-2", receivedOn: "2026-03-06", lines: goods("1") }));
    expect((await it.apply(id)).attempts).toMatchObject([{ outcome: null, tried: [{ miss: "PAPERS_CHANGED" }] }]);
    await researcher.withdraw((await researcher.of(id)).evidence.find(({ reference }) => reference === "P-2")!.id);
    expect((await it.apply(id)).attempts).toMatchObject([{ outcome: "CHARGED_BACK" }]);
    expect((await it.of(id)).case.state).toBe("DENIED");
  });
});

describe("what is small, and usually valid", () => {
  /** Has the analyst find so many of 100.00 valid, or not. */
  const decided = async (...valid: string[]): Promise<void> => {
    for (const amount of valid) {
      const id = await it.short(await it.bill(), "100.00");
      await it.analyst.work(id, "TAKE_UP");
      expect((await it.analyst.decide(id, amount)).userErrors).toEqual([]);
    }
  };

  test("is written off by what people decided, and never by what rules did", async () => {
    await decided("100.00");
    await it.rule({ kind: "SMALL_AND_USUAL" });
    const early = await it.short(await it.bill(), "20.00");
    expect((await it.of(early)).case.state).toBe("CAPTURED");
    await it.analyst.work(early, "TAKE_UP");
    await it.analyst.decide(early, "20.00");
    const id = await it.short(await it.bill(), "20.00");
    expect(await it.of(id)).toMatchObject({ open: { amount: "0.00" }, case: { state: "AUTO_RESOLVED", verdict: "VALID" }, settlements: [{ parts: [{ kind: "WRITE_OFF", amount: { amount: "20.00" } }] }] });
    const facts = async (of: string) => JSON.parse((await it.of(of)).autoResolution!.inputs).facts.decided;
    expect(await facts(id)).toEqual({ count: 2, minor: { digits: "12000" }, validMinor: { digits: "12000" } });
    expect(await facts(await it.short(await it.bill(), "20.00"))).toEqual(await facts(id));
  });

  test("is left where people found too little of it valid, is above the limit, or is for another reason; a credit memo may settle it instead", async () => {
    await decided("100.00", "100.00", "100.00", "0.00");
    await it.rule({ kind: "SMALL_AND_USUAL", letGoBy: "CREDIT_MEMO", minShare: 76, maxAmount: "20.00" });
    const ids = [await it.short(await it.bill(), "20.00"), await it.short(await it.bill(), "20.01"), await it.short(await it.bill(), "20.00", { code: "50" })];
    expect((await it.apply(...ids)).attempts!.map(({ tried }) => tried![0]!.miss)).toEqual(["SELDOM_VALID", "ABOVE_LIMIT", "TOO_FEW_DECIDED"]);
    await it.rule({ kind: "SMALL_AND_USUAL", letGoBy: "CREDIT_MEMO", minShare: 75, maxAmount: "20.00" });
    expect((await it.apply(...ids)).attempts!.map(({ outcome }) => outcome)).toEqual(["SETTLED", null, null]);
    expect(await it.of(ids[0]!)).toMatchObject({ case: { state: "AUTO_RESOLVED" }, settlements: [{ parts: [{ kind: "CREDIT_MEMO", amount: { amount: "20.00" } }] }], autoResolution: { version: 2 } });
  });
});

test("a company without rules reads them once for a payment with deductions, and never for another", async () => {
  const [first, second] = [await it.bill(), await it.bill()];
  const rules = async (work: () => Promise<unknown>): Promise<string[]> => (await statementNames(work)).filter((name) => name.startsWith("rules."));
  expect(await rules(() => it.short(first, "100.00"))).toEqual(["rules.inForce"]);
  expect(await rules(() => it.books.pay({ account: it.customer.account, amount: "1000.00", lines: [{ reference: second, net: "1000.00" }] }))).toEqual([]);
});

test("a discount that was not earned is for no rule", async () => {
  await it.rule({ kind: "NET_CREDIT" });
  await it.books.reason({ customerCode: "D", reason: "UNEARNED_DISCOUNT", effectiveFrom: "2020-01-01" });
  await it.credit("CM-7", "100.00");
  const id = await it.short(await it.bill(), "20.00", { code: "D", claimNumber: "CM-7" });
  expect((await it.apply(id)).attempts).toMatchObject([{ outcome: null, tried: [{ miss: "HAS_POLICY" }] }]);
});
