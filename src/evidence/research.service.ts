import { contractsOfDeductions } from "../claims/contract.sql.ts";
import { type Database, only } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact, type Tx } from "../db/transaction.ts";
import { type CaseInQuestion, lockCase, recordStep } from "../deductions/case-steps.ts";
import type { Actor } from "../domain/actor.ts";
import { type BookFacts, deductionFile } from "../domain/deduction-file.ts";
import type { BilledGoods } from "../domain/claim-file.ts";
import { decimalFromMinor } from "../domain/money.ts";
import { readPaper } from "../domain/paper.ts";
import { unitKey } from "../domain/quantity.ts";
import { discountsByInvoices, type InvoiceLineRow, type InvoiceRow, invoicesByKeys, linesByInvoices } from "../invoices/invoice.sql.ts";
import type { Tail } from "../live/tail.ts";
import { evidenceOfDeductions } from "./evidence.sql.ts";
import { ENGINE, lookInto, packed, type ResearchOutcome } from "./research-outcome.ts";
import { factsOfDeduction, insertResearch } from "./research.sql.ts";

/** Compares the papers of deductions, and keeps every comparison with what went into it. */
export class ResearchService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Reads a deduction against its papers and the books, and keeps what came of it as a fact. It decides nothing. Answers with its id. */
  async research(actor: Actor, { companyId, deductionId, expectedVersion }: CaseInQuestion): Promise<string> {
    const id = newId();
    await transact(this.db, async (tx) => {
      const row = await lockCase(tx, { companyId, deductionId, expectedVersion });
      const papers = (await evidenceOfDeductions(tx, [companyId], [deductionId])).filter(({ withdrawnAt, document }) => withdrawnAt === null && document !== null);
      const file = deductionFile(await booksOf(tx, companyId, deductionId), papers.map(({ kind, document }) => ({ kind, paper: readPaper(kind, document!, row.currency) })));
      const outcome = lookInto(file);
      const { recommendation, explainedMinor, validMinor } = outcome;
      const inputs = papers.map((it) => ({ evidenceId: it.id, kind: it.kind, reference: it.reference, digest: it.digest! }));
      await insertResearch(tx, companyId, actor.memberId, { id, deductionId, engine: ENGINE, inputs, file: packed(file), outcome: packed(outcome), recommendation, currency: row.currency, minor: row.minor, explainedMinor, validMinor });
      await recordStep(tx, actor.memberId, row, "COMPARE_PAPERS", summary(outcome, row.currency), { state: row.state }, { researchId: id });
    });
    this.tail.ring();
    return id;
  }
}

const summary = ({ findings, recommendation, explainedMinor, unexplainedMinor }: ResearchOutcome, currency: string): string =>
  `${findings.map(({ cause }) => cause).join(" and ") || "No cause found"}: ${currency} ${decimalFromMinor(explainedMinor, currency)} explained, ${decimalFromMinor(unexplainedMinor, currency)} not; ${recommendation}.`;

async function booksOf(tx: Tx, companyId: string, deductionId: string): Promise<BookFacts> {
  const { invoiceId, earlier, ...facts } = only(await factsOfDeduction(tx, companyId, deductionId));
  const { orders, invoices, takenFrom } = only(await contractsOfDeductions(tx, [companyId], [deductionId]));
  const [[invoice], discounts, lines] = invoiceId === null ? [[], [], []] : await Promise.all([invoicesByKeys(tx, [companyId], [invoiceId]), discountsByInvoices(tx, [companyId], [invoiceId]), linesByInvoices(tx, [companyId], [invoiceId])]);
  return {
    ...facts, earlier: earlier.map((it) => ({ ...it, minor: BigInt(it.minor) })), contract: { named: { orders, invoices }, takenFrom },
    invoice: invoice
      ? {
          number: nameOf(invoice), invoicedOn: invoice.invoicedOn, totalMinor: invoice.totalMinor, graceDays: invoice.graceDays,
          discounts: discounts.map(({ discountOn, basisPoints }) => ({ discountOn, basisPoints })), goods: goodsOf(invoice, lines),
        }
      : null,
  };
}

const nameOf = ({ number, invoicedOn }: InvoiceRow): string => number ?? `the invoice of ${invoicedOn}`;

/** The goods of an invoice in the books; null where a line does not say which goods, or how many. */
function goodsOf(invoice: InvoiceRow, lines: readonly InvoiceLineRow[]): BilledGoods | null {
  const goods = lines.map(({ item, quantity, unit, minor }) => {
    const match = /^(\d{1,12})(?:\.(\d{1,3})0*)?$/.exec(quantity ?? "");
    return item && unit && match ? { item, minor, quantity: { thousandths: BigInt(match[1]!) * 1000n + BigInt((match[2] ?? "").padEnd(3, "0")), unit: unitKey(unit) } } : null;
  });
  return goods.length > 0 && goods.every((it) => it !== null) ? { number: nameOf(invoice), invoicedOn: invoice.invoicedOn, lines: goods } : null;
}
