import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
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
    PAYMENT_PLAN: { description: "Debts are paid in the parts that the document lists. Kept and shown; nothing here acts on it, and due dates stay." },
    CONSIGNMENT: { description: "Goods are billed when the customer sells or uses them. Kept and shown; who issues invoices acts on it." },
    AGREED_DEDUCTION_RATE: { description: "The customer may take a share of what is billed off its payments. Kept and shown for whoever judges deductions; none is accepted by itself." },
    BILL_AND_HOLD: { description: "Goods are billed before they are shipped. Kept and shown; who ships and recognizes revenue acts on it." },
  },
});

@ObjectType("Arrangement", { description: "Something agreed with a customer for a time, apart from its terms. It is never changed, only ended; of two of one kind in force on a day, the one agreed last counts.", implements: Node, simpleResolvers: true })
export class ArrangementType extends Node {
  @Field(() => ArrangementKind, { description: "What it is, and what acts on it." })
  readonly kind!: ArrangementKind;

  @Field(() => BusinessDateScalar, { description: "Its first day, by invoice date or by day of deposit." })
  readonly effectiveFrom!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Its last day, the earlier one where it was ended; null until further notice. The day before its first says that it was canceled." })
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

  @Field(() => Int, { nullable: true, description: "Hundredths of a percent of what is billed that may be taken off: 150 is 1.5 %; null for other kinds." })
  readonly basisPoints!: number | null;

  @Field(() => String, { nullable: true, description: "What was signed, such as the number or address of a contract; null when nothing was named." })
  readonly document!: string | null;

  @Field(() => MomentScalar, { description: "When the books learned of it." })
  readonly recordedAt!: string;

  @Field(() => MomentScalar, { nullable: true, description: "When it was ended; null unless somebody ended it before its agreed last day." })
  readonly endedAt!: string | null;

  @Field(() => String, { nullable: true, description: "Why it was ended; null when nothing was said, or it was not." })
  readonly endNote!: string | null;
}

export const arrangementOf = ({ companyId, id, customerId: _customerId, ...row }: ArrangementRow): ArrangementType => ({ ...row, id: globalId("Arrangement", companyId, id) });

@InputType({ description: "Something agreed with a customer for a time." })
export class AgreeArrangementInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Account number of the customer, in any spelling." })
  account!: string;

  @Field(() => ArrangementKind, { description: "What it is." })
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

  @Field(() => Int, { nullable: true, description: "Of AGREED_DEDUCTION_RATE: hundredths of a percent of what is billed, 1 to 10000." })
  basisPoints?: number | null;

  @Field(() => String, { nullable: true, description: "What was signed, such as the number or address of a contract." })
  document?: string | null;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "The end of an arrangement." })
export class EndArrangementInput {
  @Field(() => ID, { description: "The arrangement." })
  arrangementId!: string;

  @Field(() => BusinessDateScalar, { description: "Its last day, not after the one agreed; the day before its first cancels it." })
  endsOn!: string;

  @Field(() => String, { nullable: true, description: "Why." })
  note?: string | null;
}

@ObjectType({ description: "The arrangement after the command." })
export class ArrangementPayload extends MutationPayload {
  @Field(() => ArrangementType, { nullable: true, description: "Null when refused." })
  readonly arrangement!: ArrangementType | null;
}
