import { documentKey } from "./account-number.ts";

/** An invoice, as far as it tells one contract from another. */
export interface ContractInvoice {
  readonly id: string;
  readonly number: string | null;
  readonly purchaseOrder: string | null;
}

/** What a customer names for a deduction. */
export interface NamedContract {
  readonly orders: readonly string[];
  readonly invoices: readonly ContractInvoice[];
}

/**
 * Why a deduction looks like one of another contract than the invoice it was taken from, in a sentence; null where it names
 * that contract, or where nothing that it names can be compared. It is an argument for a person, not a verdict.
 */
export function crossContract(named: NamedContract, takenFrom: readonly ContractInvoice[]): string | null {
  if (takenFrom.length === 0) return null;
  const ordered = new Set(takenFrom.flatMap(({ purchaseOrder }) => (purchaseOrder?.trim() ? documentKey(purchaseOrder) : [])));
  const orders = ordered.size > 0 ? [...new Map(named.orders.filter((it) => it.trim() !== "").map((it) => [documentKey(it), it])).entries()] : [];
  const invoices = named.invoices.filter((it, index, all) => all.findIndex(({ id }) => id === it.id) === index);
  const itself = orders.some(([key]) => ordered.has(key)) || invoices.some(({ id }) => takenFrom.some((it) => it.id === id));
  if (itself || orders.length + invoices.length === 0) return null;
  const names = [...orders.map(([, order]) => `order ${order}`), ...invoices.map(inWords)];
  return `It names ${names.join(" and ")}; it was taken from ${takenFrom.map(inWords).join(" and ")}.`;
}

const inWords = ({ number, purchaseOrder }: ContractInvoice): string => `${number === null ? "an invoice without a number" : `invoice ${number}`}${purchaseOrder ? ` of order ${purchaseOrder}` : ""}`;
