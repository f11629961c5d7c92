import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { MoneyValue } from "../domain/money.ts";
import { ApplicationKind, ItemKind } from "../domain/open-item.ts";
import { connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { Node } from "../graphql/node.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { ApplicationRow, BalanceRow, OpenItemRow } from "./open-item.sql.ts";

registerEnumType(ItemKind, {
  name: "OpenItemKind",
  description: "What an open item stands for.",
  valuesConfig: {
    INVOICE: { description: "An installment of an invoice: the customer owes it." },
    DEDUCTION: { description: "What the customer took off a payment and has to be settled: the customer owes it until then." },
    PAYMENT: { description: "What is left of a payment: a credit of the customer." },
    DEBIT_MEMO: { description: "A charge billed beside invoices, such as a price correction or a fee: the customer owes it." },
    CREDIT_MEMO: { description: "What is left of a credit memo: a credit of the customer, on account." },
  },
});

registerEnumType(ApplicationKind, {
  name: "ApplicationKind",
  description: "How an application closes an item.",
  valuesConfig: {
    CASH: { description: "Cash of a payment settles an invoice or a deduction." },
    EARNED_DISCOUNT: { description: "A cash discount taken in time settles part of an invoice." },
    WRITE_OFF: { description: "A gap within the tolerance, or a part of a deduction, is written off: nobody asks for it any more." },
    DEDUCTION: { description: "A short pay: part of the invoice is closed and stands on as a deduction." },
    CLAIM: { description: "A deduction that names no open invoice; the payment covers that much more. The amount is negative." },
    CREDIT: { description: "A credit memo settles an invoice, a debit memo or a deduction." },
    CHARGEBACK: { description: "A part of a deduction is re-billed: it is closed and stands on as a debit memo." },
    REVERSAL: { description: "It never was a deduction: its part is closed, and the invoice it was taken from is open again." },
    DISCOUNT: { description: "A part of a deduction, or of an invoice that was paid too late for it, is let go as a cash discount." },
    PROMOTION: { description: "A part of a deduction is settled against what was set aside for a promotion." },
    GOODWILL: { description: "A part of a deduction is let go for the sake of the customer." },
    BAD_DEBT: { description: "A part is given up as lost, out of the allowance for credit losses." },
    SPLIT: { description: "A part of a deduction stands on in another deduction." },
    CANCELED: { description: "A memo is taken back, and nothing of it is open any more." },
    REFUND: { description: "What a credit memo had left is owed to the customer in money." },
  },
});

@ObjectType("OpenItem", { description: "Something of which a part is not settled yet.", implements: Node, simpleResolvers: true })
export class OpenItemType extends Node {
  @Field(() => ItemKind, { description: "What it stands for." })
  readonly kind!: ItemKind;

  @Field(() => String, { nullable: true, description: "Number of the invoice or memo; null for other kinds, and for a document without a number." })
  readonly number!: string | null;

  @Field(() => Int, { nullable: true, description: "Which installment of the invoice it is, from 1; null for other kinds." })
  readonly installmentNo!: number | null;

  @Field(() => MoneyType, { description: "What it was when it arose." })
  readonly original!: MoneyValue;

  @Field(() => MoneyType, { description: "What is not settled yet, between nothing and the original." })
  readonly open!: MoneyValue;

  @Field(() => BusinessDateScalar, { nullable: true, description: "When the customer should have paid; null for what has no due date." })
  readonly dueOn!: string | null;

  @Field(() => BusinessDateScalar, { description: "The business day it arose." })
  readonly effectiveOn!: string;

  @Field(() => Int, { description: "Rises with every change." })
  readonly version!: number;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly customerKey!: string | null;
}

export const openItemOf = (row: OpenItemRow): OpenItemType => ({
  id: globalId("OpenItem", row.companyId, row.id),
  companyId: row.companyId,
  customerKey: row.customerId,
  kind: row.kind,
  number: row.number,
  installmentNo: row.kind === ItemKind.INVOICE ? row.installmentNo : null,
  original: new MoneyValue(row.originalMinor, row.currency),
  open: new MoneyValue(row.openMinor, row.currency),
  dueOn: row.dueOn,
  effectiveOn: row.effectiveOn,
  version: row.version,
});

export const OpenItemConnection = connectionOf("OpenItem", () => OpenItemType);

@ObjectType("Application", { description: "Part of an item being settled: a fact that is never changed, only undone by an opposite one.", implements: Node, simpleResolvers: true })
export class ApplicationType extends Node {
  @Field(() => ApplicationKind, { description: "How it settles." })
  readonly kind!: ApplicationKind;

  @Field(() => MoneyType, { description: "How much the item shrinks by." })
  readonly amount!: MoneyValue;

  @Field(() => BusinessDateScalar, { description: "The business day it counts from." })
  readonly effectiveOn!: string;

  @Field(() => MomentScalar, { description: "When the books learned of it." })
  readonly recordedAt!: string;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly customerKey!: string;
  readonly paymentKey!: string | null;
  readonly creditMemoKey!: string | null;
  readonly debitMemoKey!: string | null;
  readonly invoiceKey!: string | null;
  readonly deductionKey!: string | null;
}

export const applicationOf = (row: ApplicationRow): ApplicationType => ({
  id: globalId("Application", row.companyId, row.id),
  companyId: row.companyId,
  customerKey: row.customerId,
  paymentKey: row.paymentId,
  creditMemoKey: row.creditMemoId,
  debitMemoKey: row.debitMemoId,
  invoiceKey: row.invoiceId,
  deductionKey: row.deductionId,
  kind: row.kind,
  amount: new MoneyValue(row.minor, row.currency),
  effectiveOn: row.effectiveOn,
  recordedAt: row.recordedAt,
});

@ObjectType("Balance", { description: "What a customer owes in one currency: invoices, debit memos and deductions less unapplied cash and credits on account.", simpleResolvers: true })
export class BalanceType {
  @Field(() => MoneyType, { description: "The whole balance; negative when the customer has more credit than debt." })
  readonly total!: MoneyValue;

  @Field(() => MoneyType, { description: "Open on invoices." })
  readonly invoices!: MoneyValue;

  @Field(() => MoneyType, { description: "Open on deductions." })
  readonly deductions!: MoneyValue;

  @Field(() => MoneyType, { description: "Cash received and not applied." })
  readonly unapplied!: MoneyValue;

  @Field(() => MoneyType, { description: "Open on debit memos." })
  readonly debitMemos!: MoneyValue;

  @Field(() => MoneyType, { description: "Left of credit memos and not applied yet: credits on account." })
  readonly credits!: MoneyValue;
}

export const balanceOf = ({ currency, invoicesMinor, deductionsMinor, unappliedMinor, debitMemosMinor, creditsMinor }: BalanceRow): BalanceType => ({
  total: new MoneyValue(invoicesMinor + debitMemosMinor + deductionsMinor - unappliedMinor - creditsMinor, currency),
  invoices: new MoneyValue(invoicesMinor, currency),
  deductions: new MoneyValue(deductionsMinor, currency),
  unapplied: new MoneyValue(unappliedMinor, currency),
  debitMemos: new MoneyValue(debitMemosMinor, currency),
  credits: new MoneyValue(creditsMinor, currency),
});
