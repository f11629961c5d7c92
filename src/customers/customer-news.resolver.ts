import { Args, Authorized, Ctx, Resolver, Root, Subscription } from "type-graphql";
import { TOPIC_EVENTS, topicOf, CustomerTopic } from "../domain/customer-topic.ts";
import type { EventKind } from "../domain/events.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { openStream } from "../graphql/live.ts";
import { cursorOf } from "../live/cursor.ts";
import type { StreamStep } from "../live/stream.ts";
import { customerById } from "./customer.loader.ts";
import { CustomerNewsArgs, CustomerPush } from "./customer-news.type.ts";
import { customerOf } from "./customer.type.ts";

@Resolver()
export class CustomerNewsResolver {
  @Authorized<Requirement>("receivables:read")
  @Subscription(() => CustomerPush, {
    description: "Customers as they are added or as what is kept about them changes: master data, contacts, relationships, credit limits, holds and arrangements.",
    subscribe: ({ args, context }) => openStream(context as Context, "receivables:read", kindsOf(args as CustomerNewsArgs), args as CustomerNewsArgs),
  })
  async customerChanged(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => CustomerNewsArgs) _args: CustomerNewsArgs): Promise<CustomerPush> {
    const row = event && (await context.require(customerById, event.companyId, event.subjectId));
    return { cursor: cursorOf(position), customer: row && customerOf(row), about: event && topicOf(event.kind), effectiveOn: event && event.effectiveOn };
  }
}

const kindsOf = ({ about }: CustomerNewsArgs): EventKind[] => (about ?? Object.values(CustomerTopic)).map((change) => TOPIC_EVENTS[change]);
