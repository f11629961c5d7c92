import { Arg, Authorized, Ctx, Extensions, Query, Resolver } from "type-graphql";
import { settleKnownAt } from "../db/known-at.ts";
import { dayOf } from "../domain/dates.ts";
import { CONTROL_ACCOUNTS } from "../domain/posting.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { BusinessDateScalar, MomentScalar } from "../graphql/scalars.ts";
import { compareControlAccounts } from "./control-account.sql.ts";
import { controlAccountOf, ControlAccountType } from "./control-account.type.ts";

@Resolver()
export class ControlAccountResolver {
  @Authorized<Requirement>("ledger:read")
  @Extensions({ cost: 100 })
  @Query(() => ControlAccountType, { description: "Compares the ledger with the open items: each control account, from two sides that share no table." })
  async controlAccount(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
    @Arg("asOf", () => BusinessDateScalar, { nullable: true, description: "Business day; today when left out." }) asOf: string | null,
    @Arg("knownAt", () => MomentScalar, { nullable: true, description: "Moment of knowledge; now when left out." }) knownAt: string | null,
  ): Promise<ControlAccountType> {
    const companyId = await context.company("ledger:read", company);
    const moment = await settleKnownAt(context.db, knownAt);
    const day = asOf ?? dayOf(context.db.clock.now() ?? new Date());
    return controlAccountOf(day, moment, await compareControlAccounts(context.db, companyId, day, moment, CONTROL_ACCOUNTS));
  }
}
