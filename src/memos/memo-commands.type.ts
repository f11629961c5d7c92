import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { DebitMemoReason } from "../domain/memo.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { ConnectionArgs } from "../graphql/connection.ts";
import { Node } from "../graphql/node.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import { CreditMemoType, DebitMemoType } from "./memo.type.ts";

@ArgsType()
export class MemosArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: "Only memos of this customer." })
  customerId?: string | null;

  @Field(() => String, { nullable: true, description: "Only the memo of this number, in any spelling." })
  number?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "Only memos that have something open." })
  openOnly!: boolean;
}

@InputType({ description: "One thing credited or charged." })
export class MemoLineInput {
  @Field(() => Int, { nullable: true, description: "Line of the invoice that it is about. No line of an invoice is credited beyond what it billed." })
  invoiceLineNo?: number | null;

  @Field(() => String, { description: "What it is." })
  description!: string;

  @Field(() => String, { description: "Amount of the line in the memo's currency, before tax, as a plain decimal that is not negative." })
  amount!: string;
}

@InputType({ description: "What both kinds of memo state." })
abstract class IssueMemoInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Account number of the customer, in any spelling." })
  account!: string;

  @Field(() => String, { description: "Number of the memo, unique among those of its kind in the company." })
  number!: string;

  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;

  @Field(() => BusinessDateScalar, { description: "Date of the memo." })
  issuedOn!: string;

  @Field(() => [MemoLineInput], { description: "What it is for: 1 to 1000 lines." })
  lines!: MemoLineInput[];

  @Field(() => String, { nullable: true, description: "Sales tax in the total, as a plain decimal." })
  tax?: string | null;

  @Field(() => String, { description: "All of it; must be the sum of lines and tax." })
  total!: string;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "A credit memo to be issued." })
export class IssueCreditMemoInput extends IssueMemoInput {
  @Field(() => String, { nullable: true, description: "Number of the invoice it is against. What that has open is settled first; left out, all of it stands on account." })
  invoice?: string | null;

  @Field(() => Int, { nullable: true, description: "The version of the invoice you saw: if it has changed, the command is refused as a conflict." })
  expectedVersion?: number | null;

  @Field(() => DeductionReason, { description: "Why it is given." })
  reason!: DeductionReason;
}

@InputType({ description: "A debit memo to be issued." })
export class IssueDebitMemoInput extends IssueMemoInput {
  @Field(() => String, { nullable: true, description: "Number of the invoice it is about." })
  invoice?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Last day to pay; the date of the memo when left out." })
  dueOn?: string | null;

  @Field(() => DebitMemoReason, { description: "Why it is billed." })
  reason!: DebitMemoReason;
}

@InputType({ description: "One thing that a credit settles." })
export class CreditUseInput {
  @Field(() => ID, { description: "An invoice or a debit memo of the credit memo's customer." })
  documentId!: string;

  @Field(() => String, { nullable: true, description: "How much of it, as a plain decimal; left out, as much as is open and the credit has left." })
  amount?: string | null;

  @Field(() => Int, { nullable: true, description: "The version of the invoice or debit memo you saw: if it has changed, the command is refused as a conflict." })
  expectedVersion?: number | null;
}

@InputType({ description: "What a credit on account is to settle." })
export class ApplyCreditInput {
  @Field(() => ID, { description: "A credit memo that has something left." })
  creditMemoId!: string;

  @Field(() => Int, { nullable: true, description: "The version of the credit memo you saw: if it has changed, the command is refused as a conflict." })
  expectedVersion?: number | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day the application counts from: today when left out, and never before the memo or what it settles." })
  appliedOn?: string | null;

  @Field(() => [CreditUseInput], { description: "What it settles, in this order: 1 to 1000 lines." })
  lines!: CreditUseInput[];

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "The credit memo after the command." })
export class CreditMemoPayload extends MutationPayload {
  @Field(() => CreditMemoType, { nullable: true, description: "Null when refused." })
  readonly creditMemo!: CreditMemoType | null;

  @Field(() => Node, { nullable: true, description: "When the command was refused because something was not as it counted on: that invoice or memo as it is now. Null otherwise." })
  readonly current!: Node | null;
}

@ObjectType({ description: "The debit memo on the books." })
export class DebitMemoPayload extends MutationPayload {
  @Field(() => DebitMemoType, { nullable: true, description: "Null when refused." })
  readonly debitMemo!: DebitMemoType | null;
}
