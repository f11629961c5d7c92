import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { WindowStart } from "../domain/dispute-window.ts";
import { DeductionReason } from "../domain/reasons.ts";
import { globalId } from "../graphql/global-id.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import type { DisputeWindowRow } from "./dispute-window.sql.ts";

registerEnumType(WindowStart, {
  name: "DisputeWindowStart",
  description: "The day that a dispute window counts from.",
  valuesConfig: {
    TAKEN: { description: "The day the deduction was taken." },
    INVOICED: { description: "The date of the invoice it is about; the day it was taken where it names none that we hold." },
  },
});

@ObjectType("DisputeWindow", {
  description: "How many days there are to dispute a deduction: a rule for deductions taken from a day on. That of the customer comes before one for all, then that for a code, then that for a reason.",
  simpleResolvers: true,
})
export class DisputeWindowType {
  @Field(() => ID, { description: "Id of this rule." })
  readonly id!: string;

  @Field(() => ID, { nullable: true, description: "The customer whose deductions it is for; null for every customer." })
  readonly customerId!: string | null;

  @Field(() => String, { nullable: true, description: "The customer's reason code it is for, as codes compare: without blanks, case and leading zeros; null for any." })
  readonly customerCode!: string | null;

  @Field(() => DeductionReason, { nullable: true, description: "The reason it is for; null for any." })
  readonly reason!: DeductionReason | null;

  @Field(() => Int, { nullable: true, description: "Days from the day it counts from to the last day; null where the window was taken back, so that a wider rule counts." })
  readonly days!: number | null;

  @Field(() => WindowStart, { description: "The day it counts from." })
  readonly countsFrom!: WindowStart;

  @Field(() => BusinessDateScalar, { description: "Deductions taken on this day or later have it, until the next rule for the same." })
  readonly effectiveOn!: string;

  @Field(() => String, { nullable: true, description: "Name of the member who set it; null when no member did." })
  readonly setBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was set." })
  readonly setAt!: string;
}

export const disputeWindowOf = ({ memberName, recordedAt, ...row }: DisputeWindowRow): DisputeWindowType => ({
  ...row, id: globalId("DisputeWindow", row.companyId, row.id), customerId: row.customerId && globalId("Customer", row.companyId, row.customerId), setBy: memberName, setAt: recordedAt,
});

@InputType({ description: "How long deductions of a kind may be disputed. What is left out of customer, code and reason means any." })
export class DisputeWindowInput {
  @Field(() => String, { nullable: true, description: "Account number of the customer; left out, for every customer." })
  account?: string | null;

  @Field(() => String, { nullable: true, description: "The customer's reason code. Blanks, case and leading zeros do not count." })
  customerCode?: string | null;

  @Field(() => DeductionReason, { nullable: true, description: "Our reason." })
  reason?: DeductionReason | null;

  @Field(() => Int, { nullable: true, description: "1 to 3650 days. Null or left out takes back what was said for just this customer, code and reason." })
  days?: number | null;

  @Field(() => WindowStart, { defaultValue: WindowStart.TAKEN, description: "The day it counts from." })
  countsFrom!: WindowStart;
}

@InputType({ description: "Dispute windows to be set together: all of them, or none when one is refused." })
export class SetDisputeWindowsInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => [DisputeWindowInput], { description: "The windows, 1 to 5,000." })
  windows!: DisputeWindowInput[];

  @Field(() => BusinessDateScalar, { nullable: true, description: "Deductions taken on this day or later have them; today when left out. Those that are there keep their deadlines." })
  effectiveOn?: string | null;
}

@ObjectType({ description: "The windows after the change." })
export class SetDisputeWindowsPayload extends MutationPayload {
  @Field(() => [DisputeWindowType], { nullable: true, description: "All that was ever said about windows; null when refused." })
  readonly disputeWindows!: readonly DisputeWindowType[] | null;
}
