import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { addDays, type BusinessDate, dayOf, laterOf } from "../domain/dates.ts";
import { exponentOf, minorFromDecimal, total } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { RemittanceLine } from "../domain/remittance.ts";
import { readTypedLines, requireWholeCash, type TypedLine } from "../domain/remittance-entry.ts";
import { findAccount } from "../invoices/invoice.service.ts";
import type { Tail } from "../live/tail.ts";
import { takeIn, useLeftCash } from "./cash-desk.ts";
import { lockPayer } from "./paid-for.ts";
import { type PaymentRow, paymentsByKeys } from "./payment.sql.ts";

/** A payment as somebody writes it down: who paid, how much, when. */
export interface PaymentToRecord {
  readonly companyId: string;
  /** Account number of the payer; left out while the payer is unknown. */
  readonly account?: string | null | undefined;
  readonly amount: string;
  readonly currency: string;
  readonly receivedOn: string;
  readonly depositedOn?: string | null | undefined;
  readonly payerName?: string | null | undefined;
  readonly reference?: string | null | undefined;
  readonly lines: readonly TypedLine[];
  readonly idempotencyKey?: string | null | undefined;
}

/** How a payment's left cash is to be used. */
export interface CashToUse {
  readonly companyId: string;
  readonly paymentId: string;
  readonly expectedVersion?: number | null | undefined;
  readonly appliedOn?: string | null | undefined;
  readonly lines: readonly TypedLine[];
  readonly idempotencyKey?: string | null | undefined;
}

export class PaymentService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Records a payment, applies it as its lines say or, without lines, by a unique amount. Answers with its id. */
  async record(actor: Actor, payment: PaymentToRecord): Promise<string> {
    const { companyId, idempotencyKey, currency, receivedOn, ...rest } = payment;
    at({ field: ["currency"] }, () => exponentOf(currency));
    const minor = at({ field: ["amount"] }, () => minorFromDecimal(payment.amount, currency));
    if (minor <= 0n) throw new Refusal("AMOUNT_INVALID", "A payment is more than nothing.", { field: ["amount"] });
    const depositedOn = payment.depositedOn ?? receivedOn;
    this.#refuseFuture(receivedOn, "receivedOn");
    this.#refuseFuture(depositedOn, "depositedOn");
    const lines = readTypedLines(payment.lines, currency, minor);
    if (lines.length > 0) requireWholeCash(lines, minor);
    const id = await transact(this.db, async (tx) => {
      const customerId = payment.account ? (await findAccount(tx, companyId, payment.account)).id : null;
      const references = lines.length > 0 ? lines.flatMap(({ reference }) => reference ?? []) : null;
      const others = customerId ? await lockPayer(tx, { companyId, customerId, currency, minor, usedOn: receivedOn, references }) : [];
      return oncePerKey(tx, { companyId, command: "recordPayment", key: idempotencyKey, input: { ...rest, currency, receivedOn } }, () =>
        takeIn(tx, { companyId, memberId: actor.memberId, strict: true }, {
          customerId, source: "MANUAL", payerName: payment.payerName ?? null, reference: payment.reference ?? null, currency, minor,
          receivedOn, depositedOn, bankLineId: null, remittance: lines.length > 0 ? lines : null, others,
        }),
      );
    });
    this.tail.ring();
    return id;
  }

  /** Uses cash that a payment has left. Refuses as a conflict what another command used or settled first. */
  async apply(actor: Actor, use: CashToUse): Promise<string> {
    const { companyId, paymentId, idempotencyKey, ...input } = use;
    if (use.lines.length === 0) throw new Refusal("VALUE_INVALID", "Say what the cash pays.", { field: ["lines"] });
    if (use.appliedOn) this.#refuseFuture(use.appliedOn, "appliedOn");
    await transact(this.db, async (tx) => {
      const found = await findPayment(tx, companyId, paymentId);
      const { customerId, currency, unappliedMinor } = found;
      if (customerId === null) throw new Refusal("VALUE_INVALID", "Cash of an unknown payer cannot be applied; say who paid first.", { field: ["paymentId"] });
      const usedOn = laterOf(found.receivedOn, use.appliedOn ?? this.#today());
      const references = use.lines.flatMap(({ reference }) => reference?.trim() || []);
      const others = await lockPayer(tx, { companyId, customerId, currency, minor: unappliedMinor, usedOn, references });
      await oncePerKey(tx, { companyId, command: "applyPayment", key: idempotencyKey, input: { ...input, paymentId } }, async () => {
        const payment = await findPayment(tx, companyId, paymentId);
        const lines = readTypedLines(use.lines, payment.currency, payment.unappliedMinor);
        const minor = refuseStale(payment, use.expectedVersion ?? null, lines);
        await useLeftCash(tx, { companyId, memberId: actor.memberId, strict: true }, { payment: { ...payment, customerId }, others, lines, minor, usedOn });
        return paymentId;
      });
    });
    this.tail.ring();
    return paymentId;
  }

  #today(): BusinessDate {
    return dayOf(this.db.clock.now() ?? new Date());
  }

  /** A day ahead is let pass: it may be tomorrow already where the payment came in. */
  #refuseFuture(date: BusinessDate, field: string): void {
    if (date > addDays(this.#today(), 1)) throw new Refusal("DATE_INVALID", `${date} has not come yet.`, { field: [field] });
  }
}

async function findPayment(tx: Tx, companyId: string, id: string): Promise<PaymentRow> {
  const [payment] = await paymentsByKeys(tx, [companyId], [id]);
  if (!payment) throw new Refusal("NOT_FOUND", "There is no such payment in this company.", { field: ["paymentId"] });
  return payment;
}

/** Refuses to use a payment that is not as the command counted on. Answers with how much cash the lines use. */
function refuseStale(payment: PaymentRow, expectedVersion: number | null, lines: readonly RemittanceLine[]): bigint {
  const subject = { type: "Payment", companyId: payment.companyId, id: payment.id } as const;
  if (expectedVersion !== null && expectedVersion !== payment.version) {
    throw new Refusal("CONFLICT", `The payment is at version ${payment.version}, not ${expectedVersion}; read it again.`, { field: ["expectedVersion"], subject });
  }
  const minor = total(lines.map(({ netMinor }) => netMinor));
  if (minor > payment.unappliedMinor) {
    throw new Refusal("CASH_EXCEEDED", `The payment has ${payment.unappliedMinor} minor units left; the lines use ${minor}.`, { field: ["lines"], subject });
  }
  // "All that is left" of nothing: another command used it first, and to do nothing would look like success.
  if (payment.unappliedMinor === 0n && lines.every(({ netMinor, grossMinor }) => netMinor === 0n && grossMinor === null)) {
    throw new Refusal("CASH_EXCEEDED", "Nothing is left of this payment.", { field: ["lines"], subject });
  }
  return minor;
}
