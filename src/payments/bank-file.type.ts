import { ArgsType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { MoneyValue } from "../domain/money.ts";
import { ConnectionArgs, connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { Node } from "../graphql/node.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import { BankFileFormat, BankFileStatus } from "./bank-file-format.ts";
import { readReport, type StoredReport } from "./bank-file-json.ts";
import type { BankFileRow, BankLineRow } from "./bank-file.sql.ts";

registerEnumType(BankFileFormat, {
  name: "BankFileFormat",
  description: "The format of a bank's file.",
  valuesConfig: { BAI2: { description: "Cash Management Balance Reporting, version 2, as banks in the United States send it." } },
});

registerEnumType(BankFileStatus, {
  name: "BankFileStatus",
  description: "How far a bank file has come.",
  valuesConfig: {
    POSTING: { description: "It is sound, and its receipts are being posted one after the other." },
    POSTED: { description: "Every receipt in it is a payment." },
    REFUSED: { description: "It is at fault, and nothing of it was kept but its name and the fault. It may be loaded again." },
  },
});

export const BankDirection = { CREDIT: "CREDIT", DEBIT: "DEBIT" } as const;
export type BankDirection = (typeof BankDirection)[keyof typeof BankDirection];

registerEnumType(BankDirection, {
  name: "BankDirection",
  description: "Which way money went.",
  valuesConfig: {
    CREDIT: { description: "Into our account." },
    DEBIT: { description: "Out of our account." },
  },
});

@ObjectType("BankAccountReport", { description: "What a bank file says of one account on one day, to reconcile with.", simpleResolvers: true })
export class BankAccountReportType {
  @Field(() => Int, { description: "Line of the file on which the report begins, from 1." })
  readonly line!: number;

  @Field(() => String, { description: "Number of our account at the bank." })
  readonly account!: string;

  @Field(() => BusinessDateScalar, { description: "The day reported." })
  readonly asOf!: string;

  @Field(() => MoneyType, { nullable: true, description: "Balance at the start of the day; null when the bank does not state it." })
  readonly opening!: MoneyValue | null;

  @Field(() => MoneyType, { nullable: true, description: "Balance at the end of the day; null when the bank does not state it." })
  readonly closing!: MoneyValue | null;

  @Field(() => MoneyType, { description: "Sum of the lines that brought money in." })
  readonly credits!: MoneyValue;

  @Field(() => MoneyType, { description: "Sum of the lines that took money out." })
  readonly debits!: MoneyValue;
}

function reportOf(stored: StoredReport): BankAccountReportType {
  const { line, account, currency, asOf, openingMinor, closingMinor, creditMinor, debitMinor } = readReport(stored);
  const money = (minor: bigint): MoneyValue => new MoneyValue(minor, currency);
  const orNull = (minor: bigint | null): MoneyValue | null => (minor === null ? null : money(minor));
  return { line, account, asOf, opening: orNull(openingMinor), closing: orNull(closingMinor), credits: money(creditMinor), debits: money(debitMinor) };
}

@ObjectType("BankFileNote", { description: "Something to know of a bank file that is sound, such as a part that was left out because it is a test.", simpleResolvers: true })
export class BankFileNoteType {
  @Field(() => Int, { description: "Line of the file that it is about, from 1." })
  readonly line!: number;

  @Field(() => String, { description: "For people, in English." })
  readonly text!: string;
}

@ObjectType("BankFile", { description: "A bank's file as it was loaded: what the bank reported, and what became of it.", implements: Node, simpleResolvers: true })
export class BankFileType extends Node {
  @Field(() => String, { description: "Name of the file as it was given." })
  readonly name!: string;

  @Field(() => BankFileFormat, { description: "The format it was read in." })
  readonly format!: BankFileFormat;

  @Field(() => BankFileStatus, { description: "How far it has come." })
  readonly status!: BankFileStatus;

  @Field(() => String, { nullable: true, description: "Why it was refused, or why its posting stands still, for people and in English; null when all is well." })
  readonly errorMessage!: string | null;

  @Field(() => Int, { nullable: true, description: "Line at fault, from 1, of the bank file or of the remittance that the message names; null when no line is." })
  readonly errorLine!: number | null;

  @Field(() => Int, { description: "Movements of money in the file; 0 when it was refused." })
  readonly lineCount!: number;

  @Field(() => Int, { description: "Movements that are money from customers." })
  readonly receiptCount!: number;

  @Field(() => Int, { description: "Receipts that are payments by now." })
  readonly postedCount!: number;

  @Field(() => Int, { description: "Movements that are no money from customers; each says why." })
  readonly skippedCount!: number;

  @Field(() => [BankAccountReportType], { description: "What it says of each account and day; empty when it was refused." })
  readonly accounts!: readonly BankAccountReportType[];

  @Field(() => [BankFileNoteType], { description: "What to know of it; often empty." })
  readonly notes!: readonly BankFileNoteType[];

  @Field(() => MomentScalar, { description: "When it was loaded." })
  readonly recordedAt!: string;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly key!: string;
}

export const bankFileOf = (row: BankFileRow): BankFileType => {
  const { companyId, id: key, name, format, status, errorMessage, errorLine, lineCount, receiptCount, postedCount, accounts, notes, recordedAt } = row;
  return {
    id: globalId("BankFile", companyId, key), companyId, key, name, format, status, errorMessage, errorLine, lineCount, receiptCount, postedCount,
    skippedCount: lineCount - receiptCount, accounts: accounts.map(reportOf), notes, recordedAt,
  };
};

export const BankFileConnection = connectionOf("BankFile", () => BankFileType);

@ObjectType("BankLine", { description: "One movement on our bank account, as the bank reported it.", implements: Node, simpleResolvers: true })
export class BankLineType extends Node {
  @Field(() => Int, { description: "Line of the file on which it begins, from 1." })
  readonly lineNo!: number;

  @Field(() => String, { description: "Number of our account at the bank." })
  readonly account!: string;

  @Field(() => MoneyType, { description: "What moved, never negative; `direction` says which way." })
  readonly amount!: MoneyValue;

  @Field(() => BankDirection, { description: "Which way it moved." })
  readonly direction!: BankDirection;

  @Field(() => String, { description: "The format's own code for this kind of movement, such as `142` of BAI2 for an ACH credit." })
  readonly typeCode!: string;

  @Field(() => BusinessDateScalar, { description: "The day the bank reports it for." })
  readonly bookedOn!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day it counts from at the bank; null when the bank does not state it." })
  readonly valueOn!: string | null;

  @Field(() => String, { nullable: true, description: "The bank's reference; null when there is none." })
  readonly bankReference!: string | null;

  @Field(() => String, { nullable: true, description: "The customer's reference, such as a check number; null when there is none." })
  readonly customerReference!: string | null;

  @Field(() => String, { description: "The bank's text, line by line; empty when there is none." })
  readonly text!: string;

  @Field(() => String, { nullable: true, description: "Why it is no money from a customer, in a sentence; null when it is." })
  readonly skipReason!: string | null;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly fileKey!: string;
  readonly paymentKey!: string | null;
}

export const bankLineOf = (row: BankLineRow): BankLineType => {
  const { companyId, id, fileId: fileKey, paymentId: paymentKey, minor, currency, ...line } = row;
  return { ...line, id: globalId("BankLine", companyId, id), companyId, fileKey, paymentKey, amount: new MoneyValue(minor, currency) };
};

export const BankLineConnection = connectionOf("BankLine", () => BankLineType);

@ArgsType()
export class BankFilesArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;
}
