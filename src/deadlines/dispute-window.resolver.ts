import { Arg, Authorized, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { today } from "../db/today.ts";
import { DeductionCaseType } from "../deductions/case.type.ts";
import { daysLeft } from "../domain/dispute-window.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { answer } from "../graphql/payload.ts";
import { disputeWindowById } from "./dispute-window.loader.ts";
import type { DisputeWindowService } from "./dispute-window.service.ts";
import { windowsOfCompany } from "./dispute-window.sql.ts";
import { disputeWindowOf, DisputeWindowType, SetDisputeWindowsInput, SetDisputeWindowsPayload } from "./dispute-window.type.ts";

@Resolver()
export class DisputeWindowResolver {
  constructor(private readonly windows: DisputeWindowService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => [DisputeWindowType], { description: "How long deductions may be disputed: every rule of a company, for each customer, code and reason the last to take effect first." })
  async disputeWindows(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
  ): Promise<DisputeWindowType[]> {
    return (await windowsOfCompany(context.db, await context.company("receivables:read", company))).map(disputeWindowOf);
  }

  @Authorized<Requirement>("reason:write")
  @Mutation(() => SetDisputeWindowsPayload, { description: "Says how long deductions may be disputed, for all customers or for one, by code and reason." })
  setDisputeWindows(@Ctx() context: Context, @Arg("input", () => SetDisputeWindowsInput, { description: "The windows." }) { company, ...wish }: SetDisputeWindowsInput): Promise<Partial<SetDisputeWindowsPayload>> {
    return answer(async () => {
      const companyId = await context.company("reason:write", company);
      return { disputeWindows: (await this.windows.set(context.actor, { ...wish, companyId })).map(disputeWindowOf) };
    });
  }
}

@Resolver(() => DeductionCaseType)
export class CaseDeadlineResolver {
  @FieldResolver(() => Int, { nullable: true, description: "Days until it can no longer be disputed: 0 on the last day, negative afterwards. Null where there is no window, or nothing is open any more." })
  daysLeft(@Root() { row }: DeductionCaseType, @Ctx() context: Context): number | null {
    return daysLeft(row.disputeBy, row.openMinor, today(context.db));
  }

  @FieldResolver(() => DisputeWindowType, { nullable: true, description: "The rule that set `disputeBy`: for a part or a whole of others, the rule of those. Null where no rule held." })
  async disputeWindow(@Root() { row }: DeductionCaseType, @Ctx() context: Context): Promise<DisputeWindowType | null> {
    return row.disputeWindowId ? disputeWindowOf(await context.require(disputeWindowById, row.companyId, row.disputeWindowId)) : null;
  }
}
