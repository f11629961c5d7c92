import type { CashDecision, Settlement, TakenDeduction } from "./cash-application.ts";
import type { OpenCredit } from "./credit-netting.ts";
import { type BusinessDate, laterOf } from "./dates.ts";
import { ApplicationKind, ItemKind, type OpenDebit } from "./open-item.ts";
import { type Entry, EntryKind, postApplication, postPaidByOther, postPassedOn, postReceipt, type Posting, together } from "./posting.ts";
import type { ReasonSource } from "./reasons.ts";

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

/**
 * An application to be written. Each item it names shrinks by `minor`. Its customer is the one whose debit item it settles,
 * which is another than the payer's where the payer pays for that customer.
 */
export interface NewApplication {
  readonly id: string;
  readonly kind: ApplicationKind;
  readonly entryId: string;
  readonly customerId: string;
  /** Null for the use of a credit memo by itself. */
  readonly paymentId: string | null;
  readonly debitItemId: string | null;
  readonly creditItemId: string | null;
  readonly openedItemId: string | null;
  readonly currency: string;
  readonly minor: bigint;
  readonly effectiveOn: BusinessDate;
}

/**
 * A deduction to be written, with the open item it stands in. It belongs to the customer whose item it closes, though another
 * paid short: the balance of the one who was billed stays whole. One that closes nothing belongs to the payer.
 */
export interface NewDeduction extends Omit<TakenDeduction, "closes" | "about" | "lineNo" | "reasonSource"> {
  /** Null for a part of one that was taken before this was kept. */
  readonly reasonSource: ReasonSource | null;
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
 * never before its item exists; each such day gets one balanced entry of each customer.
 */
export function settlePayment(payment: PaymentInUse, decision: CashDecision, newId: () => string): SettledPayment {
  const days = new Days(payment, newId);
  if (payment.receivedMinor !== null) days.post(payment.usedOn, payment.customerId, postReceipt(payment.receivedMinor, true));
  const { id: paymentId, currency } = payment;
  const cash = { itemId: payment.itemId, effectiveOn: payment.usedOn };
  const apply = (kind: ApplicationKind, item: OpenDebit | null, minor: bigint, used: Pick<OpenCredit, "itemId" | "effectiveOn"> | null, openedItemId: string | null): NewApplication => {
    const usesCash = used === cash;
    const effectiveOn = [item, used].reduce((day, it) => (it ? laterOf(day, it.effectiveOn) : day), payment.usedOn);
    const customerId = item?.customerId ?? payment.customerId;
    const passedOn = usesCash && item !== null && customerId !== payment.customerId;
    if (passedOn) days.post(effectiveOn, payment.customerId, postPassedOn(minor));
    const entryId = days.post(effectiveOn, customerId, passedOn ? postPaidByOther(minor, item.kind) : postApplication(kind, minor, item?.kind ?? null));
    const [debitItemId, creditItemId] = [item?.itemId ?? null, used?.itemId ?? null];
    return { id: newId(), kind, entryId, customerId, paymentId, debitItemId, creditItemId, openedItemId, currency, minor, effectiveOn };
  };

  const usedBy = (settlement: Settlement): Pick<OpenCredit, "itemId" | "effectiveOn"> | null => (settlement.kind === "CREDIT" ? settlement.credit : settlement.kind === "CASH" ? cash : null);
  const applications = decision.settlements.map((it) => apply(it.kind, it.item, it.minor, usedBy(it), null));
  const items: NewItem[] = [];
  const deductions: NewDeduction[] = [];
  for (const { closes, about, ...taken } of decision.deductions) {
    const [id, itemId] = [newId(), newId()];
    const application = closes
      ? apply(ApplicationKind.DEDUCTION, closes, taken.minor, null, itemId)
      : apply(ApplicationKind.CLAIM, null, -taken.minor, cash, itemId);
    const { customerId, effectiveOn: takenOn } = application;
    applications.push(application);
    items.push({ id: itemId, kind: ItemKind.DEDUCTION, customerId, documentId: id, currency, minor: taken.minor, dueOn: null, effectiveOn: takenOn });
    const invoiceId = about?.kind === ItemKind.INVOICE ? about.documentId : null;
    deductions.push({ ...taken, id, customerId, paymentId, invoiceId, source: closes ? "SHORT_PAY" : "REMITTANCE_LINE", currency, takenOn });
  }
  return { entries: days.entries(), items, applications, deductions };
}

/** The entries of one payment, one of each customer for each day something is effective on. */
class Days {
  readonly #entries: { readonly id: string; readonly effectiveOn: BusinessDate; readonly customerId: string; readonly postings: Posting[] }[] = [];

  constructor(
    private readonly payment: PaymentInUse,
    private readonly newId: () => string,
  ) {}

  /** Adds postings to the entry of a customer's day and returns the id of that entry. */
  post(effectiveOn: BusinessDate, customerId: string, postings: readonly Posting[]): string {
    let entry = this.#entries.find((it) => it.effectiveOn === effectiveOn && it.customerId === customerId);
    if (!entry) this.#entries.push((entry = { id: this.newId(), effectiveOn, customerId, postings: [] }));
    entry.postings.push(...postings);
    return entry.id;
  }

  entries(): Entry[] {
    const { id: documentId, customerId: payerId, currency, usedOn, receivedMinor } = this.payment;
    return this.#entries.map(({ id, effectiveOn, customerId, postings }) => {
      const kind = receivedMinor !== null && effectiveOn === usedOn && customerId === payerId ? EntryKind.PAYMENT : EntryKind.APPLICATION;
      return { id, kind, documentId, customerId, currency, effectiveOn, postings: together(postings) };
    });
  }
}
