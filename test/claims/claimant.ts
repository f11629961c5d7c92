import type { Books } from "../kit/books.ts";
import {
  ClaimedDeductionsDocument, type ClaimNoteInput, ClaimOfDocument, MatchClaimDocument, NoteClaimDocument, RecordClaimDocument, type RecordClaimInput, RecordDisputeDocument, type RecordDisputeInput, UnmatchClaimDocument, WithdrawClaimDocument,
} from "../kit/gql.ts";

/** What a customer claims, written down through the graph. */
export class Claimant {
  constructor(
    readonly books: Books,
    readonly customer: { readonly id: string; readonly account: string },
  ) {}

  get #analyst(): string {
    return this.books.company.as.analyst;
  }

  async claim(input: Partial<RecordClaimInput> & { readonly amount: string }) {
    const claim: RecordClaimInput = { account: this.customer.account, currency: "USD", receivedOn: "2026-03-10", kind: "CLAIM", invoices: [], lines: [], ...input };
    return (await this.books.app.query(this.#analyst, RecordClaimDocument, { input: claim })).recordClaim;
  }

  async dispute(input: Partial<RecordDisputeInput> & { readonly invoiceId: string }) {
    return (await this.books.app.query(this.books.company.as.collector, RecordDisputeDocument, { input: { receivedOn: "2026-03-10", ...input } })).recordDispute;
  }

  async of(id: string) {
    const { node } = await this.books.app.query(this.#analyst, ClaimOfDocument, { id });
    if (!node || !("kind" in node)) throw new Error("There is no such claim.");
    return node;
  }

  async withdraw(claimId: string, note = "The customer let it go.") {
    return (await this.books.app.query(this.#analyst, WithdrawClaimDocument, { input: { claimId, note } })).withdrawClaim;
  }

  async note(input: ClaimNoteInput) {
    return (await this.books.app.query(this.books.company.as.collector, NoteClaimDocument, { input })).noteClaim;
  }

  async match(claimId: string, deductionId: string) {
    return (await this.books.app.query(this.#analyst, MatchClaimDocument, { input: { claimId, deductionId } })).matchClaim;
  }

  async unmatch(claimId: string, deductionId: string, note = "Another one.") {
    return (await this.books.app.query(this.#analyst, UnmatchClaimDocument, { input: { claimId, deductionId, note } })).unmatchClaim;
  }

  /** The customer's deductions with the claims behind them, oldest first. */
  async deductions() {
    return (await this.books.app.query(this.#analyst, ClaimedDeductionsDocument, { customerId: this.customer.id })).deductions!.edges!.map((it) => it!.node!).reverse();
  }

  /** Pays an invoice short, or takes off without one, and answers with the deductions of that payment. */
  async paysShort(line: { reference?: string; gross?: string; deduction: string; net?: string; customerCode?: string; claimNumber?: string; purchaseOrder?: string }, ...others: { reference: string; net: string }[]) {
    const cash = [line.net ?? (Number(line.gross) - Number(line.deduction)).toFixed(2), ...others.map(({ net }) => net)];
    const { payment, userErrors } = await this.books.pay({ account: this.customer.account, amount: cash.reduce((sum, it) => sum + Number(it), 0).toFixed(2), lines: [line, ...others] });
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    const ids = payment!.deductions.map(({ id }) => id);
    return (await this.deductions()).filter(({ id }) => ids.includes(id));
  }
}
