import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Refusal, RefusalCode } from "../domain/refusal.ts";

registerEnumType(RefusalCode, {
  name: "RefusalCode",
  description: "Why a command was refused. Stable: codes are added, never renamed.",
  valuesConfig: {
    NOT_FOUND: { description: "Something the input names does not exist in this company." },
    CONFLICT: { description: "Somebody else was quicker: the object is no longer in the state the command counted on. Read it again." },
    FORBIDDEN: { description: "The actor may not do this in this company." },
    VALUE_INVALID: { description: "A value breaks a rule that the message states." },
    LIMIT_EXCEEDED: { description: "More than a limit allows; the message names the limit." },
    AMOUNT_INVALID: { description: "Not a plain decimal, too many decimal places for the currency, too large, or of the wrong sign." },
    DATE_INVALID: { description: "Not a day of the calendar, or not a possible one here." },
    CURRENCY_UNKNOWN: { description: "Not an ISO 4217 currency code." },
    CURRENCY_MISMATCH: { description: "Amounts of two currencies cannot meet in one command." },
    TOTAL_MISMATCH: { description: "Parts do not add up to the total given." },
    DUPLICATE: { description: "A document with this number or key is there already." },
    IDEMPOTENCY_KEY_REUSED: { description: "The idempotency key was used before with another input." },
    ITEM_CLOSED: { description: "Nothing is open on the invoice any more." },
    CASH_EXCEEDED: { description: "More cash would be used than the payment has left." },
    CREDIT_EXCEEDED: { description: "More would be credited than was billed, or more of a credit used than it has left." },
    FILE_INVALID: { description: "A file breaks its format, its totals or its counts; the message names the line." },
    MAP_INVALID: { description: "A column map is wrong; the message names the property." },
    BLOCKED: { description: "The state of the deduction, or a limit, does not allow it now; `Deduction.blockers` says the same beforehand." },
    PERIOD_CLOSED: { description: "A posting would count on a day of a closed accounting period; the message names it." },
    CUSTOMER_ON_HOLD: { description: "A hold on the customer stops this; the message says which, since when, by whom and who may release it." },
  },
});

@ObjectType({ description: "A rule that stopped a command. Nothing was changed.", simpleResolvers: true })
export class UserError {
  @Field(() => RefusalCode, { description: "Branch on this, never on the message." })
  readonly code!: RefusalCode;

  @Field(() => String, { description: "For people, in English." })
  readonly message!: string;

  @Field(() => [String], { nullable: true, description: "Path of the input field at fault; null when no single field is." })
  readonly field!: readonly string[] | null;

  @Field(() => Int, { nullable: true, description: "Line of the file at fault, from 1; null when no file line is." })
  readonly line!: number | null;
}

@ObjectType({ description: "What every command answers with." })
export abstract class MutationPayload {
  @Field(() => [UserError], { description: "Why the command was refused; empty when it was done." })
  readonly userErrors!: readonly UserError[];
}

/** Runs a command and turns a `Refusal` into `userErrors`, beside what `whenRefused` adds; any other error is a bug and passes through. */
export async function answer<Done extends object, Refused extends object = object>(
  work: () => Promise<Done>,
  whenRefused?: (refusal: Refusal) => Promise<Refused>,
): Promise<Partial<Done & Refused> & MutationPayload> {
  try {
    return { ...(await work()), userErrors: [] } as Partial<Done & Refused> & MutationPayload;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Copied, because graphql-js takes an Error it is handed for one that was thrown.
    const { code, message, field, line } = error;
    return { ...(await whenRefused?.(error)), userErrors: [{ code, message, field, line }] } as unknown as Partial<Done & Refused> & MutationPayload;
  }
}
