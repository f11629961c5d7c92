import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { PaymentException } from "../domain/cash-application.ts";
import { MoneyValue } from "../domain/money.ts";
import { paymentStatus, PaymentStatus } from "../domain/payment.ts";
import { CodeList } from "../domain/standard-reasons.ts";
import { ConnectionArgs, connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { Node } from "../graphql/node.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import { ApplicationType } from "../openitems/open-item.type.ts";
import type { PaymentRow, RemittanceLineRow } from "./payment.sql.ts";

export const PaymentSource = { MANUAL: "MANUAL", BANK_FILE: "BANK_FILE", IMPORT: "IMPORT" } as const;
export type PaymentSource = (typeof PaymentSource)[keyof typeof PaymentSource];

registerEnumType(PaymentSource, {
  name: "PaymentSource",
  description: "Where the news of a payment came from.",
  valuesConfig: {
    MANUAL: { description: "Somebody wrote it down." },
    BANK_FILE: { description: "A bank's file reported it." },
    IMPORT: { description: "It came with imported history." },
  },
});

registerEnumType(PaymentStatus, {
  name: "PaymentStatus",
  description: "How far a payment is applied, computed from its amounts.",
  valuesConfig: {
    UNIDENTIFIED: { description: "The payer is unknown." },
    UNAPPLIED: { description: "The payer is known; nothing is applied." },
    PARTLY_APPLIED: { description: "A part is applied." },
    APPLIED: { description: "All of it is applied." },
  },
});

registerEnumType(PaymentException, {
  name: "PaymentException",
  description: "Why part of a payment was not applied by itself, for a person to look at.",
  valuesConfig: {
    PAYER_UNKNOWN: { description: "Nobody knows who paid." },
    NO_REMITTANCE: { description: "Nothing says what was paid, and no single item has this amount open." },
    AMOUNT_AMBIGUOUS: { description: "Nothing says what was paid, and several items have this amount open." },
    REFERENCE_UNKNOWN: { description: "The remittance names something we do not hold for this customer." },
    REFERENCE_AMBIGUOUS: { description: "The remittance names an order that several open invoices belong to." },
    ITEM_CLOSED: { description: "The remittance names an invoice on which nothing is open." },
    AMOUNT_OVER: { description: "More was paid than is open." },
    PAYER_NOT_LINKED: { description: "The remittance names an invoice of another customer, whom the payer does not pay for on that day." },
    CREDIT_EXCEEDED: { description: "The remittance takes more off for a credit memo than that has left; what it takes is a deduction." },
    DISCOUNT_LATE: { description: "Nothing says what was paid, and the amount is what an item has open less a discount that has lapsed." },
  },
});

@ObjectType("Payment", { description: "Money received.", implements: Node, simpleResolvers: true })
export class PaymentType extends Node {
  @Field(() => PaymentStatus, { description: "How far it is applied." })
  readonly status!: PaymentStatus;

  @Field(() => PaymentSource, { description: "Where the news of it came from." })
  readonly source!: PaymentSource;

  @Field(() => MoneyType, { description: "What was received." })
  readonly amount!: MoneyValue;

  @Field(() => MoneyType, { description: "What has not been applied to anything." })
  readonly unapplied!: MoneyValue;

  @Field(() => BusinessDateScalar, { description: "The day it counts from." })
  readonly receivedOn!: string;

  @Field(() => BusinessDateScalar, { description: "The day it reached the bank; discounts are judged by it." })
  readonly depositedOn!: string;

  @Field(() => String, { nullable: true, description: "Name of the payer as the bank or a person wrote it; null when none was given." })
  readonly payerName!: string | null;

  @Field(() => String, { nullable: true, description: "Check number, trace or other reference of the payment; null when none was given." })
  readonly reference!: string | null;

  @Field(() => PaymentException, { nullable: true, description: "What a person should look at, as it stood when the payment came in; null when all went by the rules." })
  readonly exception!: PaymentException | null;

  @Field(() => Int, { description: "Rises with every use of its cash; pass it as `expectedVersion`." })
  readonly version!: number;

  @Field(() => MomentScalar, { description: "When the books learned of it." })
  readonly recordedAt!: string;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly key!: string;
  readonly customerKey!: string | null;
}

export const paymentOf = (row: PaymentRow): PaymentType => ({
  id: globalId("Payment", row.companyId, row.id),
  companyId: row.companyId,
  key: row.id,
  customerKey: row.customerId,
  status: paymentStatus(row.customerId !== null, row.minor, row.unappliedMinor),
  source: row.source,
  amount: new MoneyValue(row.minor, row.currency),
  unapplied: new MoneyValue(row.unappliedMinor, row.currency),
  receivedOn: row.receivedOn,
  depositedOn: row.depositedOn,
  payerName: row.payerName,
  reference: row.reference,
  exception: row.exception,
  version: row.version,
  recordedAt: row.recordedAt,
});

export const PaymentConnection = connectionOf("Payment", () => PaymentType);

@ArgsType()
export class PaymentsArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: "Only payments of this customer." })
  customerId?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "Only payments with cash left." })
  unappliedOnly!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: "Only payments of unknown payers." })
  unidentifiedOnly!: boolean;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Only payments received on this day or later." })
  receivedFrom?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Only payments received on this day or earlier." })
  receivedTo?: string | null;
}

