import { ArgsType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { type AgingLine, agingLines, agingTotals, AgingBasis, AgingBy } from "../domain/aging.ts";
import { MoneyValue } from "../domain/money.ts";
import { Refusal } from "../domain/refusal.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { AgedBook } from "./aging.ts";

registerEnumType(AgingBy, {
  name: "AgingBy",
  description: "What the lines of an aging are about. Each line is in one currency: amounts of two currencies are never added.",
  valuesConfig: {
    CUSTOMER: { description: "A line for each customer and currency, and one for the cash of unknown payers." },
    COMPANY: { description: "A line for the whole company in each currency, as rows of several companies are put together." },
    CURRENCY: { description: "A line for each currency." },
  },
});

registerEnumType(AgingBasis, {
  name: "AgingBasis",
  description: "The day that an item ages from: its age is the day asked about less this one, so that what is due that day is 0 days old.",
  valuesConfig: {
    DUE_DATE: { description: "The due date of the installment; the day it arose for what has no due date, such as a deduction." },
    INVOICE_DATE: { description: "The date of the invoice; the day it arose for what is no invoice." },
  },
});

/** Lines or rows that an answer holds unless asked otherwise, and at most. */
const USUAL = 1_000;
const MOST = 10_000;

@ArgsType()
export class AgingArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Business day: items that arose later are left out, applications effective later are not counted. Today when left out." })
  asOf?: string | null;

  @Field(() => MomentScalar, { nullable: true, description: "Moment of knowledge: only what the books had recorded by then. Now when left out." })
  knownAt?: string | null;

  @Field(() => AgingBy, { defaultValue: AgingBy.CUSTOMER, description: "What the lines are about." })
  by!: AgingBy;

  @Field(() => AgingBasis, { defaultValue: AgingBasis.DUE_DATE, description: "The day that items age from." })
  basis!: AgingBasis;

  @Field(() => [Int], {
    nullable: true,
    description: "The last day of each bucket but the last, rising, 1 to 24 of them: [0, 30, 60, 90, 120], the default, makes current (0 days or less), 1-30, 31-60, 61-90, 91-120 and over 120.",
  })
  buckets?: number[] | null;

  @Field(() => String, { nullable: true, description: "ISO 4217 code of the only currency to age; all when left out." })
  currency?: string | null;

  @Field(() => Int, { defaultValue: USUAL, description: `How many lines or rows at most: 1 to ${MOST}. Totals are over all of them.` })
  limit!: number;

  @Field(() => Int, { defaultValue: 0, description: "How many lines or rows to leave out from the start. Pages asked for with the same knownAt fit together." })
  offset!: number;
}

@ObjectType("AgingBucket", { description: "A range of ages in days. Each open debit is in exactly one.", simpleResolvers: true })
export class AgingBucketType {
  @Field(() => String, { description: "For people: `current`, `1-30`, `over 120`." })
  readonly label!: string;

  @Field(() => Int, { nullable: true, description: "The youngest age in it, in days; null when there is none, for the first bucket." })
  readonly fromDays!: number | null;

  @Field(() => Int, { nullable: true, description: "The oldest age in it, in days; null when there is none, for the last bucket." })
  readonly toDays!: number | null;
}

@ObjectType("AgingLine", { description: "What is open of one customer, or of all, in one currency, by age. balance = sum of buckets + credits, to the minor unit.", simpleResolvers: true })
export class AgingLineType {
  @Field(() => String, { description: "ISO 4217 code of every amount of the line." })
  readonly currency!: string;

  @Field(() => [MoneyType], { description: "What is open of invoices and deductions in each bucket, in the order of the buckets." })
  readonly buckets!: readonly MoneyValue[];

  @Field(() => MoneyType, { description: "Credits of the customer, such as cash that is not applied and credit memos: zero or negative. Credits do not age." })
  readonly credits!: MoneyValue;

  @Field(() => MoneyType, { description: "Sum of the buckets and the credits; negative when there is more credit than debt." })
  readonly balance!: MoneyValue;

  @Field(() => MoneyType, { description: "The part of the buckets that is deductions; they have no due date and age from the day they were taken." })
  readonly deductions!: MoneyValue;

  @Field(() => MoneyType, { description: "The part of the buckets that was due before the day asked about, whatever items age from. What has no due date was due the day it arose." })
  readonly pastDue!: MoneyValue;

  @Field(() => Int, { description: "How many open items the line adds up, credits included." })
  readonly itemCount!: number;

  /** Not fields: the key that field resolvers load by. */
  readonly companyId!: string;
  readonly customerKey!: string | null;
}

@ObjectType("Aging", { description: "What a company has open at a business date, by age, from effective-dated items and applications.", simpleResolvers: true })
export class AgingType {
  @Field(() => BusinessDateScalar, { description: "The business day asked about." })
  readonly asOf!: string;

  @Field(() => MomentScalar, { description: "The moment of knowledge used: as asked, but before the oldest write still running. Asked with it again, the figures never change." })
  readonly knownAt!: string;

  @Field(() => AgingBy, { description: "What the lines are about." })
  readonly by!: AgingBy;

  @Field(() => AgingBasis, { description: "The day that items age from." })
  readonly basis!: AgingBasis;

  @Field(() => [AgingBucketType], { description: "The buckets, youngest first." })
  readonly buckets!: readonly AgingBucketType[];

  @Field(() => Int, { description: "How many lines there are in all, beyond limit and offset." })
  readonly lineCount!: number;

  @Field(() => [AgingLineType], { description: "The lines with anything open, by name and currency of the customer; the cash of unknown payers comes last." })
  readonly lines!: readonly AgingLineType[];

  @Field(() => [AgingLineType], { description: "One line per currency over all lines." })
  readonly totals!: readonly AgingLineType[];
}

const lineOf = (companyId: string, line: AgingLine): AgingLineType => {
  const { currency, customerId, itemCount } = line;
  const money = (minor: bigint): MoneyValue => new MoneyValue(minor, currency);
  return {
    companyId, customerKey: customerId, currency, itemCount, buckets: line.bucketMinors.map(money), credits: money(line.creditsMinor),
    balance: money(line.balanceMinor), deductions: money(line.deductionsMinor), pastDue: money(line.pastDueMinor),
  };
};

/** Part of a list. Refuses a limit or an offset out of range. */
export function pageOf<Each>(all: readonly Each[], { limit, offset }: Pick<AgingArgs, "limit" | "offset">): readonly Each[] {
  if (limit < 1 || limit > MOST) throw new Refusal("LIMIT_EXCEEDED", `limit takes 1 to ${MOST}.`, { field: ["limit"] });
  if (offset < 0) throw new Refusal("VALUE_INVALID", "offset takes 0 or more.", { field: ["offset"] });
  return all.slice(offset, offset + limit);
}

export const agingOf = ({ companyId, asOf, knownAt, by, basis, buckets, cells }: AgedBook, page: AgingArgs): AgingType => {
  const lines = agingLines(cells, buckets.length);
  const totals = agingTotals(lines, buckets.length);
  const shape = (line: AgingLine): AgingLineType => lineOf(companyId, line);
  return { asOf, knownAt, by, basis, buckets, lineCount: lines.length, lines: pageOf(lines, page).map(shape), totals: totals.map(shape) };
};
