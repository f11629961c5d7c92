import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import {
  AgreeArrangementDocument, type AgreeArrangementInput, ArrangementsDocument, CustomerChangedDocument, EndArrangementDocument, IssueInvoiceDocument, PlaceHoldDocument, RetireTermsDocument,
  SetCreditLimitDocument, TermsChangedDocument, UpdateTermsDocument, type UpdateTermsInput,
} from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";

let app: TestApp;
let books: Books;
let customer: { id: string; account: string };
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
  customer = await books.customer();
});
afterAll(() => app.close());

const agree = async (input: Partial<AgreeArrangementInput>) =>
  (await app.query(books.company.as.controller, AgreeArrangementDocument, { input: { account: customer.account, kind: "EXTENDED_TERMS", effectiveFrom: "2026-03-01", approver: "Kim", ...input } })).agreeArrangement;
const end = async (arrangementId: string, endsOn: string, note?: string) =>
  (await app.query(books.company.as.controller, EndArrangementDocument, { input: { arrangementId, endsOn, note: note ?? null } })).endArrangement;
const bill = async (invoicedOn: string, number: string, termsCode?: string) => {
  const input = { account: customer.account, number, currency: "USD", invoicedOn, total: "10.00", lines: [{ description: "Goods", amount: "10.00" }], ...(termsCode && { termsCode }) };
  return (await app.query(books.company.as.controller, IssueInvoiceDocument, { input })).issueInvoice;
};
const change = async (input: Partial<UpdateTermsInput>) =>
  (await app.query(books.company.as.controller, UpdateTermsDocument, { input: { code: "N30", description: "Net 60", netDays: 60, expectedVersion: 1, ...input } })).updateTerms;
const retire = async (expectedVersion = 1) => (await app.query(books.company.as.controller, RetireTermsDocument, { input: { code: "N30", expectedVersion } })).retireTerms;

describe("the end of an arrangement", () => {
  test("invoices after its last day fall back to the usual terms, and those before keep what they got", async () => {
    await books.terms({ code: "N30", description: "Net 30", netDays: 30 });
    const { arrangement } = await agree({ netDays: 90, effectiveTo: "2026-12-31", document: "Contract 7" });
    expect((await bill("2026-03-10", "E-1", "N30")).invoice!.dueOn).toBe("2026-06-08");
    expect(await end(arrangement!.id, "2026-03-31", "Volume not reached")).toMatchObject({
      arrangement: { effectiveTo: "2026-03-31", endNote: "Volume not reached", document: "Contract 7", endedAt: expect.stringMatching(/^20/) }, userErrors: [],
    });
    expect((await bill("2026-03-31", "E-2", "N30")).invoice!.dueOn).toBe("2026-06-29");
    expect((await bill("2026-04-01", "E-3", "N30")).invoice!.dueOn).toBe("2026-05-01");
    expect(await end(arrangement!.id, "2026-03-15")).toMatchObject({ arrangement: null, userErrors: [{ code: "CONFLICT", field: ["arrangementId"] }] });
  });

  test("the day before its first cancels it, so that it never takes effect", async () => {
    await books.terms({ code: "N30", description: "Net 30", netDays: 30 });
    const { arrangement } = await agree({ netDays: 90 });
    expect((await end(arrangement!.id, "2026-02-28")).userErrors).toEqual([]);
    expect((await bill("2026-03-01", "E-1", "N30")).invoice!.dueOn).toBe("2026-03-31");
  });

  test.each([["before the day ahead of its first", "2026-02-27"], ["after its agreed last day", "2026-07-01"]])("a day %s is refused", async (_case, endsOn) => {
    const { arrangement } = await agree({ netDays: 90, effectiveTo: "2026-06-30" });
    expect(await end(arrangement!.id, endsOn)).toMatchObject({ arrangement: null, userErrors: [{ code: "DATE_INVALID", field: ["endsOn"] }] });
  });

  test("another arrangement of the kind counts again when the later one ended", async () => {
    await books.terms({ code: "N30", description: "Net 30", netDays: 30 });
    await agree({ netDays: 45 });
    const { arrangement } = await agree({ netDays: 90 });
    await end(arrangement!.id, "2026-03-31");
    expect((await bill("2026-04-01", "E-1", "N30")).invoice!.dueOn).toBe("2026-05-16");
  });
});

