import { ApolloLink, Observable } from "@apollo/client";
import { print } from "graphql";
import type { Client } from "graphql-ws";
import type { Line } from "./line.ts";

/** What every subscription of the graph pushes: its place in the log, beside what happened, which is null in a push that only tells the place. */
interface Push {
  readonly cursor: string;
}

const pushOf = (data: unknown): Push | null => (Object.values((data ?? {}) as object)[0] as Push | undefined) ?? null;

/** Whether a push only says where its stream stands. */
const isMark = (push: Push): boolean => Object.entries(push).every(([name, value]) => name === "cursor" || name === "__typename" || value === null);

/**
 * Carries subscriptions over one socket. When the socket was lost, each is asked for again with the cursor of the last push
 * that was kept, so that what was missed comes first, nothing twice, and then the present.
 */
export function resumingLink(client: Client, line: Line): ApolloLink {
  return new ApolloLink((operation) => {
    const { query, variables, operationName } = operation;
    const stream = operationName ?? print(query);
    let after: unknown = variables["after"] ?? null;
    const payload = {
      operationName: operationName ?? null,
      query: print(query),
      // Read anew each time the subscription is sent, which is how it goes on from where it stood.
      get variables() {
        return { ...variables, after };
      },
    };
    return new Observable((observer) => {
      line.opened(stream);
      const leave = client.subscribe<Record<string, unknown>>(payload, {
        next: (result) => {
          const push = pushOf(result.data);
          if (push) {
            after = push.cursor;
            if (isMark(push)) line.stands(stream);
            else line.heard();
          }
          observer.next(result as ApolloLink.Result);
        },
        error: (error) => observer.error(error instanceof Error ? error : new Error("The subscription failed.", { cause: error })),
        complete: () => observer.complete(),
      });
      return () => {
        line.left(stream);
        leave();
      };
    });
  });
}
