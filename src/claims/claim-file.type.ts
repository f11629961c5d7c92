import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import { ClaimType } from "./claim.type.ts";

export const ClaimFileKind = { X12_812: "X12_812", CSV: "CSV" } as const;
export type ClaimFileKind = (typeof ClaimFileKind)[keyof typeof ClaimFileKind];
registerEnumType(ClaimFileKind, {
  name: "ClaimFileFormat",
  description: "How a file of claims is written.",
  valuesConfig: { X12_812: { description: "X12 812, credit and debit adjustments; codes are of X12 426." }, CSV: { description: "Rows under a header, read by a column map." } },
});

export const AdjustmentFlag = { D: "D", C: "C" } as const;
export type AdjustmentFlag = (typeof AdjustmentFlag)[keyof typeof AdjustmentFlag];
registerEnumType(AdjustmentFlag, {
  name: "AdjustmentFlag",
  description: "What an 812 says in BCD05 where the customer wants money of us. Partners differ.",
  valuesConfig: { D: { description: "It debits us." }, C: { description: "It asks for a credit." } },
});

@InputType({ description: "A file of one customer's claims." })
export class LoadClaimFileInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Account number of the customer, in any spelling." })
  account!: string;

  @Field(() => String, { description: "Name of the file." })
  name!: string;

  @Field(() => ClaimFileKind, { description: "How it is written." })
  format!: ClaimFileKind;

  @Field(() => String, { nullable: true, description: "The text itself, up to 1 MB; or else `fileId`." })
  content?: string | null;

  @Field(() => ID, { nullable: true, description: "Id of a file that was uploaded by `POST /files`." })
  fileId?: string | null;

  @Field(() => AdjustmentFlag, { defaultValue: AdjustmentFlag.D, description: "Of an 812: which flag a claim has. Adjustments with the other are passed over." })
  flag!: AdjustmentFlag;

  @Field(() => String, { nullable: true, description: "Of a CSV file: its column map as JSON; the map of the house when left out, which takes claim, invoice, order, code, text, item, quantity, unit, price and amount." })
  map?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day it came in; today when left out." })
  receivedOn?: string | null;
}

@ObjectType({ description: "What became of a file of claims." })
export class LoadClaimFilePayload extends MutationPayload {
  @Field(() => [ClaimType], { nullable: true, description: "The claims it brought, when it was loaded first; null when refused." })
  readonly claims!: readonly ClaimType[] | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it was loaded before, and did nothing now; null when refused." })
  readonly existing!: boolean | null;

  @Field(() => Int, { nullable: true, description: "Claims in it whose numbers were here already; null when refused." })
  readonly knownCount!: number | null;

  @Field(() => Int, { nullable: true, description: "Adjustments in it that are no claims; null when refused." })
  readonly skippedCount!: number | null;
}
