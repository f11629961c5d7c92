import { Field, Int, ObjectType } from "type-graphql";
import { MoneyValue } from "../domain/money.ts";
import { connectionOf } from "../graphql/connection.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import type { OpenByAgeRow, PastDueRow, PastDueTotalRow } from "./open-by-age.sql.ts";

@ObjectType("AgeRange", { description: "The open invoices whose age lies in one range.", simpleResolvers: true })
export class AgeRange {
  @Field(() => Int, { nullable: true, description: "Fewest days past due; null for what is not due yet or has no due date." })
  readonly fromDays!: number | null;

  @Field(() => Int, { nullable: true, description: "Most days past due; null where there is no limit." })
  readonly toDays!: number | null;

  @Field(() => MoneyType, { description: "What they have open." })
  readonly amount!: MoneyValue;

  @Field(() => Int, { description: "How many they are." })
  readonly items!: number;
}

@ObjectType("OpenByAge", { description: "What a customer has open now in one currency, by age. Ranges and deductions, less credits, make the balance.", simpleResolvers: true })
export class OpenByAgeType {
  @Field(() => String, { description: "ISO 4217 code." })
  readonly currency!: string;

  @Field(() => BusinessDateScalar, { description: "The business day that ages are counted to." })
  readonly asOf!: string;

  @Field(() => [AgeRange], { description: "Invoices not due, then 1 to 30, 31 to 60, 61 to 90 and over 90 days past due; always all five." })
  readonly ranges!: readonly AgeRange[];

  @Field(() => MoneyType, { description: "Invoices of which the due date has passed, and the grace that their terms grant after it. Ranges count days from the due date alone, so they may add up to more." })
  readonly pastDue!: MoneyValue;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Due date of the oldest invoice past due, grace over; null when none is." })
  readonly oldestDueOn!: string | null;

  @Field(() => MoneyType, { description: "What the customer took off payments and has not been settled." })
  readonly deductions!: MoneyValue;

  @Field(() => Int, { description: "How many deductions are open." })
  readonly deductionItems!: number;

  @Field(() => MoneyType, { description: "Cash that is not applied; counts against the balance." })
  readonly credits!: MoneyValue;

  @Field(() => Int, { description: "How many payments have something left." })
  readonly creditItems!: number;

  @Field(() => MoneyType, { description: "What the customer owes: invoices and deductions less credits." })
  readonly balance!: MoneyValue;
}

@ObjectType("PastDueCustomer", { description: "A customer with something past due in one currency.", simpleResolvers: true })
export class PastDueCustomer {
  @Field(() => OpenByAgeType, { description: "What the customer has open in that currency." })
  readonly open!: OpenByAgeType;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly customerKey!: string;
}

export const PastDueCustomerConnection = connectionOf("PastDueCustomer", () => PastDueCustomer);

@ObjectType("PastDueTotal", { description: "What a company's customers are past due in one currency.", simpleResolvers: true })
export class PastDueTotal {
  @Field(() => BusinessDateScalar, { description: "The business day that counts." })
  readonly asOf!: string;

  @Field(() => Int, { description: "How many customers have something past due in this currency." })
  readonly customers!: number;

  @Field(() => MoneyType, { description: "Their open invoices of which the due date and its grace have passed." })
  readonly pastDue!: MoneyValue;
}

export function openByAgeOf(row: OpenByAgeRow): OpenByAgeType {
  const money = (minor: bigint): MoneyValue => new MoneyValue(minor, row.currency);
  const ranges: readonly AgeRange[] = [
    { fromDays: null, toDays: 0, amount: money(row.notDueMinor), items: row.notDueItems },
    { fromDays: 1, toDays: 30, amount: money(row.to30Minor), items: row.to30Items },
    { fromDays: 31, toDays: 60, amount: money(row.to60Minor), items: row.to60Items },
    { fromDays: 61, toDays: 90, amount: money(row.to90Minor), items: row.to90Items },
    { fromDays: 91, toDays: null, amount: money(row.over90Minor), items: row.over90Items },
  ];
  return {
    currency: row.currency, asOf: row.asOf, ranges, pastDue: money(row.pastDueMinor), oldestDueOn: row.oldestDueOn,
    deductions: money(row.deductionsMinor), deductionItems: row.deductionItems, credits: money(row.creditsMinor), creditItems: row.creditItems,
    balance: money(row.notDueMinor + row.to30Minor + row.to60Minor + row.to90Minor + row.over90Minor + row.deductionsMinor - row.creditsMinor),
  };
}

export const pastDueCustomerOf = (row: PastDueRow): PastDueCustomer => ({ open: openByAgeOf(row), companyId: row.companyId, customerKey: row.customerId });

export const pastDueTotalOf = ({ currency, asOf, customers, pastDueMinor }: PastDueTotalRow): PastDueTotal => ({ asOf, customers, pastDue: new MoneyValue(pastDueMinor, currency) });

