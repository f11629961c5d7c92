import "graphiql/setup-workers/vite";
import { GraphiQL } from "graphiql";
import { parse } from "graphql";
import { createClient } from "graphql-ws";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keepToken, tokenOfTab } from "./session.ts";
import { SignIn } from "./sign-in.tsx";
import "graphiql/style.css";
import "./tokens.css";
import "./styles/ground.css";
import "./styles/explorer.css";

type Fetcher = Parameters<typeof GraphiQL>[0]["fetcher"];

const FIRST = `# What this company's people may ask is on the left, under the book. Run with Ctrl Enter.
query WhoIsPastDue {
  pastDueCustomers(first: 5) {
    edges {
      node {
        customer { accountNumber name }
        open { currency pastDue { amount } oldestDueOn }
      }
    }
  }
}

# Runs until it is stopped: record a payment meanwhile.
subscription Payments {
  paymentReceived {
    cursor
    payment { amount { amount currency } customer { name } }
  }
}
`;

/** Sends what GraphiQL wants to know: subscriptions over the socket, all else over HTTP. */
function fetcherFor(token: string): Fetcher {
  const authorization = `Bearer ${token}`;
  const live = createClient({ url: `${location.origin.replace(/^http/, "ws")}/graphql`, connectionParams: { authorization } });
  return ({ query, operationName, variables }) => {
    if (isSubscription(query, operationName)) return live.iterate({ query, operationName: operationName ?? null, variables: variables as Record<string, unknown> }) as never;
    const body = JSON.stringify({ query, operationName, variables });
    return fetch("/graphql", { method: "POST", headers: { "content-type": "application/json", authorization }, body }).then((response) => response.json());
  };
}

function isSubscription(query: string, operationName: string | null | undefined): boolean {
  const operations = parse(query).definitions.filter((definition) => definition.kind === "OperationDefinition");
  return (operations.find(({ name }) => name?.value === operationName) ?? operations[0])?.operation === "subscription";
}

const root = createRoot(document.getElementById("explorer")!);

function show(token: string | null): void {
  const signIn = (given: string): void => {
    keepToken(given);
    show(given);
  };
  root.render(<StrictMode>{token === null ? <SignIn notice={null} signIn={signIn} /> : <GraphiQL fetcher={fetcherFor(token)} defaultQuery={FIRST} shouldPersistHeaders={false} isHeadersEditorEnabled={false} />}</StrictMode>);
}

addEventListener("hashchange", () => show(tokenOfTab()));
show(tokenOfTab());
