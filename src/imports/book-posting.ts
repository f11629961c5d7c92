import type { CashDecision } from "../domain/cash-application.ts";
import type { ColumnMap } from "../domain/column-map.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { type BusinessEvent, EventKind } from "../domain/events.ts";
import { total } from "../domain/money.ts";
import { ApplicationKind, ItemKind, type OpenDebit } from "../domain/open-item.ts";
import { type Entry, EntryKind, postInvoice } from "../domain/posting.ts";
import type { RowFault } from "../domain/row-cells.ts";
import { type NewApplication, type NewItem, settlePayment } from "../domain/settlement.ts";
import type { NewInvoiceRow } from "../invoices/invoice.sql.ts";
import type { Origin } from "../ledger/journal.sql.ts";
import type { OpenItemBatch } from "../openitems/open-item-writer.sql.ts";
import type { NewPaymentRow } from "../payments/payment.sql.ts";
import { contradictions, type DocumentFacts } from "./book-facts.ts";

/** A row of the queue with its customer. */
export interface QueuedRow extends DocumentFacts {
  readonly line: number;
  readonly documentKey: string;
  readonly number: string | null;
  readonly customerId: string;
  readonly clearedOn: BusinessDate | null;
  readonly termsCode: string | null;
  readonly segment: string | null;
  readonly disputed: boolean;
  readonly purchaseOrder: string | null;
  readonly salesOrder: string | null;
  readonly shipment: string | null;
}

/** An invoice with its open item. */
export interface InvoiceItem {
  readonly invoiceId: string;
  readonly itemId: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly openMinor: bigint;
  readonly dueOn: BusinessDate;
  readonly effectiveOn: BusinessDate;
}

/** An invoice that the book holds, as it stands under the customer's lock. One of several installments comes once for each, the first due first. */
export interface HeldInvoice extends DocumentFacts, InvoiceItem {
  readonly documentKey: string;
  /** What the installment was; the amount of the whole is `minor`. */
  readonly installmentMinor: bigint;
}

/** Everything that some rows write onto the books. */
export interface BookPosting {
  readonly invoices: readonly NewInvoiceRow[];
  readonly payments: readonly NewPaymentRow[];
  readonly batch: OpenItemBatch;
  readonly events: readonly BusinessEvent[];
  /** Rows that contradict the book as it is by now, each with its faults. */
  readonly rejected: readonly (readonly RowFault[])[];
  /** Rows that the book holds by now with nothing to add. */
  readonly known: number;
  readonly posted: number;
}

/**
 * What rows of a book write: an invoice for each document that is not held yet, and one payment for all that one customer
 * cleared on one day in one currency, applied in full by the rules that any payment is applied by. A document that is held
 * and open, and cleared in the file, is paid what is open on it.
 */
export function postBook(origin: Origin, rows: readonly QueuedRow[], held: readonly HeldInvoice[], map: ColumnMap, newId: () => string): BookPosting {
  const book = new Map<string, HeldInvoice[]>();
  for (const invoice of held) book.set(invoice.documentKey, [...(book.get(invoice.documentKey) ?? []), invoice]);
  const draft = new Draft(origin, newId);
  const rejected: RowFault[][] = [];
  let known = 0;
  for (const row of rows) {
    const installments = book.get(row.documentKey) ?? [];
    const [invoice] = installments;
    const open = installments.filter(({ openMinor }) => openMinor > 0n);
    const faults = invoice ? contradictions(row.line, row, invoice, map) : [];
    if (faults.length > 0) rejected.push(faults);
    else if (!invoice) draft.enter(row);
    else if (row.clearedOn === null || open.length === 0) known++;
    else for (const it of open) draft.clear(row, row.clearedOn, { ...it, minor: it.installmentMinor });
  }
  return { ...draft.finish(), rejected, known, posted: rows.length - known - rejected.length };
}

/** What is open on an invoice, as cash meets it. Imported history offers no discount. */
const debitOf = (customerId: string, { invoiceId, itemId, currency, minor, openMinor, dueOn, effectiveOn }: InvoiceItem): OpenDebit => ({
  itemId, customerId, kind: ItemKind.INVOICE, documentId: invoiceId, references: [], currency, dueOn, effectiveOn,
  originalMinor: minor, openMinor, discountTakenMinor: 0n, discounts: [], graceDays: 0,
});

/** A payment in the making: what one customer cleared on one day in one currency. */
interface Clearing {
  readonly customerId: string;
  readonly currency: string;
  readonly clearedOn: BusinessDate;
  readonly debits: OpenDebit[];
}

/** Rows to write, as they gather. */
class Draft {
  readonly #invoices: NewInvoiceRow[] = [];
  readonly #payments: NewPaymentRow[] = [];
  readonly #entries: Entry[] = [];
  readonly #items: NewItem[] = [];
  readonly #applications: NewApplication[] = [];
  readonly #events: BusinessEvent[] = [];
  readonly #clearings = new Map<string, Clearing>();

