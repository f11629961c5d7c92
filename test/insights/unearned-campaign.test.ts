import fc from "fast-check";
import { decimalFromMinor } from "../../src/domain/money.ts";
import { Analyst } from "../deductions/analyst.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { type SetUnearnedDiscountPolicyInput, UnearnedDiscountCampaignDocument, UnearnedDiscountDsoDocument } from "../kit/gql.ts";
import { statementNames } from "../kit/statements.ts";
import { brokenRules, keepItemHistory } from "../openitems/rules-of-books.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp();
  await keepItemHistory(app.db);
});
beforeEach(async () => {
  books = await Books.open(app);
  await books.terms({ code: "2/10n30", description: "2 % 10 days, net 30", netDays: 30, discounts: [{ days: 10, basisPoints: 200 }] });
});
afterAll(() => app.close());

const campaign = async (more: object = {}, as = books.company.as.analyst) =>
  (await app.query(as, UnearnedDiscountCampaignDocument, { from: "2026-03-01", to: "2026-03-31", currency: "USD", ...more })).unearnedDiscountCampaign;
const policy = (customerId: string, input: Partial<SetUnearnedDiscountPolicyInput>) => books.unearned({ customerId, effectiveOn: "2026-03-01", ...input });

let invoices = 0;
/** The customer takes 2 % of an invoice two days late. Answers with the number of the invoice. */
async function takesLate(account: string, total: string, net: string, receivedOn = "2026-03-13"): Promise<string> {
  const number = `I-${++invoices}`;
  await books.bill(account, { number, total, termsCode: "2/10n30" });
  expect((await books.pay({ account, amount: net, receivedOn, lines: [{ reference: number }] })).userErrors).toEqual([]);
  return number;
}

const NOTHING = { allowedValue: 0, chargedBackValue: 0, writtenOffValue: 0, leftOpenValue: 0, recoveredValue: 0, openValue: 0 };

test("a campaign has each customer with what became of its unearned discounts, the most open first, and says it in one statement", async () => {
  const [charged, left, allowed, written, plain, prompt] = await Promise.all(["Charged", "Left", "Allowed", "Written", "Plain", "Prompt"].map((name) => books.customer({ name })));
  await policy(charged!.id, { rule: "CHARGE_BACK" });
  await policy(left!.id, { rule: "LEAVE_OPEN" });
  await policy(allowed!.id, { rule: "ALLOW" });
  await policy(written!.id, { rule: "WRITE_OFF_BELOW", limit: "50.00", limitCurrency: "USD" });
  await takesLate(charged!.account, "1000.00", "980.00");
  await takesLate(charged!.account, "500.00", "490.00");
  const half = await takesLate(left!.account, "1000.00", "980.00");
  await takesLate(allowed!.account, "1000.00", "980.00");
  await takesLate(written!.account, "1000.00", "980.00");
  await takesLate(plain!.account, "2000.00", "1960.00");
  await takesLate(plain!.account, "2000.00", "1960.00", "2026-04-13");
  await books.bill(prompt!.account, { number: "IN-TIME", total: "1000.00", termsCode: "2/10n30" });
  await books.pay({ account: prompt!.account, amount: "980.00", receivedOn: "2026-03-11", lines: [{ reference: "IN-TIME" }] });
  await books.pay({ account: left!.account, amount: "15.00", receivedOn: "2026-04-02", lines: [{ reference: half, partial: true }] });

  const rows = await campaign();
  expect(rows).toMatchObject([
    { customerName: "Plain", times: 1, ...NOTHING, takenValue: 40, openValue: 40, open: "40.00", items: [{ outcome: "DEDUCTION", taken: "40.00", open: "40.00", deductionId: expect.any(String) }] },
    { customerName: "Charged", times: 2, ...NOTHING, takenValue: 30, chargedBackValue: 30, openValue: 30, items: [{ outcome: "CHARGED_BACK", takenOn: "2026-03-13", taken: "20.00" }, { taken: "10.00" }] },
    { customerName: "Left", times: 1, ...NOTHING, takenValue: 20, leftOpenValue: 20, recoveredValue: 15, openValue: 5, items: [{ outcome: "LEFT_OPEN", deductionId: null, invoiceId: expect.any(String), recovered: "15.00", open: "5.00" }] },
    { times: 1, takenValue: 20, openValue: 0 }, { times: 1, takenValue: 20, openValue: 0 },
  ]);
  expect(rows.slice(3)).toEqual(expect.arrayContaining([
    expect.objectContaining({ customerName: "Allowed", ...NOTHING, allowedValue: 20 }), expect.objectContaining({ customerName: "Written", ...NOTHING, writtenOffValue: 20 }),
  ]));
  expect(rows[0]).toMatchObject({ company: books.company.code, from: "2026-03-01", to: "2026-03-31", currency: "USD", customerId: plain!.id, accountNumber: plain!.account });
  expect((await campaign({ limit: 2, offset: 1 })).map((it) => it.customerName)).toEqual(["Charged", "Left"]);
  expect(await campaign({ currency: "EUR" })).toEqual([]);
  expect((await statementNames(() => campaign())).filter((name) => name.startsWith("unearned"))).toEqual(["unearnedDiscounts.campaign"]);
});

