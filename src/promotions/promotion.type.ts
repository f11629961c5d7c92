import { ArgsType, Field, ID, InputType, ObjectType } from "type-graphql";
import { MoneyValue } from "../domain/money.ts";
import { ConnectionArgs, connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { Node } from "../graphql/node.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { PromotionRow } from "./promotion.sql.ts";

@ObjectType("Promotion", { implements: Node, description: "What was set aside for a promotion that one customer was promised: a fact. The general ledger that makes the accrual books it; here is kept how much it was, and what settlements of deductions took of it.", simpleResolvers: true })
export class PromotionType extends Node {
  readonly companyId!: string;
  readonly key!: string;
  readonly customerKey!: string;

  @Field(() => String, { description: "What it is called, to the customer too; unique in the company, without regard to case." })
  readonly code!: string;

  @Field(() => String, { description: "What was promised." })
  readonly description!: string;

  @Field(() => String, { nullable: true, description: "The item it is for, as invoices have it; null for all that the customer buys." })
  readonly item!: string | null;

  @Field(() => BusinessDateScalar, { description: "The first day it runs." })
  readonly validFrom!: string;

  @Field(() => BusinessDateScalar, { description: "The last day it runs." })
  readonly validTo!: string;

  @Field(() => MoneyType, { description: "How much was set aside." })
  readonly accrued!: MoneyValue;

  @Field(() => MoneyType, { description: "What settlements took of it; one that was undone took nothing." })
  readonly used!: MoneyValue;

  @Field(() => MoneyType, { description: "What is left of it." })
  readonly left!: MoneyValue;

  @Field(() => String, { nullable: true, description: "Name of the member who recorded it; null when no member did." })
  readonly recordedBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was recorded." })
  readonly recordedAt!: string;
}

export const promotionOf = ({ companyId, id: key, customerId: customerKey, currency, accruedMinor, usedMinor, ...row }: PromotionRow): PromotionType => ({
  ...row, id: globalId("Promotion", companyId, key), companyId, key, customerKey,
  accrued: new MoneyValue(accruedMinor, currency), used: new MoneyValue(usedMinor, currency), left: new MoneyValue(accruedMinor - usedMinor, currency),
});

export const PromotionConnection = connectionOf("Promotion", () => PromotionType);

@ArgsType()
export class PromotionsArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: "Only promotions of this customer." })
  customerId?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Only promotions that run on this day." })
  aliveOn?: string | null;
}

@InputType({ description: "What was set aside for a promotion." })
export class RecordPromotionInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Account number of the customer, in any spelling." })
  account!: string;

  @Field(() => String, { description: "What it is called: 3 to 40 letters and digits, with . _ / # - between them. What customers write is looked through for it, so that it should not be a word that they write anyway." })
  code!: string;

  @Field(() => String, { description: "What was promised: 1 to 200 characters." })
  description!: string;

  @Field(() => String, { nullable: true, description: "The item it is for, as invoices have it; all that the customer buys when left out." })
  item?: string | null;

  @Field(() => BusinessDateScalar, { description: "The first day it runs." })
  validFrom!: string;

  @Field(() => BusinessDateScalar, { description: "The last day it runs." })
  validTo!: string;

  @Field(() => String, { description: "ISO 4217 code of the currency." })
  currency!: string;

  @Field(() => String, { description: "How much was set aside, as a plain decimal: more than nothing." })
  accrued!: string;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "A promotion that was recorded." })
export class PromotionPayload extends MutationPayload {
  @Field(() => PromotionType, { nullable: true, description: "The promotion; null when refused." })
  readonly promotion!: PromotionType | null;
}
