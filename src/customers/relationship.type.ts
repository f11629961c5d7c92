import { Field, ID, InputType, ObjectType } from "type-graphql";
import { connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { ParentRow, PayingRow } from "./relationship.sql.ts";

@ObjectType({ description: "A place of a customer in the corporate tree, from a day on until the next one.", simpleResolvers: true })
export class CustomerPlace {
  @Field(() => BusinessDateScalar, { description: "The first day it holds." })
  readonly effectiveOn!: string;

  @Field(() => String, { nullable: true, description: "Name of the member who said so; null when no member did." })
  readonly recordedBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was said. Of two for one day the later one counts." })
  readonly recordedAt!: string;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly parentId!: string | null;
}

export const placeOf = ({ companyId, parentId, effectiveOn, recordedBy, recordedAt }: ParentRow): CustomerPlace => ({ companyId, parentId, effectiveOn, recordedBy, recordedAt });

@ObjectType({ description: "From one day to another, one customer pays what another owes. It says nothing of who owns whom.", simpleResolvers: true })
export class PayingRelationship {
  @Field(() => ID, { description: "Id of this relationship." })
  readonly id!: string;

  @Field(() => BusinessDateScalar, { description: "The first day." })
  readonly startsOn!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The last day; null while no end is known." })
  readonly endsOn!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the member who recorded it; null when no member did." })
  readonly recordedBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was recorded." })
  readonly recordedAt!: string;

  @Field(() => String, { nullable: true, description: "Name of the member who ended it; null when nobody did." })
  readonly endedBy!: string | null;

  @Field(() => MomentScalar, { nullable: true, description: "When its end was recorded; null when nobody ended it." })
  readonly endedAt!: string | null;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly payerId!: string;
  readonly customerId!: string;
}

export const payingOf = ({ id, ...paying }: PayingRow): PayingRelationship => ({ id: globalId("PayingRelationship", paying.companyId, id), ...paying });

export const PayingRelationshipConnection = connectionOf("PayingRelationship", () => PayingRelationship);

@InputType({ description: "A place in the corporate tree." })
export class SetParentInput {
  @Field(() => ID, { description: "The customer to be placed." })
  customerId!: string;

  @Field(() => ID, { nullable: true, description: "The customer it belongs to; null when it stands alone." })
  parentId?: string | null;

  @Field(() => BusinessDateScalar, { description: "The first day it holds; it holds until the next place of the customer." })
  effectiveOn!: string;
}

@InputType({ description: "Who pays for whom." })
export class AddPayingRelationshipInput {
  @Field(() => ID, { description: "The customer who pays." })
  payerId!: string;

  @Field(() => ID, { description: "The customer who owes." })
  customerId!: string;

  @Field(() => BusinessDateScalar, { description: "The first day." })
  startsOn!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The last day, when it is known already." })
  endsOn?: string | null;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "The end of a paying relationship." })
export class EndPayingRelationshipInput {
  @Field(() => ID, { description: "The relationship." })
  payingRelationshipId!: string;

  @Field(() => BusinessDateScalar, { description: "The last day, not before the first and not after an end that was known from the start." })
  endsOn!: string;
}

@ObjectType({ description: "The relationship after the change." })
export class PayingRelationshipPayload extends MutationPayload {
  @Field(() => PayingRelationship, { nullable: true, description: "Null when refused." })
  readonly payingRelationship!: PayingRelationship | null;
}
