import { createHash } from "node:crypto";
import { companiesByIds } from "../companies/company.sql.ts";
import { type ContactRow, contactsByCustomers } from "../customers/contact.sql.ts";
import { customersByKeys } from "../customers/customer.sql.ts";
import { type Database, only } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { today } from "../db/today.ts";
import { transact, type Tx } from "../db/transaction.ts";
import { type CaseInQuestion, lockCase, recordStep, subjectOf } from "../deductions/case-steps.ts";
import type { CaseRow } from "../deductions/case.sql.ts";
import { deductionsByKeys } from "../deductions/deduction.sql.ts";
import type { Actor } from "../domain/actor.ts";
import { allowedChannels } from "../domain/contact.ts";
import { addDays, type BusinessDate } from "../domain/dates.ts";
import { argumentsAgainst, type DenialFacts, denialLetter, denialText } from "../domain/denial.ts";
import { Refusal } from "../domain/refusal.ts";
import type { FileService } from "../files/file.service.ts";
import { invoicesByKeys } from "../invoices/invoice.sql.ts";
import type { Tail } from "../live/tail.ts";
import { denialPdf } from "./denial-pdf.ts";
import type { DenialAnswer } from "./denial-answer.ts";
import { denialsByKeys, insertAnswer, insertDenial } from "./denial.sql.ts";
import { evidenceOfDeductions } from "./evidence.sql.ts";
import { type ResearchOutcome, unpacked } from "./research-outcome.ts";
import { researchOfDeductions } from "./research.sql.ts";

/** A denial to be written. */
export interface DenialToWrite extends CaseInQuestion {
  /** What the person adds to what the papers say. */
  readonly reasoning?: string | null | undefined;
  /** Until when the customer is asked to answer; in 30 days when left out. */
  readonly answerBy?: BusinessDate | null | undefined;
}

export interface AnswerToKeep {
  readonly companyId: string;
  readonly denialId: string;
  readonly kind: DenialAnswer;
  readonly note: string;
  /** Today when left out. */
  readonly answeredOn?: BusinessDate | null | undefined;
}

const LONGEST_TEXT = 10_000;
const DAYS_TO_ANSWER = 30;

/** Tells customers why a deduction is denied, and keeps what they answer. */
export class DenialService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
    private readonly files: FileService,
  ) {}

  /** Writes the packet of a deduction that was found invalid: a PDF that is kept, and a draft of an e-mail. Sends nothing. Answers with its id. */
  async write(actor: Actor, { companyId, deductionId, expectedVersion, reasoning = null, answerBy = null }: DenialToWrite): Promise<string> {
    if (reasoning !== null) checkText(reasoning, "reasoning");
    const day = today(this.db);
    if (answerBy !== null && answerBy < day) throw new Refusal("DATE_INVALID", `${answerBy} is past.`, { field: ["answerBy"] });
    const id = newId();
    await transact(this.db, async (tx) => {
      const row = await lockCase(tx, { companyId, deductionId, expectedVersion });
      if (row.verdict !== "INVALID") throw new Refusal("BLOCKED", "Only what was found invalid is denied: decide it first.", { subject: subjectOf(row) });
      const { facts, researchId, recipient } = await gather(tx, row, { reasoning: reasoning?.trim() ?? null, day, answerBy: answerBy ?? addDays(day, DAYS_TO_ANSWER) });
      if (argumentsAgainst(facts).length === 0) throw new Refusal("BLOCKED", "No paper speaks against it yet: research it, or say why in `reasoning`.", { field: ["reasoning"], subject: subjectOf(row) });
      const letter = denialLetter(facts);
      const content = await denialPdf(letter, id, new Date(tx.recordedAt));
      const name = `Denial ${facts.claimNumber ?? facts.takenOn}.pdf`.replace(/[^\p{L}\p{N} ._-]/gu, "_");
      const file = await this.files.keepOwn(tx, actor, { companyId, name, contentType: "application/pdf", digest: createHash("sha256").update(content).digest("hex") }, content);
      await insertDenial(tx, companyId, actor.memberId, { id, deductionId, researchId, fileId: file.id, recipient, subject: letter.subject, body: denialText(letter), answerBy: facts.answerBy });
      await recordStep(tx, actor.memberId, row, "WRITE_DENIAL", `${letter.subject}; to be answered by ${facts.answerBy}.`, { state: row.state }, { denialId: id });
    });
    this.tail.ring();
    return id;
  }

  /** Keeps what the customer answered. It changes nothing else: a customer that contests is worked on by DISPUTE_AGAIN. Answers with the deduction's id. */
  async answer(actor: Actor, { companyId, denialId, kind, note, answeredOn = null }: AnswerToKeep): Promise<string> {
    checkText(note, "note");
    const day = answeredOn ?? today(this.db);
    if (day > today(this.db)) throw new Refusal("DATE_INVALID", `${day} is not yet.`, { field: ["answeredOn"] });
    const deductionId = await transact(this.db, async (tx) => {
      const [denial] = await denialsByKeys(tx, [companyId], [denialId]);
      if (!denial) throw new Refusal("NOT_FOUND", "There is no such packet in this company.", { field: ["denialId"] });
      const row = await lockCase(tx, { companyId, deductionId: denial.deductionId });
      await insertAnswer(tx, companyId, newId(), denialId, kind, day, note.trim(), actor.memberId, tx.recordedAt);
      await recordStep(tx, actor.memberId, row, "RECORD_ANSWER", `${kind} on ${day}: ${note.trim()}`, { state: row.state }, { denialId });
      return row.deductionId;
    });
    this.tail.ring();
    return deductionId;
  }
}

