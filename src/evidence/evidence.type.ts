import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { DeductionType } from "../deductions/deduction.type.ts";
import { EvidenceKind, Stance } from "../domain/evidence.ts";
import { globalId } from "../graphql/global-id.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { MomentScalar } from "../graphql/scalars.ts";
import type { EvidenceRow } from "./evidence.sql.ts";

registerEnumType(EvidenceKind, {
  name: "EvidenceKind",
  description: "What a paper is.",
  valuesConfig: {
    POD: { description: "Proof of delivery: what the receiver signed for." },
    BOL: { description: "Bill of lading: what was handed to the carrier." },
    PO: { description: "The customer's purchase order." },
    ASN: { description: "Advance ship notice: what we said was on its way." },
    RECEIVING_ADVICE: { description: "What the customer says it received." },
    INVOICE: { description: "Our invoice." },
    CONTRACT: { description: "A contract, a routing guide, terms that were agreed." },
    PROMOTION: { description: "An agreement about a promotion or an allowance." },
    PRICE_LIST: { description: "Prices in force on the day of the order." },
    PACK_DATA: { description: "How many units a case, a carton or a pallet holds." },
    PHOTO: { description: "A picture." },
    EMAIL: { description: "An e-mail." },
    CALL_NOTE: { description: "What was said on the telephone." },
    CLAIM: { description: "The customer's claim: this one, or an earlier one." },
  },
});
registerEnumType(Stance, {
  name: "EvidenceStance",
  description: "Whom a paper speaks for, as the person who keeps it says. It is an argument, no verdict.",
  valuesConfig: {
    FOR: { description: "For the customer: that it may keep what it took." },
    AGAINST: { description: "Against the customer: that it owes what it took." },
    NEUTRAL: { description: "For neither, or nobody has looked yet." },
  },
});

@ObjectType("Evidence", { description: "A paper that is kept with a deduction: a fact, taken back only by a withdrawal.", simpleResolvers: true })
export class EvidenceType {
  @Field(() => ID, { description: "Id of this paper." })
  readonly id!: string;

  @Field(() => EvidenceKind, { description: "What it is." })
  readonly kind!: EvidenceKind;

  @Field(() => String, { nullable: true, description: "How it is known outside, such as its number or where it lies; null when only a file was given." })
  readonly reference!: string | null;

  @Field(() => String, { nullable: true, description: "SHA-256 of what is kept of it, in hexadecimal digits; null when it is only named." })
  readonly digest!: string | null;

  @Field(() => String, { nullable: true, description: "What it says, as JSON in the form that `AddEvidenceInput.document` describes; null where nobody wrote that down." })
  readonly document!: string | null;

  @Field(() => String, { nullable: true, description: "Where it was got, such as a carrier's portal; null when nobody said." })
  readonly source!: string | null;

  @Field(() => MomentScalar, { description: "When it was got." })
  readonly capturedAt!: string;

  @Field(() => String, { nullable: true, description: "Who put it on record; null for a machine, and for somebody without a name here." })
  readonly by!: string | null;

  @Field(() => MomentScalar, { description: "When it was put on record." })
  readonly recordedAt!: string;

  @Field(() => Stance, { description: "Whom it speaks for." })
  readonly supports!: Stance;

  @Field(() => String, { nullable: true, description: "What is to be seen in it; null when nobody said." })
  readonly note!: string | null;

  @Field(() => MomentScalar, { nullable: true, description: "When it was withdrawn; null while it counts." })
  readonly withdrawnAt!: string | null;

  @Field(() => String, { nullable: true, description: "Who withdrew it; null while it counts." })
  readonly withdrawnBy!: string | null;

  @Field(() => String, { nullable: true, description: "Why it was withdrawn; null while it counts." })
  readonly withdrawnBecause!: string | null;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly fileKey!: string | null;
}

export const evidenceOf = ({ memberName: by, fileId: fileKey, ...row }: EvidenceRow): EvidenceType => ({ ...row, id: globalId("Evidence", row.companyId, row.id), by, fileKey });

const DOCUMENT = `What it says, as a JSON object, so that \`researchDeduction\` can compare it. Amounts and counts are plain decimals in strings, amounts in the currency of the deduction, days like 2026-03-31; what is in [brackets] may be left out.
- PO: number, orderedOn, lines: item, quantity, unit, unitPrice (of the unit, or of what is in it).
- INVOICE: number, invoicedOn, lines: item, quantity, unit, amount.
- ASN, BOL: number, shippedOn, [carrier], lines: item, quantity, unit.
- POD, RECEIVING_ADVICE: number, receivedOn, [note], lines: item, quantity, unit.
- PACK_DATA: packs: item, unit, holds (a whole number), of.
- PROMOTION, CONTRACT: number, code, item, percent, validFrom, validTo, [accrued: what was set aside], [used].
- CLAIM, this one or an earlier one: number, purchaseOrder, reason (a DeductionReason), amount, claimedOn, [text], [lines: item, quantity, unit], [credited: amount, document].`;

@InputType({ description: "A paper to be kept with a deduction: its reference, an uploaded file, what it says, or several of these." })
export class AddEvidenceInput {
  @Field(() => ID, { description: "The deduction." })
  deductionId!: string;

  @Field(() => Int, { nullable: true, description: "The version of its case that you saw: if it has changed, the command is refused as a conflict." })
  expectedVersion?: number | null;

  @Field(() => EvidenceKind, { description: "What it is." })
  kind!: EvidenceKind;

  @Field(() => String, { nullable: true, description: "How it is known outside, such as its number or where it lies: up to 300 characters." })
  reference?: string | null;

  @Field(() => ID, { nullable: true, description: "What `POST /files?purpose=EVIDENCE` answered." })
  fileId?: string | null;

  @Field(() => String, { nullable: true, description: DOCUMENT })
  document?: string | null;

  @Field(() => String, { nullable: true, description: "Where it was got, such as a carrier's portal: up to 300 characters." })
  source?: string | null;

  @Field(() => MomentScalar, { nullable: true, description: "When it was got; now when left out." })
  capturedAt?: string | null;

  @Field(() => Stance, { defaultValue: Stance.NEUTRAL, description: "Whom it speaks for." })
  supports!: Stance;

  @Field(() => String, { nullable: true, description: "What is to be seen in it: up to 10,000 characters." })
  note?: string | null;
}

@InputType({ description: "A paper to be taken back." })
export class WithdrawEvidenceInput {
  @Field(() => ID, { description: "The paper." })
  evidenceId!: string;

  @Field(() => String, { description: "Why." })
  note!: string;
}

@ObjectType({ description: "The deduction after its papers changed." })
export class EvidencePayload extends MutationPayload {
  @Field(() => DeductionType, { nullable: true, description: "The deduction as it is now; null when refused." })
  readonly deduction!: DeductionType | null;

  @Field(() => EvidenceType, { nullable: true, description: "The paper; null when refused." })
  readonly evidence!: EvidenceType | null;
}
