import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { DeductionType } from "../deductions/deduction.type.ts";
import { ClaimCause, ClaimWarning } from "../domain/claim-findings.ts";
import { Recommendation } from "../domain/claim-research.ts";
import { EvidenceKind, Stance } from "../domain/evidence.ts";
import { MoneyValue } from "../domain/money.ts";
import { countText } from "../domain/quantity.ts";
import { TestAnswer, ValidityTest } from "../domain/validity.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { MomentScalar } from "../graphql/scalars.ts";
import { type ResearchOutcome, unpacked } from "./research-outcome.ts";
import type { ResearchRow } from "./research.sql.ts";

registerEnumType(Recommendation, {
  name: "Recommendation",
  description: "What the papers suggest to whoever decides. It decides nothing.",
  valuesConfig: {
    CREDIT: { description: "The papers bear out all of it." },
    CREDIT_PART: { description: "The papers bear out a part, and speak against the rest." },
    DENY: { description: "The papers speak against all of it." },
    REVIEW: { description: "The papers do not account for all of it: look further." },
  },
});
registerEnumType(ClaimCause, {
  name: "ClaimCause",
  description: "What a claim, or a part of it, comes from.",
  valuesConfig: {
    DUPLICATE: { description: "The same was claimed before." },
    UNIT_PER_CASE: { description: "Two papers count in different units: the goods are the same." },
    SPLIT_SHIPMENT: { description: "Everything came, in several shipments, and the claim leaves out some of them." },
    SUBSTITUTION: { description: "Another item came in place of the one billed." },
    PROMOTION: { description: "An allowance that was agreed." },
    SHORTAGE: { description: "Less arrived than was billed." },
    PRICE: { description: "More was billed than was ordered." },
    DELIVERED_IN_FULL: { description: "All that was billed arrived." },
  },
});
registerEnumType(ClaimWarning, {
  name: "ClaimWarning",
  description: "Something to look at before deciding.",
  valuesConfig: {
    CARRIER_AT_FAULT: { description: "The carrier signed for the loss: it may be claimed from the carrier." },
    INVOICED_BEFORE_SHIPMENT: { description: "It was billed before it was shipped." },
    APPROVAL_TO_BE_PROVED: { description: "A note says that the customer agreed; get the proof before relying on it." },
    OTHER_AGREEMENT_NAMED: { description: "The claim names another agreement than the one on paper." },
  },
});
registerEnumType(ValidityTest, {
  name: "ValidityTest",
  description: "A question that is asked of every deduction.",
  valuesConfig: {
    DUPLICATE: { description: "Was the same deducted or credited before?" },
    CROSS_CONTRACT: { description: "Is it about the contract that it was taken from? `Deduction.crossContract` says the same." },
    NOTICE: { description: "Did the customer say so before it deducted, or with it?" },
    PRICE_AND_PACK: { description: "Was what was ordered billed, in price and in packs?" },
    DELIVERY: { description: "Did what was billed arrive?" },
    PROMOTION: { description: "Does an agreement hold on the day, and is enough left of what was set aside?" },
    DISCOUNT_TERMS: { description: "Was the discount offered, and taken in time?" },
  },
});
registerEnumType(TestAnswer, {
  name: "ValidityAnswer",
  description: "What the papers and the books answer: an argument, never a verdict.",
  valuesConfig: {
    FOR: { description: "It speaks for the customer." },
    AGAINST: { description: "It speaks against the customer." },
    NOTHING_FOUND: { description: "It was looked for and not found; it speaks for nobody." },
    CANNOT_TELL: { description: "What would tell is missing." },
    NOT_APPLICABLE: { description: "The deduction is about something else." },
  },
});

@ObjectType({ description: "One item in every paper. Counts are plain decimals in its smallest unit; null where no paper of that kind is there.", simpleResolvers: true })
export class ResearchLineType {
  @Field(() => String, { description: "The item." })
  readonly item!: string;

