import type { BusinessDate } from "./dates.ts";
import { ApplicationKind, ItemKind } from "./open-item.ts";

/** Our chart of accounts, which a company maps to its own numbers. Those marked receivable make up what customers owe. */
export const Account = {
  BANK: "BANK",
  AR_CONTROL: "AR_CONTROL",
  DEDUCTIONS_RECEIVABLE: "DEDUCTIONS_RECEIVABLE",
  UNAPPLIED_CASH: "UNAPPLIED_CASH",
  ON_ACCOUNT_CASH: "ON_ACCOUNT_CASH",
  UNIDENTIFIED_CASH: "UNIDENTIFIED_CASH",
  CASH_IN_TRANSIT: "CASH_IN_TRANSIT",
  SALES: "SALES",
  SALES_TAX_PAYABLE: "SALES_TAX_PAYABLE",
  FREIGHT_INCOME: "FREIGHT_INCOME",
  LATE_CHARGES_AND_INTEREST: "LATE_CHARGES_AND_INTEREST",
  DISCOUNTS_ALLOWED: "DISCOUNTS_ALLOWED",
  RETURNS_AND_ALLOWANCES: "RETURNS_AND_ALLOWANCES",
  TOLERANCE_WRITE_OFF: "TOLERANCE_WRITE_OFF",
  BAD_DEBT_EXPENSE: "BAD_DEBT_EXPENSE",
  ALLOWANCE_FOR_CREDIT_LOSSES: "ALLOWANCE_FOR_CREDIT_LOSSES",
  BAD_DEBT_RECOVERY: "BAD_DEBT_RECOVERY",
  ACCRUED_TRADE_PROMOTION: "ACCRUED_TRADE_PROMOTION",
  CARRIER_CLAIMS_RECEIVABLE: "CARRIER_CLAIMS_RECEIVABLE",
  FREIGHT_LOSS: "FREIGHT_LOSS",
  BANK_CHARGES: "BANK_CHARGES",
  REFUNDS_PAYABLE: "REFUNDS_PAYABLE",
  REALIZED_FX: "REALIZED_FX",
  ROUNDING: "ROUNDING",
  INTERCOMPANY: "INTERCOMPANY",
  PAID_FOR_OTHERS: "PAID_FOR_OTHERS",
  OPENING_BALANCE: "OPENING_BALANCE",
} as const;
export type Account = (typeof Account)[keyof typeof Account];

/** The accounts that open items stand in: their journal balance is what the items have open, at any date. */
export const CONTROL_ACCOUNTS = ["AR_CONTROL", "DEDUCTIONS_RECEIVABLE", "UNAPPLIED_CASH", "ON_ACCOUNT_CASH", "UNIDENTIFIED_CASH"] as const;

/** A journal line: positive is a debit, negative a credit, in minor units of the entry's currency. */
export interface Posting {
  readonly account: Account;
  readonly minor: bigint;
}

/** Why an entry was made. */
export const EntryKind = {
  INVOICE: "INVOICE",
  PAYMENT: "PAYMENT",
  APPLICATION: "APPLICATION",
  CREDIT_MEMO: "CREDIT_MEMO",
  DEBIT_MEMO: "DEBIT_MEMO",
  OPENING_BALANCE: "OPENING_BALANCE",
  RESOLUTION: "RESOLUTION",
  FREIGHT_CLAIM: "FREIGHT_CLAIM",
  MEMO_CLEARING: "MEMO_CLEARING",
} as const;
export type EntryKind = (typeof EntryKind)[keyof typeof EntryKind];

/** A balanced entry about one document, on one day, in one currency. */
export interface Entry {
  readonly id: string;
  readonly kind: EntryKind;
  readonly documentId: string;
  readonly customerId: string | null;
  readonly currency: string;
  readonly effectiveOn: BusinessDate;
  readonly postings: readonly Posting[];
}

/**
 * What an item's open amount is kept in. A credit memo's stands on account: unapplied cash waits for somebody to say what it
 * is for, and with a credit that has been said, so that each account is one figure of the customer's balance.
 */