function checkText(text: string, field: string): void {
  if (text.trim() === "" || text.length > LONGEST_TEXT) throw new Refusal("VALUE_INVALID", `${field} takes 1 to ${LONGEST_TEXT} characters.`, { field: [field] });
}

/** All that the packet says. Papers that speak for the customer, and our own notes of calls, are not sent along. */
async function gather(tx: Tx, row: CaseRow, wish: Pick<DenialFacts, "reasoning" | "day" | "answerBy">): Promise<{ facts: DenialFacts; researchId: string | null; recipient: string | null }> {
  const { companyId, deductionId, customerId, currency, minor, reason } = row;
  const key = [[companyId], [deductionId]] as const;
  const company = only(await companiesByIds(tx, [companyId]));
  const customer = only(await customersByKeys(tx, [companyId], [customerId]));
  const { invoiceId, claimNumber, takenOn } = only(await deductionsByKeys(tx, ...key));
  const [invoice] = invoiceId === null ? [] : await invoicesByKeys(tx, [companyId], [invoiceId]);
  const [latest] = await researchOfDeductions(tx, ...key);
  const outcome = latest && unpacked<ResearchOutcome>(latest.outcome);
  const papers = (await evidenceOfDeductions(tx, ...key)).filter(({ withdrawnAt, supports, kind }) => withdrawnAt === null && supports !== "FOR" && kind !== "CALL_NOTE");
  const contact = addressee(await contactsByCustomers(tx, [companyId], [customerId]));
  return {
    researchId: latest?.id ?? null, recipient: contact?.email ?? null,
    facts: {
      ...wish, company: company.name, customer: customer.name, account: customer.accountNumber, contact: contact?.name ?? null, currency, minor, reason, takenOn, claimNumber,
      invoice: invoice?.number ?? null, purchaseOrder: invoice?.purchaseOrder ?? null, findings: outcome?.findings ?? [], tests: outcome?.tests ?? [], lines: outcome?.lines ?? [], papers,
    },
  };
}

/** Whom to write to: who is there for disputes before who is there for payables, and nobody who does not want e-mails. */
function addressee(contacts: readonly ContactRow[]): ContactRow | null {
  const reachable = contacts.filter(({ email, wishes }) => email !== null && allowedChannels(wishes).includes("EMAIL"));
  return reachable.find(({ role }) => role === "DISPUTES") ?? reachable.find(({ role }) => role === "ACCOUNTS_PAYABLE") ?? null;
}
