import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { FreightClaimAction, FreightClaimState, FreightClock, freightActions, type FreightDeadline, freightDeadlines } from "../domain/freight-claim.ts";
import { MoneyValue } from "../domain/money.ts";
import { StoredFileType } from "../files/file.type.ts";
import { ConnectionArgs, connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { Node } from "../graphql/node.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { FreightClaimRow, FreightStepRow } from "./freight-claim.sql.ts";

registerEnumType(FreightClaimState, {
  name: "FreightClaimState",
  description: "Where a claim against a carrier stands.",
  valuesConfig: {
    FOUND: { description: "The carrier was found at fault; nothing is filed and nothing booked." },
    FILED: { description: "The claim is with the carrier, and a receivable from it." },
    ACKNOWLEDGED: { description: "The carrier confirmed in writing that it has the claim." },
    DISALLOWED: { description: "The carrier refused it in writing." },
    IN_SUIT: { description: "It is before a court." },
    PAID: { description: "The carrier paid all of it." },
    CLOSED: { description: "It was given up; what was not paid is our loss." },
  },
});

registerEnumType(FreightClaimAction, {
  name: "FreightClaimAction",
  description: "What happens with a claim against a carrier.",
  valuesConfig: {
    FILE: { description: "The written claim goes to the carrier, and its amount becomes a receivable." },
    ACKNOWLEDGE: { description: "The carrier confirms that it has it." },
    REPORT_STATUS: { description: "The carrier reports why it is not decided." },
    OFFER: { description: "The carrier makes a firm offer of a compromise." },
    DISALLOW: { description: "The carrier refuses it in writing." },
    SUE: { description: "A suit is brought." },
    PAY: { description: "The carrier pays." },
    CLOSE: { description: "It is given up, or what an accepted offer leaves." },
  },
});

registerEnumType(FreightClock, {
  name: "FreightClock",
  description: "What a day is the last for.",
  valuesConfig: {
    FILE: { description: "We file the claim: delivery and nine months, or as the contract says." },
    ACKNOWLEDGE: { description: "The carrier acknowledges it: 30 days (49 CFR 370.5)." },
    DECIDE: { description: "The carrier pays, refuses or makes an offer, or reports its status: 120 days (49 CFR 370.9)." },
    STATUS: { description: "The carrier reports its status again: every 60 days." },
    SUE: { description: "We bring a suit: two years from the refusal, or as the contract says." },
  },
});

@ObjectType("FreightDeadline", { description: "A day by which somebody has to do something about a claim against a carrier.", simpleResolvers: true })
export class FreightDeadlineType implements FreightDeadline {
  @Field(() => FreightClock, { description: "What is to be done." })
  readonly clock!: FreightClock;

  @Field(() => BusinessDateScalar, { description: "The last day for it." })
  readonly on!: string;

  @Field(() => Boolean, { description: "Whether it is ours to do. The others are the carrier's, and tell when to ask." })
  readonly ours!: boolean;
}

@ObjectType("FreightClaim", { implements: Node, description: "A claim against a carrier for what it lost, damaged or delivered late. It is no receivable from a customer.", simpleResolvers: true })
export class FreightClaimType extends Node {
  readonly companyId!: string;
  readonly key!: string;
  readonly shipmentKey!: string;
  readonly deductionKey!: string | null;

  @Field(() => String, { description: "Our number of it, unique in the company." })
  readonly number!: string;

  @Field(() => String, { description: "What the carrier is liable for." })
  readonly finding!: string;

  @Field(() => FreightClaimState, { description: "Where it stands." })
  readonly state!: FreightClaimState;

  @Field(() => Int, { description: "Counts its changes; name it in a command to be refused when somebody was quicker." })
  readonly version!: number;

  @Field(() => MoneyType, { description: "What it asks for." })
  readonly claimed!: MoneyValue;

  @Field(() => MoneyType, { description: "What the carrier paid." })
  readonly paid!: MoneyValue;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day it was filed; null before." })
  readonly filedOn!: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day it was refused in writing; null if it was not." })
  readonly disallowedOn!: string | null;

  @Field(() => [FreightDeadlineType], { description: "The days that count as it stands, the next first." })
  readonly deadlines!: readonly FreightDeadline[];

  @Field(() => [FreightClaimAction], { description: "What may follow." })
  readonly allowedActions!: readonly FreightClaimAction[];

  @Field(() => String, { nullable: true, description: "Name of the member who found it; null when no member did." })
  readonly foundBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was opened." })
  readonly recordedAt!: string;
}

export const freightClaimOf = (row: FreightClaimRow): FreightClaimType => ({
  id: globalId("FreightClaim", row.companyId, row.id), companyId: row.companyId, key: row.id, shipmentKey: row.shipmentId, deductionKey: row.deductionId, number: row.number, finding: row.finding, state: row.state,
  version: row.version, claimed: new MoneyValue(row.claimedMinor, row.currency), paid: new MoneyValue(row.paidMinor, row.currency), filedOn: row.filedOn, disallowedOn: row.disallowedOn,
  deadlines: freightDeadlines(row, row), allowedActions: freightActions(row.state), foundBy: row.foundBy, recordedAt: row.recordedAt,
});

export const FreightClaimConnection = connectionOf("FreightClaim", () => FreightClaimType);

@ObjectType("FreightClaimStep", { description: "Something that happened with a claim against a carrier. A fact.", simpleResolvers: true })
export class FreightClaimStepType {
  @Field(() => FreightClaimAction, { description: "What." })
  readonly action!: FreightClaimAction;

  @Field(() => FreightClaimState, { description: "Where the claim stood then." })
  readonly toState!: FreightClaimState;

  @Field(() => BusinessDateScalar, { description: "On which day." })
  readonly happenedOn!: string;

  @Field(() => MoneyType, { nullable: true, description: "What was asked for, offered or paid; null for steps without an amount." })
  readonly amount!: MoneyValue | null;

  @Field(() => String, { nullable: true, description: "Reference of the paper; null when none was named." })
  readonly papers!: string | null;

  @Field(() => StoredFileType, { nullable: true, description: "The paper itself, under `GET /files/:id`; null when it was only named." })
  readonly file!: StoredFileType | null;

  @Field(() => String, { nullable: true, description: "Why; null when nothing was said." })
  readonly note!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the member who put it on record; null when no member did." })
  readonly by!: string | null;

  @Field(() => MomentScalar, { description: "When it was put on record." })
  readonly at!: string;
}

export const freightStepOf = ({ action, toState, happenedOn, minor, papers, note, memberName, recordedAt }: FreightStepRow, currency: string, file: StoredFileType | null): FreightClaimStepType => ({
  action, toState, happenedOn, amount: minor === null ? null : new MoneyValue(minor, currency), papers, file, note, by: memberName, at: recordedAt,
});

@ArgsType()
export class FreightClaimsArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => [FreightClaimState], { nullable: true, description: "Only claims in one of these states." })
  states?: FreightClaimState[] | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Only claims whose next deadline is this day or earlier." })
  deadlineTo?: string | null;
}

