import { Field, InputType, Int, ObjectType } from "type-graphql";
import { DiscountBase, InstallmentKind } from "../domain/terms.ts";
import { MutationPayload } from "../graphql/payload.ts";
import type { WrittenTerms } from "./terms.service.ts";
import { TermsType } from "./terms.type.ts";

@InputType({ description: "A cash discount for early payment: give `days`, or a day of a month." })
export class DiscountTierInput {
  @Field(() => Int, { nullable: true, description: "Days after the invoice date on which it is still offered." })
  days?: number | null;

  @Field(() => Int, { nullable: true, description: "Day of the month that ends it: 1 to 31, the month's last where that is shorter." })
  proximoDay?: number | null;

  @Field(() => Int, { defaultValue: 0, description: "How many months ahead that day lies: 0 to 120." })
  proximoMonths!: number;

  @Field(() => Int, { description: "Hundredths of a percent: 200 is 2 %." })
  basisPoints!: number;
}

/** Fields that the input of terms and of each installment have. */
@InputType({ description: "How a due date follows from an invoice date." })
abstract class DueRuleInput {
  @Field(() => Int, { defaultValue: 0, description: "Days from the invoice date, after any months: 0 to 3650." })
  netDays!: number;

  @Field(() => Int, { defaultValue: 0, description: "Calendar months from the invoice date: 0 to 120." })
  months!: number;

  @Field(() => Boolean, { defaultValue: false, description: "Whether the day reached by months and days moves to the end of its month." })
  endOfMonth!: boolean;

  @Field(() => Int, { defaultValue: 0, description: "Days added after that end of month." })
  daysAfter!: number;

  @Field(() => Int, { nullable: true, description: "Day of the month on which it is due, 1 to 31, instead of a distance." })
  proximoDay?: number | null;

  @Field(() => Int, { defaultValue: 0, description: "How many months ahead that day of the month lies: 1 for the next month." })
  proximoMonths!: number;

  @Field(() => Int, { nullable: true, description: "An invoice after this day of the month counts as one of the next month." })
  cutoffDay?: number | null;
}

@InputType({ description: "A part of an invoice. Exactly one part is the balance." })
export class TermsInstallmentInput extends DueRuleInput {
  @Field(() => InstallmentKind, { description: "How its amount is found." })
  kind!: InstallmentKind;

  @Field(() => Int, { nullable: true, description: "Of a SHARE: how many of the parts." })
  share?: number | null;

  @Field(() => Int, { nullable: true, description: "Of a SHARE: how many parts the total has, such as 3, 100 or 10000." })
  of?: number | null;

  @Field(() => String, { nullable: true, description: "Of a FIXED part: the amount, as a plain decimal." })
  amount?: string | null;

  @Field(() => String, { nullable: true, description: "Of a FIXED part: ISO 4217 code. Invoices in another currency are refused." })
  currency?: string | null;
}

@InputType({ description: "New payment terms." })
export class CreateTermsInput extends DueRuleInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Code, unique in the company." })
  code!: string;

  @Field(() => String, { description: "For people." })
  description!: string;

  @Field(() => Int, { defaultValue: 0, description: "Days after a discount date on which the discount is still accepted: 0 to 365." })
  graceDays!: number;

  @Field(() => Int, { defaultValue: 0, description: "Days after a due date on which an invoice does not count as late yet: 0 to 365." })
  dueGraceDays!: number;

  @Field(() => DiscountBase, { defaultValue: DiscountBase.TOTAL, description: "What the discounts are a percentage of." })
  discountBase!: DiscountBase;

  @Field(() => Boolean, { defaultValue: true, description: "Whether cash that settles a part earns its share of the discount." })
  discountOnPartial!: boolean;

  @Field(() => [DiscountTierInput], { defaultValue: [], description: "Discounts offered for early payment." })
  discounts!: DiscountTierInput[];

  @Field(() => [TermsInstallmentInput], { defaultValue: [], description: "Parts with due dates of their own. Leave it out when all is due on one day." })
  installments!: TermsInstallmentInput[];
}

@InputType({ description: "What terms say from now on, in whole: what is left out has its default, not what they said before." })
export class UpdateTermsInput extends CreateTermsInput {
  @Field(() => Int, { description: "The version you saw: if they were changed since, the command is refused as a conflict." })
  expectedVersion!: number;
}

@InputType({ description: "Terms to be given to nobody new." })
export class RetireTermsInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Their code." })
  code!: string;

  @Field(() => Int, { description: "The version you saw: if they were changed since, the command is refused as a conflict." })
  expectedVersion!: number;
}

/** The input with every field that was left out as null. */
export function writtenTerms(companyId: string, { company: _company, discounts, installments, ...terms }: CreateTermsInput): WrittenTerms {
  const rule = <T extends DueRuleInput>(it: T) => ({ ...it, proximoDay: it.proximoDay ?? null, cutoffDay: it.cutoffDay ?? null });
  return {
    ...rule(terms),
    companyId,
    discounts: discounts.map((it) => ({ ...it, days: it.days ?? null })),
    installments: installments.map((it) => ({ ...rule(it), share: it.share ?? null, of: it.of ?? null, amount: it.amount ?? null, currency: it.currency ?? null })),
  };
}

@ObjectType({ description: "The terms after the command." })
export class TermsPayload extends MutationPayload {
  @Field(() => TermsType, { nullable: true, description: "Null when refused." })
  readonly terms!: TermsType | null;
}
