import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { decimalFromMinor } from "../domain/money.ts";
import { globalId } from "../graphql/global-id.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { AgedBook } from "./aging.ts";
import { type AgingArgs, pageOf } from "./aging.type.ts";

/** What the bucket of a row that holds credits is called. */
const CREDITS = "credits";

@ObjectType("AgingRow", {
  description: "What is open of one customer, or of all, in one currency and one bucket: a flat row for reports. The rows of a currency add up to its balance; empty buckets have no row.",
  simpleResolvers: true,
})
export class AgingRow {
  @Field(() => String, { description: "Code of the company." })
  readonly company!: string;

  @Field(() => BusinessDateScalar, { description: "The business day asked about." })
  readonly asOf!: string;

  @Field(() => MomentScalar, { description: "The moment of knowledge used; ask for further pages with it." })
  readonly knownAt!: string;

  @Field(() => String, { description: "The day that items age from: `DUE_DATE` or `INVOICE_DATE`." })
  readonly basis!: string;

  @Field(() => ID, { nullable: true, description: "Id of the customer; null where rows are not by customer, and for the cash of unknown payers." })
  readonly customerId!: string | null;

  @Field(() => String, { nullable: true, description: "Account number of the customer; null where there is no customer." })
  readonly accountNumber!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the customer; null where there is no customer." })
  readonly customerName!: string | null;

  @Field(() => String, { description: "ISO 4217 code of the amounts." })
  readonly currency!: string;

  @Field(() => Int, { nullable: true, description: "Number of the bucket, from 0, to sort by; null for credits." })
  readonly bucketNo!: number | null;

  @Field(() => String, { description: "Name of the bucket, such as `current`, `1-30` or `over 120`; `credits` for cash that is not applied and other credits." })
  readonly bucket!: string;

  @Field(() => Int, { nullable: true, description: "The youngest age in the bucket, in days; null for the first bucket and for credits." })
  readonly fromDays!: number | null;

  @Field(() => Int, { nullable: true, description: "The oldest age in the bucket, in days; null for the last bucket and for credits." })
  readonly toDays!: number | null;

  @Field(() => String, { description: "What is open, as a plain decimal, exact; credits are negative." })
  readonly amount!: string;

  @Field(() => Float, { description: "The same amount as a number, for tools that cannot add text; exact to 15 digits." })
  readonly amountValue!: number;

  @Field(() => Float, { description: "The part of it that is deductions." })
  readonly deductionsValue!: number;

  @Field(() => Float, { description: "The part of it that was due before the day asked about." })
  readonly pastDueValue!: number;

  @Field(() => Int, { description: "How many open items the row adds up." })
  readonly itemCount!: number;
}

/** The cells of an aged book as flat rows. */
export function agingRowsOf({ companyId, asOf, knownAt, basis, buckets, cells }: AgedBook, company: string, page: AgingArgs): AgingRow[] {
  return pageOf(cells, page).map((cell) => {
    const { customerId, accountNumber, name, currency, bucketNo, itemCount } = cell;
    const bucket = bucketNo === null ? null : buckets[bucketNo]!;
    const decimal = (minor: bigint): string => decimalFromMinor(minor, currency);
    return {
      company, asOf, knownAt, basis, customerId: customerId && globalId("Customer", companyId, customerId), accountNumber, customerName: name, currency, bucketNo,
      bucket: bucket?.label ?? CREDITS, fromDays: bucket?.fromDays ?? null, toDays: bucket?.toDays ?? null, amount: decimal(cell.minor), amountValue: Number(decimal(cell.minor)),
      deductionsValue: Number(decimal(cell.deductionMinor)), pastDueValue: Number(decimal(cell.pastDueMinor)), itemCount,
    };
  });
}
