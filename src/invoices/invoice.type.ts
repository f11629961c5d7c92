import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { HoldType } from "../customers/credit.type.ts";
import { invoiceStatus, InvoiceStatus } from "../domain/invoice.ts";
import { addDays } from "../domain/dates.ts";
import { MoneyValue, share } from "../domain/money.ts";
import { DiscountBase, discountableMinor, type OfferedDiscount } from "../domain/terms.ts";
import { connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { Node } from "../graphql/node.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { InstallmentRow, InvoiceLineRow, InvoiceRow } from "./invoice.sql.ts";

registerEnumType(InvoiceStatus, {
  name: "InvoiceStatus",
  description: "How far an invoice is settled, computed from its amounts.",
  valuesConfig: {
    OPEN: { description: "Nothing is settled." },
    PARTLY_SETTLED: { description: "A part is settled, by cash, discount or deduction." },
    SETTLED: { description: "Nothing is open on the invoice; a deduction may stand on as an item of its own." },
  },
});

@ObjectType("Invoice", { description: "What a customer was billed.", implements: Node, simpleResolvers: true })
export class InvoiceType extends Node {
  @Field(() => String, { nullable: true, description: "Invoice number; null for an imported document that carried none." })
  readonly number!: string | null;

  @Field(() => InvoiceStatus, { description: "How far it is settled." })
  readonly status!: InvoiceStatus;

  @Field(() => MoneyType, { description: "All that was billed: lines, tax and freight." })
  readonly total!: MoneyValue;

  @Field(() => MoneyType, { description: "What is not settled yet." })
  readonly open!: MoneyValue;

  @Field(() => MoneyType, { description: "Sales tax in the total." })
  readonly tax!: MoneyValue;

  @Field(() => MoneyType, { description: "Freight in the total." })
  readonly freight!: MoneyValue;

  @Field(() => BusinessDateScalar, { description: "Date of the invoice; terms count from it." })
  readonly invoicedOn!: string;

  @Field(() => BusinessDateScalar, { description: "Last day to pay; of several installments, the last." })
  readonly dueOn!: string;

  @Field(() => String, { nullable: true, description: "Code of the payment terms it was issued under; null when only a due date was given." })
  readonly termsCode!: string | null;

  @Field(() => Int, { description: "Days after a due date on which it does not count as late yet." })
  readonly dueGraceDays!: number;

  @Field(() => Int, { description: "Days after a discount date on which the discount is still accepted, by its terms." })
  readonly graceDays!: number;

  @Field(() => DiscountBase, { description: "What its discounts are a percentage of." })
  readonly discountBase!: DiscountBase;

  @Field(() => MoneyType, { description: "The part of the total that its discounts are a percentage of." })
  readonly discountable!: MoneyValue;

  @Field(() => Boolean, { description: "Whether cash that settles a part earns its share of a discount." })
  readonly discountOnPartial!: boolean;

  @Field(() => String, { nullable: true, description: "The customer's purchase order." })
  readonly purchaseOrder!: string | null;

  @Field(() => String, { nullable: true, description: "Our sales order." })
  readonly salesOrder!: string | null;

  @Field(() => String, { nullable: true, description: "Shipment or bill of lading." })
  readonly shipment!: string | null;

  @Field(() => String, { nullable: true, description: "Part of the business it belongs to, as the source system names it." })
  readonly segment!: string | null;

  @Field(() => Boolean, { description: "Whether the source system marked it as disputed." })
  readonly disputed!: boolean;

  @Field(() => Int, { description: "Rises with every change of what is open." })
  readonly version!: number;

  @Field(() => MomentScalar, { description: "When the books learned of it." })
  readonly recordedAt!: string;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly key!: string;
  readonly customerKey!: string;
  readonly arrangementKey!: string | null;
}

export const invoiceOf = (row: InvoiceRow): InvoiceType => ({
  id: globalId("Invoice", row.companyId, row.id),
  companyId: row.companyId,
  key: row.id,
  customerKey: row.customerId,
  arrangementKey: row.arrangementId,
  number: row.number,
  status: invoiceStatus(row.totalMinor, row.openMinor),
  total: new MoneyValue(row.totalMinor, row.currency),
  open: new MoneyValue(row.openMinor, row.currency),
  tax: new MoneyValue(row.taxMinor, row.currency),
  freight: new MoneyValue(row.freightMinor, row.currency),
  invoicedOn: row.invoicedOn,
  dueOn: row.dueOn,
  termsCode: row.termsCode,
  dueGraceDays: row.dueGraceDays,
  graceDays: row.graceDays,
  discountBase: row.discountBase,
  discountable: new MoneyValue(discountableMinor(row.discountBase, row), row.currency),
  discountOnPartial: row.discountOnPartial,
  purchaseOrder: row.purchaseOrder,
  salesOrder: row.salesOrder,
  shipment: row.shipment,
  segment: row.segment,
  disputed: row.disputed,
  version: row.version,
  recordedAt: row.recordedAt,
});

export const InvoiceConnection = connectionOf("Invoice", () => InvoiceType);

@ObjectType("InvoiceLine", { description: "One thing billed.", simpleResolvers: true })
export class InvoiceLineType {
  @Field(() => Int, { description: "Place on the invoice, from 1." })
  readonly lineNo!: number;

  @Field(() => String, { nullable: true, description: "Item number." })
  readonly item!: string | null;

  @Field(() => String, { description: "What it is." })
  readonly description!: string;

  @Field(() => String, { nullable: true, description: "How many units, as a plain decimal." })
  readonly quantity!: string | null;

  @Field(() => String, { nullable: true, description: "Unit of the quantity, such as each or case." })
  readonly unit!: string | null;

  @Field(() => String, { nullable: true, description: "Price of one unit in the invoice's currency, as a plain decimal." })
  readonly unitPrice!: string | null;

  @Field(() => MoneyType, { description: "Amount of the line, before tax and freight." })
  readonly amount!: MoneyValue;
}

export const invoiceLineOf = ({ minor, currency, ...line }: InvoiceLineRow): InvoiceLineType => ({ ...line, amount: new MoneyValue(minor, currency) });

@ObjectType("InvoiceDiscount", { description: "A cash discount that the invoice offers.", simpleResolvers: true })
export class InvoiceDiscountType {
  @Field(() => BusinessDateScalar, { description: "Last day it is offered, before the grace days of the terms." })
  readonly discountOn!: string;

  @Field(() => Int, { description: "Hundredths of a percent of what is discountable: 200 is 2 %." })
  readonly basisPoints!: number;

  @Field(() => MoneyType, { description: "What it takes off when the whole invoice is paid in time." })
  readonly amount!: MoneyValue;
}

export const invoiceDiscountOf = ({ discountable: { minor, currency } }: InvoiceType, { discountOn, basisPoints }: OfferedDiscount): InvoiceDiscountType => ({
  discountOn, basisPoints, amount: new MoneyValue(share(minor, basisPoints), currency),
});

@ObjectType("Installment", { description: "A part of an invoice with a due date of its own.", simpleResolvers: true })
export class InstallmentType {
  @Field(() => Int, { description: "Place in the order they fall due, from 1." })
  readonly no!: number;

  @Field(() => BusinessDateScalar, { description: "Last day to pay it." })
  readonly dueOn!: string;

  @Field(() => BusinessDateScalar, { description: "Last day on which it does not count as late: the due date with the grace days of the terms." })
  readonly graceUntil!: string;

  @Field(() => MoneyType, { description: "What it was when the invoice was issued." })
  readonly amount!: MoneyValue;

  @Field(() => MoneyType, { description: "What of it is not settled yet." })
  readonly open!: MoneyValue;
}

export const installmentOf = ({ dueGraceDays }: InvoiceType, { no, dueOn, minor, openMinor, currency }: InstallmentRow): InstallmentType => ({
  no, dueOn, graceUntil: addDays(dueOn, dueGraceDays), amount: new MoneyValue(minor, currency), open: new MoneyValue(openMinor, currency),
});

@InputType({ description: "One thing billed." })
export class InvoiceLineInput {
  @Field(() => String, { nullable: true, description: "Item number." })
  item?: string | null;

  @Field(() => String, { description: "What it is." })
  description!: string;

  @Field(() => String, { nullable: true, description: "How many units, as a plain decimal." })
  quantity?: string | null;

  @Field(() => String, { nullable: true, description: "Unit of the quantity." })
  unit?: string | null;

  @Field(() => String, { nullable: true, description: "Price of one unit, as a plain decimal." })
  unitPrice?: string | null;

  @Field(() => String, { description: "Amount of the line in the invoice's currency, as a plain decimal." })
  amount!: string;
}

@InputType({ description: "An invoice to be put on the books." })
export class IssueInvoiceInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Account number of the customer, in any spelling." })
  account!: string;

  @Field(() => String, { description: "Invoice number, unique in the company." })
  number!: string;

  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;

  @Field(() => BusinessDateScalar, { description: "Date of the invoice; terms count from it." })
  invoicedOn!: string;

  @Field(() => String, { nullable: true, description: "Code of the payment terms; the customer's when left out. Extended terms agreed with the customer for that day win." })
  termsCode?: string | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Last day to pay; from the terms when left out. Refused beside terms with installments." })
  dueOn?: string | null;

  @Field(() => [InvoiceLineInput], { description: "What is billed: 1 to 1000 lines." })
  lines!: InvoiceLineInput[];

  @Field(() => String, { nullable: true, description: "Sales tax, as a plain decimal." })
  tax?: string | null;

  @Field(() => String, { nullable: true, description: "Freight, as a plain decimal." })
  freight?: string | null;

  @Field(() => String, { description: "All that is billed; must be the sum of lines, tax and freight." })
  total!: string;

  @Field(() => String, { nullable: true, description: "The customer's purchase order." })
  purchaseOrder?: string | null;

  @Field(() => String, { nullable: true, description: "Our sales order." })
  salesOrder?: string | null;

  @Field(() => String, { nullable: true, description: "Shipment or bill of lading." })
  shipment?: string | null;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "The invoice on the books." })
export class IssueInvoicePayload extends MutationPayload {
  @Field(() => InvoiceType, { nullable: true, description: "Null when refused." })
  readonly invoice!: InvoiceType | null;

  @Field(() => HoldType, { nullable: true, description: "The hold that kept the customer from being billed, with `CUSTOMER_ON_HOLD`; null otherwise." })
  readonly hold!: HoldType | null;
}

@ObjectType({ description: "News of an invoice: it was issued, or what is open on it changed.", simpleResolvers: true })
export class InvoicePush {
  @Field(() => String, { description: "Keep it: as `after` it brings what comes later." })
  readonly cursor!: string;

  @Field(() => InvoiceType, { nullable: true, description: "The invoice as it is now; null in a push that only brings a newer cursor." })
  readonly invoice!: InvoiceType | null;
}
