import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { OpeningKind } from "../domain/opening-balance.ts";
import { globalId } from "../graphql/global-id.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { OpeningBalanceRow } from "./opening-balance.sql.ts";

registerEnumType(OpeningKind, {
  name: "OpeningKind",
  description: "What an opening item was in the earlier system.",
  valuesConfig: {
    INVOICE: { description: "An invoice or another charge: the customer owes what is open." },
    CREDIT_MEMO: { description: "A credit of the customer: what is open stands on account and can be applied." },
  },
});

@InputType({ description: "An open item of an earlier system." })
export class OpeningItemInput {
  @Field(() => OpeningKind, { defaultValue: OpeningKind.INVOICE, description: "What it was." })
  kind!: OpeningKind;

  @Field(() => String, { description: "Account number of the customer, in any spelling." })
  account!: string;

  @Field(() => String, { description: "Its number, unique in the company among invoices or credit memos." })
  number!: string;

  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;

  @Field(() => String, { description: "What it was when it was issued, as a plain decimal." })
  original!: string;

  @Field(() => String, { description: "What was open at the take-over, as a plain decimal: more than nothing and no more than the original." })
  open!: string;

  @Field(() => BusinessDateScalar, { description: "Its own date." })
  issuedOn!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Last day to pay; an invoice must have one. Opening items offer no cash discount." })
  dueOn?: string | null;
}

@InputType({ description: "What was open in an earlier system." })
export class EnterOpeningBalanceInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => BusinessDateScalar, { description: "The day of the take-over, from which the items count in these books." })
  takenOverOn!: string;

  @Field(() => [OpeningItemInput], { description: "1 to 5000 items, taken all or none." })
  items!: OpeningItemInput[];

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@ObjectType("OpeningBalance", { description: "A take-over of open items from an earlier system.", simpleResolvers: true })
export class OpeningBalanceType {
  @Field(() => ID, { description: "Unique over everything in the graph." })
  readonly id!: string;

  @Field(() => BusinessDateScalar, { description: "The day from which its items count." })
  readonly takenOverOn!: string;

  @Field(() => Int, { description: "How many items it brought." })
  readonly itemCount!: number;

  @Field(() => MomentScalar, { description: "When the books learned of it." })
  readonly recordedAt!: string;
}

export const openingBalanceOf = ({ companyId, id, takenOverOn, itemCount, recordedAt }: OpeningBalanceRow): OpeningBalanceType => ({ id: globalId("OpeningBalance", companyId, id), takenOverOn, itemCount, recordedAt });

@ObjectType({ description: "The opening balance on the books." })
export class EnterOpeningBalancePayload extends MutationPayload {
  @Field(() => OpeningBalanceType, { nullable: true, description: "Null when refused." })
  readonly openingBalance!: OpeningBalanceType | null;
}
