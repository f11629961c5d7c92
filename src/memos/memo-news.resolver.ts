import { Args, ArgsType, Authorized, Ctx, Field, Resolver, Root, Subscription } from "type-graphql";
import { EventKind } from "../domain/events.ts";
import { DeductionReason } from "../domain/reasons.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { LiveArgs, openStream } from "../graphql/live.ts";
import { cursorOf } from "../live/cursor.ts";
import type { StreamStep } from "../live/stream.ts";
import { applicationById } from "../openitems/open-item.loader.ts";
import { applicationOf } from "../openitems/open-item.type.ts";
import { memoById } from "./memo.loader.ts";
import { CreditAppliedPush, CreditMemoPush, DebitMemoPush } from "./memo-news.type.ts";
import { creditMemoOf, debitMemoOf } from "./memo.type.ts";

@ArgsType()
class LiveCreditArgs extends LiveArgs {
  @Field(() => DeductionReason, { nullable: true, description: "Only credit memos given for this reason." })
  reason?: DeductionReason | null;
}

@Resolver()
export class MemoNewsResolver {
  @Authorized<Requirement>("receivables:read")
  @Subscription(() => CreditMemoPush, {
    description: "Credit memos the moment they are issued.",
    subscribe: ({ args, context }) => openStream(context as Context, "receivables:read", [EventKind.CREDIT_MEMO_ISSUED], args as LiveCreditArgs, (args as LiveCreditArgs).reason ?? null),
  })
  async creditMemoIssued(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => LiveCreditArgs) _args: LiveCreditArgs): Promise<CreditMemoPush> {
    const row = event && (await context.require(memoById, event.companyId, event.subjectId));
    return { cursor: cursorOf(position), creditMemo: row && creditMemoOf(row) };
  }

  @Authorized<Requirement>("receivables:read")
  @Subscription(() => CreditAppliedPush, {
    description: "Credits the moment they settle something: when they are issued against an invoice, or applied later. `minimum` counts by what is settled.",
    subscribe: ({ args, context }) => openStream(context as Context, "receivables:read", [EventKind.CREDIT_APPLIED], args as LiveArgs),
  })
  async creditApplied(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => LiveArgs) _args: LiveArgs): Promise<CreditAppliedPush> {
    if (!event) return { cursor: cursorOf(position), application: null, creditMemo: null };
    const [application, memo] = await Promise.all([context.require(applicationById, event.companyId, event.subjectId), context.require(memoById, event.companyId, event.documentId!)]);
    return { cursor: cursorOf(position), application: applicationOf(application), creditMemo: creditMemoOf(memo) };
  }

  @Authorized<Requirement>("receivables:read")
  @Subscription(() => DebitMemoPush, {
    description: "Debit memos the moment they are issued.",
    subscribe: ({ args, context }) => openStream(context as Context, "receivables:read", [EventKind.DEBIT_MEMO_ISSUED], args as LiveArgs),
  })
  async debitMemoIssued(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => LiveArgs) _args: LiveArgs): Promise<DebitMemoPush> {
    const row = event && (await context.require(memoById, event.companyId, event.subjectId));
    return { cursor: cursorOf(position), debitMemo: row && debitMemoOf(row) };
  }
}
