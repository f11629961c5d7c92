import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { DeductionType } from "../deductions/deduction.type.ts";
import { globalId } from "../graphql/global-id.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import { DenialAnswer } from "./denial-answer.ts";
import type { DenialRow } from "./denial.sql.ts";

registerEnumType(DenialAnswer, {
  name: "DenialAnswer",
  description: "What a customer answered to a denial.",
  valuesConfig: {
    ACCEPTED: { description: "It will pay." },
    CONTESTED: { description: "It says that it is right. To work on it again is a step of its own, DISPUTE_AGAIN." },
    ASKED: { description: "It asks for more documents, or for time." },
  },
});

@ObjectType({ description: "An e-mail as it may be sent, with the packet attached. Nothing is sent from here.", simpleResolvers: true })
export class EmailDraftType {
  @Field(() => String, { nullable: true, description: "Whom to send it to: the customer's contact for disputes, or else for payables; null where none is known that may be written to." })
  readonly to!: string | null;

  @Field(() => String, { description: "Its subject." })
  readonly subject!: string;

  @Field(() => String, { description: "Its text." })
  readonly text!: string;
}

@ObjectType({ description: "What a customer answered: a fact.", simpleResolvers: true })
export class DenialAnswerType {
  @Field(() => DenialAnswer, { description: "What it came to." })
  readonly kind!: DenialAnswer;

  @Field(() => BusinessDateScalar, { description: "The day it answered." })
  readonly answeredOn!: string;

  @Field(() => String, { description: "What it said." })
  readonly note!: string;

  @Field(() => String, { nullable: true, description: "Who put it on record; null for somebody without a name here." })
  readonly by!: string | null;
}

@ObjectType("DenialPacket", { description: "What tells a customer why a deduction is denied, with the reasons, the figures and the papers: a fact, kept as it was written.", simpleResolvers: true })
export class DenialPacketType {
  @Field(() => ID, { description: "Id of this packet." })
  readonly id!: string;

  @Field(() => EmailDraftType, { description: "An e-mail to send it with." })
  readonly email!: EmailDraftType;

  @Field(() => BusinessDateScalar, { description: "Until when the customer is asked to answer." })
  readonly answerBy!: string;

  @Field(() => String, { nullable: true, description: "Who wrote it; null for a machine, and for somebody without a name here." })
  readonly by!: string | null;

  @Field(() => MomentScalar, { description: "When." })
  readonly at!: string;

  @Field(() => [DenialAnswerType], { description: "What the customer answered, the first first." })
  readonly answers!: readonly DenialAnswerType[];

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly fileKey!: string;
}

export const packetOf = ({ companyId, id, fileId, recipient, subject, body, answerBy, memberName, recordedAt, answers }: DenialRow): DenialPacketType => ({
  id: globalId("DenialPacket", companyId, id), email: { to: recipient, subject, text: body }, answerBy, by: memberName, at: recordedAt, answers, companyId, fileKey: fileId,
});

@InputType({ description: "A denial to be written." })
export class WriteDenialPacketInput {
  @Field(() => ID, { description: "The deduction, which was found invalid." })
  deductionId!: string;

  @Field(() => Int, { nullable: true, description: "The version of its case that you saw: if it has changed, the command is refused as a conflict." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "A reason in your own words, which comes first; needed where no research speaks against the deduction. Up to 10,000 characters." })
  reasoning?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Until when the customer is asked to answer; in 30 days when left out." })
  answerBy?: string | null;
}

@InputType({ description: "What a customer answered to a denial." })
export class RecordDenialAnswerInput {
  @Field(() => ID, { description: "The packet that it answers." })
  packetId!: string;

  @Field(() => DenialAnswer, { description: "What it came to." })
  answer!: DenialAnswer;

  @Field(() => String, { description: "What it said: up to 10,000 characters." })
  note!: string;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day it answered; today when left out." })
  answeredOn?: string | null;
}

@ObjectType({ description: "The deduction and the packet after the command." })
export class DenialPayload extends MutationPayload {
  @Field(() => DeductionType, { nullable: true, description: "The deduction as it is now; null when refused." })
  readonly deduction!: DeductionType | null;

  @Field(() => DenialPacketType, { nullable: true, description: "The packet; null when refused." })
  readonly packet!: DenialPacketType | null;
}