test("what people do with the deduction moves the campaign: split, conceded in part and that undone, charged back in part and repaid", async () => {
  const { id, account } = await books.customer({ name: "Worked" });
  await takesLate(account, "1000.00", "980.00");
  const controller = new Analyst(books, "controller");
  const [whole] = await controller.all(id);
  for (const done of [await controller.note(whole!.id, "Paid late."), await controller.work(whole!.id, "TAKE_UP"), await controller.decide(whole!.id, "5.00")]) expect(done.userErrors).toEqual([]);
  const parts = (await campaign())[0]!;
  expect(parts).toMatchObject({ times: 1, ...NOTHING, takenValue: 20, openValue: 20 });
  expect(parts.items.map(({ taken }) => taken).sort()).toEqual(["15.00", "5.00"]);
  const [mine, theirs] = ["15.00", "5.00"].map((taken) => parts.items.find((it) => it.taken === taken)!.deductionId);
  const conceded = await controller.settle(theirs!, [{ kind: "DISCOUNT", amount: "5.00" }]);
  const denied = await controller.settle(mine!, [{ kind: "CHARGEBACK", amount: "15.00", number: "CB-15" }]);
  expect([conceded, denied].map(({ userErrors }) => userErrors)).toEqual([[], []]);
  expect(await campaign()).toMatchObject([{ times: 1, ...NOTHING, takenValue: 20, allowedValue: 5, chargedBackValue: 15, openValue: 15 }]);
  expect((await controller.undo(conceded.deduction!.settlements[0]!.id)).userErrors).toEqual([]);
  expect(await campaign()).toMatchObject([{ times: 1, ...NOTHING, takenValue: 20, chargedBackValue: 15, openValue: 20 }]);
  expect((await books.pay({ account, amount: "15.00", receivedOn: "2026-04-02", lines: [{ reference: "CB-15" }] })).userErrors).toEqual([]);
  expect(await campaign()).toMatchObject([{ customerId: id, ...NOTHING, takenValue: 20, chargedBackValue: 15, recoveredValue: 15, recovered: "15.00", open: "5.00", openValue: 5 }]);
});

const anyTaking = fc.record({
  policy: fc.constantFrom<Partial<SetUnearnedDiscountPolicyInput>>({ rule: "CHARGE_BACK" }, { rule: "ALLOW", extraDays: 8, limit: "11.00", limitCurrency: "USD" }, { rule: "LEAVE_OPEN" }, { rule: "WRITE_OFF_BELOW", limit: "5.00", limitCurrency: "USD" }, { rule: "OPEN_DEDUCTION" }, {}),
  cents: fc.integer({ min: 100, max: 60_000 }), day: fc.integer({ min: 8, max: 20 }), stated: fc.boolean(), beside: fc.constantFrom(0, 0, 700), repaid: fc.constantFrom(0, 40, 100),
});

test("whatever the policies, amounts and days: the books keep every rule, and what was taken was allowed, written off, recovered or is open", async () => {
  const { id, account } = await books.customer();
  const decimal = (cents: number): string => decimalFromMinor(BigInt(cents), "USD");
  let taken = 0;
  for (const [no, { policy: input, cents, day, stated, beside, repaid }] of fc.sample(anyTaking, { numRuns: 30, seed: 20_260_313 }).entries()) {
    await policy(id, input);
    const discount = Math.floor((cents * 2 + 50) / 100);
    const net = cents - discount - Math.min(beside, cents - discount - 1);
    await books.bill(account, { number: `R-${no}`, total: decimal(cents), termsCode: "2/10n30" });
    const line = { reference: `R-${no}`, net: decimal(net), ...(stated && { discount: decimal(discount) }) };
    expect((await books.pay({ account, amount: decimal(net), receivedOn: `2026-03-${String(day).padStart(2, "0")}`, lines: [line] })).userErrors).toEqual([]);
    if (day > 11 && (stated || net === cents - discount)) taken += discount;
    const owed = (await books.of(id)).openItems!.edges!.map((edge) => edge!.node!).filter(({ kind }) => kind === "DEBIT_MEMO" || kind === "INVOICE");
    for (const { number, open } of repaid > 0 ? owed : []) {
      const part = Math.ceil((Math.round(Number(open.amount) * 100) * repaid) / 100);
      await books.pay({ account, amount: decimal(part), receivedOn: "2026-04-01", lines: [{ reference: number!, partial: true }] });
    }
  }
  const [row] = await campaign();
  expect(Math.round(row!.takenValue * 100)).toBe(taken);
  expect(Math.round((row!.allowedValue + row!.writtenOffValue + row!.recoveredValue + row!.openValue) * 100)).toBe(taken);
  const figures = ["allowedValue", "writtenOffValue", "recoveredValue", "openValue", "chargedBackValue", "leftOpenValue"] as const;
  expect(figures.filter((figure) => row![figure] === 0)).toEqual([]);
  const [company] = await app.db.source.query("select id from company where code = $1", [books.company.code]);
  expect(await brokenRules(app.db, company.id)).toEqual([]);
});

