import { ArgsType, Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { MeasureBy } from "../domain/deduction-measures.ts";
import { decimalFromMinor } from "../domain/money.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { globalId } from "../graphql/global-id.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import type { MeasuredGroup, OffenderRow, Period } from "./deduction-measures.ts";

registerEnumType(MeasureBy, {
  name: "DeductionMeasureBy",
  description: "What rows of measures are about. Each row is in one currency.",
  valuesConfig: { CUSTOMER: { description: "Each customer apart." }, REASON: { description: "Each reason apart, as it is known by now." } },
});

/** Rows that an answer holds unless asked otherwise, and at most. */
const USUAL = 1_000;
const MOST = 10_000;

@ArgsType()
export class PeriodArgs implements Period {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => BusinessDateScalar, { description: "First day of the period." })
  from!: string;

  @Field(() => BusinessDateScalar, { description: "Last day of the period." })
  to!: string;

  @Field(() => Int, { defaultValue: USUAL, description: `How many rows at most: 1 to ${MOST}.` })
  limit!: number;

  @Field(() => Int, { defaultValue: 0, description: "How many rows to leave out from the start." })
  offset!: number;
}

@ArgsType()
export class MeasureArgs extends PeriodArgs {
  @Field(() => [MeasureBy], { defaultValue: [], description: "What the rows are about; one row for each currency when left out." })
  by!: MeasureBy[];
}

@ObjectType({
  description: "Measures of the deductions of a period: of one customer or all, one reason or all, in one currency. A flat row for reports, as the books know them now. Shares are 0 to 1, rounded to 6 places. A figure of nothing is null, and `missing` says why.",
  simpleResolvers: true,
})
export class DeductionMeasureRow {
  @Field(() => String, { description: "Code of the company." })
  readonly company!: string;

  @Field(() => BusinessDateScalar, { description: "First day of the period." })
  readonly from!: string;

  @Field(() => BusinessDateScalar, { description: "Last day of the period." })
  readonly to!: string;

  @Field(() => ID, { nullable: true, description: "Id of the customer; null where rows are not by customer." })
  readonly customerId!: string | null;

  @Field(() => String, { nullable: true, description: "Account number of the customer; null where rows are not by customer." })
  readonly accountNumber!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the customer; null where rows are not by customer." })
  readonly customerName!: string | null;

  @Field(() => DeductionReason, { nullable: true, description: "The reason; null where rows are not by reason." })
  readonly reason!: DeductionReason | null;

  @Field(() => String, { description: "ISO 4217 code of the amounts." })
  readonly currency!: string;

  @Field(() => String, { description: "What was taken in the period, as a plain decimal; parts of what was split count once, as the whole." })
  readonly taken!: string;

  @Field(() => Float, { description: "The same as a number." })
  readonly takenValue!: number;

  @Field(() => Int, { description: "How many were taken in the period." })
  readonly takenCount!: number;

  @Field(() => Float, { nullable: true, description: "Its share in all that was taken in this currency: rows come by it, the largest first. Null when nothing was taken." })
  readonly share!: number | null;

  @Field(() => Float, { nullable: true, description: "The sum of the shares up to this row: where most of it comes from." })
  readonly cumulativeShare!: number | null;

  @Field(() => String, { description: "What is open on the last day of the period, as a plain decimal." })
  readonly open!: string;

  @Field(() => Float, { description: "Gross sales of the period." })
  readonly grossSalesValue!: number;

  @Field(() => Float, { description: "What was decided in the period." })
  readonly decidedValue!: number;

  @Field(() => Float, { description: "The part of it that was found valid." })
  readonly validValue!: number;

  @Field(() => Float, { description: "What was charged back in the period, without what was undone." })
  readonly chargedBackValue!: number;

  @Field(() => Float, { description: "Cash received for it until the last day of the period." })
  readonly recoveredValue!: number;

  @Field(() => Float, { description: "What was written off in the period, bad debt included." })
  readonly writtenOffValue!: number;

  @Field(() => Float, { description: "The part of it whose dispute window had closed without a decision: the loss by missed windows." })
  readonly windowMissValue!: number;

