import type { BusinessDate } from "./dates.ts";
import { ApplicationKind } from "./open-item.ts";
import { Account, type Entry, EntryKind, type Posting } from "./posting.ts";
import type { NewApplication } from "./settlement.ts";

/** How what is open of a memo leaves the receivables without cash of the customer. Part of the public schema: add kinds, never rename them. */
export const MemoClearingKind = { REFUND: "REFUND", BAD_DEBT: "BAD_DEBT" } as const;
export type MemoClearingKind = (typeof MemoClearingKind)[keyof typeof MemoClearingKind];

/** A refund is owed to the customer until it is paid out; a charge given up is a loss that was provided for. */
const POSTED: Readonly<Record<MemoClearingKind, readonly [debit: Account, credit: Account]>> = {
  REFUND: [Account.ON_ACCOUNT_CASH, Account.REFUNDS_PAYABLE],
  BAD_DEBT: [Account.ALLOWANCE_FOR_CREDIT_LOSSES, Account.AR_CONTROL],
};

/** A memo of which something is cleared. */
export interface MemoToClear {
  readonly memoId: string;
  readonly itemId: string;
  readonly customerId: string;
  readonly currency: string;
}

/** The rows of a clearing: a negative amount undoes one. */
export function clearMemo(kind: MemoClearingKind, { memoId, itemId, customerId, currency }: MemoToClear, minor: bigint, effectiveOn: BusinessDate, newId: () => string): { readonly entries: Entry[]; readonly applications: NewApplication[] } {
  const [debit, credit] = POSTED[kind];
  const entryId = newId();
  const postings: Posting[] = [{ account: debit, minor }, { account: credit, minor: -minor }];
  const sides = kind === "REFUND" ? { debitItemId: null, creditItemId: itemId } : { debitItemId: itemId, creditItemId: null };
  return {
    entries: [{ id: entryId, kind: EntryKind.MEMO_CLEARING, documentId: memoId, customerId, currency, effectiveOn, postings }],
    applications: [{ id: newId(), kind: ApplicationKind[kind], entryId, customerId, paymentId: null, openedItemId: null, currency, minor, effectiveOn, ...sides }],
  };
}