  @Field(() => String, { description: "The unit that all counts are in." })
  readonly unit!: string;

  @Field(() => String, { nullable: true, description: "What the customer claims." })
  readonly claimed!: string | null;

  @Field(() => String, { nullable: true, description: "What it ordered." })
  readonly ordered!: string | null;

  @Field(() => String, { nullable: true, description: "What was billed." })
  readonly invoiced!: string | null;

  @Field(() => String, { nullable: true, description: "What left us." })
  readonly shipped!: string | null;

  @Field(() => String, { nullable: true, description: "What arrived." })
  readonly received!: string | null;

  @Field(() => MoneyType, { description: "What was billed for it." })
  readonly invoicedAmount!: MoneyValue;

  @Field(() => MoneyType, { nullable: true, description: "What the count billed would cost at the price ordered; null without an order of it." })
  readonly orderedAmount!: MoneyValue | null;

  @Field(() => MoneyType, { nullable: true, description: "What was billed beyond that, negative below; null without an order of it." })
  readonly priceGap!: MoneyValue | null;

  @Field(() => [String], { description: "The pack sizes that made the counts one, such as `1 CASE = 24 EACH`." })
  readonly packs!: readonly string[];
}

@ObjectType({ description: "An argument that the papers give.", simpleResolvers: true })
export class ResearchFindingType {
  @Field(() => ClaimCause, { description: "What it comes from." })
  readonly cause!: ClaimCause;

  @Field(() => Stance, { description: "Whom it speaks for." })
  readonly speaks!: Stance;

  @Field(() => MoneyType, { description: "How much of the deduction it accounts for." })
  readonly amount!: MoneyValue;

  @Field(() => String, { nullable: true, description: "How many goods it accounts for, in their smallest unit; null where it is no matter of quantity." })
  readonly quantity!: string | null;

  @Field(() => String, { description: "The argument, in English." })
  readonly argument!: string;

  @Field(() => [String], { description: "Numbers of the papers it rests on." })
  readonly papers!: readonly string[];

  @Field(() => [ClaimWarning], { description: "What to look at before relying on it." })
  readonly warnings!: readonly ClaimWarning[];
}

@ObjectType({ description: "Something that went into a test.", simpleResolvers: true })
export class ValidityInputType {
  @Field(() => String, { description: "What it is." })
  readonly name!: string;

  @Field(() => String, { description: "What it was then." })
  readonly value!: string;
}

@ObjectType({ description: "One test of a deduction, with what went into it and what came of it.", simpleResolvers: true })
export class ValidityTestResultType {
  @Field(() => ValidityTest, { description: "The question." })
  readonly test!: ValidityTest;

  @Field(() => TestAnswer, { description: "The answer." })
  readonly answer!: TestAnswer;

  @Field(() => String, { description: "Why, in English." })
  readonly argument!: string;

  @Field(() => [ValidityInputType], { description: "What went into it." })
  readonly inputs!: readonly ValidityInputType[];
}

@ObjectType({ description: "A paper that went into a comparison, as it was then.", simpleResolvers: true })
export class ResearchPaperType {
  @Field(() => ID, { description: "The paper, as in `Deduction.evidence`." })
  readonly evidenceId!: string;

  @Field(() => EvidenceKind, { description: "What it is." })
  readonly kind!: EvidenceKind;

  @Field(() => String, { nullable: true, description: "How it is known outside; null when it has no name." })
  readonly reference!: string | null;

  @Field(() => String, { description: "SHA-256 of what is kept of it." })
  readonly digest!: string;
}

@ObjectType("DeductionResearch", { description: "A deduction read against its papers and the books at one moment: a fact. `explained + unexplained = amount`. It is an argument shown to a person and decides nothing.", simpleResolvers: true })
export class DeductionResearchType {
  @Field(() => ID, { description: "Id of this comparison." })
  readonly id!: string;

