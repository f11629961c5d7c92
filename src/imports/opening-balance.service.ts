import { oncePerKey } from "../companies/idempotency.ts";
import { customersByAccounts } from "../customers/customer.sql.ts";
import { type Database, only } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { addDays, dayOf } from "../domain/dates.ts";
import { type BusinessEvent, EventKind } from "../domain/events.ts";
import { postOpening } from "../domain/memo.ts";
import { type OpeningItem, OpeningKind, readOpening, type WrittenOpening } from "../domain/opening-balance.ts";
import { EntryKind } from "../domain/posting.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { Refusal } from "../domain/refusal.ts";
import { insertInvoices, invoicesByDocumentKeys } from "../invoices/invoice.sql.ts";
import { countedFrom } from "../ledger/posting-days.ts";
import { append } from "../live/event-log.ts";
import type { Tail } from "../live/tail.ts";
import { insertMemos, memosByDocumentKeys } from "../memos/memo.sql.ts";
import { writeOpenItems } from "../openitems/open-item-writer.sql.ts";
import { insertOpeningBalance, openingBalanceByKey, type OpeningBalanceRow } from "./opening-balance.sql.ts";

/** What was open in an earlier system on the day of the take-over. */
export interface OpeningToEnter {
  readonly companyId: string;
  readonly takenOverOn: string;
  readonly items: readonly WrittenOpening[];
  readonly idempotencyKey?: string | null | undefined;
}

/** An opening item with its customer and the ids it is written under. */
interface Placed extends OpeningItem {
  readonly id: string;
  readonly customerId: string;
}

const MOST_ITEMS = 5_000;

export class OpeningBalanceService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Puts what was open in an earlier system onto the books, all of it or nothing. The items count from the day of the take-over and keep their own dates. */
  async enter(actor: Actor, { companyId, takenOverOn, items, idempotencyKey }: OpeningToEnter): Promise<OpeningBalanceRow> {
    if (items.length === 0 || items.length > MOST_ITEMS) throw new Refusal("LIMIT_EXCEEDED", `An opening balance has 1 to ${MOST_ITEMS} items.`, { field: ["items"] });
    if (takenOverOn > addDays(dayOf(this.db.clock.now() ?? new Date()), 1)) throw new Refusal("DATE_INVALID", `${takenOverOn} has not come yet.`, { field: ["takenOverOn"] });
    const opening = readOpening(items, takenOverOn);
    const row = await transact(this.db, async (tx) => {
      const placed = await place(tx, companyId, opening);
      await lockCustomers(tx, companyId, new Set(placed.map(({ customerId }) => customerId)));
      const id = await oncePerKey(tx, { companyId, command: "enterOpeningBalance", key: idempotencyKey, input: { takenOverOn, items } }, () => write(tx, actor, companyId, takenOverOn, placed));
      return only(await openingBalanceByKey(tx, companyId, id));
    });
    this.tail.ring();
    return row;
  }
}

/** Finds the customers of the items. */
async function place(tx: Tx, companyId: string, opening: readonly OpeningItem[]): Promise<Placed[]> {
  const customers = new Map((await customersByAccounts(tx, companyId, [...new Set(opening.map((item) => item.accountKey))])).map((it) => [it.accountKey, it.id]));
  return opening.map((item, index) => {
    const customerId = customers.get(item.accountKey);
    if (!customerId) throw new Refusal("NOT_FOUND", "There is no such account in this company.", { field: ["items", String(index), "account"] });
    return { ...item, id: newId(), customerId };
  });
}

async function write(tx: Tx, actor: Actor, companyId: string, takenOverOn: string, placed: readonly Placed[]): Promise<string> {
  await refuseKnown(tx, companyId, placed);
  const id = newId();
  const [invoices, credits] = [placed.filter(({ kind }) => kind === OpeningKind.INVOICE), placed.filter(({ kind }) => kind === OpeningKind.CREDIT_MEMO)];
  await insertOpeningBalance(tx, companyId, id, takenOverOn, placed.length, actor.memberId, tx.recordedAt);
  await insertInvoices(tx, companyId, id, invoices.map((it) => ({
    id: it.id, customerId: it.customerId, number: it.number, documentKey: it.documentKey, currency: it.currency, totalMinor: it.originalMinor, taxMinor: 0n, freightMinor: 0n,
    invoicedOn: it.issuedOn, dueOn: it.dueOn!, termsCode: null, graceDays: 0, purchaseOrder: null, salesOrder: null, shipment: null, segment: null, disputed: false,
  })));
  await insertMemos(tx, companyId, id, credits.map((it) => ({
    id: it.id, kind: "CREDIT", customerId: it.customerId, number: it.number, documentKey: it.documentKey, currency: it.currency, totalMinor: it.originalMinor, taxMinor: 0n,
    issuedOn: it.issuedOn, dueOn: null, reason: DeductionReason.UNIDENTIFIED, invoiceId: null,
  })));
  // What was settled before the take-over is the earlier system's history: the item begins with what was left.
  const common = ({ id: documentId, customerId, currency }: Placed) => ({ documentId, customerId, currency, effectiveOn: takenOverOn });
  const counts = await writeOpenItems(tx, { companyId, batchId: id }, {
    entries: placed.map((it) => ({ ...common(it), id: newId(), kind: EntryKind.OPENING_BALANCE, postings: postOpening(it.kind, it.openMinor) })),
    items: placed.map((it) => ({ ...common(it), id: newId(), kind: it.kind, minor: it.openMinor, dueOn: it.dueOn })),
    applications: [],
  });
  const facts = placed.map((it): BusinessEvent => ({
    kind: it.kind === OpeningKind.INVOICE ? EventKind.INVOICE_CHANGED : EventKind.CREDIT_MEMO_ISSUED, companyId, customerId: it.customerId, subjectId: it.id, documentId: null, reason: null,
    currency: it.currency, minor: it.openMinor, batchId: id, effectiveOn: takenOverOn,
  }));
  const entered = { kind: EventKind.OPENING_BALANCE_ENTERED, companyId, customerId: null, subjectId: id, documentId: null, reason: null, currency: null, minor: null, batchId: null, effectiveOn: takenOverOn };
  await append(tx, actor.memberId, countedFrom([...facts, entered], counts));
  return id;
}

/** Refuses an item whose number the books hold already. */
async function refuseKnown(tx: Tx, companyId: string, placed: readonly Placed[]): Promise<void> {
  const keys = placed.map(({ documentKey }) => documentKey);
  const known = new Set((await invoicesByDocumentKeys(tx, companyId, keys)).map(({ documentKey }) => `INVOICE ${documentKey}`));
  for (const { kind, documentKey } of await memosByDocumentKeys(tx, companyId, keys)) known.add(`${kind}_MEMO ${documentKey}`);
  const index = placed.findIndex(({ kind, documentKey }) => known.has(`${kind} ${documentKey}`));
  if (index !== -1) throw new Refusal("DUPLICATE", `The books hold ${placed[index]!.number} already.`, { field: ["items", String(index), "number"] });
}