export function accountOfItem(kind: ItemKind, payerKnown: boolean): Account {
  switch (kind) {
    case ItemKind.INVOICE:
    case ItemKind.DEBIT_MEMO:
      return Account.AR_CONTROL;
    case ItemKind.DEDUCTION:
      return Account.DEDUCTIONS_RECEIVABLE;
    case ItemKind.PAYMENT:
      return payerKnown ? Account.UNAPPLIED_CASH : Account.UNIDENTIFIED_CASH;
    case ItemKind.CREDIT_MEMO:
      return Account.ON_ACCOUNT_CASH;
  }
}

/** An invoice: the customer owes the total; sales are what is neither tax nor freight. */
export function postInvoice(invoice: { readonly totalMinor: bigint; readonly taxMinor: bigint; readonly freightMinor: bigint }): Posting[] {
  const { totalMinor, taxMinor, freightMinor } = invoice;
  return together([
    { account: Account.AR_CONTROL, minor: totalMinor },
    { account: Account.SALES, minor: taxMinor + freightMinor - totalMinor },
    { account: Account.SALES_TAX_PAYABLE, minor: -taxMinor },
    { account: Account.FREIGHT_INCOME, minor: -freightMinor },
  ]);
}

/** Money in the bank that nothing has been done with yet. */
export function postReceipt(minor: bigint, payerKnown: boolean): Posting[] {
  return [
    { account: Account.BANK, minor },
    { account: accountOfItem(ItemKind.PAYMENT, payerKnown), minor: -minor },
  ];
}

/** The other side of an application that closes a debit item without cash or credit. */
const OTHER_SIDE: Readonly<Partial<Record<ApplicationKind, Account>>> = {
  EARNED_DISCOUNT: Account.DISCOUNTS_ALLOWED,
  WRITE_OFF: Account.TOLERANCE_WRITE_OFF,
  DEDUCTION: Account.DEDUCTIONS_RECEIVABLE,
  CHARGEBACK: Account.AR_CONTROL,
  REVERSAL: Account.AR_CONTROL,
  DISCOUNT: Account.DISCOUNTS_ALLOWED,
  PROMOTION: Account.ACCRUED_TRADE_PROMOTION,
  GOODWILL: Account.RETURNS_AND_ALLOWANCES,
  BAD_DEBT: Account.ALLOWANCE_FOR_CREDIT_LOSSES,
  SPLIT: Account.DEDUCTIONS_RECEIVABLE,
  CASH: Account.UNAPPLIED_CASH,
  CREDIT: Account.ON_ACCOUNT_CASH,
};

/**
 * One application. `minor` is what the debit item, the credit item, or both, shrink by; an undo is the same with the opposite
 * sign. `expense` is the account of a write-off that is no matter of tolerance.
 */
export function postApplication(kind: ApplicationKind, minor: bigint, debit: ItemKind | null, expense?: Account): Posting[] {
  if (kind === ApplicationKind.CLAIM) {
    return [
      { account: Account.DEDUCTIONS_RECEIVABLE, minor: -minor },
      { account: Account.UNAPPLIED_CASH, minor },
    ];
  }
  const other = expense ?? OTHER_SIDE[kind];
  if (!other || !debit) throw new Error(`An application ${kind} closes a debit item.`);
  return [
    { account: other, minor },
    { account: accountOfItem(debit, true), minor: -minor },
  ];
}

/** Cash that leaves one customer's balance to settle what another owes. The entry of the other takes it up on the same day, so that the account is nothing in all. */
export const postPassedOn = (minor: bigint): Posting[] => [
  { account: Account.UNAPPLIED_CASH, minor },
  { account: Account.PAID_FOR_OTHERS, minor: -minor },
];

/** Cash of another customer settles a debit item. */
export const postPaidByOther = (minor: bigint, debit: ItemKind): Posting[] => [
  { account: Account.PAID_FOR_OTHERS, minor },
  { account: accountOfItem(debit, true), minor: -minor },
];

/** Postings of one entry, one line per account, without those that cancel out. */
export function together(postings: readonly Posting[]): Posting[] {
  const sums = new Map<Account, bigint>();
  for (const { account, minor } of postings) sums.set(account, (sums.get(account) ?? 0n) + minor);
  return [...sums].flatMap(([account, minor]) => (minor === 0n ? [] : [{ account, minor }]));
}
