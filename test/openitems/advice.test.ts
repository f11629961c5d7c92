import { transact } from "../../src/db/transaction.ts";
import type { TypedLine } from "../../src/domain/remittance-entry.ts";
import { readTypedLines } from "../../src/domain/remittance-entry.ts";
import { readGlobalId } from "../../src/graphql/global-id.ts";
import { lockCustomers } from "../../src/db/locks.ts";
import { takeIn } from "../../src/payments/cash-desk.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";

/* What random histories found once, told as rules. */

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
});
afterEach(async () => {
  expect((await books.control()).agrees).toBe(true);
});
afterAll(() => app.close());

/** A payment of a bank file: nobody is there to be asked. */
async function byFile(customerId: string, minor: bigint, lines: readonly TypedLine[]): Promise<void> {
  const { companyId, key } = readGlobalId(customerId)!;
  const receipt = { customerId: key, source: "BANK_FILE", payerName: null, reference: null, currency: "USD", minor, receivedOn: "2026-03-20", depositedOn: "2026-03-20", bankLineId: null } as const;
  await transact(app.db, async (tx) => {
    await lockCustomers(tx, companyId, [key]);
    await takeIn(tx, { companyId, memberId: null, strict: false }, { ...receipt, others: [], remittance: readTypedLines(lines, "USD", minor) });
  });
}

test("an invoice that an advice names by its number and by its order is settled once, and the rest stays unapplied", async () => {
  const { id, account } = await books.customer();
  await books.bill(account, { number: "W-1", total: "100.00", purchaseOrder: "PO-77" });
  const { payment } = await books.pay({ account, amount: "190.00", lines: [{ reference: "W-1", net: "95.00" }, { reference: "PO-77", net: "95.00" }] });
  expect(payment).toMatchObject({ applications: [{ kind: "CASH", amount: { amount: "100.00" } }], unapplied: { amount: "90.00" }, deductions: [] });
  expect(await books.of(id)).toMatchObject({ balances: [{ total: { amount: "-90.00" } }] });
});

test("an advice whose claims take off more than its other lines use waits as a whole, with nothing opened and nothing applied", async () => {
  const { id, account } = await books.customer();
  await books.bill(account, { number: "W-1", total: "20.00" });
  await byFile(id, 100_00n, [{ reference: "W-1", net: "20.00" }, { reference: "GONE", net: "130.00" }, { net: "-50.00", claimNumber: "CL-1" }]);
  expect(await books.of(id)).toMatchObject({ balances: [{ invoices: { amount: "20.00" }, deductions: { amount: "0.00" }, unapplied: { amount: "100.00" } }] });
  const { payments } = await app.query(books.company.as.clerk, `query { payments { edges { node { exception status remittance { lineNo } } } } }`);
  expect(payments.edges).toEqual([{ node: { exception: "REFERENCE_UNKNOWN", status: "UNAPPLIED", remittance: [{ lineNo: 1 }, { lineNo: 2 }, { lineNo: 3 }] } }]);
});

test("a claim that the other lines use is opened, and leaves the payment with no more than came in", async () => {
  const { id, account } = await books.customer();
  await books.bill(account, { number: "W-1", total: "120.00" });
  await byFile(id, 100_00n, [{ reference: "W-1", net: "150.00" }, { net: "-50.00", claimNumber: "CL-1" }]);
  expect(await books.of(id)).toMatchObject({ balances: [{ invoices: { amount: "0.00" }, deductions: { amount: "50.00" }, unapplied: { amount: "30.00" } }] });
});
