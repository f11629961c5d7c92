import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { MoneyValue } from "../domain/money.ts";
import { Account, EntryKind } from "../domain/posting.ts";
import { ConnectionArgs, connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { EntryRow, LineRow } from "./journal-entry.sql.ts";
import type { ExportRow, ExportTotalRow } from "./journal-export.sql.ts";

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
    PAID_FOR_OTHERS: { description: "Cash of one customer that settles what another owes: each customer's entries balance by themselves, and in all there is nothing in it." },
    OPENING_BALANCE: { description: "What was open at take-over from an earlier system: the other side of opening balances." },
  },
});

registerEnumType(EntryKind, {
  name: "JournalEntryKind",
  description: "Why an entry was made.",
  valuesConfig: {
    INVOICE: { description: "An invoice was issued." },
    PAYMENT: { description: "A payment came in, with what it settled the same day." },
    APPLICATION: { description: "Cash or a credit was used on a later day, or later." },
    CREDIT_MEMO: { description: "A credit memo was issued, with what it settled the same day." },
    DEBIT_MEMO: { description: "A debit memo was issued." },
    OPENING_BALANCE: { description: "An open item was taken over from an earlier system." },
    RESOLUTION: { description: "A deduction was settled, split or merged, or that was undone." },
    MEMO_CLEARING: { description: "What was open of a memo was refunded or moved to bad debt, or that was undone." },
    FREIGHT_CLAIM: { description: "A claim against a carrier was filed, paid or dropped. No customer is in it." },
  },
});

@ObjectType("JournalLine", { description: "One account of an entry. Either the debit or the credit is null.", simpleResolvers: true })
export class JournalLineType {
  @Field(() => Account, { description: "The account." })
  readonly account!: Account;

  @Field(() => MoneyType, { nullable: true, description: "What it is debited." })
  readonly debit!: MoneyValue | null;

  @Field(() => MoneyType, { nullable: true, description: "What it is credited." })
  readonly credit!: MoneyValue | null;

  @Field(() => MoneyType, { nullable: true, description: "The debit in the company's currency; null for a credit, and where no rate was known." })
  readonly functionalDebit!: MoneyValue | null;

  @Field(() => MoneyType, { nullable: true, description: "The credit in the company's currency; null for a debit, and where no rate was known." })
  readonly functionalCredit!: MoneyValue | null;
}

export function journalLineOf({ account, currency, minor, functionalCurrency, functionalMinor }: LineRow): JournalLineType {
  const debit = minor > 0n;
  const side = (amount: bigint | null, of: string, wanted: boolean): MoneyValue | null => (amount === null || wanted !== debit ? null : new MoneyValue(debit ? amount : -amount, of));
  return {
    account, debit: side(minor, currency, true), credit: side(minor, currency, false),
    functionalDebit: side(functionalMinor, functionalCurrency, true), functionalCredit: side(functionalMinor, functionalCurrency, false),
  };
}

@ObjectType("JournalEntry", { description: "A balanced booking about one document, on one day, in one currency.", simpleResolvers: true })
export class JournalEntryType {
  @Field(() => ID, { description: "Unique over everything in the graph; the same that an export's file states." })
  readonly id!: string;

  @Field(() => EntryKind, { description: "Why it was made." })
  readonly kind!: EntryKind;

  @Field(() => BusinessDateScalar, { description: "The business day it counts on." })
  readonly effectiveOn!: string;

  @Field(() => MomentScalar, { description: "When the books learned of it." })
  readonly recordedAt!: string;

  @Field(() => String, { nullable: true, description: "Number of its invoice or memo, or reference of its payment; null for a document without one." })
  readonly documentNumber!: string | null;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly key!: string;
  readonly documentKey!: string;
  readonly customerKey!: string | null;
  readonly exportKey!: string | null;
}

export const journalEntryOf = ({ companyId, id, kind, effectiveOn, recordedAt, documentId, documentNumber, customerId, exportId }: EntryRow): JournalEntryType => ({
  id: globalId("JournalEntry", companyId, id), kind, effectiveOn, recordedAt, documentNumber, companyId, key: id, documentKey: documentId, customerKey: customerId, exportKey: exportId,
});

