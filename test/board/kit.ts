import { currentBoard } from "../../src/board-build.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { TestBrowser, type Visit } from "../kit/browser.ts";

/** The real server with its pages, and a browser to look at them. */
export class BoardKit {
  private constructor(
    readonly app: TestApp,
    readonly browser: TestBrowser,
  ) {}

  static async open(explorer = false): Promise<BoardKit> {
    const folder = Promise.resolve(await currentBoard());
    return new BoardKit(await openTestApp({ pages: { folder, explorer } }), await TestBrowser.open());
  }

  /** Signs a collector of the books in by a link, as the start-up text prints one, and waits until the board is live. */
  async board(books: Books, { at = this.app.url, path = "/", ...options }: { readonly at?: string; readonly path?: string } & Parameters<TestBrowser["visit"]>[1] = {}): Promise<Visit> {
    const visit = await this.browser.visit(`${at}${path}#token=${books.company.as.collector}`, options);
    await visit.page.waitForSelector('[data-line="live"]');
    return visit;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.app.close();
  }
}

/** A bill that is past due for years on whatever day the tests run. */
export const old = (number: string, total: string) => ({ number, total, invoicedOn: "2020-01-01", dueOn: "2020-01-31" });

/** Books with some of everything that the board shows. */
export async function fullBooks(app: TestApp): Promise<{ readonly books: Books; readonly id: string; readonly account: string }> {
  const books = await Books.open(app);
  const { id, account } = await books.customer({ name: "Harbor Street Market & Company of Wholesale Grocers", contacts: [{ name: "Ann Lee", role: "ACCOUNTS_PAYABLE" }] });
  await books.reason({ account, customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
  await books.bill(account, old("F-1", "1250.00"), old("F-2", "3400.00"), { ...old("F-3", "90210.55"), dueOn: "2199-01-01" }, old("F-4", "18.20"));
  await books.pay({ account, amount: "1250.00", receivedOn: "2020-02-11", reference: "ACH-1", lines: [{ reference: "F-1" }] });
  await books.pay({ account, amount: "3200.00", receivedOn: "2020-03-01", reference: "ACH-2", lines: [{ reference: "F-2", gross: "3400.00", deduction: "200.00", customerCode: "22" }] });
  await books.pay({ account, amount: "75.00", reference: "ACH-3" });
  await books.pay({ amount: "12.00", payerName: "NOBODY WE KNOW" });
  const euro = await books.customer({ name: "Kessler & Wirth", currency: "EUR" });
  await books.bill(euro.account, { ...old("E-1", "873.01"), currency: "EUR" });
  return { books, id, account };
}
