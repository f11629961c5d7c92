import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { MoneyValue } from "../domain/money.ts";
import { DiscountBase, InstallmentKind } from "../domain/terms.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { MutationPayload } from "../graphql/payload.ts";
import type { WrittenTerms } from "./terms.service.ts";
import type { TermsRow } from "./terms.sql.ts";

registerEnumType(DiscountBase, {
  name: "DiscountBase",
  description: "What a cash discount is a percentage of.",
  valuesConfig: {
    TOTAL: { description: "All that was billed: lines, tax and freight." },
    LINES: { description: "The lines alone: neither tax nor freight." },
    LINES_AND_TAX: { description: "Lines and tax, without freight." },
  },
});

registerEnumType(InstallmentKind, {
  name: "InstallmentKind",
  description: "How the amount of an installment is found.",
  valuesConfig: {
    SHARE: { description: "A share of the total, rounded half-up." },
    FIXED: { description: "An amount, or what is left where that is less." },
    BALANCE: { description: "What the other installments leave, so that together they are the total." },
  },
});

@ObjectType("DiscountTier", { description: "A cash discount offered for paying early: within some days of the invoice date, or by a day of a month.", simpleResolvers: true })
export class DiscountTierType {
  @Field(() => Int, { nullable: true, description: "Days after the invoice date on which the discount is still offered, before grace; null when a day of a month ends it." })
  readonly days!: number | null;

  @Field(() => Int, { nullable: true, description: "Day of the month that ends it, the month's last where that is shorter; null when it is counted in days." })
  readonly proximoDay?: number | null;

  @Field(() => Int, { nullable: true, description: "How many months ahead that day lies; 0 for a discount counted in days." })
  readonly proximoMonths?: number;

  @Field(() => Int, { description: "Hundredths of a percent: 200 is 2 %." })
  readonly basisPoints!: number;
}

/** Fields that terms and each of their installments have. */
@ObjectType({ description: "How a due date follows from an invoice date." })
abstract class DueRuleType {
  @Field(() => Int, { description: "Days from the invoice date, after any months." })
  readonly netDays!: number;

  @Field(() => Int, { description: "Calendar months from the invoice date; a day that the month lacks becomes its last." })
  readonly months!: number;

  @Field(() => Boolean, { description: "Whether the day reached by months and days moves to the end of its month." })
  readonly endOfMonth!: boolean;

  @Field(() => Int, { description: "Days added after that end of month." })
  readonly daysAfter!: number;

  @Field(() => Int, { nullable: true, description: "Day of the month on which it is due, the month's last where that is shorter; null when it is due some distance after the invoice date." })
  readonly proximoDay!: number | null;

  @Field(() => Int, { description: "How many months ahead that day of the month lies." })
  readonly proximoMonths!: number;

  @Field(() => Int, { nullable: true, description: "An invoice after this day of the month counts as one of the next month, where dates are days of a month; null for no cutoff." })
  readonly cutoffDay!: number | null;
}

@ObjectType("TermsInstallment", { description: "A part of an invoice with a due date of its own.", simpleResolvers: true })
export class TermsInstallmentType extends DueRuleType {
  @Field(() => InstallmentKind, { description: "How its amount is found." })
  readonly kind!: InstallmentKind;

  @Field(() => Int, { nullable: true, description: "With `of`, the share of the total: 1 of 3. Null unless it is a share." })
  readonly share!: number | null;

  @Field(() => Int, { nullable: true, description: "How many parts the total is thought to have. Null unless it is a share." })
  readonly of!: number | null;

  @Field(() => MoneyType, { nullable: true, description: "The amount; null unless it is fixed." })
  readonly amount!: MoneyValue | null;
}

@ObjectType("Terms", { description: "Payment terms of a company. An invoice keeps what they meant on its day.", simpleResolvers: true })
export class TermsType extends DueRuleType {
  @Field(() => String, { description: "Code, unique in the company." })
  readonly code!: string;

  @Field(() => String, { description: "For people, such as `2 % 10 days, net 30`." })
  readonly description!: string;

  @Field(() => Int, { description: "Days after a discount date on which the discount is still accepted." })
  readonly graceDays!: number;

  @Field(() => Int, { description: "Days after a due date on which an invoice does not count as late yet." })
  readonly dueGraceDays!: number;

  @Field(() => DiscountBase, { description: "What the discounts are a percentage of." })
  readonly discountBase!: DiscountBase;

  @Field(() => Boolean, { description: "Whether cash that settles a part earns its share of the discount. If not, only what closes an installment earns it." })
  readonly discountOnPartial!: boolean;

  @Field(() => [DiscountTierType], { description: "Discounts offered, earliest first; empty when none is." })
  readonly discounts!: readonly DiscountTierType[];

  @Field(() => [TermsInstallmentType], { description: "Parts with due dates of their own; empty when all is due on one day, by the rule of the terms themselves." })
  readonly installments!: readonly TermsInstallmentType[];
}

export const termsOf = ({ installments, ...terms }: TermsRow): TermsType => ({
  ...terms,
  installments: installments.map(({ fixedMinor, currency, ...part }) => ({ ...part, amount: fixedMinor === null ? null : new MoneyValue(fixedMinor, currency!) })),
});

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

@ObjectType({ description: "The new terms." })
export class CreateTermsPayload extends MutationPayload {
  @Field(() => TermsType, { nullable: true, description: "Null when refused." })
  readonly terms!: TermsType | null;
}
