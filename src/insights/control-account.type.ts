import { Field, ObjectType } from "type-graphql";
import { MoneyValue } from "../domain/money.ts";
import { Account } from "../domain/posting.ts";
import { MoneyType } from "../graphql/money.type.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { ControlAccountRow } from "./control-account.sql.ts";

@ObjectType("ControlAccountLine", { description: "One control account in one currency, seen from two sides.", simpleResolvers: true })
export class ControlAccountLine {
  @Field(() => Account, { description: "The account." })
  readonly account!: Account;

  @Field(() => MoneyType, { description: "Its balance, from journal lines alone; debits are positive." })
  readonly ledger!: MoneyValue;

  @Field(() => MoneyType, { description: "What its items have open, from items and applications alone; what customers owe is positive." })
  readonly items!: MoneyValue;

  @Field(() => MoneyType, { description: "Ledger less items. Anything but zero is a fault of the books." })
  readonly difference!: MoneyValue;
}

@ObjectType("ControlAccount", { description: "Whether the ledger and the open items agree.", simpleResolvers: true })
export class ControlAccountType {
  @Field(() => BusinessDateScalar, { description: "The business day asked about." })
  readonly asOf!: string;

  @Field(() => MomentScalar, { description: "The moment of knowledge used: as asked, but before the oldest write still running. Asked with it again, the figures never change." })
  readonly knownAt!: string;

  @Field(() => Boolean, { description: "Whether every difference is zero." })
  readonly agrees!: boolean;

  @Field(() => [ControlAccountLine], { description: "Each account and currency with anything on either side." })
  readonly lines!: readonly ControlAccountLine[];
}

export function controlAccountOf(asOf: string, knownAt: string, rows: readonly ControlAccountRow[]): ControlAccountType {
  const lines = rows.map(({ account, currency, ledgerMinor, itemsMinor }) => ({
    account,
    ledger: new MoneyValue(ledgerMinor, currency),
    items: new MoneyValue(itemsMinor, currency),
    difference: new MoneyValue(ledgerMinor - itemsMinor, currency),
  }));
  return { asOf, knownAt, agrees: lines.every(({ difference }) => difference.minor === 0n), lines };
}