  @Field(() => Float, { nullable: true, description: "Days deductions outstanding: what is open on the last day of the period / what was taken in it x its days. Null when nothing was taken." })
  readonly ddo!: number | null;

  @Field(() => Float, { nullable: true, description: "Deductions taken / gross sales: invoices of the period with tax and freight, of the customer, or of all; for a row of a reason too. Null when nothing was billed." })
  readonly deductionRate!: number | null;

  @Field(() => Float, { nullable: true, description: "Decided valid / decided, by amount: deductions whose last decision stands and that were decided in the period. What was decided in part counts as its two parts. Null when nothing was decided." })
  readonly validityRate!: number | null;

  @Field(() => Float, { nullable: true, description: "Recovered / charged back: cash received until the last day of the period for what was charged back in it. Null when nothing was charged back." })
  readonly winRate!: number | null;

  @Field(() => Float, { nullable: true, description: "(Recovered - cost per deduction x deductions on which somebody worked in the period, parts with what they were split from) / taken. Null when nothing was taken, or the cost is not known in this currency." })
  readonly netRecoveryRate!: number | null;

  @Field(() => Float, { nullable: true, description: "Reductions without cash / gross sales: discounts, write-offs and credits of invoices, and what was conceded of deductions. By reason, only the latter. Null when nothing was billed." })
  readonly dilutionRate!: number | null;

  @Field(() => Float, { nullable: true, description: "Settled or charged back by a rule / taken, by amount; what a rule only decided or gave to somebody is not among it. Null when nothing was taken." })
  readonly autoResolvedRate!: number | null;

  @Field(() => Float, { nullable: true, description: "The same by number of deductions." })
  readonly autoResolvedCountRate!: number | null;

  @Field(() => Float, { nullable: true, description: "Written off after the dispute window closed without a decision / written off, bad debt included. Null when nothing was written off." })
  readonly windowMissRate!: number | null;

  @Field(() => Float, { nullable: true, description: "Escalated at any time / taken, by number of deductions taken in the period. Null when nothing was taken." })
  readonly escalationRate!: number | null;

  @Field(() => Int, { description: "How many of those taken went as far as the team lead, and no further." })
  readonly escalatedTeamLead!: number;

  @Field(() => Int, { description: "How many of those taken went as far as sales, and no further." })
  readonly escalatedSales!: number;

  @Field(() => Int, { description: "How many of those taken went as far as senior management, and no further." })
  readonly escalatedSeniorManagement!: number;

  @Field(() => Int, { description: "How many of those taken went as far as lawyers, and no further." })
  readonly escalatedLegal!: number;

  @Field(() => Int, { description: "How many deductions ended in the period: settled, denied or settled by a rule. The days below are theirs." })
  readonly endedCount!: number;

  @Field(() => Float, { nullable: true, description: "Days from capture to the end: median; null when none ended." })
  readonly cycleMedianDays!: number | null;

  @Field(() => Float, { nullable: true, description: "Days from capture to the end: ninth decile; null when none ended." })
  readonly cycleP90Days!: number | null;

  @Field(() => Float, { nullable: true, description: "Days captured, taken up and in research: median; null when none ended." })
  readonly researchMedianDays!: number | null;

  @Field(() => Float, { nullable: true, description: "Days captured, taken up and in research: ninth decile; null when none ended." })
  readonly researchP90Days!: number | null;

  @Field(() => Float, { nullable: true, description: "Days waiting, for the customer or our own people: median; null when none ended." })
  readonly waitingMedianDays!: number | null;

  @Field(() => Float, { nullable: true, description: "Days waiting, for the customer or our own people: ninth decile; null when none ended." })
  readonly waitingP90Days!: number | null;

  @Field(() => Float, { nullable: true, description: "Days decided and waiting for approval and settlement: median; null when none ended." })
  readonly approvalMedianDays!: number | null;

  @Field(() => Float, { nullable: true, description: "Days decided and waiting for approval and settlement: ninth decile; null when none ended." })
  readonly approvalP90Days!: number | null;

