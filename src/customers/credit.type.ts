import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { HoldScope } from "../domain/credit.ts";
import { MoneyValue } from "../domain/money.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { HoldRow, LimitRow } from "./credit.sql.ts";

registerEnumType(HoldScope, {
  name: "HoldScope",
  description: "What a hold stops.",
  valuesConfig: {
    ORDERS: { description: "No new orders. Kept and shown here, for the system that takes the orders to act on." },
    SHIPMENTS: { description: "Nothing leaves the house. Kept and shown here, for the system that ships to act on." },
    INVOICES: { description: "No invoice is issued: `issueInvoice` is refused with `CUSTOMER_ON_HOLD`. Memos, and what is imported or taken over from another system, are facts already and pass." },
    ALL: { description: "All of it." },
  },
});

@ObjectType({ description: "How far a company lets a customer run up debt, from a day on until the next decision.", simpleResolvers: true })
export class CreditLimit {
  @Field(() => MoneyType, { nullable: true, description: "The limit; null when this decision took the limit away." })
  readonly amount!: MoneyValue | null;

  @Field(() => BusinessDateScalar, { description: "The first day it holds." })
  readonly effectiveOn!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The last day it is granted for; null when it does not expire." })
  readonly expiresOn!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the member who decided it; null when no member did." })
  readonly recordedBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was decided." })
  readonly recordedAt!: string;
}

export const limitOf = ({ currency, minor, effectiveOn, expiresOn, recordedBy, recordedAt }: LimitRow): CreditLimit => ({
  amount: minor === null ? null : new MoneyValue(minor, currency), effectiveOn, expiresOn, recordedBy, recordedAt,
});

@ObjectType("Hold", { description: "A stop on doing business with a customer, from a day until it is released.", simpleResolvers: true })
export class HoldType {
  @Field(() => ID, { description: "Id of this hold." })
  readonly id!: string;

  @Field(() => HoldScope, { description: "What it stops." })
  readonly scope!: HoldScope;

  @Field(() => String, { description: "Why, in the words of whoever placed it." })
  readonly reason!: string;

  @Field(() => BusinessDateScalar, { description: "The first day it holds." })
  readonly since!: string;

  @Field(() => String, { nullable: true, description: "Name of the member who placed it; null when no member did." })
  readonly placedBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was placed." })
  readonly placedAt!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The first day it does not hold any more; null while nobody released it." })
  readonly releasedOn!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the member who released it; null when nobody did." })
  readonly releasedBy!: string | null;

  @Field(() => MomentScalar, { nullable: true, description: "When it was released; null when nobody did." })
  readonly releasedAt!: string | null;

  @Field(() => String, { nullable: true, description: "What was said on its release; null when nothing was." })
  readonly releaseNote!: string | null;
}

export const holdOf = ({ companyId, id, customerId: _customerId, ...hold }: HoldRow): HoldType => ({ id: globalId("Hold", companyId, id), ...hold });

@InputType({ description: "A credit limit." })
export class SetCreditLimitInput {
  @Field(() => ID, { description: "The customer." })
  customerId!: string;

  @Field(() => String, { description: "ISO 4217 code of the limit's currency." })
  currency!: string;

  @Field(() => String, { nullable: true, description: "The limit as a plain decimal, zero or more; null or left out takes the limit away." })
  amount?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The last day it is granted for; left out, it does not expire." })
  expiresOn?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The first day it holds; today when left out." })
  effectiveOn?: string | null;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "A hold on a customer." })
export class PlaceHoldInput {
  @Field(() => ID, { description: "The customer." })
  customerId!: string;

  @Field(() => HoldScope, { description: "What it stops. A customer has one hold of a scope at a time." })
  scope!: HoldScope;

  @Field(() => String, { description: "Why, for people." })
  reason!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The first day it holds; today when left out." })
  since?: string | null;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "The release of a hold." })
export class ReleaseHoldInput {
  @Field(() => ID, { description: "The hold." })
  holdId!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The first day it does not hold any more; today when left out." })
  releasedOn?: string | null;

  @Field(() => String, { nullable: true, description: "Why it is released, for people." })
  note?: string | null;
}

@ObjectType({ description: "The hold after the change." })
export class HoldPayload extends MutationPayload {
  @Field(() => HoldType, { nullable: true, description: "Null when refused." })
  readonly hold!: HoldType | null;
}
