import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { CasesOfDocument, SetUnearnedDiscountPolicyDocument, UnearnedDiscountCampaignDocument, UnearnedDiscountDsoDocument, UnearnedDiscountLetterDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";
import { brokenRules, keepItemHistory } from "../openitems/rules-of-books.ts";

/** A controller stops giving discounts to those who pay late, on one set of books, step after step. */

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => new Date("2026-04-20T09:00:00Z") } });
  await keepItemHistory(app.db);
  books = await Books.open(app);
});
afterAll(() => app.close());

const MARCH = { from: "2026-03-01", to: "2026-03-31", currency: "USD" };
const campaign = async () => (await app.query(books.company.as.controller, UnearnedDiscountCampaignDocument, MARCH)).unearnedDiscountCampaign;
const dso = async () => (await app.query(books.company.as.controller, UnearnedDiscountDsoDocument, MARCH)).unearnedDiscountDso;
const letterTo = async (customerId: string) => (await app.query(books.company.as.controller, UnearnedDiscountLetterDocument, { customerId })).unearnedDiscountLetter;
const openItemsOf = async (id: string) => (await books.of(id)).openItems!.edges!.map((edge) => edge!.node!).map(({ kind, number, dueOn, open }) => ({ kind, number, dueOn, open: open.amount }));
const caseOf = async (customerId: string) => (await app.query(books.company.as.analyst, CasesOfDocument, { customerId })).deductions!.edges![0]!.node!.case;
const booksAreSound = async () => {
  expect((await books.control()).agrees).toBe(true);
  const [company] = await app.db.source.query("select id from company where code = $1", [books.company.code]);
  expect(await brokenRules(app.db, company.id)).toEqual([]);
};

test("a controller charges late discounts back: the policy, the late payment, the chargeback, the letter, the repayment, the campaign", async () => {
  await books.terms({ code: "2/10n30", description: "2 % 10 days, net 30", netDays: 30, discounts: [{ days: 10, basisPoints: 200 }] });
  const harbor = await books.customer({ name: "Harbor Stores", contacts: [{ name: "Ana Lopez", role: "ACCOUNTS_PAYABLE", email: "ap@harbor.example" }] });
  await books.bill(harbor.account, { number: "H-1", total: "1000.00", termsCode: "2/10n30" }, { number: "H-2", total: "400.00", termsCode: "2/10n30" });
  await books.tolerance({ currency: "USD", amount: "1.00", effectiveOn: "2026-01-01" });

  const { setUnearnedDiscountPolicy: set } = await app.query(books.company.as.controller, SetUnearnedDiscountPolicyDocument, { input: { customerId: harbor.id, rule: "CHARGE_BACK", effectiveOn: "2026-03-01" } });
  expect(set).toMatchObject({ userErrors: [], customer: { unearnedDiscountPolicy: { scope: "CUSTOMER", rule: "CHARGE_BACK", recordedBy: books.company.subjects.controller } } });
  expect(await campaign()).toEqual([]);
  expect(await letterTo(harbor.id)).toBeNull();

  const live = subscribe(app.url, books.company.as.collector, "subscription { debitMemoIssued { debitMemo { open { amount } } } }");
  await live.next();
  // H-1 two days late with its discount, H-2 in full.
  const paid = await books.pay({ account: harbor.account, amount: "1380.00", receivedOn: "2026-03-13", lines: [{ reference: "H-1", net: "980.00", discount: "20.00" }, { reference: "H-2", net: "400.00" }] });
  expect(paid).toMatchObject({ userErrors: [], payment: { status: "APPLIED", exception: null } });
  expect(await live.next()).toEqual({ debitMemoIssued: { debitMemo: { open: { amount: "20.00" } } } });
  await live.close();
  await booksAreSound();

  const [chargeback, ...others] = await openItemsOf(harbor.id);
  expect(others).toEqual([]);
  expect(chargeback).toEqual({ kind: "DEBIT_MEMO", number: expect.stringMatching(/^CB-/), dueOn: "2026-03-13", open: "20.00" });
  expect(await caseOf(harbor.id)).toMatchObject({ state: "DENIED", verdict: "INVALID" });
  const denied = { customerName: "Harbor Stores", times: 1, takenValue: 20, chargedBackValue: 20, allowedValue: 0, writtenOffValue: 0, leftOpenValue: 0 };
  expect(await campaign()).toMatchObject([{ ...denied, recoveredValue: 0, openValue: 20 }]);
  const march = await dso();
  expect(march).toMatchObject({ receivables: { amount: "20.00" }, sales: { amount: "1400.00" }, dso: 0.44, dsoWithout: 0, added: 0.44 });

  const draft = await letterTo(harbor.id);
  expect(draft).toMatchObject({ to: "ap@harbor.example", subject: "Cash discount on invoice H-1" });
  expect(draft!.text).toContain(`2 days late\n  Discount taken: 20.00 USD\n  Still to be paid: 20.00 USD, billed as ${chargeback!.number}`);
  expect(draft!.text).not.toContain("H-2");

  expect(await books.pay({ account: harbor.account, amount: "20.00", receivedOn: "2026-04-10", lines: [{ reference: chargeback!.number! }] })).toMatchObject({ userErrors: [], payment: { status: "APPLIED" } });
  await booksAreSound();
  expect(await openItemsOf(harbor.id)).toEqual([]);
  expect(await caseOf(harbor.id)).toMatchObject({ state: "SETTLED", verdict: "INVALID" });
  expect(await campaign()).toMatchObject([{ ...denied, recoveredValue: 20, recovered: "20.00", openValue: 0, items: [{ outcome: "CHARGED_BACK", taken: "20.00", recovered: "20.00", open: "0.00" }] }]);
  expect(await letterTo(harbor.id)).toBeNull();
  expect(await dso()).toEqual(march);
});