export const JournalEntryConnection = connectionOf("JournalEntry", () => JournalEntryType);

@ObjectType("JournalExportTotal", { description: "What an export debits and credits in one currency; the two are equal.", simpleResolvers: true })
export class JournalExportTotalType {
  @Field(() => MoneyType, { description: "All debits." })
  readonly debit!: MoneyValue;

  @Field(() => MoneyType, { description: "All credits." })
  readonly credit!: MoneyValue;
}

export const exportTotalOf = ({ currency, debitMinor, creditMinor }: ExportTotalRow): JournalExportTotalType => ({ debit: new MoneyValue(debitMinor, currency), credit: new MoneyValue(creditMinor, currency) });

@ObjectType("JournalExport", { description: "Journal entries handed to a general ledger. Each entry is in one export at most, and an export never changes.", simpleResolvers: true })
export class JournalExportType {
  @Field(() => ID, { description: "Unique over everything in the graph." })
  readonly id!: string;

  @Field(() => Int, { description: "Counts the company's exports from 1, without gaps." })
  readonly number!: number;

  @Field(() => BusinessDateScalar, { description: "Earliest day that one of its entries counts on; before the last export's end where entries came late." })
  readonly from!: string;

  @Field(() => BusinessDateScalar, { description: "The day up to which entries were asked for." })
  readonly to!: string;

  @Field(() => Int, { description: "How many entries it holds." })
  readonly entryCount!: number;

  @Field(() => MomentScalar, { description: "When it was made." })
  readonly exportedAt!: string;

  @Field(() => String, { nullable: true, description: "Name of the member who made it." })
  readonly exportedBy!: string | null;

  @Field(() => String, { description: "Where its CSV file is fetched from this server by GET, with the same token: a line per journal line, the same bytes each time." })
  readonly path!: string;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly key!: string;
}

export const journalExportOf = ({ companyId, id, number, fromOn, toOn, entryCount, recordedAt, exportedBy }: ExportRow): JournalExportType => ({
  id: globalId("JournalExport", companyId, id), number, from: fromOn, to: toOn, entryCount, exportedAt: recordedAt, exportedBy,
  path: `/exports/${globalId("JournalExport", companyId, id)}.csv`, companyId, key: id,
});

export const JournalExportConnection = connectionOf("JournalExport", () => JournalExportType);

@ObjectType("AccountNumber", { description: "The number that a company's general ledger knows an account by.", simpleResolvers: true })
export class AccountNumberType {
  @Field(() => Account, { description: "The account of our chart." })
  readonly account!: Account;

  @Field(() => String, { description: "The company's own number." })
  readonly number!: string;
}

@ArgsType()
export class JournalEntriesArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Only entries that count on this day or later." })
  from?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Only entries that count on this day or earlier." })
  to?: string | null;

  @Field(() => Account, { nullable: true, description: "Only entries with a line of this account." })
  account?: Account | null;

  @Field(() => Boolean, { nullable: true, description: "Only entries that were exported, or only those that were not." })
  exported?: boolean | null;

  @Field(() => ID, { nullable: true, description: "Only entries of this export." })
  exportId?: string | null;
}

@InputType({ description: "What is to be exported." })
export class ExportJournalInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => BusinessDateScalar, { description: "Every entry that counts on this day or earlier and was not exported before." })
  to!: string;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "The export that was made." })
export class ExportJournalPayload extends MutationPayload {
  @Field(() => JournalExportType, { nullable: true, description: "Null when refused, and when every entry up to that day was exported before." })
  readonly export!: JournalExportType | null;
}

@InputType({ description: "An account and the company's own number of it." })
export class MapAccountInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => Account, { description: "The account of our chart." })
  account!: Account;

  @Field(() => String, { description: "The company's own number. Exports made before keep the one they were made with." })
  number!: string;
}

@ObjectType({ description: "The numbers after the command." })
export class MapAccountPayload extends MutationPayload {
  @Field(() => [AccountNumberType], { nullable: true, description: "All accounts that have a number; null when refused." })
  readonly accountNumbers!: readonly AccountNumberType[] | null;
}
