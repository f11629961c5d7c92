import { ArgsType, Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { decimalFromMinor } from "../domain/money.ts";
import { UnearnedOutcome } from "../domain/unearned-discount.ts";
import { globalId } from "../graphql/global-id.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import type { CampaignItem, CampaignRow, CampaignSpan } from "./unearned-campaign.sql.ts";

registerEnumType(UnearnedOutcome, {
  name: "UnearnedOutcome",
  description: "What became of an unearned cash discount when its payment was applied. What people did since is in the amounts.",
  valuesConfig: {
    ALLOWED: { description: "It was given all the same." },
    CHARGED_BACK: { description: "It was charged back at once." },
    LEFT_OPEN: { description: "The invoice kept it open." },
    WRITTEN_OFF: { description: "It was written off, by the policy or within the tolerance." },
    DEDUCTION: { description: "A deduction was opened, or one was found to be an unearned discount later." },
  },
});

@ArgsType()
export class CampaignArgs implements CampaignSpan {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => BusinessDateScalar, { description: "First day on which the discounts were taken." })
  from!: string;

  @Field(() => BusinessDateScalar, { description: "Last such day; at most 3660 days, the first among them." })
  to!: string;

  @Field(() => String, { description: "ISO 4217 code of the discounts that count." })
  currency!: string;

  @Field(() => Int, { defaultValue: 100, description: "How many customers at most: 1 to 1000." })
  limit!: number;

  @Field(() => Int, { defaultValue: 0, description: "How many customers to leave out from the start." })
  offset!: number;
}

@ObjectType({ description: "One unearned cash discount behind a row of a campaign.", simpleResolvers: true })
export class UnearnedDiscountItem {
  @Field(() => ID, { nullable: true, description: "Id of the invoice it was taken from; null for a deduction that names none we hold." })
  readonly invoiceId!: string | null;

  @Field(() => ID, { nullable: true, description: "Id of the deduction that it is; null where none was opened." })
  readonly deductionId!: string | null;

  @Field(() => UnearnedOutcome, { description: "What became of it when its payment was applied." })
  readonly outcome!: UnearnedOutcome;

  @Field(() => BusinessDateScalar, { description: "The day it was taken." })
  readonly takenOn!: string;

  @Field(() => String, { description: "What was taken, as a plain decimal; of a deduction that was split, what was not split off." })
  readonly taken!: string;

  @Field(() => String, { description: "What the customer paid of it since, as a plain decimal." })
  readonly recovered!: string;

  @Field(() => String, { description: "What is still to be paid or decided of it, as a plain decimal." })
  readonly open!: string;
}

const figure = "As it stands now, as a number in the currency.";

@ObjectType({
  description:
    "What one customer took of cash discounts without earning them in a span of days, and what became of that by now. A flat row for reports, with the discounts behind it. taken = allowed + writtenOff + recovered + open + what was settled in another way, such as by a credit memo for the invoice; chargedBack and leftOpen say which way it went before.",
  simpleResolvers: true,
})
export class UnearnedDiscountCampaignRow {
  @Field(() => String, { description: "Code of the company." })
  readonly company!: string;

  @Field(() => BusinessDateScalar, { description: "First day of the span." })
  readonly from!: string;

  @Field(() => BusinessDateScalar, { description: "Last day of the span." })
  readonly to!: string;

  @Field(() => ID, { description: "Id of the customer who was billed." })
  readonly customerId!: string;

  @Field(() => String, { description: "Account number of the customer." })
  readonly accountNumber!: string;

  @Field(() => String, { description: "Name of the customer." })
  readonly customerName!: string;

  @Field(() => String, { description: "ISO 4217 code of the amounts." })
  readonly currency!: string;

  @Field(() => Int, { description: "How many times: discounts found in payments, by installment, and deductions found to be one later. Parts of one that was split are not counted again." })
  readonly times!: number;

  @Field(() => Float, { description: `All that was taken. ${figure}` })
  readonly takenValue!: number;

  @Field(() => Float, { description: `Let go as a discount, a credit, goodwill or a promotion, by the policy or by a person. ${figure}` })
  readonly allowedValue!: number;

  @Field(() => Float, { description: `Charged back, by the policy or by a person, and not undone. ${figure}` })
  readonly chargedBackValue!: number;

  @Field(() => Float, { description: `Written off, by the policy, within the tolerance, by a person or as a bad debt. ${figure}` })
  readonly writtenOffValue!: number;

  @Field(() => Float, { description: `Left open on the invoice, or put back on it. ${figure}` })
  readonly leftOpenValue!: number;

  @Field(() => Float, { description: `Paid in cash since: of chargebacks, of deductions, and of what was left open. ${figure}` })
  readonly recoveredValue!: number;

  @Field(() => Float, { description: `Still to be paid or decided: open deductions, open chargebacks, and what was left open as far as the invoice still is. ${figure}` })
  readonly openValue!: number;

  @Field(() => String, { description: "What is still to be paid or decided, as a plain decimal." })
  readonly open!: string;

  @Field(() => String, { description: "What was recovered, as a plain decimal." })
  readonly recovered!: string;

  @Field(() => [UnearnedDiscountItem], { description: "The discounts behind the row, by day." })
  readonly items!: UnearnedDiscountItem[];
}

export function campaignRowOf(row: CampaignRow, companyId: string, company: string, { from, to, currency }: CampaignSpan): UnearnedDiscountCampaignRow {
  const decimal = (minor: bigint): string => decimalFromMinor(minor, currency);
  const value = (minor: bigint): number => Number(decimal(minor));
  return {
    company, from, to, customerId: globalId("Customer", companyId, row.customerId), accountNumber: row.accountNumber, customerName: row.name, currency, times: row.times,
    takenValue: value(row.takenMinor), allowedValue: value(row.allowedMinor), chargedBackValue: value(row.chargedBackMinor), writtenOffValue: value(row.writtenOffMinor),
    leftOpenValue: value(row.leftOpenMinor), recoveredValue: value(row.recoveredMinor), openValue: value(row.openMinor), open: decimal(row.openMinor), recovered: decimal(row.recoveredMinor),
    items: row.items.map((it) => itemOf(it, companyId, decimal)),
  };
}

const itemOf = ({ invoiceId, deductionId, outcome, takenOn, taken, recovered, open }: CampaignItem, companyId: string, decimal: (minor: bigint) => string): UnearnedDiscountItem => ({
  invoiceId: invoiceId && globalId("Invoice", companyId, invoiceId), deductionId: deductionId && globalId("Deduction", companyId, deductionId), outcome, takenOn,
  taken: decimal(BigInt(taken)), recovered: decimal(BigInt(recovered)), open: decimal(BigInt(open)),
});
