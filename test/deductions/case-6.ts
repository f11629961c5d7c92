import type { TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { Analyst } from "./analyst.ts";

/** Case 6: five invoices, three paid, one of them (B) short by 200.00 with code 22; and the people who work on that. */
export class Case6 {
  private constructor(
    readonly books: Books,
    readonly analyst: Analyst,
    readonly controller: Analyst,
    readonly customer: { readonly id: string; readonly account: string },
    /** The deduction of 200.00. */
    readonly id: string,
  ) {}

  static async open(app: TestApp): Promise<Case6> {
    const books = await Books.open(app);
    const customer = await books.customer();
    await books.reason({ account: customer.account, customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
    const bills = { A: "1250.00", B: "3400.00", C: "980.50", D: "2210.75", E: "415.00" };
    await books.bill(customer.account, ...Object.entries(bills).map(([number, total]) => ({ number, total })));
    const { payment } = await books.pay({
      account: customer.account, amount: "5430.50",
      lines: [{ reference: "A", net: "1250.00" }, { reference: "B", gross: "3400.00", deduction: "200.00", customerCode: "22" }, { reference: "C", net: "980.50" }],
    });
    return new Case6(books, new Analyst(books), new Analyst(books, "controller"), customer, payment!.deductions[0]!.id);
  }

  /** What the customer owes in all. */
  async balance(): Promise<string> {
    return (await this.books.of(this.customer.id)).balances[0]!.total.amount;
  }

  /** Taken up and decided by the analyst. */
  async decided(valid: string, id = this.id): Promise<void> {
    await this.analyst.work(id, "TAKE_UP");
    await this.analyst.decide(id, valid);
  }

  /** Found valid by the analyst, and approved by the controller. */
  async approved(id = this.id): Promise<void> {
    await this.decided((await this.analyst.of(id)).open.amount, id);
    await this.analyst.work(id, "REQUEST_APPROVAL");
    await this.controller.work(id, "APPROVE");
  }

  /** What was done, as `ACTION FROM TO`. */
  async steps(id = this.id): Promise<string[]> {
    return (await this.analyst.of(id)).activities.map(({ action, from, to }) => `${action} ${from} ${to}`);
  }

  /** Pays a debit memo or an invoice, or a part of it. */
  async pays(reference: string, net: string, receivedOn = "2026-05-01", partial = false): Promise<void> {
    const { userErrors } = await this.books.pay({ account: this.customer.account, amount: net, receivedOn, lines: [{ reference, net, partial }] });
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  }
}
