import { GraphQLError } from "graphql";
import type { AuthCheckerFn } from "type-graphql";
import { mayAnywhere, type Permission } from "../domain/actor.ts";
import type { Context } from "./context.ts";

/** A permission, or that anybody signed in may ask, or that only the operator of the installation may. */
export type Requirement = Permission | "signed-in" | "operator";

/**
 * The check of every root field: whether the actor holds the permission at all. In which company is settled by the
 * resolver, which asks the context for one. Synchronous on purpose: waiting here would split the batches of loaders.
 */
export const mayDo: AuthCheckerFn<Context, Requirement> = ({ context }, requirements) => {
  const actor = context.signedIn;
  if (!actor) throw new GraphQLError("Sign in: send a token as `Authorization: Bearer …`.", { extensions: { code: "UNAUTHENTICATED" } });
  for (const requirement of requirements) {
    const met = requirement === "signed-in" || (requirement === "operator" ? actor.operator : mayAnywhere(actor, requirement));
    if (!met) throw new GraphQLError(`This needs the permission ${requirement}.`, { extensions: { code: "FORBIDDEN" } });
  }
  return true;
};
