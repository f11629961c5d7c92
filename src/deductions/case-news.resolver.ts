import { Args, Authorized, Ctx, Resolver, Root, Subscription } from "type-graphql";
import { EventKind } from "../domain/events.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn } from "../graphql/global-id.ts";
import { openStream } from "../graphql/live.ts";
import { cursorOf } from "../live/cursor.ts";
import type { StreamStep } from "../live/stream.ts";
import { caseNewsById } from "./case.loader.ts";
import { CaseNews } from "./case-news.ts";
import { CaseNewsArgs, TimelineArgs, TimelinePush } from "./case-news.type.ts";
import { activityOf } from "./case.type.ts";
import { deductionById } from "./deduction.loader.ts";
import { deductionOf, DeductionPush } from "./deduction.type.ts";

const news = new CaseNews();
const CHANGED = [EventKind.DEDUCTION_CHANGED];

async function openNews(context: Context, args: CaseNewsArgs): ReturnType<typeof openStream> {
  const ownerKey = keyIn("Member", await context.company("receivables:read", args.company), args.ownerId, "ownerId");
  return openStream(context, "receivables:read", CHANGED, args, args.reason ?? null, news.sieve(context.db, { deductionId: null, ownerKey, states: args.states ?? null, actions: args.actions ?? null }));
}

async function openTimeline(context: Context, args: TimelineArgs): ReturnType<typeof openStream> {
  const deductionId = keyIn("Deduction", await context.company("receivables:read", args.company), args.deductionId, "deductionId");
  return openStream(context, "receivables:read", CHANGED, args, null, news.sieve(context.db, { deductionId, ownerKey: null, states: null, actions: null }));
}

/** Work on deductions as it is done. */
@Resolver()
export class CaseNewsResolver {
  @Authorized<Requirement>("receivables:read")
  @Subscription(() => DeductionPush, {
    description: "Deductions on which somebody worked, the moment it was done: every step, note, decision and settlement.",
    subscribe: ({ args, context }) => openNews(context as Context, args as CaseNewsArgs),
  })
  async deductionChanged(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => CaseNewsArgs) _args: CaseNewsArgs): Promise<DeductionPush> {
    const row = event && (await context.require(deductionById, event.companyId, event.subjectId));
    return { cursor: cursorOf(position), deduction: row && deductionOf(row) };
  }

  @Authorized<Requirement>("receivables:read")
  @Subscription(() => TimelinePush, {
    description: "What is done about a deduction, the moment it is done; about every deduction when none is named.",
    subscribe: ({ args, context }) => openTimeline(context as Context, args as TimelineArgs),
  })
  async deductionTimeline(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => TimelineArgs) _args: TimelineArgs): Promise<TimelinePush> {
    const [row, done] = event ? await Promise.all([context.require(deductionById, event.companyId, event.subjectId), event.documentId ? context.load(caseNewsById, event.companyId, event.documentId) : null]) : [null, null];
    return { cursor: cursorOf(position), deduction: row && deductionOf(row), activity: done && activityOf(done) };
  }
}
