import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { MemoClearingKind } from "../domain/memo-clearing.ts";
import { MoneyValue } from "../domain/money.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { Node } from "../graphql/node.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { ClearingRow } from "./clearing.sql.ts";

registerEnumType(MemoClearingKind, {
  name: "MemoClearingKind",
  description: "How what is open of a memo leaves the receivables without cash of the customer.",
  valuesConfig: {
    REFUND: { description: "Of a credit memo: we owe it to the customer in money." },
    BAD_DEBT: { description: "Of a debit memo, such as a chargeback: given up as lost, out of the allowance for credit losses." },
  },
});

@ObjectType("MemoClearing", { description: "What of a memo was refunded or moved to bad debt, or the undoing of that. A fact.", simpleResolvers: true })
export class MemoClearingType {
  @Field(() => ID, { description: "Id of this clearing." })
  readonly id!: string;

  @Field(() => MemoClearingKind, { description: "How." })
  readonly kind!: MemoClearingKind;

  @Field(() => MoneyType, { description: "How much." })
  readonly amount!: MoneyValue;

  @Field(() => BusinessDateScalar, { description: "The business day it counts from." })
  readonly effectiveOn!: string;

  @Field(() => String, { description: "Why." })
  readonly note!: string;

  @Field(() => String, { nullable: true, description: "Name of the member who did it; null when no member did." })
  readonly by!: string | null;

  @Field(() => MomentScalar, { description: "When it was recorded." })
  readonly recordedAt!: string;

  @Field(() => ID, { nullable: true, description: "The clearing that this one undoes; null for one that clears." })
  readonly undoes!: string | null;

  @Field(() => Boolean, { description: "Whether it was undone." })
  readonly undone!: boolean;
}

export const clearingOf = ({ companyId, id, kind, minor, currency, effectiveOn, note, memberName, recordedAt, undoesId, undoneById }: ClearingRow): MemoClearingType => ({
  id: globalId("MemoClearing", companyId, id), kind, amount: new MoneyValue(minor, currency), effectiveOn, note, by: memberName, recordedAt,
  undoes: undoesId && globalId("MemoClearing", companyId, undoesId), undone: undoneById !== null,
});

@InputType({ description: "What every clearing of a memo states." })
abstract class ClearingInput {
  @Field(() => String, { nullable: true, description: "How much, as a plain decimal; all that is open when left out." })
  amount?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day it counts from: today when left out, and never before the memo." })
  on?: string | null;

  @Field(() => String, { description: "Why." })
  note!: string;

  @Field(() => Int, { nullable: true, description: "The version of the memo you saw: if it has changed, the command is refused as a conflict." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "What of a credit memo is to be refunded." })
export class RefundCreditInput extends ClearingInput {
  @Field(() => ID, { description: "A credit memo that has something left." })
  creditMemoId!: string;
}

@InputType({ description: "What of a debit memo is to be moved to bad debt." })
export class MoveToBadDebtInput extends ClearingInput {
  @Field(() => ID, { description: "A debit memo, such as a chargeback, that has something open." })
  debitMemoId!: string;
}

@InputType({ description: "Which clearing is to be undone." })
export class UndoClearingInput {
  @Field(() => ID, { description: "The clearing." })
  clearingId!: string;

  @Field(() => String, { description: "Why." })
  note!: string;
}

@ObjectType({ description: "The memo after the command." })
export class ClearingPayload extends MutationPayload {
  @Field(() => Node, { nullable: true, description: "The credit memo or debit memo; null when refused." })
  readonly memo!: Node | null;

  @Field(() => Node, { nullable: true, description: "When the command was refused because the memo was not as it counted on: the memo as it is now. Null otherwise." })
  readonly current!: Node | null;
}