describe("arrangements that are facts", () => {
  test.each(["PAYMENT_PLAN", "CONSIGNMENT", "BILL_AND_HOLD"] as const)("%s is kept with its days, approver and document", async (kind) => {
    const kept = { kind, effectiveFrom: "2026-03-01", effectiveTo: "2026-09-30", approver: "Kim", document: "DMS 4711", note: "Six parts" };
    expect(await agree(kept)).toMatchObject({ arrangement: { ...kept, basisPoints: null }, userErrors: [] });
    expect(await agree({ kind, graceDays: 3 })).toMatchObject({ arrangement: null, userErrors: [{ code: "VALUE_INVALID", field: ["graceDays"] }] });
  });

  test.each([[150, []], [0, ["VALUE_INVALID"]], [10_001, ["VALUE_INVALID"]], [null, ["VALUE_INVALID"]]])("an agreed deduction rate of %s hundredths of a percent", async (basisPoints, codes) => {
    expect((await agree({ kind: "AGREED_DEDUCTION_RATE", basisPoints })).userErrors.map(({ code }) => code)).toEqual(codes);
    const { node } = await app.query(books.company.as.collector, ArrangementsDocument, { id: customer.id });
    expect(node).toMatchObject({ arrangements: codes.length === 0 ? [{ kind: "AGREED_DEDUCTION_RATE" }] : [] });
  });
});

describe("terms that change", () => {
  beforeEach(() => books.terms({ code: "N30", description: "2/10 net 30", netDays: 30, discounts: [{ days: 10, basisPoints: 200 }] }));

  test("invoices on the books keep their schedule, later ones take the new terms, and what was said before is kept", async () => {
    expect((await bill("2026-03-01", "T-1", "N30")).invoice).toMatchObject({ dueOn: "2026-03-31", discounts: [{ discountOn: "2026-03-11", basisPoints: 200 }] });
    expect(await change({})).toEqual({
      terms: {
        code: "N30", version: 2, description: "Net 60", netDays: 60, retiredAt: null, discounts: [],
        former: [{ terms: { version: 1, description: "2/10 net 30", netDays: 30, discounts: [{ days: 10, basisPoints: 200 }], installments: [] }, replacedBy: books.company.subjects.controller }],
      },
      userErrors: [],
    });
    const { node } = await app.query(books.company.as.collector, `query ($id: ID!) { node(id: $id) { ... on Customer { invoices { edges { node { number dueOn discounts { discountOn } } } } } } }`, { id: customer.id });
    expect(node.invoices.edges[0].node).toEqual({ number: "T-1", dueOn: "2026-03-31", discounts: [{ discountOn: "2026-03-11" }] });
    expect((await bill("2026-03-01", "T-2", "N30")).invoice).toMatchObject({ dueOn: "2026-04-30", discounts: [] });
    expect((await books.pay({ account: customer.account, amount: "9.80", receivedOn: "2026-03-10", lines: [{ reference: "T-1", gross: "10.00", discount: "0.20", net: "9.80" }] })).userErrors).toEqual([]);
    expect((await books.of(customer.id)).invoices!.edges!.find((edge) => edge!.node!.number === "T-1")!.node).toMatchObject({ open: { amount: "0.00" }, deductions: [] });
  });

  test("fixed installments of an earlier version are kept to the cent", async () => {
    const installments = [{ kind: "FIXED" as const, amount: "9999999999999.99", currency: "USD" }, { kind: "BALANCE" as const, netDays: 30 }];
    expect((await change({ netDays: 0, installments })).userErrors).toEqual([]);
    expect((await change({ expectedVersion: 2 })).terms!.former[0]!.terms.installments).toEqual([{ amount: { amount: "9999999999999.99" } }, { amount: null }]);
  });

  test("two who change them do not overwrite each other", async () => {
    const answers = await Promise.all([change({ netDays: 45 }), change({ netDays: 60 })]);
    expect(answers.flatMap(({ userErrors }) => userErrors)).toMatchObject([{ code: "CONFLICT", field: ["expectedVersion"] }]);
  });

  test("retired terms are given to nobody new, and those who have them go on", async () => {
    const held = await books.customer({ termsCode: "N30" });
    expect((await retire()).terms).toMatchObject({ version: 2, retiredAt: expect.stringMatching(/^20/) });
    await expect(books.customer({ termsCode: "N30" })).rejects.toThrow("retired");
    expect((await agree({ termsCode: "N30" })).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["termsCode"] }]);
    expect((await bill("2026-03-01", "R-1", "N30")).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["termsCode"] }]);
    expect(await books.bill(held.account, { number: "R-2", total: "5.00", termsCode: "N30" })).toMatchObject([{ number: "R-2" }]);
    expect((await change({ expectedVersion: 2 })).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["code"] }]);
    expect((await retire(2)).userErrors).toMatchObject([{ code: "CONFLICT" }]);
  });
});

