import { type ContractInvoice, crossContract } from "../../src/domain/cross-contract.ts";

const invoice = (number: string, purchaseOrder: string | null): ContractInvoice => ({ id: number, number, purchaseOrder });
const [i501, i733] = [invoice("501", "7001"), invoice("733", "7090")];

test.each<[string, string[], ContractInvoice[], ContractInvoice[], string | null]>([
  ["names another order", ["7001"], [], [i733], "It names order 7001; it was taken from invoice 733 of order 7090."],
  ["names another invoice", [], [i501], [i733], "It names invoice 501 of order 7001; it was taken from invoice 733 of order 7090."],
  ["names both", ["7001"], [i501], [i733], "It names order 7001 and invoice 501 of order 7001; it was taken from invoice 733 of order 7090."],
  ["names its own order, in another spelling", [" 0 7090"], [], [i733], null],
  ["names its own invoice among others", [], [i501, i733], [i733], null],
  ["names nothing", [], [], [i733], null],
  ["names an order, and its invoice has none", ["7001"], [], [invoice("733", null)], null],
  ["was taken off a payment of several, one of which it names", [], [i501], [i733, i501], null],
  ["was taken off a payment of nothing", ["7001"], [i501], [], null],
])("a deduction that %s", (_what, orders, invoices, takenFrom, reason) => {
  expect(crossContract({ orders, invoices }, takenFrom)).toBe(reason);
});