test.each<[string, object, RegExp]>([
  ["a span that ends before it begins", { to: "2026-02-01" }, /ends before/], ["no customers at all", { limit: 0 }, /1 to 1000/], ["fewer than none left out", { offset: -1 }, /0 or more/], ["what is no currency", { currency: "XXQ" }, /XXQ/],
])("a campaign of %s is refused", async (_what, args, message) => {
  await expect(campaign(args)).rejects.toThrow(message);
});

describe("days sales outstanding", () => {
  const dso = async (more: object = {}) => (await app.query(books.company.as.analyst, UnearnedDiscountDsoDocument, { from: "2026-03-01", to: "2026-03-31", currency: "USD", ...more })).unearnedDiscountDso;

  test("are longer by what is open of unearned discounts at the end of the period, whatever happens later", async () => {
    const { account } = await books.customer();
    const { id, account: patient } = await books.customer();
    await policy(id, { rule: "LEAVE_OPEN" });
    await takesLate(account, "1000.00", "980.00");
    const half = await takesLate(patient, "500.00", "490.00");
    await books.bill(account, { number: "OPEN", total: "1600.00" });
    await books.pay({ account, amount: "30.00", lines: [] });
    const march = await dso();
    // Receivables 20 + 10 + 1600 - 30 of unapplied cash, sales 3100, 31 days: 16.00 days; without 30.00 of discounts 15.70.
    expect(march).toEqual({ from: "2026-03-01", to: "2026-03-31", days: 31, receivables: { amount: "1600.00", currency: "USD" }, sales: { amount: "3100.00" }, unearnedOpen: { amount: "30.00" }, dso: 16, dsoWithout: 15.7, added: 0.3 });
    await books.pay({ account: patient, amount: "10.00", receivedOn: "2026-04-02", lines: [{ reference: half }] });
    await books.pay({ account, amount: "1600.00", receivedOn: "2026-04-02", lines: [{ reference: "OPEN" }] });
    expect(await dso()).toEqual(march);
    expect(await dso({ to: "2026-04-02" })).toMatchObject({ receivables: { amount: "-10.00" }, unearnedOpen: { amount: "20.00" } });
  });

  test("count a discount that was charged back until it is repaid", async () => {
    const { id, account } = await books.customer();
    await policy(id, { rule: "CHARGE_BACK" });
    await takesLate(account, "1000.00", "980.00");
    expect(await dso()).toMatchObject({ receivables: { amount: "20.00" }, unearnedOpen: { amount: "20.00" }, dso: 0.62, dsoWithout: 0, added: 0.62 });
    const { debitMemos } = await app.query(books.company.as.analyst, "query ($id: ID) { debitMemos(customerId: $id) { edges { node { number } } } }", { id });
    await books.pay({ account, amount: "20.00", receivedOn: "2026-03-20", lines: [{ reference: debitMemos.edges[0].node.number }] });
    expect(await dso()).toMatchObject({ receivables: { amount: "0.00" }, unearnedOpen: { amount: "0.00" }, dso: 0, added: 0 });
    expect(await dso({ to: "2026-03-19" })).toMatchObject({ unearnedOpen: { amount: "20.00" } });
  });

  test("are unknown where nothing was sold", async () => {
    expect(await dso({ currency: "EUR" })).toMatchObject({ sales: { amount: "0.00" }, dso: null, dsoWithout: null, added: null });
    await expect(dso({ to: "2026-02-01" })).rejects.toThrow(/ends before/);
    await expect(dso({ to: "2036-04-01" })).rejects.toThrow(/3660/);
  });
});
