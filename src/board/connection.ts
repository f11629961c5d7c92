import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { getMainDefinition } from "@apollo/client/utilities";
import { ErrorLink } from "@apollo/client/link/error";
import { Line } from "./live/line.ts";
import { resumingLink } from "./live/resuming-link.ts";
import { openSocket } from "./live/socket.ts";

/** Everything between the board and its server, for one signed-in person. */
export interface Connection {
  readonly apollo: ApolloClient;
  readonly line: Line;
  readonly retryNow: () => void;
  /** Reads what is on screen again; calls that come close together become one. */
  readonly refresh: () => void;
  readonly close: () => void;
}

const TOGETHER = 80;

/** Whether the server said that the token is not, or no longer, good. */
export const isSignedOut = (error: unknown): boolean => CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.["code"] === "UNAUTHENTICATED");

/** Connects with a token. `signedOut` is called when the server no longer takes it. */
export function connect(token: string, signedOut: () => void): Connection {
  const line = new Line();
  const refresh = (): void => refreshSoon();
  const socket = openSocket(token, line, refresh);
  const http = new HttpLink({ uri: "/graphql", headers: { authorization: `Bearer ${token}` } });
  const watch = new ErrorLink(({ error }) => {
    if (isSignedOut(error)) signedOut();
  });
  const isSubscription: Parameters<typeof ApolloLink.split>[0] = ({ query }) => {
    const definition = getMainDefinition(query);
    return definition.kind === "OperationDefinition" && definition.operation === "subscription";
  };
  const apollo = new ApolloClient({
    cache: new InMemoryCache(),
    link: watch.concat(ApolloLink.split(isSubscription, resumingLink(socket.client, line), http)),
    defaultOptions: { watchQuery: { fetchPolicy: "cache-and-network", nextFetchPolicy: "cache-first" } },
  });
  // A failed read leaves the figures as they are; the line's state says from when, and its return reads again.
  const refreshSoon = coalesced(() => apollo.refetchQueries({ include: "active" }).then(() => {}, () => {}));
  line.whenBack(refresh);
  const close = (): void => {
    void socket.client.dispose();
    apollo.stop();
  };
  return { apollo, line, retryNow: socket.retryNow, refresh, close };
}

/** Runs the work soon after it is asked for, never twice at once, and once more when it was asked for meanwhile. */
function coalesced(work: () => Promise<void>): () => void {
  let state: "idle" | "waiting" | "running" | "again" = "idle";
  const run = (): void => {
    state = "waiting";
    setTimeout(() => {
      state = "running";
      void work().then(() => {
        if (state === "again") run();
        else state = "idle";
      });
    }, TOGETHER);
  };
  return () => {
    if (state === "idle") run();
    else if (state === "running") state = "again";
  };
}