  constructor(
    private readonly origin: Origin,
    private readonly newId: () => string,
  ) {}

  /** Puts a new invoice on the books, and notes its payment where the row is cleared. */
  enter(row: QueuedRow): void {
    const { customerId, number, documentKey, currency, minor, invoicedOn, dueOn, clearedOn, termsCode, segment, disputed, purchaseOrder, salesOrder, shipment } = row;
    const [id, itemId] = [this.newId(), this.newId()];
    const amounts = { totalMinor: minor, taxMinor: 0n, freightMinor: 0n };
    this.#invoices.push({
      id, customerId, number, documentKey, currency, totalMinor: minor, taxMinor: 0n, freightMinor: 0n, invoicedOn, dueOn,
      termsCode, graceDays: 0, purchaseOrder, salesOrder, shipment, segment, disputed,
    });
    this.#entries.push({ id: this.newId(), kind: EntryKind.INVOICE, documentId: id, customerId, currency, effectiveOn: invoicedOn, postings: postInvoice(amounts) });
    this.#items.push({ id: itemId, kind: ItemKind.INVOICE, customerId, documentId: id, currency, minor, dueOn, effectiveOn: invoicedOn });
    if (clearedOn !== null) this.clear(row, clearedOn, { invoiceId: id, itemId, currency, minor, openMinor: minor, dueOn, effectiveOn: invoicedOn });
    else this.#tell(EventKind.INVOICE_CHANGED, customerId, id, currency, minor, invoicedOn);
  }

  /** Notes that a payment of the day settles all that is open on an invoice. */
  clear({ customerId, currency }: QueuedRow, clearedOn: BusinessDate, item: InvoiceItem): void {
    const key = `${customerId} ${clearedOn} ${currency}`;
    const debit = debitOf(customerId, item);
    const clearing = this.#clearings.get(key);
    if (clearing) clearing.debits.push(debit);
    else this.#clearings.set(key, { customerId, currency, clearedOn, debits: [debit] });
  }

  finish(): Pick<BookPosting, "invoices" | "payments" | "batch" | "events"> {
    for (const clearing of this.#clearings.values()) this.#pay(clearing);
    const batch = { entries: this.#entries, items: this.#items, applications: this.#applications };
    return { invoices: this.#invoices, payments: this.#payments, batch, events: this.#events };
  }

  #pay({ customerId, currency, clearedOn, debits }: Clearing): void {
    const [id, itemId, minor] = [this.newId(), this.newId(), total(debits.map(({ openMinor }) => openMinor))];
    const payment = { id, itemId, customerId, currency, usedOn: clearedOn, receivedMinor: minor };
    const settlements = debits.map((item) => ({ kind: ApplicationKind.CASH, item, minor: item.openMinor, lineNo: null }));
    const decision: CashDecision = { settlements, deductions: [], unappliedMinor: 0n, unearned: [], exceptions: [] };
    const settled = settlePayment(payment, decision, this.newId);
    this.#payments.push({
      id, customerId, source: "IMPORT", payerName: null, reference: null, currency, minor,
      receivedOn: clearedOn, depositedOn: clearedOn, bankLineId: null, exception: null,
    });
    this.#items.push({ id: itemId, kind: ItemKind.PAYMENT, customerId, documentId: id, currency, minor, dueOn: null, effectiveOn: clearedOn }, ...settled.items);
    this.#entries.push(...settled.entries);
    this.#applications.push(...settled.applications);
    this.#tell(EventKind.PAYMENT_RECEIVED, customerId, id, currency, minor, clearedOn);
    const settledOf = new Map<string, bigint>();
    settled.applications.forEach((application, index) => {
      const { documentId } = debits[index]!;
      settledOf.set(documentId, (settledOf.get(documentId) ?? 0n) + application.minor);
      this.#tell(EventKind.PAYMENT_APPLIED, customerId, application.id, currency, application.minor, application.effectiveOn, id);
    });
    const effectiveOn = new Map(settled.applications.map((it, index) => [debits[index]!.documentId, it.effectiveOn]));
    for (const [documentId, changed] of settledOf) this.#tell(EventKind.INVOICE_CHANGED, customerId, documentId, currency, changed, effectiveOn.get(documentId)!);
  }

  #tell(kind: EventKind, customerId: string, subjectId: string, currency: string, minor: bigint, effectiveOn: BusinessDate, documentId: string | null = null): void {
    const { companyId, batchId } = this.origin;
    this.#events.push({ companyId, batchId, kind, customerId, subjectId, documentId, reason: null, currency, minor, effectiveOn });
  }
}