  @Field(() => Recommendation, { description: "What the papers suggest." })
  readonly recommendation!: Recommendation;

  @Field(() => MoneyType, { description: "What the papers account for." })
  readonly explained!: MoneyValue;

  @Field(() => MoneyType, { description: "What they do not." })
  readonly unexplained!: MoneyValue;

  @Field(() => MoneyType, { description: "The part of what is explained that speaks for the customer." })
  readonly valid!: MoneyValue;

  @Field(() => [ClaimWarning], { description: "What to look at before deciding." })
  readonly warnings!: readonly ClaimWarning[];

  @Field(() => [String], { description: "Papers that would say more: order, invoice, shipment or receiving." })
  readonly missing!: readonly string[];

  @Field(() => [ResearchLineType], { description: "Item by item." })
  readonly lines!: readonly ResearchLineType[];

  @Field(() => [ResearchFindingType], { description: "The arguments that account for it, the strongest first." })
  readonly findings!: readonly ResearchFindingType[];

  @Field(() => [ValidityTestResultType], { description: "Every test, with its inputs." })
  readonly tests!: readonly ValidityTestResultType[];

  @Field(() => [ResearchPaperType], { description: "The papers that went into it." })
  readonly papers!: readonly ResearchPaperType[];

  @Field(() => Int, { description: "Version of the rules it was made by." })
  readonly engine!: number;

  @Field(() => String, { nullable: true, description: "Who asked for it; null for a machine, and for somebody without a name here." })
  readonly by!: string | null;

  @Field(() => MomentScalar, { description: "When." })
  readonly at!: string;
}

export function researchOf(row: ResearchRow): DeductionResearchType {
  const { lines, findings, tests, warnings, missing } = unpacked<ResearchOutcome>(row.outcome);
  const money = (minor: bigint): MoneyValue => new MoneyValue(minor, row.currency);
  const moneyOr = (minor: bigint | null): MoneyValue | null => (minor === null ? null : money(minor));
  const count = (thousandths: bigint | null): string | null => (thousandths === null ? null : countText(thousandths));
  return {
    id: globalId("DeductionResearch", row.companyId, row.id), recommendation: row.recommendation, explained: money(row.explainedMinor), unexplained: money(row.minor - row.explainedMinor), valid: money(row.validMinor),
    warnings, missing, tests, engine: row.engine, by: row.memberName, at: row.recordedAt, papers: row.inputs.map((it) => ({ ...it, evidenceId: globalId("Evidence", row.companyId, it.evidenceId) })),
    findings: findings.map(({ minor, thousandths, ...it }) => ({ ...it, amount: money(minor), quantity: count(thousandths) })),
    lines: lines.map(({ item, unit, claimed, ordered, invoiced, shipped, received, invoicedMinor, orderedMinor, priceGapMinor, packs }) => ({
      item, unit, claimed: count(claimed), ordered: count(ordered), invoiced: count(invoiced), shipped: count(shipped), received: count(received), invoicedAmount: money(invoicedMinor),
      orderedAmount: moneyOr(orderedMinor), priceGap: moneyOr(priceGapMinor), packs: packs.map((it) => `1 ${it.unit} = ${it.holds} ${it.of}`),
    })),
  };
}

@InputType({ description: "A deduction to be looked into." })
export class ResearchDeductionInput {
  @Field(() => ID, { description: "The deduction." })
  deductionId!: string;

  @Field(() => Int, { nullable: true, description: "The version of its case that you saw: if it has changed, the command is refused as a conflict." })
  expectedVersion?: number | null;
}

@ObjectType({ description: "What came of looking into a deduction." })
export class ResearchPayload extends MutationPayload {
  @Field(() => DeductionType, { nullable: true, description: "The deduction as it is now; null when refused." })
  readonly deduction!: DeductionType | null;

  @Field(() => DeductionResearchType, { nullable: true, description: "What was found out; null when refused." })
  readonly research!: DeductionResearchType | null;
}
