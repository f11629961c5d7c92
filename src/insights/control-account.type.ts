import { Field, ObjectType, registerEnumType } from "type-graphql";
import { MoneyValue } from "../domain/money.ts";
import { Account } from "../domain/posting.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { ControlAccountRow } from "./control-account.sql.ts";

registerEnumType(Account, {
  name: "Account",
  description: "An account of our chart, which a company maps to its own numbers.",
  valuesConfig: {
    BANK: { description: "Money in the bank." },
    AR_CONTROL: { description: "What customers owe on invoices and debit memos." },
    DEDUCTIONS_RECEIVABLE: { description: "What customers took off payments and has not been settled; inside receivables." },
    UNAPPLIED_CASH: { description: "Cash of known payers that is not applied; a credit." },
    ON_ACCOUNT_CASH: { description: "Credits of customers that somebody decided on: what credit memos have left, and cash deliberately left; a credit." },
    UNIDENTIFIED_CASH: { description: "Cash of unknown payers; a credit." },
    CASH_IN_TRANSIT: { description: "Money on its way to the bank." },
    SALES: { description: "Sales, without tax and freight." },
    SALES_TAX_PAYABLE: { description: "Sales tax billed." },
    FREIGHT_INCOME: { description: "Freight billed." },
    LATE_CHARGES_AND_INTEREST: { description: "Late charges and interest billed." },
    DISCOUNTS_ALLOWED: { description: "Cash discounts given." },
    RETURNS_AND_ALLOWANCES: { description: "Credits for returns and allowances." },
    TOLERANCE_WRITE_OFF: { description: "Small differences written off." },
    BAD_DEBT_EXPENSE: { description: "Expected and actual bad debt." },
    ALLOWANCE_FOR_CREDIT_LOSSES: { description: "Allowance held against receivables." },
    BAD_DEBT_RECOVERY: { description: "Money recovered on written-off debt." },
    ACCRUED_TRADE_PROMOTION: { description: "Promotion promised and not yet settled." },
    CARRIER_CLAIMS_RECEIVABLE: { description: "Claims against carriers; outside trade receivables." },
    FREIGHT_LOSS: { description: "Loss and damage in transit." },
    BANK_CHARGES: { description: "Fees of banks." },
    REFUNDS_PAYABLE: { description: "Money owed back to customers." },
    REALIZED_FX: { description: "Realized gain and loss on exchange." },
    ROUNDING: { description: "Differences of rounding." },
    INTERCOMPANY: { description: "Between companies of one group." },
    OPENING_BALANCE: { description: "What was open at take-over from an earlier system: the other side of opening balances." },
  },
});

@ObjectType("ControlAccountLine", { description: "One control account in one currency, seen from two sides.", simpleResolvers: true })
export class ControlAccountLine {
  @Field(() => Account, { description: "The account." })
  readonly account!: Account;

  @Field(() => MoneyType, { description: "Its balance, from journal lines alone; debits are positive." })
  readonly ledger!: MoneyValue;

  @Field(() => MoneyType, { description: "What its items have open, from items and applications alone; what customers owe is positive." })
  readonly items!: MoneyValue;

  @Field(() => MoneyType, { description: "Ledger less items. Anything but zero is a fault of the books." })
  readonly difference!: MoneyValue;
}

@ObjectType("ControlAccount", { description: "Whether the ledger and the open items agree.", simpleResolvers: true })
export class ControlAccountType {
  @Field(() => BusinessDateScalar, { description: "The business day asked about." })
  readonly asOf!: string;

  @Field(() => MomentScalar, { description: "The moment of knowledge used: as asked, but before the oldest write still running. Asked with it again, the figures never change." })
  readonly knownAt!: string;

  @Field(() => Boolean, { description: "Whether every difference is zero." })
  readonly agrees!: boolean;

  @Field(() => [ControlAccountLine], { description: "Each account and currency with anything on either side." })
  readonly lines!: readonly ControlAccountLine[];
}

export function controlAccountOf(asOf: string, knownAt: string, rows: readonly ControlAccountRow[]): ControlAccountType {
  const lines = rows.map(({ account, currency, ledgerMinor, itemsMinor }) => ({
    account,
    ledger: new MoneyValue(ledgerMinor, currency),
    items: new MoneyValue(itemsMinor, currency),
    difference: new MoneyValue(ledgerMinor - itemsMinor, currency),
  }));
  return { asOf, knownAt, agrees: lines.every(({ difference }) => difference.minor === 0n), lines };
}
