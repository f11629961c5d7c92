import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { ArrangementKind } from "../domain/arrangement.ts";
import { globalId } from "../graphql/global-id.ts";
import { Node } from "../graphql/node.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { ArrangementRow } from "./arrangement.sql.ts";

registerEnumType(ArrangementKind, {
  name: "ArrangementKind",
  description: "What may be agreed with a customer apart from its terms.",
  valuesConfig: {
    EXTENDED_TERMS: { description: "Invoices of the period are due by other terms, or so many days after the invoice date. It wins over the terms of the customer and of the invoice." },
    EXTRA_DISCOUNT_GRACE: { description: "Payments deposited in the period have more days of grace for discounts, on top of those of the terms." },
  },
});

@ObjectType("Arrangement", { description: "Something agreed with a customer for a time, apart from its terms. It is never changed; of two of one kind in force on a day, the one agreed last counts.", implements: Node, simpleResolvers: true })
export class ArrangementType extends Node {
  @Field(() => ArrangementKind, { description: "What it changes." })
  readonly kind!: ArrangementKind;

  @Field(() => BusinessDateScalar, { description: "Its first day, by invoice date or by day of deposit." })
  readonly effectiveFrom!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Its last day; null until further notice." })
  readonly effectiveTo!: string | null;

  @Field(() => String, { description: "Who approved it." })
  readonly approver!: string;

  @Field(() => String, { nullable: true, description: "Why it was agreed; null when nothing was written." })
  readonly note!: string | null;

  @Field(() => String, { nullable: true, description: "Code of the terms that count instead; null when net days are agreed, and for other kinds." })
  readonly termsCode!: string | null;

  @Field(() => Int, { nullable: true, description: "Days from the invoice date to the due date, beside the discounts of the usual terms; null when terms are agreed, and for other kinds." })
  readonly netDays!: number | null;

  @Field(() => Int, { nullable: true, description: "Days of grace for discounts on top of those of the terms; null for other kinds." })
  readonly graceDays!: number | null;

  @Field(() => MomentScalar, { description: "When the books learned of it." })
  readonly recordedAt!: string;
}

export const arrangementOf = ({ companyId, id, customerId: _customerId, ...row }: ArrangementRow): ArrangementType => ({ ...row, id: globalId("Arrangement", companyId, id) });

@InputType({ description: "Something agreed with a customer for a time." })
export class AgreeArrangementInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Account number of the customer, in any spelling." })
  account!: string;

  @Field(() => ArrangementKind, { description: "What it changes." })
  kind!: ArrangementKind;

  @Field(() => BusinessDateScalar, { description: "Its first day." })
  effectiveFrom!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Its last day; left out until further notice." })
  effectiveTo?: string | null;

  @Field(() => String, { description: "Who approved it." })
  approver!: string;

  @Field(() => String, { nullable: true, description: "Why it was agreed." })
  note?: string | null;

  @Field(() => String, { nullable: true, description: "Of EXTENDED_TERMS: code of the terms that count instead." })
  termsCode?: string | null;

  @Field(() => Int, { nullable: true, description: "Of EXTENDED_TERMS, instead of other terms: days from the invoice date to the due date, 0 to 3650." })
  netDays?: number | null;

  @Field(() => Int, { nullable: true, description: "Of EXTRA_DISCOUNT_GRACE: days of grace on top of those of the terms, 1 to 365." })
  graceDays?: number | null;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "What was agreed." })
export class AgreeArrangementPayload extends MutationPayload {
  @Field(() => ArrangementType, { nullable: true, description: "Null when refused." })
  readonly arrangement!: ArrangementType | null;
}
