import type { ApolloServerPlugin } from "@apollo/server";
import type { Context } from "./context.ts";
import { checkCost, type Limits } from "./limits.ts";

/** Holds operations to their limits over HTTP: the price before anything runs, and the time that a query may take. */
export function holdToLimits(limits: Limits): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, operation, request, contextValue }) => {
        // Without an operation of that name there is nothing to run; Apollo says so next.
        if (!operation) return;
        checkCost(limits, schema, document, operation, request.variables);
        if (operation.operation === "query") contextValue.limitTo(limits.timeout);
      },
    }),
  };
}
