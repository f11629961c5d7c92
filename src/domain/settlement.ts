import type { CashDecision, TakenDeduction } from "./cash-application.ts";
import { type BusinessDate, laterOf } from "./dates.ts";
import { ApplicationKind, ItemKind, type OpenDebit } from "./open-item.ts";
import { type Entry, EntryKind, postApplication, postReceipt, type Posting, together } from "./posting.ts";

/** An open item to be written. */
export interface NewItem {
  readonly id: string;
  readonly kind: ItemKind;
  readonly customerId: string | null;
  readonly documentId: string;
  /** Which installment of its document it is, from 1; the only one when left out. */
  readonly installmentNo?: number;
  readonly currency: string;
  readonly minor: bigint;
  readonly dueOn: BusinessDate | null;
  readonly effectiveOn: BusinessDate;
}

/** An application to be written. Each item it names shrinks by `minor`. */
export interface NewApplication {
  readonly id: string;
  readonly kind: ApplicationKind;
  readonly entryId: string;
  readonly customerId: string;
  /** Null for the use of a credit memo. */
  readonly paymentId: string | null;
  readonly debitItemId: string | null;
  readonly creditItemId: string | null;
  readonly openedItemId: string | null;
  readonly currency: string;
  readonly minor: bigint;
  readonly effectiveOn: BusinessDate;
}

/** A deduction to be written, with the open item it stands in. */
export interface NewDeduction extends Omit<TakenDeduction, "closes" | "about" | "lineNo"> {
  readonly id: string;
  readonly lineNo: number | null;
  readonly customerId: string;
  /** Null for one that another was split into, or that several were merged into. */
  readonly paymentId: string | null;
  readonly invoiceId: string | null;
  readonly source: "SHORT_PAY" | "REMITTANCE_LINE" | "SPLIT" | "MERGE";
  readonly currency: string;
  readonly takenOn: BusinessDate;
}

/** A payment of a known customer whose cash is being used. */
export interface PaymentInUse {
  readonly id: string;
  readonly itemId: string;
  readonly customerId: string;
  readonly currency: string;
  /** The day the cash is used: of the receipt, or later. */
  readonly usedOn: BusinessDate;
  /** What was received, when this same step records the receipt; null when it was recorded before. */
  readonly receivedMinor: bigint | null;
}

/** Everything that one use of a payment's cash writes. */
export interface SettledPayment {
  readonly entries: readonly Entry[];
  readonly items: readonly NewItem[];
  readonly applications: readonly NewApplication[];
  readonly deductions: readonly NewDeduction[];
}

/**
 * Turns a decision about cash into the rows that carry it out. An application is effective on the day the cash is used, but
 * never before its item exists; each such day gets one balanced entry.
 */
export function settlePayment(payment: PaymentInUse, decision: CashDecision, newId: () => string): SettledPayment {
  const days = new Days(payment, newId);
  if (payment.receivedMinor !== null) days.post(payment.usedOn, postReceipt(payment.receivedMinor, true));
  const { id: paymentId, customerId, currency } = payment;
  const apply = (kind: ApplicationKind, item: OpenDebit | null, minor: bigint, usesCash: boolean, openedItemId: string | null): NewApplication => {
    const effectiveOn = item ? laterOf(payment.usedOn, item.effectiveOn) : payment.usedOn;
    const entryId = days.post(effectiveOn, postApplication(kind, minor, item?.kind ?? null));
    const [debitItemId, creditItemId] = [item?.itemId ?? null, usesCash ? payment.itemId : null];
    return { id: newId(), kind, entryId, customerId, paymentId, debitItemId, creditItemId, openedItemId, currency, minor, effectiveOn };
  };

  const applications = decision.settlements.map(({ kind, item, minor }) => apply(kind, item, minor, kind === ApplicationKind.CASH, null));
  const items: NewItem[] = [];
  const deductions: NewDeduction[] = [];
  for (const { closes, about, ...taken } of decision.deductions) {
    const [id, itemId] = [newId(), newId()];
    const application = closes
      ? apply(ApplicationKind.DEDUCTION, closes, taken.minor, false, itemId)
      : apply(ApplicationKind.CLAIM, null, -taken.minor, true, itemId);
    const takenOn = application.effectiveOn;
    applications.push(application);
    items.push({ id: itemId, kind: ItemKind.DEDUCTION, customerId, documentId: id, currency, minor: taken.minor, dueOn: null, effectiveOn: takenOn });
    const invoiceId = about?.kind === ItemKind.INVOICE ? about.documentId : null;
    deductions.push({ ...taken, id, customerId, paymentId, invoiceId, source: closes ? "SHORT_PAY" : "REMITTANCE_LINE", currency, takenOn });
  }
  return { entries: days.entries(), items, applications, deductions };
}

/** The entries of one payment, one for each day something is effective on. */
class Days {
  readonly #byDay = new Map<BusinessDate, { id: string; postings: Posting[] }>();

  constructor(
    private readonly payment: PaymentInUse,
    private readonly newId: () => string,
  ) {}

  /** Adds postings to the entry of a day and returns the id of that entry. */
  post(day: BusinessDate, postings: readonly Posting[]): string {
    let entry = this.#byDay.get(day);
    if (!entry) this.#byDay.set(day, (entry = { id: this.newId(), postings: [] }));
    entry.postings.push(...postings);
    return entry.id;
  }

  entries(): Entry[] {
    const { id: documentId, customerId, currency, usedOn, receivedMinor } = this.payment;
    return [...this.#byDay].map(([effectiveOn, { id, postings }]) => {
      const kind = receivedMinor !== null && effectiveOn === usedOn ? EntryKind.PAYMENT : EntryKind.APPLICATION;
      return { id, kind, documentId, customerId, currency, effectiveOn, postings: together(postings) };
    });
  }
}
