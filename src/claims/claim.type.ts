import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { MatchedBy } from "../domain/claim-match.ts";
import { ClaimKind, claimOpen, ClaimSource, claimStatus, ClaimStatus } from "../domain/claim.ts";
import { MoneyValue } from "../domain/money.ts";
import { DeductionReason, ReasonSource } from "../domain/reasons.ts";
import { CodeList } from "../domain/standard-reasons.ts";
import { connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { Node } from "../graphql/node.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { ClaimActivityRow, ClaimLineRow, ClaimRow } from "./claim.sql.ts";

registerEnumType(ClaimKind, {
  name: "ClaimKind",
  description: "What a customer wants by a claim.",
  valuesConfig: {
    CLAIM: { description: "It asks for money before it pays: a short pay is expected." },
    POST_AUDIT: { description: "It asks for money long after it paid, mostly by a firm of auditors." },
    OVERPAYMENT: { description: "It says that it paid too much, or holds a credit." },
    DISPUTE: { description: "It contests an invoice and has deducted nothing yet." },
  },
});
registerEnumType(ClaimSource, {
  name: "ClaimSource",
  description: "How we learned of a claim.",
  valuesConfig: { MANUAL: { description: "Somebody wrote it down." }, X12_812: { description: "An X12 812 brought it." }, CSV: { description: "A CSV file brought it." } },
});
registerEnumType(ClaimStatus, {
  name: "ClaimStatus",
  description: "How far a claim is deducted, computed from its amounts.",
  valuesConfig: {
    WAITING: { description: "Nothing is deducted yet." },
    PARTLY_DEDUCTED: { description: "A part is deducted; the rest waits." },
    DEDUCTED: { description: "All of it is deducted: the work goes on at the deductions." },
    WITHDRAWN: { description: "The customer gave up what it had not deducted." },
  },
});
registerEnumType(MatchedBy, {
  name: "ClaimMatchedBy",
  description: "How a claim was found to be behind a deduction.",
  valuesConfig: {
    NUMBER: { description: "The deduction states its number." },
    INVOICE_AND_AMOUNT: { description: "It alone is about the same invoice or order, with exactly this amount." },
    INVOICE_AND_REASON: { description: "It alone is about the same invoice or order, for the same reason." },
    PERSON: { description: "Somebody said so." },
  },
});

@ObjectType("Claim", { description: "What a customer asks of us by a document of its own, or contests. It waits for the deduction that it becomes, and is never counted beside it.", implements: Node, simpleResolvers: true })
export class ClaimType extends Node {
  @Field(() => ClaimKind, { description: "What the customer wants." })
  readonly kind!: ClaimKind;

  @Field(() => ClaimStatus, { description: "How far it is deducted." })
  readonly status!: ClaimStatus;

  @Field(() => ClaimSource, { description: "How we learned of it." })
  readonly source!: ClaimSource;

  @Field(() => String, { nullable: true, description: "The customer's number for it; null when it gave none." })
  readonly number!: string | null;

  @Field(() => MoneyType, { description: "What is claimed." })
  readonly amount!: MoneyValue;

  @Field(() => MoneyType, { description: "What is neither deducted nor withdrawn." })
  readonly open!: MoneyValue;

  @Field(() => DeductionReason, { description: "Why, as far as the code or whoever recorded it tells." })
  readonly reason!: DeductionReason;

  @Field(() => ReasonSource, { description: "How the reason was found." })
  readonly reasonSource!: ReasonSource;

  @Field(() => Int, { nullable: true, description: "How sure the mapping is that said so, in percent; null where no mapping did." })
  readonly reasonConfidence!: number | null;

  @Field(() => String, { nullable: true, description: "The customer's own reason code; null when it gave none." })
  readonly customerCode!: string | null;

  @Field(() => CodeList, { nullable: true, description: "The public list that the code was sent under; null for a code of the customer's own." })
  readonly codeList!: CodeList | null;

  @Field(() => String, { nullable: true, description: "What the customer says, in its own words; null when it says nothing." })
  readonly comment!: string | null;

  @Field(() => String, { nullable: true, description: "The order it is about; null when it names none." })
  readonly purchaseOrder!: string | null;

  @Field(() => String, { nullable: true, description: "The shipment or bill of lading it is about; null when it names none." })
  readonly shipment!: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day of what it is about; null when it is not known." })
  readonly eventOn!: string | null;

  @Field(() => BusinessDateScalar, { description: "The day it came in." })
  readonly receivedOn!: string;

  @Field(() => MomentScalar, { description: "When the books learned of it." })
  readonly recordedAt!: string;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly key!: string;
  readonly customerKey!: string;
}

export const claimOf = (row: ClaimRow): ClaimType => {
  const { companyId, id: key, customerId: customerKey, kind, source, number, reason, reasonSource, reasonConfidence, customerCode, codeList, comment, purchaseOrder, shipment, eventOn, receivedOn, recordedAt } = row;
  return {
    id: globalId("Claim", companyId, key), companyId, key, customerKey, kind, source, number, reason, reasonSource, reasonConfidence, customerCode, codeList, comment, purchaseOrder, shipment, eventOn, receivedOn, recordedAt,
    status: claimStatus(row.minor, row.takenMinor, row.withdrawn),
    amount: new MoneyValue(row.minor, row.currency),
    open: new MoneyValue(claimOpen(row.minor, row.takenMinor, row.withdrawn), row.currency),
  };
};

export const ClaimConnection = connectionOf("Claim", () => ClaimType);

@ObjectType("ClaimLine", { description: "A line of a claim.", simpleResolvers: true })
export class ClaimLineType {
  @Field(() => Int, { description: "Its place, from 1." })
  readonly lineNo!: number;

  @Field(() => String, { nullable: true, description: "The item, as the customer numbers it; null when it names none." })
  readonly item!: string | null;

  @Field(() => String, { nullable: true, description: "What it says; null when it says nothing." })
  readonly description!: string | null;

  @Field(() => String, { nullable: true, description: "The count claimed, as a plain decimal; null when it states none." })
  readonly quantity!: string | null;

  @Field(() => String, { nullable: true, description: "The unit that is counted; null when it states none." })
  readonly unit!: string | null;

  @Field(() => String, { nullable: true, description: "The price claimed for a unit, as a plain decimal in the claim's currency; null when it states none." })
  readonly unitPrice!: string | null;

  @Field(() => MoneyType, { description: "What the line claims; negative for what the customer sets off." })
  readonly amount!: MoneyValue;
}

export const claimLineOf = ({ lineNo, item, description, quantity, unit, unitPrice, minor, currency }: ClaimLineRow): ClaimLineType => ({ lineNo, item, description, quantity, unit, unitPrice, amount: new MoneyValue(minor, currency) });

@ObjectType("ClaimActivity", { description: "Something that was done about a claim: a fact.", simpleResolvers: true })
export class ClaimActivityType {
  @Field(() => ID, { description: "Id of this activity." })
  readonly id!: string;

  @Field(() => String, { description: "What was done: RECORDED, NOTE, MATCHED, UNMATCHED or WITHDRAWN." })
  readonly action!: string;

  @Field(() => String, { nullable: true, description: "Who did it; null for a machine, and for somebody without a name here." })
  readonly by!: string | null;

  @Field(() => String, { nullable: true, description: "What was said; null when nothing was." })
  readonly note!: string | null;

  @Field(() => MoneyType, { nullable: true, description: "How much it was about; null where no amount plays a part." })
  readonly amount!: MoneyValue | null;

  @Field(() => ID, { nullable: true, description: "The deduction it was about; null where none plays a part." })
  readonly deductionId!: string | null;

  @Field(() => MomentScalar, { description: "When." })
  readonly at!: string;
}

export const claimActivityOf = ({ companyId, id, action, memberName, note, minor, currency, deductionId, recordedAt }: ClaimActivityRow): ClaimActivityType => ({
  id: globalId("ClaimActivity", companyId, id), action, by: memberName, note, at: recordedAt, amount: minor === null ? null : new MoneyValue(minor, currency), deductionId: deductionId && globalId("Deduction", companyId, deductionId),
});

@ObjectType({ description: "News of a claim.", simpleResolvers: true })
export class ClaimPush {
  @Field(() => String, { description: "Keep it: as `after` it brings what comes later." })
  readonly cursor!: string;

  @Field(() => ClaimType, { nullable: true, description: "The claim as it is now; null in a push that only brings a newer cursor." })
  readonly claim!: ClaimType | null;
}
