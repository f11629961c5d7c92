import { companyIdByCode } from "../../src/companies/company.sql.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { DeductionChangedDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";
import { brokenRules, keepItemHistory } from "../openitems/rules-of-books.ts";
import { Case6 } from "./case-6.ts";

let app: TestApp;
let it6: Case6;
beforeAll(async () => {
  app = await openTestApp();
  await keepItemHistory(app.db);
});
afterAll(() => app.close());
beforeEach(async () => {
  it6 = await Case6.open(app);
  await it6.decided("0.00");
});
afterEach(async () => {
  const [company] = await companyIdByCode(app.db, it6.books.company.code);
  expect(await brokenRules(app.db, company!.id)).toEqual([]);
});

const state = async (id = it6.id): Promise<string> => (await it6.analyst.of(id)).case.state;
/** Credits the customer on account and settles the one debit memo of the company by that. */
async function credit(total: string): Promise<void> {
  const { as } = it6.books.company;
  const memo = { account: it6.customer.account, number: "CM-1", currency: "USD", issuedOn: "2026-05-01", reason: "PRICE", total, lines: [{ description: "Late", amount: total }] };
  const { issueCreditMemo } = await app.query(as.controller, `mutation ($input: IssueCreditMemoInput!) { issueCreditMemo(input: $input) { creditMemo { id } } }`, { input: memo });
  const { debitMemos } = await app.query(as.controller, `{ debitMemos { edges { node { id } } } }`);
  const input = { creditMemoId: issueCreditMemo.creditMemo.id, lines: [{ documentId: debitMemos.edges[0].node.id }] };
  const { applyCredit } = await app.query(as.clerk, `mutation ($input: ApplyCreditInput!) { applyCredit(input: $input) { userErrors { message } } }`, { input });
  expect(applyCredit.userErrors).toEqual([]);
}

test("a denied deduction is settled by itself with the last of its chargebacks, and live clients hear of it", async () => {
  const { analyst, id, books } = it6;
  await analyst.settle(id, [{ kind: "CHARGEBACK", amount: "50.00", number: "CB-1" }]);
  await it6.pays("CB-1", "50.00");
  expect(await state()).toBe("SETTLEMENT_PENDING");
  await analyst.settle(id, [{ kind: "CHARGEBACK", amount: "150.00", number: "CB-2" }]);
  await it6.pays("CB-2", "100.00", "2026-05-01", true);
  expect(await state()).toBe("DENIED");
  await app.caughtUp();
  const live = subscribe(app.url, books.company.as.analyst, DeductionChangedDocument, {});
  await live.next();
  await it6.pays("CB-2", "50.00", "2026-05-02");
  expect(await live.next()).toMatchObject({ deductionChanged: { deduction: { id, case: { state: "SETTLED" } } } });
  await live.close();
});

test("a chargeback that is credited, or written off as a small rest, settles its deduction too", async () => {
  const { analyst, id, books, customer } = it6;
  await books.tolerance({ currency: "USD", amount: "5.00", effectiveOn: "2026-01-01" });
  await analyst.settle(id, [{ kind: "CHARGEBACK", amount: "200.00", number: "CB-1" }]);
  await credit("60.00");
  expect(await state()).toBe("DENIED");
  await books.pay({ account: customer.account, amount: "138.00", receivedOn: "2026-05-01", lines: [{ reference: "CB-1", net: "138.00" }] });
  expect(await state()).toBe("SETTLED");

  it6 = await Case6.open(app);
  await it6.decided("0.00");
  await it6.analyst.settle(it6.id, [{ kind: "CHARGEBACK", amount: "200.00", number: "CB-1" }]);
  await credit("200.00");
  expect(await state()).toBe("SETTLED");
});

test("a chargeback that is opened again denies its deduction again, and closed again settles it", async () => {
  const { analyst, id, books, customer } = it6;
  await analyst.settle(id, [{ kind: "CHARGEBACK", amount: "200.00", number: "CB-1" }]);
  const short = { account: customer.account, amount: "150.00", receivedOn: "2026-05-01", lines: [{ reference: "CB-1", gross: "200.00", deduction: "50.00", customerCode: "22" }] };
  const taken = (await books.pay(short)).payment!.deductions[0]!.id;
  expect(await state()).toBe("SETTLED");
  await it6.decided("0.00", taken);
  const reversed = (await analyst.settle(taken, [{ kind: "REVERSAL", amount: "50.00" }])).deduction!;
  expect([reversed.case.state, await state()]).toEqual(["SETTLED", "DENIED"]);
  await analyst.undo(reversed.settlements[0]!.id);
  expect([await state(taken), await state()]).toEqual(["OPEN", "SETTLED"]);
  expect((await it6.steps()).slice(-3)).toEqual(["SETTLE DENIED SETTLED", "DENY SETTLED DENIED", "SETTLE DENIED SETTLED"]);
});

test("what is paid while the customer's answer is looked at settles the case; a chargeback that was undone no longer counts", async () => {
  const { analyst, id } = it6;
  const [done] = (await analyst.settle(id, [{ kind: "CHARGEBACK", amount: "200.00", number: "CB-1" }])).deduction!.settlements;
  await analyst.undo(done!.id);
  await analyst.decide(id, "0.00");
  await analyst.settle(id, [{ kind: "CHARGEBACK", amount: "200.00", number: "CB-2" }]);
  await analyst.work(id, "DISPUTE_AGAIN", { note: "They say it was short." });
  await analyst.work(id, "RESEARCH");
  await it6.pays("CB-2", "200.00");
  expect(await state()).toBe("SETTLED");
  expect((await analyst.work(id, "CONFIRM")).deduction).toMatchObject({ case: { state: "CONFIRMED" } });
});

test("a deduction that the customer repays without a word is settled by itself, and what was decided has no more to do", async () => {
  const { books, customer, analyst, id } = it6;
  await books.pay({ account: customer.account, amount: "200.00", receivedOn: "2026-05-01" });
  expect(await analyst.of(id)).toMatchObject({ open: { amount: "0.00" }, case: { state: "SETTLED" } });
  expect((await it6.steps()).at(-1)).toBe("SETTLE DECIDED SETTLED");
  expect(await it6.balance()).toBe("2625.75");
});