@InputType({ description: "A finding that a carrier is at fault." })
export class OpenFreightClaimInput {
  @Field(() => ID, { description: "The shipment it is about; its carrier is the one at fault." })
  shipmentId!: string;

  @Field(() => ID, { nullable: true, description: "The deduction that led to it, of the same customer." })
  deductionId?: string | null;

  @Field(() => String, { description: "Our number of it, unique in the company." })
  number!: string;

  @Field(() => String, { description: "What the carrier is liable for." })
  finding!: string;

  @Field(() => String, { description: "What it asks for, as a plain decimal." })
  amount!: string;

  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "What every step of a claim against a carrier states." })
abstract class FreightStepInput {
  @Field(() => ID, { description: "The claim." })
  freightClaimId!: string;

  @Field(() => Int, { nullable: true, description: "The version that was seen; another one is refused as a conflict." })
  expectedVersion?: number | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day it happened; today when left out." })
  happenedOn?: string | null;

  @Field(() => String, { nullable: true, description: "Reference of the paper: needed to file a claim, which is to be in writing." })
  papers?: string | null;

  @Field(() => ID, { nullable: true, description: "The paper itself, uploaded by `POST /files?purpose=EVIDENCE`." })
  fileId?: string | null;

  @Field(() => String, { nullable: true, description: "Why: needed for a refusal, a suit, and to close." })
  note?: string | null;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "What happened with a claim against a carrier." })
export class StepFreightClaimInput extends FreightStepInput {
  @Field(() => FreightClaimAction, { description: "What; a payment has a command of its own." })
  action!: FreightClaimAction;

  @Field(() => String, { nullable: true, description: "Of an offer: how much, as a plain decimal." })
  amount?: string | null;
}

@InputType({ description: "Money that came from a carrier." })
export class RecordCarrierPaymentInput extends FreightStepInput {
  @Field(() => String, { description: "How much, as a plain decimal." })
  amount!: string;
}

@ObjectType({ description: "A claim against a carrier as it is now." })
export class FreightClaimPayload extends MutationPayload {
  @Field(() => FreightClaimType, { nullable: true, description: "The claim; null when it could not be opened or is not there." })
  readonly freightClaim!: FreightClaimType | null;
}
