import type { BusinessDate } from "../domain/dates.ts";
import type { DemoCustomer } from "./customers.ts";
import { CURRENCY, dollars } from "./facts.ts";
import type { DemoInvoice } from "./invoices.ts";

/** An invoice of the open-item list; null while it is open. */
export interface BookRow {
  readonly customer: DemoCustomer;
  readonly invoice: DemoInvoice;
  readonly clearedOn: BusinessDate | null;
}

const COLUMNS = ["account", "name", "invoice", "date", "due", "cleared", "amount", "currency", "terms", "order"] as const;

/** How the open-item list of the demo is read. */
export const BOOK_MAP = JSON.stringify({
  name: "demo-year", description: "A year of invoices of the demo company.", delimiter: ",", dates: { order: "YMD", separator: "-", leadingZeros: true },
  decimalMark: ".", credits: "none", currency: { column: "currency" },
  columns: {
    accountNumber: "account", customerName: "name", invoiceNumber: "invoice", invoicedOn: "date", dueOn: "due", clearedOn: "cleared", amount: "amount", termsCode: "terms", purchaseOrder: "order",
  },
  checks: [], ignored: [], warnings: [],
});

/** The list as CSV. */
export const bookOf = (rows: readonly BookRow[]): string => [COLUMNS.join(","), ...rows.map(line), ""].join("\n");

const line = ({ customer, invoice, clearedOn }: BookRow): string =>
  [customer.account, customer.name, invoice.number, invoice.invoicedOn, invoice.schedule.dueOn, clearedOn ?? "", dollars(invoice.totalMinor), CURRENCY, customer.terms, invoice.purchaseOrder].join(",");
