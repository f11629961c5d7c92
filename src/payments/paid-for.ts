import { arrangementsInForce } from "../customers/arrangement.sql.ts";
import { customersByKeys } from "../customers/customer.sql.ts";
import { paidForOn } from "../customers/relationship.sql.ts";
import { lockCustomers } from "../db/locks.ts";
import type { Tx } from "../db/transaction.ts";
import { documentKey } from "../domain/account-number.ts";
import type { FindItem } from "../domain/cash-application.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { Refusal } from "../domain/refusal.ts";
import { invoicesByDocumentKeys } from "../invoices/invoice.sql.ts";
import { debitsForAmount, type DebitsOf, findDebits, ownersNamed } from "../openitems/open-debit.sql.ts";

/** What a payment's cash is for, as far as it says whose items it may touch. */
export interface AdviceOfPayer {
  readonly companyId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly minor: bigint;
  /** The day the cash is used: the payer must pay for another customer on that day. */
  readonly usedOn: BusinessDate;
  /** Null without an advice, when an amount decides. */
  readonly references: readonly string[] | null;
}

/**
 * Locks a payer and, with it, those customers it pays for whose items its advice may touch; answers with these. They are looked
 * for before anything is locked, so that all are locked at once and in order, and asked about again afterwards: what changed in
 * between counts as it is then.
 */
export async function lockPayer(tx: Tx, { companyId, customerId, currency, minor, usedOn, references }: AdviceOfPayer): Promise<readonly string[]> {
  const paidFor = async (): Promise<string[]> => (await paidForOn(tx, companyId, customerId, usedOn)).map((it) => it.customerId);
  const customerIds = await paidFor();
  const debits: DebitsOf = { companyId, customerIds, currency, extraGraceDays: new Map() };
  const touched = customerIds.length === 0 ? [] : references ? await ownersNamed(tx, debits, references) : (await debitsForAmount(tx, debits, minor)).map((it) => it.customerId);
  const others = new Set(touched);
  await lockCustomers(tx, companyId, [customerId, ...others]);
  return others.size === 0 ? [] : (await paidFor()).filter((id) => others.has(id));
}

/** The days of grace that customers have on a day on top of those of their terms. */
export async function extraGrace(tx: Tx, companyId: string, customerIds: readonly string[], day: BusinessDate): Promise<ReadonlyMap<string, number>> {
  return new Map((await arrangementsInForce(tx, companyId, customerIds, "EXTRA_DISCOUNT_GRACE", day)).map((it) => [it.customerId, it.graceDays ?? 0]));
}

/** What references of a payer name: its own documents first, then those of the customers it pays for. Tells apart what belongs to somebody else. */
export async function findForPayer(tx: Tx, own: DebitsOf, others: readonly string[], references: readonly string[]): Promise<FindItem> {
  const findOwn = await findDebits(tx, own, references);
  const unknown = references.filter((reference) => findOwn(reference) === "UNKNOWN");
  if (unknown.length === 0) return findOwn;
  const findOthers = others.length > 0 ? await findDebits(tx, { ...own, customerIds: others }, unknown) : () => "UNKNOWN" as const;
  const foreign = unknown.filter((reference) => findOthers(reference) === "UNKNOWN").map(documentKey);
  const invoices = foreign.length > 0 ? await invoicesByDocumentKeys(tx, own.companyId, foreign) : [];
  const owned = new Set(invoices.filter((it) => it.currency === own.currency).map((it) => it.documentKey));
  return (reference) => {
    const found = findOwn(reference);
    if (found !== "UNKNOWN") return found;
    const other = findOthers(reference);
    return other === "UNKNOWN" && owned.has(documentKey(reference)) ? "NOT_LINKED" : other;
  };
}

/** Tells a person whose invoice it is that the payer does not pay for, and what would let it. */
export async function refuseNotLinked(tx: Tx, companyId: string, payerId: string, reference: string, field: readonly string[]): Promise<never> {
  const [invoice] = await invoicesByDocumentKeys(tx, companyId, [documentKey(reference)]);
  const customers = await customersByKeys(tx, [companyId, companyId], [payerId, invoice!.customerId]);
  const account = (id: string): string => customers.find((it) => it.id === id)!.accountNumber;
  const [payer, owner] = [account(payerId), account(invoice!.customerId)];
  throw new Refusal("VALUE_INVALID", `Invoice ${reference} is of account ${owner}, and account ${payer} does not pay for it on that day: addPayingRelationship would let it.`, { field });
}
