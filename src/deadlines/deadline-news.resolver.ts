import { Arg, Args, Authorized, Ctx, Mutation, Resolver, Root, Subscription } from "type-graphql";
import { caseOfDeduction } from "../deductions/case.loader.ts";
import { deductionById } from "../deductions/deduction.loader.ts";
import { deductionOf, DeductionPush } from "../deductions/deduction.type.ts";
import { EventKind } from "../domain/events.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn } from "../graphql/global-id.ts";
import { openStream, type Sieve } from "../graphql/live.ts";
import { textOfKey } from "../graphql/loader.ts";
import { answer } from "../graphql/payload.ts";
import { cursorOf } from "../live/cursor.ts";
import type { StreamStep } from "../live/stream.ts";
import { DeadlineNewsArgs, TellDeadlinesInput, TellDeadlinesPayload } from "./deadline-news.type.ts";
import type { DeadlineWatch } from "./deadline-watch.service.ts";

async function openDeadlines(context: Context, args: DeadlineNewsArgs): ReturnType<typeof openStream> {
  const ownerKey = keyIn("Member", await context.company("receivables:read", args.company), args.ownerId, "ownerId");
  const theirs: Sieve = async ({ companyId, subjectId: id }) => (await caseOfDeduction([{ companyId, id }], context.db)).get(textOfKey({ companyId, id }))?.ownerKey === ownerKey;
  return openStream(context, "receivables:read", [EventKind.DEDUCTION_DEADLINE_NEAR], args, args.reason ?? null, ownerKey === null ? null : theirs);
}

@Resolver()
export class DeadlineNewsResolver {
  constructor(private readonly deadlines: DeadlineWatch) {}

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => TellDeadlinesPayload, { description: "Looks now which deadlines are near and tells live clients of those nobody was told of. The server does so by itself every hour." })
  tellDeadlines(@Ctx() context: Context, @Arg("input", () => TellDeadlinesInput, { description: "Where to look." }) { company }: TellDeadlinesInput): Promise<Partial<TellDeadlinesPayload>> {
    return answer(async () => ({ told: await this.deadlines.look(await context.company("deduction:work", company)) }));
  }

  @Authorized<Requirement>("receivables:read")
  @Subscription(() => DeductionPush, {
    description: "Deductions whose dispute window closes soon, that are not decided and have something open: each once, as many days before as `DeductionPolicy.nearDays`.",
    subscribe: ({ args, context }) => openDeadlines(context as Context, args as DeadlineNewsArgs),
  })
  async deductionDeadlineNear(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => DeadlineNewsArgs) _args: DeadlineNewsArgs): Promise<DeductionPush> {
    const row = event && (await context.require(deductionById, event.companyId, event.subjectId));
    return { cursor: cursorOf(position), deduction: row && deductionOf(row) };
  }
}
