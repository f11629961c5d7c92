import { Field, ObjectType } from "type-graphql";
import type { MoneyValue } from "../domain/money.ts";
import { MinorUnits } from "./scalars.ts";

@ObjectType("Money", { description: "An amount in one currency. Where a rule computes one, such as a percentage of a total, it is rounded once, half-up to the minor unit (half a cent becomes a cent, not the nearest even one); shares of an amount always add up to it.", simpleResolvers: true })
export class MoneyType implements Pick<MoneyValue, "amount" | "currency" | "minorUnits"> {
  @Field(() => String, { description: "Plain decimal with all decimal places of the currency, such as `1250.50`; exact, never rounded." })
  readonly amount!: string;

  @Field(() => String, { description: "ISO 4217 code." })
  readonly currency!: string;

  @Field(() => MinorUnits, { description: "The same amount in minor units, for exact arithmetic." })
  readonly minorUnits!: bigint;
}
