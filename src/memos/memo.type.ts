import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { DebitMemoReason } from "../domain/memo.ts";
import { MoneyValue } from "../domain/money.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { Node } from "../graphql/node.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { MemoLineRow, MemoRow } from "./memo.sql.ts";

registerEnumType(DebitMemoReason, {
  name: "DebitMemoReason",
  description: "Why a debit memo was billed; it decides which income the charge is.",
  valuesConfig: {
    PRICE_CORRECTION: { description: "The invoice asked too little." },
    FREIGHT: { description: "Freight billed afterwards." },
    NSF_FEE: { description: "A payment was returned by the bank." },
    LATE_CHARGE: { description: "The customer paid late." },
    CHARGEBACK: { description: "A deduction was not accepted: the customer owes it again. Comes of `settleDeduction` alone." },
    OTHER: { description: "Anything else that is sold." },
  },
});

@ObjectType({ description: "What credit memos and debit memos have in common.", simpleResolvers: true })
abstract class Memo extends Node {
  @Field(() => String, { description: "Number, unique among the memos of its kind in the company." })
  readonly number!: string;

  @Field(() => MoneyType, { description: "All that it credits or charges: lines and tax." })
  readonly total!: MoneyValue;

  @Field(() => MoneyType, { description: "Sales tax in the total." })
  readonly tax!: MoneyValue;

  @Field(() => BusinessDateScalar, { description: "Date of the memo." })
  readonly issuedOn!: string;

  @Field(() => Int, { description: "Rises with every change of what is open." })
  readonly version!: number;

  @Field(() => MomentScalar, { description: "When the books learned of it." })
  readonly recordedAt!: string;

  /** Not fields: the keys that field resolvers load by. */
  readonly companyId!: string;
  readonly key!: string;
  readonly customerKey!: string;
  readonly invoiceKey!: string | null;
}

@ObjectType("CreditMemo", { description: "What was credited to a customer: it settles what an invoice has open, and the rest is a credit on account.", implements: Node, simpleResolvers: true })
export class CreditMemoType extends Memo {
  @Field(() => MoneyType, { description: "What has not settled anything yet: the credit on account." })
  readonly open!: MoneyValue;

  @Field(() => DeductionReason, { description: "Why it was given; `UNIDENTIFIED` only for a credit that came from an earlier system." })
  readonly reason!: DeductionReason;
}

@ObjectType("DebitMemo", { description: "A charge billed beside invoices, such as a price correction or a fee. Cash settles it by its number.", implements: Node, simpleResolvers: true })
export class DebitMemoType extends Memo {
  @Field(() => MoneyType, { description: "What is not settled yet." })
  readonly open!: MoneyValue;

  @Field(() => DebitMemoReason, { description: "Why it was billed." })
  readonly reason!: DebitMemoReason;

  @Field(() => BusinessDateScalar, { description: "Last day to pay." })
  readonly dueOn!: string;
}

const commonOf = (row: MemoRow) => ({
  companyId: row.companyId,
  key: row.id,
  customerKey: row.customerId,
  invoiceKey: row.invoiceId,
  number: row.number,
  total: new MoneyValue(row.totalMinor, row.currency),
  open: new MoneyValue(row.openMinor, row.currency),
  tax: new MoneyValue(row.taxMinor, row.currency),
  issuedOn: row.issuedOn,
  version: row.version,
  recordedAt: row.recordedAt,
});

export const creditMemoOf = (row: MemoRow): CreditMemoType => ({ ...commonOf(row), id: globalId("CreditMemo", row.companyId, row.id), reason: row.reason as DeductionReason });

export const debitMemoOf = (row: MemoRow): DebitMemoType => ({ ...commonOf(row), id: globalId("DebitMemo", row.companyId, row.id), reason: row.reason as DebitMemoReason, dueOn: row.dueOn! });

export const CreditMemoConnection = connectionOf("CreditMemo", () => CreditMemoType);
export const DebitMemoConnection = connectionOf("DebitMemo", () => DebitMemoType);

@ObjectType("MemoLine", { description: "One thing credited or charged.", simpleResolvers: true })
export class MemoLineType {
  @Field(() => Int, { description: "Place on the memo, from 1." })
  readonly lineNo!: number;

  @Field(() => Int, { nullable: true, description: "Line of the invoice that it is about; null when it names none." })
  readonly invoiceLineNo!: number | null;

  @Field(() => String, { description: "What it is." })
  readonly description!: string;

  @Field(() => MoneyType, { description: "Amount of the line, before tax." })
  readonly amount!: MoneyValue;
}

export const memoLineOf = ({ minor, currency, ...line }: MemoLineRow): MemoLineType => ({ ...line, amount: new MoneyValue(minor, currency) });
