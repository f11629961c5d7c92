import { type BusinessDate, laterOf } from "./dates.ts";
import { least, minorFromDecimal, total } from "./money.ts";
import { ApplicationKind, ItemKind } from "./open-item.ts";
import { Account, type Entry, EntryKind, postApplication, type Posting, together } from "./posting.ts";
import { at, Refusal } from "./refusal.ts";
import type { NewApplication } from "./settlement.ts";

/** Why a debit memo was billed; it decides which income the charge is. Part of the public schema: add reasons, never rename them. */
export const DebitMemoReason = { PRICE_CORRECTION: "PRICE_CORRECTION", FREIGHT: "FREIGHT", NSF_FEE: "NSF_FEE", LATE_CHARGE: "LATE_CHARGE", OTHER: "OTHER", CHARGEBACK: "CHARGEBACK" } as const;
export type DebitMemoReason = (typeof DebitMemoReason)[keyof typeof DebitMemoReason];

/** A reason that somebody may bill for; a chargeback comes of a deduction, and is no income. */
export type BilledReason = Exclude<DebitMemoReason, "CHARGEBACK">;

const INCOME: Readonly<Record<BilledReason, Account>> = {
  PRICE_CORRECTION: Account.SALES,
  FREIGHT: Account.FREIGHT_INCOME,
  NSF_FEE: Account.LATE_CHARGES_AND_INTEREST,
  LATE_CHARGE: Account.LATE_CHARGES_AND_INTEREST,
  OTHER: Account.SALES,
};

/** The amounts of a memo as somebody wrote them, as plain decimals. */
export interface WrittenMemo {
  readonly currency: string;
  readonly lines: readonly { readonly amount: string }[];
  readonly tax: string;
  readonly total: string;
}

/** The amounts of a memo in minor units. */
export interface MemoAmounts {
  readonly lineMinors: readonly bigint[];
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
}

/** Reads a memo's amounts. Refuses a negative part, a total that is not positive, and parts that do not add up to it. */
export function readMemoAmounts({ currency, lines, tax, total: written }: WrittenMemo): MemoAmounts {
  const read = (text: string, ...field: string[]): bigint => {
    const minor = at({ field }, () => minorFromDecimal(text, currency));
    if (minor < 0n) throw new Refusal("AMOUNT_INVALID", "A memo has no negative amounts: a credit memo takes off what it states, a debit memo adds it.", { field });
    return minor;
  };
  const lineMinors = lines.map(({ amount }, index) => read(amount, "lines", String(index), "amount"));
  const [taxMinor, totalMinor] = [read(tax, "tax"), read(written, "total")];
  if (totalMinor === 0n) throw new Refusal("AMOUNT_INVALID", "The total of a memo is more than nothing.", { field: ["total"] });
  const sum = total(lineMinors) + taxMinor;
  if (sum !== totalMinor) throw new Refusal("TOTAL_MISMATCH", `Lines and tax add up to ${sum} minor units; the total says ${totalMinor}.`, { field: ["total"] });
  return { lineMinors, taxMinor, totalMinor };
}

/** A credit memo: returns and allowances and the tax on them are taken back, and the customer has a credit on account. */
export const postCreditMemo = ({ totalMinor, taxMinor }: Omit<MemoAmounts, "lineMinors">): Posting[] =>
  together([
    { account: Account.RETURNS_AND_ALLOWANCES, minor: totalMinor - taxMinor },
    { account: Account.SALES_TAX_PAYABLE, minor: taxMinor },
    { account: Account.ON_ACCOUNT_CASH, minor: -totalMinor },
  ]);

/** A debit memo: the customer owes the total, which is income by its reason, and tax. */
export const postDebitMemo = ({ totalMinor, taxMinor }: Omit<MemoAmounts, "lineMinors">, reason: BilledReason): Posting[] =>
  together([
    { account: Account.AR_CONTROL, minor: totalMinor },
    { account: INCOME[reason], minor: taxMinor - totalMinor },
    { account: Account.SALES_TAX_PAYABLE, minor: -taxMinor },
  ]);

/** What was open at take-over, against the account that the earlier system's balance goes to. A credit stands on the other side. */
export const postOpening = (kind: ItemKind, minor: bigint): Posting[] =>
  kind === ItemKind.CREDIT_MEMO
    ? [{ account: Account.OPENING_BALANCE, minor }, { account: Account.ON_ACCOUNT_CASH, minor: -minor }]
    : [{ account: Account.AR_CONTROL, minor }, { account: Account.OPENING_BALANCE, minor: -minor }];

/** A credit memo whose amount is being used. */
export interface CreditInUse {
  readonly memoId: string;
  readonly itemId: string;
  readonly customerId: string;
  readonly currency: string;
  /** The day it is used: of the memo, or later. */
  readonly usedOn: BusinessDate;
  /** The postings of its issue, when this same step issues it; null when it was issued before. */
  readonly issued: readonly Posting[] | null;
}

/** A part of a credit that settles a debit item. */
export interface CreditUse {
  readonly item: { readonly itemId: string; readonly kind: ItemKind; readonly documentId: string; readonly effectiveOn: BusinessDate };
  readonly minor: bigint;
}

/**
 * Turns the use of a credit into the rows that carry it out. An application is effective on the day of use, but never before
 * its item exists; each such day gets one balanced entry, as the use of cash does.
 */
export function settleCredit(credit: CreditInUse, uses: readonly CreditUse[], newId: () => string): { readonly entries: Entry[]; readonly applications: NewApplication[] } {
  const { memoId, itemId: creditItemId, customerId, currency, usedOn, issued } = credit;
  const days = new Map<BusinessDate, { id: string; postings: Posting[] }>();
  const post = (day: BusinessDate, postings: readonly Posting[]): string => {
    const entry = days.get(day) ?? { id: newId(), postings: [] };
    days.set(day, entry);
    entry.postings.push(...postings);
    return entry.id;
  };
  if (issued) post(usedOn, issued);
  const applications = uses.map(({ item, minor }): NewApplication => {
    const effectiveOn = laterOf(usedOn, item.effectiveOn);
    const entryId = post(effectiveOn, postApplication(ApplicationKind.CREDIT, minor, item.kind));
    return { id: newId(), kind: ApplicationKind.CREDIT, entryId, customerId, paymentId: null, debitItemId: item.itemId, creditItemId, openedItemId: null, currency, minor, effectiveOn };
  });
  const entries = [...days].map(([effectiveOn, { id, postings }]): Entry => {
    const kind = issued && effectiveOn === usedOn ? EntryKind.CREDIT_MEMO : EntryKind.APPLICATION;
    return { id, kind, documentId: memoId, customerId, currency, effectiveOn, postings: together(postings) };
  });
  return { entries, applications };
}

/** Spreads an amount over items in their order, as far as each has something open. What no item takes is left over. */
export function spread<Item extends CreditUse["item"] & { readonly openMinor: bigint }>(minor: bigint, items: readonly Item[]): { readonly uses: { readonly item: Item; readonly minor: bigint }[]; readonly leftMinor: bigint } {
  let leftMinor = minor;
  const uses: { item: Item; minor: bigint }[] = [];
  for (const item of items) {
    const used = least(leftMinor, item.openMinor);
    if (used > 0n) uses.push({ item, minor: used });
    leftMinor -= used;
  }
  return { uses, leftMinor };
}
