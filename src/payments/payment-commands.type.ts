import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Node } from "../graphql/node.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import { PaymentType, RemittanceLineInput } from "./payment.type.ts";

@InputType({ description: "A payment as somebody writes it down: who paid, how much, when." })
export class RecordPaymentInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { nullable: true, description: "Account number of the payer, in any spelling; left out while nobody knows who paid." })
  account?: string | null;

  @Field(() => String, { description: "What was received, as a plain decimal." })
  amount!: string;

  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;

  @Field(() => BusinessDateScalar, { description: "The day it counts from." })
  receivedOn!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day it reached the bank, by which discounts are judged; the day received when left out." })
  depositedOn?: string | null;

  @Field(() => String, { nullable: true, description: "Name of the payer." })
  payerName?: string | null;

  @Field(() => String, { nullable: true, description: "Check number, trace or other reference." })
  reference?: string | null;

  @Field(() => [RemittanceLineInput], { defaultValue: [], description: "What it is for; together the lines pay the whole amount. Without lines it is applied only where one item alone has this amount open." })
  lines!: RemittanceLineInput[];

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "What a payment's left cash is for." })
export class ApplyPaymentInput {
  @Field(() => ID, { description: "A payment of a known payer." })
  paymentId!: string;

  @Field(() => Int, { nullable: true, description: "The version of the payment you saw: if it has changed, the command is refused as a conflict." })
  expectedVersion?: number | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day the application counts from: today when left out, and never before the payment." })
  appliedOn?: string | null;

  @Field(() => [RemittanceLineInput], { description: "What the cash pays; together no more than is left." })
  lines!: RemittanceLineInput[];

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "The payment after the command." })
export class PaymentPayload extends MutationPayload {
  @Field(() => PaymentType, { nullable: true, description: "Null when refused." })
  readonly payment!: PaymentType | null;

  @Field(() => Node, { nullable: true, description: "When the command was refused because something was not as it counted on: that payment, invoice or memo as it is now. Null otherwise." })
  readonly current!: Node | null;
}
