import { applyCredit, credit, memosOf } from "../memos/books.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { PaidForDocument } from "../kit/gql.ts";

let app: TestApp;
let books: Books;
let customer: { id: string; account: string };
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
  customer = await books.customer();
  const { account } = customer;
  await books.bill(account, { number: "I-1", total: "1000.00" }, { number: "I-2", total: "1000.00" }, { number: "I-3", total: "1000.00" });
  expect((await credit(books, { account, number: "CM-1", total: "100.00", issuedOn: "2026-03-15" })).userErrors).toEqual([]);
});
afterEach(async () => {
  expect((await books.control()).agrees).toBe(true);
});
afterAll(() => app.close());

const invoices = ["I-1", "I-2", "I-3"].map((reference) => ({ reference, net: "1000.00" }));
const pay = (amount: string, ...more: { readonly reference?: string; readonly net: string }[]) => books.pay({ account: customer.account, amount, lines: [...invoices, ...more] });

test("three invoices of 1,000.00 and a credit memo of 100.00 are settled by 2,900.00, and nothing is left", async () => {
  const { payment, userErrors } = await pay("2900.00", { reference: "cm-1", net: "-100.00" });
  expect(userErrors).toEqual([]);
  expect(payment).toMatchObject({ status: "APPLIED", exception: null, unapplied: { amount: "0.00" }, deductions: [] });
  const { node } = await app.query(books.company.as.collector, PaidForDocument, { id: payment!.id });
  expect(node).toMatchObject({
    applications: [
      { kind: "CASH", amount: { amount: "900.00" }, invoice: { number: "I-1" } }, { kind: "CASH", amount: { amount: "1000.00" }, invoice: { number: "I-2" } },
      { kind: "CASH", amount: { amount: "1000.00" }, invoice: { number: "I-3" } }, { kind: "CREDIT", amount: { amount: "100.00" }, invoice: { number: "I-1" } },
    ],
  });
  const { balances, creditMemos, invoices: billed } = await memosOf(books, customer.id);
  expect(balances).toEqual([]);
  expect(creditMemos!.edges![0]!.node).toMatchObject({ open: { amount: "0.00" }, applications: [{ kind: "CREDIT", payment: { id: payment!.id }, invoice: { number: "I-1" } }] });
  expect(billed!.edges!.map((edge) => edge!.node!.status)).toEqual(["SETTLED", "SETTLED", "SETTLED"]);
});

test("more than the credit memo has left is refused, with the credit memo as it is now", async () => {
  const { payment, current, userErrors } = await pay("2899.00", { reference: "CM-1", net: "-101.00" });
  expect({ payment, current, userErrors }).toMatchObject({ payment: null, current: { __typename: "CreditMemo" }, userErrors: [{ code: "CREDIT_EXCEEDED", field: ["lines", "3", "reference"] }] });
  expect((await memosOf(books, customer.id)).balances).toMatchObject([{ total: { amount: "2900.00" }, credits: { amount: "100.00" } }]);
});

test("a credit memo that was used up settles nothing a second time", async () => {
  const { creditMemos, invoices: billed } = await memosOf(books, customer.id);
  const documentId = billed!.edges!.find((edge) => edge!.node!.number === "I-2")!.node!.id;
  await applyCredit(books, { creditMemoId: creditMemos!.edges![0]!.node!.id, lines: [{ documentId }] });
  expect((await pay("2900.00", { reference: "CM-1", net: "-100.00" })).userErrors).toMatchObject([{ code: "CREDIT_EXCEEDED" }]);
});

test("a line that takes money off and names nothing we hold is a deduction, as ever", async () => {
  const { payment } = await pay("2900.00", { reference: "CM-9", net: "-100.00" });
  expect(payment).toMatchObject({ status: "APPLIED", deductions: [{ source: "REMITTANCE_LINE", claimNumber: "CM-9", amount: { amount: "100.00" } }] });
});

test("a credit memo of another customer is none of the payer's", async () => {
  const other = await books.customer();
  await credit(books, { account: other.account, number: "CM-2", total: "100.00", issuedOn: "2026-03-15" });
  const { payment } = await pay("2900.00", { reference: "CM-2", net: "-100.00" });
  expect(payment).toMatchObject({ deductions: [{ claimNumber: "CM-2" }] });
  expect((await memosOf(books, other.id)).balances).toMatchObject([{ credits: { amount: "100.00" } }]);
});
