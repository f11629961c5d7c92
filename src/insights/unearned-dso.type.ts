import { ArgsType, Field, Float, Int, ObjectType } from "type-graphql";
import { daysBetween } from "../domain/dates.ts";
import { dsoEffect } from "../domain/dso.ts";
import { MoneyValue } from "../domain/money.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import type { UnearnedDsoRow } from "./unearned-dso.sql.ts";

@ArgsType()
export class UnearnedDsoArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => BusinessDateScalar, { description: "First day of the period." })
  from!: string;

  @Field(() => BusinessDateScalar, { description: "Last day of the period, at the end of which receivables are counted. At most 3660 days, the first among them." })
  to!: string;

  @Field(() => String, { description: "ISO 4217 code of what counts." })
  currency!: string;
}

@ObjectType({
  description:
    "What unearned cash discounts add to days sales outstanding, by the simple formula: receivables at the end of the period / sales of the period x days of the period, rounded half-up to hundredths. Without them: the same with receivables less `unearnedOpen`. Receivables and sales both contain tax.",
  simpleResolvers: true,
})
export class UnearnedDiscountDso {
  @Field(() => BusinessDateScalar, { description: "First day of the period." })
  readonly from!: string;

  @Field(() => BusinessDateScalar, { description: "Last day of the period." })
  readonly to!: string;

  @Field(() => Int, { description: "Days of the period, the first and the last among them." })
  readonly days!: number;

  @Field(() => MoneyType, { description: "What known customers owed at the end of the last day, less their unapplied cash and open credits: invoices, debit memos and deductions." })
  readonly receivables!: MoneyValue;

  @Field(() => MoneyType, { description: "What was billed by invoices dated in the period, tax and freight included. Credit memos are not taken off." })
  readonly sales!: MoneyValue;

  @Field(() => MoneyType, { description: "Of the unearned discounts taken in the period, what was open at the end of its last day: open deductions, open chargebacks, and what was left open on invoices as far as they were. What a reversal put back on its invoice is not among it." })
  readonly unearnedOpen!: MoneyValue;

  @Field(() => Float, { nullable: true, description: "Days sales outstanding; null where nothing was sold." })
  readonly dso!: number | null;

  @Field(() => Float, { nullable: true, description: "Days sales outstanding as they would be without `unearnedOpen`; null where nothing was sold." })
  readonly dsoWithout!: number | null;

  @Field(() => Float, { nullable: true, description: "How many days the unearned discounts add: `dso` less `dsoWithout`. Null where nothing was sold." })
  readonly added!: number | null;
}

export function unearnedDsoOf({ receivableMinor, salesMinor, unearnedMinor }: UnearnedDsoRow, { from, to, currency }: UnearnedDsoArgs): UnearnedDiscountDso {
  const days = daysBetween(from, to) + 1;
  const money = (minor: bigint): MoneyValue => new MoneyValue(minor, currency);
  return { from, to, days, receivables: money(receivableMinor), sales: money(salesMinor), unearnedOpen: money(unearnedMinor), ...dsoEffect({ receivableMinor, salesMinor, days }, unearnedMinor) };
}
