import { Field, ObjectType } from "type-graphql";
import { creditStanding } from "../domain/credit.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { MoneyValue } from "../domain/money.ts";
import type { LimitRow } from "../customers/credit.sql.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import type { BalanceRow } from "./open-item.sql.ts";
import { balanceOf } from "./open-item.type.ts";

@ObjectType("CustomerCredit", { description: "How a customer stands today against its credit limit, in the limit's currency.", simpleResolvers: true })
export class CustomerCreditType {
  @Field(() => MoneyType, { description: "The limit." })
  readonly limit!: MoneyValue;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The last day the limit is granted for; null when it does not expire." })
  readonly expiresOn!: string | null;

  @Field(() => Boolean, { description: "Whether that day is over, so that the limit grants nothing." })
  readonly expired!: boolean;

  @Field(() => MoneyType, { description: "What the customer owes in the limit's currency: invoices and deductions less unapplied cash." })
  readonly balance!: MoneyValue;

  @Field(() => MoneyType, { description: "Limit less balance; negative when more is owed. An expired limit counts as zero." })
  readonly available!: MoneyValue;

  @Field(() => Boolean, { description: "Whether as much as is granted is owed, or more." })
  readonly exceeded!: boolean;

  @Field(() => [String], { description: "Codes of other currencies that something is open in; they are not part of this comparison." })
  readonly otherCurrencies!: readonly string[];
}

/** Compares the limit in force with the balances of its customer; null when none is in force. */
export function creditOf(limit: LimitRow | null, balances: readonly BalanceRow[], day: BusinessDate): CustomerCreditType | null {
  if (!limit || limit.minor === null) return null;
  const { currency, minor, expiresOn } = limit;
  const own = balances.find((it) => it.currency === currency);
  const balance = own ? balanceOf(own).total : new MoneyValue(0n, currency);
  const { expired, availableMinor, exceeded } = creditStanding({ currency, minor, expiresOn }, balance.minor, day);
  const otherCurrencies = balances.map((it) => it.currency).filter((code) => code !== currency);
  return { limit: new MoneyValue(minor, currency), expiresOn, expired, balance, available: new MoneyValue(availableMinor, currency), exceeded, otherCurrencies };
}
