import { oncePerKey } from "../companies/idempotency.ts";
import { type CustomerRow, customersByAccounts } from "../customers/customer.sql.ts";
import { refuseHeld } from "../customers/standing-hold.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { today } from "../db/today.ts";
import { transact, type Tx } from "../db/transaction.ts";
import { accountKey, documentKey } from "../domain/account-number.ts";
import type { Actor } from "../domain/actor.ts";
import { EventKind } from "../domain/events.ts";
import { type InvoiceAmounts, readInvoiceAmounts } from "../domain/invoice.ts";
import { exponentOf } from "../domain/money.ts";
import { ItemKind } from "../domain/open-item.ts";
import { EntryKind, postInvoice } from "../domain/posting.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { countedFrom } from "../ledger/posting-days.ts";
import { append } from "../live/event-log.ts";
import type { Tail } from "../live/tail.ts";
import { writeOpenItems } from "../openitems/open-item-writer.sql.ts";
import { agreedSchedule } from "./agreed-schedule.ts";
import { insertInvoiceDiscounts, insertInvoiceLines, insertInvoices, invoicesByDocumentKeys } from "./invoice.sql.ts";

/** An invoice as somebody wrote it, amounts as plain decimals. */
export interface InvoiceToIssue {
  readonly companyId: string;
  readonly account: string;
  readonly number: string;
  readonly currency: string;
  readonly invoicedOn: string;
  readonly termsCode?: string | null | undefined;
  readonly dueOn?: string | null | undefined;
  readonly lines: readonly { readonly item?: string | null; readonly description: string; readonly quantity?: string | null; readonly unit?: string | null; readonly unitPrice?: string | null; readonly amount: string }[];
  readonly tax?: string | null | undefined;
  readonly freight?: string | null | undefined;
  readonly total: string;
  readonly purchaseOrder?: string | null | undefined;
  readonly salesOrder?: string | null | undefined;
  readonly shipment?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

const MOST_LINES = 1_000;

export class InvoiceService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Puts an invoice on the books and answers with its id. Refuses while the customer is on hold for invoices. */
  async issue(actor: Actor, invoice: InvoiceToIssue): Promise<string> {
    const { companyId, idempotencyKey, ...input } = invoice;
    at({ field: ["currency"] }, () => exponentOf(invoice.currency));
    if (invoice.lines.length === 0 || invoice.lines.length > MOST_LINES) {
      throw new Refusal("LIMIT_EXCEEDED", `An invoice has 1 to ${MOST_LINES} lines.`, { field: ["lines"] });
    }
    checkDecimals(invoice);
    const amounts = readInvoiceAmounts({ ...invoice, tax: invoice.tax ?? "0", freight: invoice.freight ?? "0" });
    const key = at({ field: ["number"] }, () => documentKey(invoice.number));
    const id = await transact(this.db, async (tx) => {
      const customer = await findAccount(tx, companyId, invoice.account);
      await lockCustomers(tx, companyId, [customer.id]);
      return oncePerKey(tx, { companyId, command: "issueInvoice", key: idempotencyKey, input }, async () => {
        if ((await invoicesByDocumentKeys(tx, companyId, [key])).length > 0) {
          throw new Refusal("DUPLICATE", `There is an invoice ${invoice.number} already.`, { field: ["number"] });
        }
        await refuseHeld(tx, { companyId, customerId: customer.id }, today(this.db), invoice.invoicedOn);
        return this.#write(tx, actor, invoice, amounts, customer, key);
      });
    });
    this.tail.ring();
    return id;
  }

  async #write(tx: Tx, actor: Actor, invoice: InvoiceToIssue, amounts: InvoiceAmounts, customer: CustomerRow, key: string): Promise<string> {
    const { companyId, currency, invoicedOn } = invoice;
    const { totalMinor, taxMinor, freightMinor, lineMinors } = amounts;
    const [id, customerId] = [newId(), customer.id];
    const { schedule, termsCode, arrangementId } = await agreedSchedule(tx, companyId, customer, invoice, amounts);
    const { dueOn, graceDays, dueGraceDays, discounts, discountBase, discountOnPartial } = schedule;
    const { purchaseOrder = null, salesOrder = null, shipment = null } = invoice;
    await insertInvoices(tx, companyId, null, [
      { id, customerId, number: invoice.number.trim(), documentKey: key, currency, totalMinor, taxMinor, freightMinor, invoicedOn, dueOn, termsCode, graceDays, purchaseOrder, salesOrder, shipment, segment: null, disputed: false, dueGraceDays, discountBase, discountOnPartial, arrangementId },
    ]);
    await insertInvoiceLines(tx, companyId, id, invoice.lines.map(({ item = null, description, quantity = null, unit = null, unitPrice = null }, index) => ({ item, description, quantity, unit, unitPrice, minor: lineMinors[index]! })));
    if (discounts.length > 0) await insertInvoiceDiscounts(tx, companyId, id, discounts.map((it) => it.discountOn), discounts.map((it) => it.basisPoints));
    const counts = await writeOpenItems(tx, { companyId, batchId: null }, {
      entries: [{ id: newId(), kind: EntryKind.INVOICE, documentId: id, customerId, currency, effectiveOn: invoicedOn, postings: postInvoice(amounts) }],
      items: schedule.installments.map((part) => ({
        id: newId(), kind: ItemKind.INVOICE, customerId, documentId: id, installmentNo: part.no, currency, minor: part.minor, dueOn: part.dueOn, effectiveOn: invoicedOn,
      })),
      applications: [],
    });
    const event = { kind: EventKind.INVOICE_CHANGED, companyId, customerId, subjectId: id, documentId: null, reason: null, currency, minor: totalMinor, batchId: null, effectiveOn: invoicedOn };
    await append(tx, actor.memberId, countedFrom([event], counts));
    return id;
  }
}

/** The customer of an account number in any spelling. Refuses an unknown one. */
export async function findAccount(tx: Tx, companyId: string, account: string): Promise<CustomerRow> {
  const key = at({ field: ["account"] }, () => accountKey(account));
  const [customer] = await customersByAccounts(tx, companyId, [key]);
  if (!customer) throw new Refusal("NOT_FOUND", `There is no account ${account} in this company.`, { field: ["account"] });
  return customer;
}

function checkDecimals({ lines }: InvoiceToIssue): void {
  lines.forEach(({ quantity, unitPrice, description }, index) => {
    if (description.trim() === "" || description.length > 1_000) throw new Refusal("VALUE_INVALID", "A description has 1 to 1000 characters.", { field: ["lines", String(index), "description"] });
    for (const [name, value] of [["quantity", quantity], ["unitPrice", unitPrice]] as const) {
      if (value && !/^\d{1,12}(\.\d{1,8})?$/.test(value)) throw new Refusal("VALUE_INVALID", `"${value}" is not a plain decimal.`, { field: ["lines", String(index), name] });
    }
  });
}
