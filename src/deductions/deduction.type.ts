import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { MoneyValue } from "../domain/money.ts";
import { DeductionState } from "../domain/deduction-case.ts";
import { DeductionReason, ReasonSource } from "../domain/reasons.ts";
import { CodeList, standardReason } from "../domain/standard-reasons.ts";
import { DeductionOrder } from "../domain/work-list.ts";
import { ConnectionArgs, connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { LiveArgs, MoneyInput } from "../graphql/live.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { Node } from "../graphql/node.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { DeductionRow } from "./deduction.sql.ts";

registerEnumType(DeductionReason, {
  name: "DeductionReason",
  description: "Why a customer did not pay a part, in our own words.",
  valuesConfig: {
    DAMAGE: { description: "Goods arrived damaged or defective." },
    SHORTAGE: { description: "Fewer goods arrived than were billed." },
    PROMOTION: { description: "A promotional or other trade allowance." },
    PRICE: { description: "The price billed is not the one agreed." },
    UNIT_PER_CASE: { description: "Units per case differ between order and invoice." },
    RETURN: { description: "Goods were sent back." },
    QUALITY: { description: "Wrong goods, or not as specified." },
    UNEARNED_DISCOUNT: { description: "A cash discount taken too late or too high." },
    FREIGHT: { description: "Freight, routing or other compliance penalty." },
    TAX: { description: "Sales tax billed that the customer says is not due." },
    DUPLICATE: { description: "The customer says it paid or deducted this before." },
    BANK_FEE: { description: "Fee of a bank, or difference of exchange." },
    PRIOR_CREDIT: { description: "A credit the customer holds." },
    UNIDENTIFIED: { description: "No reason given, or a code nobody knows yet." },
  },
});

registerEnumType(DeductionOrder, {
  name: "DeductionOrder",
  description: "The order of a list of deductions. Whatever moves between two pages, because it was settled or split, is where it belongs by then.",
  valuesConfig: {
    TAKEN: { description: "Those taken last first." },
    AMOUNT: { description: "Those with the most open first, in minor units of their own currency: ask for one currency, with `minimum`." },
    DEADLINE: { description: "Those whose dispute window closes first, closed ones before; without a window last." },
    MONEY_AT_RISK: { description: "By the day the dispute window closes as in DEADLINE, and of one day those with the most open first. With `atRisk`, only what can still be lost." },
  },
});

registerEnumType(ReasonSource, {
  name: "ReasonSource",
  description: "How the reason of a deduction was found, the surest way first.",
  valuesConfig: {
    CUSTOMER_CODE: { description: "A mapping of this customer's code." },
    COMPANY_CODE: { description: "A mapping of the code that holds for every customer." },
    STANDARD_CODE: { description: "The public list that the code was sent under." },
    TERMS: { description: "Nobody said why: the amount is a cash discount that was not earned." },
    PERSON: { description: "Somebody here said so when the deduction was split." },
    NOT_FOUND: { description: "No code, or one that nobody knows." },
  },
});

registerEnumType(CodeList, {
  name: "ReasonCodeList",
  description: "A public list of reason codes. The same digits mean different things in them.",
  valuesConfig: { X12_426: { description: "X12 data element 426, of the 820 and the 812." }, EDIFACT_4465: { description: "UN/EDIFACT data element 4465, of REMADV and COMDIS." } },
});

export const DeductionSource = { SHORT_PAY: "SHORT_PAY", REMITTANCE_LINE: "REMITTANCE_LINE", SPLIT: "SPLIT", MERGE: "MERGE" } as const;
export type DeductionSource = (typeof DeductionSource)[keyof typeof DeductionSource];

registerEnumType(DeductionSource, {
  name: "DeductionSource",
  description: "How a deduction was taken.",
  valuesConfig: {
    SHORT_PAY: { description: "An invoice was paid short." },
    REMITTANCE_LINE: { description: "A line of the remittance took money off the payment without naming an open invoice." },
    SPLIT: { description: "Another deduction was split into it and others." },
    MERGE: { description: "Several deductions were merged into it." },
  },
});

@ObjectType("Deduction", {
  description: "What a customer did not pay. It closes its part of the invoice and stands on as an item of its own until it is settled.",
  implements: Node,
  simpleResolvers: true,
})
export class DeductionType extends Node {
  @Field(() => DeductionReason, { description: "Why, as far as the customer's code tells." })
  readonly reason!: DeductionReason;

  @Field(() => DeductionSource, { description: "How it was taken." })
  readonly source!: DeductionSource;

  @Field(() => MoneyType, { description: "What was taken." })
  readonly amount!: MoneyValue;

  @Field(() => MoneyType, { description: "What is not settled yet." })
  readonly open!: MoneyValue;

  @Field(() => String, { nullable: true, description: "The customer's own reason code; null when it gave none." })
  readonly customerCode!: string | null;

  @Field(() => CodeList, { nullable: true, description: "The public list that the code was sent under; null for a code of the customer's own." })
  readonly codeList!: CodeList | null;

  @Field(() => ReasonSource, { nullable: true, description: "How `reason` was found; null for one that was taken before this was kept." })
  readonly reasonSource!: ReasonSource | null;

  @Field(() => Int, { nullable: true, description: "How sure the mapping is that said so, in percent; null where no mapping did." })
  readonly reasonConfidence!: number | null;

  @Field(() => String, { nullable: true, description: "What the code says when it says why nothing was paid, such as a bill that is too old: a question for billing. Null for every other code." })
  readonly billingQuestion!: string | null;

  @Field(() => String, { nullable: true, description: "The customer's number for its claim; null when it gave none." })
  readonly claimNumber!: string | null;

  @Field(() => String, { nullable: true, description: "The order that the customer names for it: not always that of the invoice it was taken from. Null when it named none." })
  readonly purchaseOrder!: string | null;

  @Field(() => BusinessDateScalar, { description: "The business day it was taken." })
  readonly takenOn!: string;

  @Field(() => MomentScalar, { description: "When the books learned of it." })
  readonly recordedAt!: string;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly key!: string;
  readonly customerKey!: string;
  readonly paymentKey!: string | null;
  readonly invoiceKey!: string | null;
  readonly lineNo!: number | null;
}

export const deductionOf = (row: DeductionRow): DeductionType => ({
  id: globalId("Deduction", row.companyId, row.id),
  companyId: row.companyId,
  key: row.id,
  customerKey: row.customerId,
  paymentKey: row.paymentId,
  invoiceKey: row.invoiceId,
  lineNo: row.lineNo,
  reason: row.reason,
  source: row.source,
  amount: new MoneyValue(row.minor, row.currency),
  open: new MoneyValue(row.openMinor, row.currency),
  customerCode: row.customerCode,
  codeList: row.codeList,
  reasonSource: row.reasonSource,
  reasonConfidence: row.reasonConfidence,
  billingQuestion: billingQuestionOf(row),
  purchaseOrder: row.purchaseOrder,
  claimNumber: row.claimNumber,
  takenOn: row.takenOn,
  recordedAt: row.recordedAt,
});

function billingQuestionOf({ codeList, customerCode }: DeductionRow): string | null {
  const code = codeList && customerCode ? standardReason(codeList, customerCode) : null;
  return code?.nonPayment ? code.meaning : null;
}

export const DeductionConnection = connectionOf("Deduction", () => DeductionType);

@ArgsType()
export class DeductionsArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: "Only deductions of this customer." })
  customerId?: string | null;

  @Field(() => DeductionReason, { nullable: true, description: "Only deductions for this reason." })
  reason?: DeductionReason | null;

  @Field(() => String, { nullable: true, description: "Only deductions with this code of the customer, as it was written." })
  customerCode?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "Only deductions that are not settled." })
  openOnly!: boolean;

  @Field(() => MoneyInput, { nullable: true, description: "Only deductions in this currency, of at least so much." })
  minimum?: MoneyInput | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Only deductions taken on this day or later." })
  takenFrom?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Only deductions taken on this day or earlier." })
  takenTo?: string | null;

  @Field(() => [DeductionState], { nullable: true, description: "Only deductions whose work stands at one of these." })
  states?: readonly DeductionState[] | null;

  @Field(() => ID, { nullable: true, description: "Only the work of this member; `deductionAnalysts` lists them." })
  ownerId?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "Only your own work." })
  mine!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: "Only what is nobody's work yet." })
  unowned!: boolean;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Only deductions whose dispute window closes on this day or earlier, those that closed before included." })
  disputeBy?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "Only deductions whose day to ask again is past." })
  overdueFollowUp!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: "Only deductions that are escalated." })
  escalated!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: "Only money at risk: open, not decided, and with a dispute window that closes today or later." })
  atRisk!: boolean;

  @Field(() => DeductionOrder, { defaultValue: DeductionOrder.TAKEN, description: "The order of the list." })
  order!: DeductionOrder;
}

@ArgsType()
export class LiveDeductionArgs extends LiveArgs {
  @Field(() => DeductionReason, { nullable: true, description: "Only deductions for this reason." })
  reason?: DeductionReason | null;
}

@ObjectType({ description: "News of a deduction.", simpleResolvers: true })
export class DeductionPush {
  @Field(() => String, { description: "Keep it: as `after` it brings what comes later." })
  readonly cursor!: string;

  @Field(() => DeductionType, { nullable: true, description: "The deduction as it is now; null in a push that only brings a newer cursor." })
  readonly deduction!: DeductionType | null;
}