@ObjectType("RemittanceLine", { description: "One line of the customer's advice about a payment, as it came.", simpleResolvers: true })
export class RemittanceLineType {
  @Field(() => Int, { description: "Place in the payment's advice, from 1." })
  readonly lineNo!: number;

  @Field(() => Int, { nullable: true, description: "Line of the file it came from; null when a person typed it." })
  readonly fileLine!: number | null;

  @Field(() => String, { nullable: true, description: "What the customer says it pays; null when it names nothing." })
  readonly reference!: string | null;

  @Field(() => MoneyType, { nullable: true, description: "Amount before discount and deduction; null when not stated." })
  readonly gross!: MoneyValue | null;

  @Field(() => MoneyType, { description: "Cash discount the customer says it takes." })
  readonly discount!: MoneyValue;

  @Field(() => MoneyType, { description: "Other money the customer says it takes off." })
  readonly deduction!: MoneyValue;

  @Field(() => MoneyType, { description: "What the line pays; negative when it takes money off the payment." })
  readonly net!: MoneyValue;

  @Field(() => String, { nullable: true, description: "The customer's reason code; null when it gave none." })
  readonly customerCode!: string | null;

  @Field(() => String, { nullable: true, description: "The customer's number for its claim; null when it gave none." })
  readonly claimNumber!: string | null;

  @Field(() => CodeList, { nullable: true, description: "The public list that its reason code is of; null when the advice names none." })
  readonly codeList!: CodeList | null;

  @Field(() => String, { nullable: true, description: "The order that what it takes off is about; null when it names none." })
  readonly purchaseOrder!: string | null;

  @Field(() => String, { nullable: true, description: "Free text of the line; null when there is none." })
  readonly comment!: string | null;
}

export const remittanceLineOf = (row: RemittanceLineRow): RemittanceLineType => {
  const money = (minor: bigint): MoneyValue => new MoneyValue(minor, row.currency);
  const { lineNo, fileLine, reference, customerCode, codeList, claimNumber, purchaseOrder, comment } = row;
  const gross = row.grossMinor === null ? null : money(row.grossMinor);
  return { lineNo, fileLine, reference, gross, discount: money(row.discountMinor), deduction: money(row.deductionMinor), net: money(row.netMinor), customerCode, codeList, claimNumber, purchaseOrder, comment };
};

@ObjectType({ description: "News of a payment.", simpleResolvers: true })
export class PaymentPush {
  @Field(() => String, { description: "Keep it: as `after` it brings what comes later." })
  readonly cursor!: string;

  @Field(() => PaymentType, { nullable: true, description: "The payment as it is now; null in a push that only brings a newer cursor." })
  readonly payment!: PaymentType | null;
}

@ObjectType({ description: "News of cash being used.", simpleResolvers: true })
export class ApplicationPush {
  @Field(() => String, { description: "Keep it: as `after` it brings what comes later." })
  readonly cursor!: string;

  @Field(() => ApplicationType, { nullable: true, description: "The application; null in a push that only brings a newer cursor." })
  readonly application!: ApplicationType | null;
}

@InputType({ description: "What part of a payment is for." })
export class RemittanceLineInput {
  @Field(() => String, { nullable: true, description: "Number of the invoice, or of an order or shipment with one open invoice. Left out only by a line that takes money off." })
  reference?: string | null;

  @Field(() => String, { nullable: true, description: "Amount before discount and deduction, as a plain decimal." })
  gross?: string | null;

  @Field(() => String, { nullable: true, description: "Cash discount the customer takes, as a plain decimal." })
  discount?: string | null;

  @Field(() => String, { nullable: true, description: "Other money the customer takes off, as a plain decimal." })
  deduction?: string | null;

  @Field(() => String, { nullable: true, description: "What the line pays, as a plain decimal. Left out, gross less discount and deduction; of a single line without them, all the cash." })
  net?: string | null;

  @Field(() => String, { nullable: true, description: "The customer's reason code." })
  customerCode?: string | null;

  @Field(() => CodeList, { nullable: true, description: "The public list that the reason code is of; left out for a code of the customer's own." })
  codeList?: CodeList | null;

  @Field(() => String, { nullable: true, description: "The customer's number for its claim." })
  claimNumber?: string | null;

  @Field(() => String, { nullable: true, description: "The order that what it takes off is about, where it says so: not always that of the invoice." })
  purchaseOrder?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "Whether the customer says that this is only a part and more will come: the rest then stays open." })
  partial!: boolean;

  @Field(() => String, { nullable: true, description: "Free text." })
  comment?: string | null;
}
