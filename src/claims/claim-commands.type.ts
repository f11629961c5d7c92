import { ArgsType, Field, ID, InputType, ObjectType } from "type-graphql";
import { DeductionType } from "../deductions/deduction.type.ts";
import { ClaimKind } from "../domain/claim.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { CodeList } from "../domain/standard-reasons.ts";
import { ConnectionArgs } from "../graphql/connection.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import { ClaimType } from "./claim.type.ts";

@ArgsType()
export class ClaimsArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: "Only claims of this customer." })
  customerId?: string | null;

  @Field(() => ClaimKind, { nullable: true, description: "Only claims of this kind." })
  kind?: ClaimKind | null;

  @Field(() => DeductionReason, { nullable: true, description: "Only claims for this reason." })
  reason?: DeductionReason | null;

  @Field(() => String, { nullable: true, description: "Only claims with this number of the customer, in any spelling." })
  number?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "Only claims with something that is neither deducted nor withdrawn." })
  waitingOnly!: boolean;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Only claims that came in on this day or later." })
  receivedFrom?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Only claims that came in on this day or earlier." })
  receivedTo?: string | null;
}

@InputType({ description: "What a customer says about what it wants." })
abstract class StatedInput {
  @Field(() => String, { nullable: true, description: "The customer's number for it. It is taken once of each customer." })
  number?: string | null;

  @Field(() => String, { nullable: true, description: "The customer's reason code." })
  customerCode?: string | null;

  @Field(() => CodeList, { nullable: true, description: "The public list that the code is of; left out for a code of the customer's own." })
  codeList?: CodeList | null;

  @Field(() => DeductionReason, { nullable: true, description: "Our reason, where you know it; left out, the code decides." })
  reason?: DeductionReason | null;

  @Field(() => String, { nullable: true, description: "What the customer says, in its own words: up to 10,000 characters." })
  comment?: string | null;

  @Field(() => BusinessDateScalar, { description: "The day it came in." })
  receivedOn!: string;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "A line of a claim." })
export class ClaimLineInput {
  @Field(() => String, { nullable: true, description: "The item, as the customer numbers it." })
  item?: string | null;

  @Field(() => String, { nullable: true, description: "What it says." })
  description?: string | null;

  @Field(() => String, { nullable: true, description: "The count claimed, as a plain decimal." })
  quantity?: string | null;

  @Field(() => String, { nullable: true, description: "The unit that is counted." })
  unit?: string | null;

  @Field(() => String, { nullable: true, description: "The price claimed for a unit, as a plain decimal." })
  unitPrice?: string | null;

  @Field(() => String, { description: "What the line claims, as a plain decimal; negative for what the customer sets off." })
  amount!: string;
}

@InputType({ description: "A claim as somebody writes it down." })
export class RecordClaimInput extends StatedInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Account number of the customer, in any spelling." })
  account!: string;

  @Field(() => ClaimKind, { defaultValue: ClaimKind.CLAIM, description: "What the customer wants. Disputes have a command of their own." })
  kind!: ClaimKind;

  @Field(() => String, { description: "What is claimed, as a plain decimal." })
  amount!: string;

  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;

  @Field(() => [String], { defaultValue: [], description: "Numbers of the invoices it is about. One that we do not hold is kept as it was named." })
  invoices!: string[];

  @Field(() => String, { nullable: true, description: "The order it is about. Where no invoice is named, it is about the one of that order." })
  purchaseOrder?: string | null;

  @Field(() => String, { nullable: true, description: "The shipment or bill of lading it is about." })
  shipment?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day of what it is about." })
  eventOn?: string | null;

  @Field(() => [ClaimLineInput], { defaultValue: [], description: "Its lines; together they claim the amount. None when only the amount is known." })
  lines!: ClaimLineInput[];
}

@InputType({ description: "An invoice that a customer contests." })
export class RecordDisputeInput extends StatedInput {
  @Field(() => ID, { description: "The invoice." })
  invoiceId!: string;

  @Field(() => String, { nullable: true, description: "How much is contested, as a plain decimal; left out, all that is open." })
  amount?: string | null;
}

@InputType({ description: "Something about a claim." })
export class ClaimNoteInput {
  @Field(() => ID, { description: "The claim." })
  claimId!: string;

  @Field(() => String, { description: "What there is to say: up to 10,000 characters." })
  note!: string;
}

@InputType({ description: "A claim and the deduction that it became." })
export class MatchClaimInput {
  @Field(() => ID, { description: "The claim." })
  claimId!: string;

  @Field(() => ID, { description: "The deduction. It has no claim yet, and is of the same customer and currency." })
  deductionId!: string;

  @Field(() => String, { nullable: true, description: "How you know. Needed to take a match back." })
  note?: string | null;
}

@ObjectType({ description: "The claim after the command." })
export class ClaimPayload extends MutationPayload {
  @Field(() => ClaimType, { nullable: true, description: "As it is now; null when refused." })
  readonly claim!: ClaimType | null;

  @Field(() => ClaimType, { nullable: true, description: "When the command was refused because of a claim, such as one with the same number: as it is now. Null otherwise." })
  readonly current!: ClaimType | null;

  @Field(() => DeductionType, { nullable: true, description: "Of a match: the deduction as it is now. Null otherwise." })
  readonly deduction!: DeductionType | null;
}