describe("live", () => {
  const listening = async <Result, Variables extends object>(...[document, variables]: [Parameters<typeof subscribe<Result, Variables>>[2], Variables]) => {
    await app.caughtUp();
    const live = subscribe(app.url, books.company.as.collector, document, variables);
    return Object.assign(live, { standing: await live.next() });
  };
  const onHold = async (customerId: string) => app.query(books.company.as.controller, PlaceHoldDocument, { input: { customerId, scope: "ORDERS", reason: "Late", since: "2026-03-05" } });

  test("whatever changes about a customer is heard of with what it was, and comes again by a cursor", async () => {
    const live = await listening(CustomerChangedDocument, {});
    const added = await books.customer({ contacts: [{ name: "Ada", role: "BUYER" }] });
    await onHold(added.id);
    await app.query(books.company.as.controller, SetCreditLimitDocument, { input: { customerId: added.id, currency: "USD", amount: "5.00", effectiveOn: "2026-04-01" } });
    const { arrangement } = await agree({ kind: "CONSIGNMENT" });
    await end(arrangement!.id, "2026-06-30");
    const pushes = (await live.take(5)).map(({ customerChanged }) => [customerChanged.about, customerChanged.customer!.accountNumber]);
    expect(pushes).toEqual([["ADDED", added.account], ["HOLDS", added.account], ["CREDIT_LIMIT", added.account], ["ARRANGEMENTS", customer.account], ["ARRANGEMENTS", customer.account]]);
    await app.caughtUp();
    const replay = subscribe(app.url, books.company.as.collector, CustomerChangedDocument, { after: live.standing.customerChanged.cursor });
    expect((await replay.take(6)).map(({ customerChanged }) => [customerChanged.about, customerChanged.effectiveOn?.slice(0, 7) ?? null]).slice(1)).toEqual(
      [["HOLDS", "2026-03"], ["CREDIT_LIMIT", "2026-04"], ["ARRANGEMENTS", "2026-03"], ["ARRANGEMENTS", "2026-07"], [null, null]],
    );
    await Promise.all([live.close(), replay.close()]);
  });

  test("it can be narrowed to a customer and to what changed", async () => {
    const other = await books.customer();
    const [ofOther, holds] = await Promise.all([listening(CustomerChangedDocument, { customerId: other.id }), listening(CustomerChangedDocument, { about: ["HOLDS"] })]);
    await agree({ kind: "CONSIGNMENT" });
    await onHold(customer.id);
    await onHold(other.id);
    expect((await ofOther.next()).customerChanged).toMatchObject({ about: "HOLDS", customer: { accountNumber: other.account, holds: [{ scope: "ORDERS" }] } });
    expect((await holds.take(2)).map((push) => push.customerChanged.customer!.accountNumber)).toEqual([customer.account, other.account]);
    await Promise.all([ofOther.close(), holds.close()]);
  });

  test("terms are heard of when they are added, changed and retired", async () => {
    const live = await listening(TermsChangedDocument, {});
    await books.terms({ code: "N30", description: "Net 30", netDays: 30 });
    expect((await live.next()).termsChanged.terms).toMatchObject({ code: "N30", version: 1, netDays: 30 });
    await change({});
    expect((await live.next()).termsChanged.terms).toMatchObject({ version: 2, netDays: 60 });
    await retire(2);
    expect((await live.next()).termsChanged.terms).toMatchObject({ version: 3, retiredAt: expect.stringMatching(/^20/) });
    await live.close();
  });
});