  @Field(() => String, { nullable: true, description: "Why figures are null, as `name: reason` with semicolons between; null when none is." })
  readonly missing!: string | null;
}

const DAYS = (value: number | undefined): number | null => (value === undefined ? null : Math.round(value * 100) / 100);

/** A group as a flat row. */
export function measureRowOf({ customerId, accountNumber, name, reason, currency, facts, measures, cycle, share, cumulative }: MeasuredGroup, companyId: string, company: string, { from, to }: Period): DeductionMeasureRow {
  const value = (minor: bigint): number => Number(decimalFromMinor(minor, currency));
  const figures = Object.entries(measures).map(([figure, { value: it, why }]) => ({ figure, it, why }));
  const missing = figures.flatMap(({ figure, why }) => (why === null ? [] : [`${figure}: ${why}`])).join("; ");
  return {
    company, from, to, customerId: customerId && globalId("Customer", companyId, customerId), accountNumber, customerName: name, reason, currency,
    taken: decimalFromMinor(facts.TAKEN.minor, currency), takenValue: value(facts.TAKEN.minor), takenCount: facts.TAKEN.count, share: share.value, cumulativeShare: cumulative.value,
    open: decimalFromMinor(facts.OPEN.minor, currency), grossSalesValue: value(facts.SALES.minor), decidedValue: value(facts.DECIDED.minor), validValue: value(facts.VALID.minor),
    chargedBackValue: value(facts.CHARGED_BACK.minor), recoveredValue: value(facts.RECOVERED.minor), writtenOffValue: value(facts.WRITTEN_OFF.minor), windowMissValue: value(facts.MISSED.minor),
    ...(Object.fromEntries(figures.map(({ figure, it }) => [figure, it])) as Record<keyof typeof measures, number | null>),
    escalatedTeamLead: facts.TEAM_LEAD.count, escalatedSales: facts.SALES_LEVEL.count, escalatedSeniorManagement: facts.SENIOR_MANAGEMENT.count, escalatedLegal: facts.LEGAL.count,
    endedCount: cycle?.ended ?? 0, cycleMedianDays: DAYS(cycle?.whole[0]), cycleP90Days: DAYS(cycle?.whole[1]), researchMedianDays: DAYS(cycle?.research[0]), researchP90Days: DAYS(cycle?.research[1]),
    waitingMedianDays: DAYS(cycle?.waiting[0]), waitingP90Days: DAYS(cycle?.waiting[1]), approvalMedianDays: DAYS(cycle?.approval[0]), approvalP90Days: DAYS(cycle?.approval[1]), missing: missing || null,
  };
}

@ObjectType({ description: "A customer that stands out by its deductions in a period, in one currency. A flat row for reports.", simpleResolvers: true })
export class RepeatOffenderRow {
  @Field(() => ID, { description: "Id of the customer." })
  readonly customerId!: string;

  @Field(() => String, { description: "Account number of the customer." })
  readonly accountNumber!: string;

  @Field(() => String, { description: "Name of the customer." })
  readonly customerName!: string;

  @Field(() => String, { description: "ISO 4217 code of what was taken." })
  readonly currency!: string;

  @Field(() => String, { description: "`HIGH_RATE`: its deduction rate is above the mean of all customers by more than two standard deviations. `SAME_REASON`: it took for one reason in three months running or more." })
  readonly why!: string;

  @Field(() => DeductionReason, { nullable: true, description: "The reason that came back; null for a high rate." })
  readonly reason!: DeductionReason | null;

  @Field(() => Float, { nullable: true, description: "Deductions taken / gross sales of the period; null where nothing was billed." })
  readonly rate!: number | null;

  @Field(() => Float, { nullable: true, description: "The rate above which a customer stands out; null where fewer than two customers were billed." })
  readonly threshold!: number | null;

  @Field(() => Int, { nullable: true, description: "The longest run of months with the reason; null for a high rate." })
  readonly months!: number | null;
}

export const offenderOf = ({ customerId, name, ...row }: OffenderRow, companyId: string): RepeatOffenderRow => ({ ...row, customerId: globalId("Customer", companyId, customerId), customerName: name });
