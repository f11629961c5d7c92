import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { MoneyValue } from "../domain/money.ts";
import { DiscountBase, InstallmentKind } from "../domain/terms.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { Node } from "../graphql/node.ts";
import { MomentScalar } from "../graphql/scalars.ts";
import type { FormerTermsRow, TermsRow } from "./terms.sql.ts";

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

@ObjectType("Terms", { description: "Payment terms of a company. An invoice keeps what they meant when it was issued, whatever becomes of them.", implements: Node, simpleResolvers: true })
export class TermsType extends DueRuleType implements Node {
  @Field(() => ID, { description: "Unique over everything in the graph, and opaque: keep it, compare it, fetch by it, never take it apart." })
  readonly id!: string;

  @Field(() => Int, { description: "Rises with every change; name it as `expectedVersion` to change them." })
  readonly version!: number;

  @Field(() => MomentScalar, { nullable: true, description: "When they were retired, so that they are given to nobody new; null while they may be." })
  readonly retiredAt!: string | null;

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

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly key!: string;
}

export const termsOf = ({ installments, ...terms }: TermsRow): TermsType => ({
  ...terms,
  id: globalId("Terms", terms.companyId, terms.id),
  key: terms.id,
  installments: installments.map(({ fixedMinor, currency, ...part }) => ({ ...part, amount: fixedMinor === null ? null : new MoneyValue(fixedMinor, currency!) })),
});

@ObjectType("FormerTerms", { description: "What terms said until they were changed.", simpleResolvers: true })
export class FormerTermsType {
  @Field(() => TermsType, { description: "The terms as they were, with the version they had." })
  readonly terms!: TermsType;

  @Field(() => MomentScalar, { description: "When they were changed." })
  readonly replacedAt!: string;

  @Field(() => String, { nullable: true, description: "Name of the member who changed them; null when no member did." })
  readonly replacedBy!: string | null;
}

export const formerTermsOf = ({ terms, replacedAt, replacedBy }: FormerTermsRow): FormerTermsType => ({ terms: termsOf(terms), replacedAt, replacedBy });

@ObjectType({ description: "News of payment terms.", simpleResolvers: true })
export class TermsPush {
  @Field(() => String, { description: "Keep it: as `after` it brings what comes later." })
  readonly cursor!: string;

  @Field(() => TermsType, { nullable: true, description: "The terms as they are now; null in a push that only brings a newer cursor." })
  readonly terms!: TermsType | null;
}
