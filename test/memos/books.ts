import type { Books } from "../kit/books.ts";
import {
  ApplyCreditDocument, type ApplyCreditInput, CustomerMemosDocument, IssueCreditMemoDocument, type IssueCreditMemoInput, IssueDebitMemoDocument, type IssueDebitMemoInput,
} from "../kit/gql.ts";

type Some<Input> = Partial<Input> & { readonly account: string; readonly number: string; readonly total: string };

/** Issues a credit memo as the controller would: of 2026-03-25, one line, for a return, unless it says otherwise. */
export async function credit({ app, company }: Books, input: Some<IssueCreditMemoInput>) {
  const lines = [{ description: "Returned goods", amount: input.total }];
  const memo: IssueCreditMemoInput = { currency: "USD", issuedOn: "2026-03-25", reason: "RETURN", lines, ...input };
  return (await app.query(company.as.controller, IssueCreditMemoDocument, { input: memo })).issueCreditMemo;
}

/** Issues a debit memo as the controller would. */
export async function debit({ app, company }: Books, input: Some<IssueDebitMemoInput>) {
  const lines = [{ description: "Charge", amount: input.total }];
  const memo: IssueDebitMemoInput = { currency: "USD", issuedOn: "2026-03-25", reason: "OTHER", lines, ...input };
  return (await app.query(company.as.controller, IssueDebitMemoDocument, { input: memo })).issueDebitMemo;
}

/** Applies a credit as the clerk would. */
export async function applyCredit({ app, company }: Books, input: ApplyCreditInput) {
  return (await app.query(company.as.clerk, ApplyCreditDocument, { input })).applyCredit;
}

/** What the books say of a customer, memos first. */
export async function memosOf({ app, company }: Books, customerId: string) {
  const { node } = await app.query(company.as.collector, CustomerMemosDocument, { id: customerId });
  if (!node || !("creditMemos" in node)) throw new Error("There is no such customer.");
  return node;
}
