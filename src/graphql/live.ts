import { ArgsType, Field, ID, InputType } from "type-graphql";
import type { Permission } from "../domain/actor.ts";
import type { EventKind, LoggedEvent } from "../domain/events.ts";
import { minorFromDecimal } from "../domain/money.ts";
import { at } from "../domain/refusal.ts";
import { positionOf } from "../live/cursor.ts";
import { type EventFilter, type StreamStep, streamEvents } from "../live/stream.ts";
import type { Context } from "./context.ts";
import { keyIn } from "./global-id.ts";

/** A stream that is silent for so long tells where it stands. */
const HEARTBEAT = 30_000;

@InputType({ description: "An amount in one currency." })
export class MoneyInput {
  @Field(() => String, { description: "Plain decimal, such as `1250.50`." })
  amount!: string;

  @Field(() => String, { description: "ISO 4217 code." })
  currency!: string;
}

@ArgsType()
export class StreamArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: "Only what concerns this customer." })
  customerId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the last push you kept: what you missed since comes first, each exactly once and in order. Left out, only what happens from now on.",
  })
  after?: string | null;
}

@ArgsType()
export class LiveArgs extends StreamArgs {
  @Field(() => MoneyInput, { nullable: true, description: "Only amounts in this currency, of at least so much." })
  minimum?: MoneyInput | null;
}

/**
 * Opens the stream behind a subscription, for those who may read the company's receivables. `passes` sifts what the log alone
 * does not tell apart.
 */
export async function openStream(context: Context, permission: Permission, kinds: readonly EventKind[], args: StreamArgs & Pick<LiveArgs, "minimum">, reason: string | null = null, passes: Sieve | null = null): Promise<AsyncGenerator<StreamStep, void>> {
  const companyId = await context.company(permission, args.company);
  const customerId = keyIn("Customer", companyId, args.customerId, "customerId");
  const minimum = args.minimum ?? null;
  const minimumMinor = minimum && at({ field: ["minimum"] }, () => minorFromDecimal(minimum.amount, minimum.currency));
  const filter: EventFilter = { companyId, kinds, customerId, reason, minimumMinor, currency: minimum?.currency ?? null };
  const steps = streamEvents(context.db, context.tail, filter, args.after ? positionOf(args.after) : null, HEARTBEAT);
  return passes ? sifted(steps, passes, HEARTBEAT) : steps;
}

/** Whether a subscriber wants an event. */
export type Sieve = (event: LoggedEvent) => Promise<boolean>;

/** The steps of a stream without the events that do not pass; when none passed for as long as a heartbeat, only how far it has come. */
export function sifted(steps: AsyncGenerator<StreamStep, void>, passes: Sieve, heartbeat: number): AsyncGenerator<StreamStep, void> {
  let told = Date.now();
  const next = async (): Promise<IteratorResult<StreamStep, void>> => {
    for (;;) {
      const step = await steps.next();
      const passed = step.done || step.value.event === null || (await passes(step.value.event));
      if (!passed && Date.now() - told < heartbeat) continue;
      told = Date.now();
      return passed ? step : { done: false, value: { position: step.value!.position, event: null } };
    }
  };
  return {
    next,
    return: (value) => steps.return(value),
    throw: (error) => steps.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (await steps.return()),
  };
}
