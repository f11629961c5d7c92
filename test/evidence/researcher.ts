import { createHash } from "node:crypto";
import type { Books } from "../kit/books.ts";
import { AddEvidenceDocument, type AddEvidenceInput, EvidenceOfDocument, WithdrawEvidenceDocument } from "../kit/gql.ts";
import type { MemberName } from "../kit/company.ts";

/** Somebody who collects the papers of deductions, through the server as a client does. */
export class Researcher {
  constructor(
    readonly books: Books,
    readonly who: MemberName = "analyst",
  ) {}

  get token(): string {
    return this.books.company.as[this.who];
  }

  async upload(name: string, content: string | Buffer, type = "application/pdf", purpose = "EVIDENCE"): Promise<{ id: string; digest: string }> {
    const response = await fetch(`${this.books.app.url}/files?${new URLSearchParams({ name, purpose, company: this.books.company.code })}`, { method: "POST", headers: { "content-type": type, authorization: `Bearer ${this.token}` }, body: content });
    if (response.status !== 201) throw new Error(`The upload was answered with ${response.status}: ${await response.text()}`);
    return (await response.json()) as { id: string; digest: string };
  }

  async add(deductionId: string, input: Partial<AddEvidenceInput>) {
    return (await this.books.app.query(this.token, AddEvidenceDocument, { input: { deductionId, kind: "POD", ...input } })).addEvidence;
  }

  async withdraw(evidenceId: string, note = "It is of another delivery.") {
    return (await this.books.app.query(this.token, WithdrawEvidenceDocument, { input: { evidenceId, note } })).withdrawEvidence;
  }

  async of(id: string) {
    const { node } = await this.books.app.query(this.token, EvidenceOfDocument, { id });
    if (!node || !("evidence" in node)) throw new Error("There is no such deduction.");
    return node;
  }
}

/** A customer that paid an invoice of 1,000.00 short: what it took, by customer code 22, which is a shortage. */
export async function shortPaid(books: Books, { amount = "200.00", code = "22", claim = "CL-1" }: { amount?: string; code?: string; claim?: string } = {}): Promise<{ customerId: string; account: string; deductionId: string; invoice: string }> {
  const { id: customerId, account } = await books.customer();
  await books.reason({ account, customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
  const invoice = `${account}-1`;
  await books.bill(account, { number: invoice, total: "1000.00" });
  const net = (1000 - Number(amount)).toFixed(2);
  const { payment, userErrors } = await books.pay({ account, amount: net, lines: [{ reference: invoice, gross: "1000.00", deduction: amount, customerCode: code, claimNumber: claim }] });
  if (!payment) throw new Error(`Refused: ${JSON.stringify(userErrors)}`);
  return { customerId, account, deductionId: payment.deductions[0]!.id, invoice };
}

export const sha256 = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");
