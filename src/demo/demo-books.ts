import { addDays, type BusinessDate } from "../domain/dates.ts";

/** The demo company, as a plan: what its people put on the books, in order. Everything is made up. */
export interface DemoBooks {
  readonly company: { readonly code: string; readonly name: string; readonly functionalCurrency: string };
  readonly terms: readonly object[];
  readonly customers: readonly object[];
  readonly reasons: readonly object[];
  readonly invoices: readonly object[];
  readonly payments: readonly object[];
}

/** The person whose token the start-up text prints. */
export const DEMO_SUBJECT = "demo";
export const DEMO_COMPANY = "demo";

const CUSTOMERS = [
  ["1001", "Harbor Street Market", "2-10-30"],
  ["1002", "Brightfield Grocers", "2-10-30"],
  ["1003", "Oak & Anchor Stores", "NET30"],
  ["1004", "Sunday Pantry Co-op", "NET30"],
  ["1005", "Northgate Discount", "NET45"],
  ["1006", "Little Lantern Cafes", "NET15"],
] as const;

/** Goods, quantity in cases, price of a case. */
const GOODS = [
  ["Canned tomatoes 12 x 400 g", 40, "14.50"],
  ["Olive oil 6 x 1 l", 25, "52.80"],
  ["Coffee beans 8 x 1 kg", 18, "96.00"],
  ["Sea salt 20 x 500 g", 60, "11.25"],
] as const;

/** The invoices of a demo: account, number, how many days ago, which goods. */
const INVOICES = [
  ["1001", "DW-1001", 62, 0], ["1001", "DW-1002", 33, 1], ["1001", "DW-1003", 8, 2],
  ["1002", "DW-1004", 55, 1], ["1002", "DW-1005", 21, 3], ["1002", "DW-1006", 6, 0],
  ["1003", "DW-1007", 80, 2], ["1003", "DW-1008", 41, 3], ["1003", "DW-1009", 12, 1],
  ["1004", "DW-1010", 48, 0], ["1004", "DW-1011", 15, 2],
  ["1005", "DW-1012", 95, 3], ["1005", "DW-1013", 60, 0], ["1005", "DW-1014", 20, 1],
  ["1006", "DW-1015", 19, 3], ["1006", "DW-1016", 4, 0],
] as const;

const cents = (price: string, cases: number): string => ((Number(price.replace(".", "")) * cases) / 100).toFixed(2);
const totalOf = (goods: number): string => cents(GOODS[goods]![2], GOODS[goods]![1]);
const less = (amount: string, off: string): string => ((Number(amount.replace(".", "")) - Number(off.replace(".", ""))) / 100).toFixed(2);

/** The demo's books as they stand on a day: some paid on time, some late, some short, some not at all. */
export function demoBooks(today: BusinessDate): DemoBooks {
  const ago = (days: number): BusinessDate => addDays(today, -days);
  const paid = (account: string, number: string, goods: number, days: number) => ({
    account, amount: totalOf(goods), currency: "USD", receivedOn: ago(days), reference: `ACH ${number}`, lines: [{ reference: number, net: totalOf(goods) }],
  });
  const short = (account: string, number: string, goods: number, days: number, deduction: string, customerCode: string) => ({
    account, amount: less(totalOf(goods), deduction), currency: "USD", receivedOn: ago(days), reference: `CHK ${number}`,
    lines: [{ reference: number, gross: totalOf(goods), deduction, customerCode }],
  });
  return {
    company: { code: DEMO_COMPANY, name: "Demo Wholesale", functionalCurrency: "USD" },
    terms: [
      { code: "2-10-30", description: "2 % 10 days, net 30", netDays: 30, graceDays: 2, discounts: [{ days: 10, basisPoints: 200 }] },
      { code: "NET15", description: "Net 15 days", netDays: 15 },
      { code: "NET30", description: "Net 30 days", netDays: 30 },
      { code: "NET45", description: "Net 45 days", netDays: 45 },
    ],
    customers: CUSTOMERS.map(([accountNumber, name, termsCode]) => ({ accountNumber, name, currency: "USD", termsCode, aliases: [name.toUpperCase()] })),
    reasons: [
      { customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" },
      { customerCode: "30", reason: "DAMAGE", effectiveFrom: "2020-01-01" },
      { account: "1005", customerCode: "P1", reason: "PRICE", effectiveFrom: "2020-01-01" },
    ],
    invoices: INVOICES.map(([account, number, days, goods]) => ({
      account, number, currency: "USD", invoicedOn: ago(days), total: totalOf(goods), purchaseOrder: `PO-${account}-${number.slice(-2)}`,
      lines: [{ description: GOODS[goods]![0], quantity: String(GOODS[goods]![1]), unit: "case", unitPrice: GOODS[goods]![2], amount: totalOf(goods) }],
    })),
    payments: [
      paid("1001", "DW-1001", 0, 34),
      { account: "1002", amount: less(totalOf(1), "26.40"), currency: "USD", receivedOn: ago(46), reference: "ACH DW-1004", lines: [{ reference: "DW-1004", net: less(totalOf(1), "26.40"), discount: "26.40" }] },
      paid("1003", "DW-1007", 2, 41),
      short("1004", "DW-1010", 0, 20, "58.00", "22"),
      short("1005", "DW-1012", 3, 40, "67.50", "P1"),
      { amount: "240.00", currency: "USD", receivedOn: ago(3), payerName: "HARBOR ST MKT", reference: "WIRE 88121" },
    ],
  };
}
