import type { Books } from "../kit/books.ts";
import { SetDisputeWindowsDocument, type SetDisputeWindowsInput } from "../kit/gql.ts";

let made = 0;

/** Bills 1,000.00, which the customer pays short by an amount, and answers with the deduction. */
export async function takenFrom(books: Books, account: string, amount: string, { code = "22", on = "2026-03-20" }: { readonly code?: string; readonly on?: string } = {}): Promise<string> {
  const number = `T-${++made}`;
  await books.bill(account, { number, total: "1000.00", invoicedOn: "2026-01-02", dueOn: "2026-02-01" });
  const net = ((100_000 - Math.round(Number(amount) * 100)) / 100).toFixed(2);
  const { payment, userErrors } = await books.pay({ account, amount: net, receivedOn: on, lines: [{ reference: number, gross: "1000.00", deduction: amount, customerCode: code }] });
  if (userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(userErrors)}`);
  return payment!.deductions[0]!.id;
}

/** Sets dispute windows that hold for everything of a test. */
export async function windows(books: Books, ...wanted: SetDisputeWindowsInput["windows"]): Promise<void> {
  const { setDisputeWindows } = await books.app.query(books.company.as.analyst, SetDisputeWindowsDocument, { input: { windows: wanted, effectiveOn: "2020-01-01" } });
  if (setDisputeWindows.userErrors.length > 0) throw new Error(`Refused: ${JSON.stringify(setDisputeWindows.userErrors)}`);
}
