import { Field, ObjectType } from "type-graphql";
import { ApplicationType } from "../openitems/open-item.type.ts";
import { CreditMemoType, DebitMemoType } from "./memo.type.ts";

@ObjectType({ description: "News of a credit memo.", simpleResolvers: true })
export class CreditMemoPush {
  @Field(() => String, { description: "Keep it: as `after` it brings what comes later." })
  readonly cursor!: string;

  @Field(() => CreditMemoType, { nullable: true, description: "The credit memo as it is now; null in a push that only brings a newer cursor." })
  readonly creditMemo!: CreditMemoType | null;
}

@ObjectType({ description: "News of a credit being used.", simpleResolvers: true })
export class CreditAppliedPush {
  @Field(() => String, { description: "Keep it: as `after` it brings what comes later." })
  readonly cursor!: string;

  @Field(() => ApplicationType, { nullable: true, description: "What it settled; null in a push that only brings a newer cursor." })
  readonly application!: ApplicationType | null;

  @Field(() => CreditMemoType, { nullable: true, description: "The credit memo as it is now; null in a push that only brings a newer cursor." })
  readonly creditMemo!: CreditMemoType | null;
}

@ObjectType({ description: "News of a debit memo.", simpleResolvers: true })
export class DebitMemoPush {
  @Field(() => String, { description: "Keep it: as `after` it brings what comes later." })
  readonly cursor!: string;

  @Field(() => DebitMemoType, { nullable: true, description: "The debit memo as it is now; null in a push that only brings a newer cursor." })
  readonly debitMemo!: DebitMemoType | null;
}
