import { Arg, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { companyById } from "../companies/company.loader.ts";
import { companyOf, CompanyType } from "../companies/company.type.ts";
import { ClosedPeriodPolicy } from "../domain/period.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { periodById, policyOfCompany } from "./period.loader.ts";
import type { PeriodService } from "./period.service.ts";
import { periodsOfCompany } from "./period.sql.ts";
import { ClosePeriodInput, periodOf, PeriodPayload, PeriodType, ReopenPeriodInput, SetClosedPeriodPolicyInput, SetClosedPeriodPolicyPayload } from "./period.type.ts";

@Resolver(() => CompanyType)
export class PeriodResolver {
  constructor(private readonly periods: PeriodService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => [PeriodType], { name: "periods", description: "The accounting periods of a company, latest first. Days without a period are open." })
  async list(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
  ): Promise<PeriodType[]> {
    return (await periodsOfCompany(context.db, await context.company("receivables:read", company))).map(periodOf);
  }

  @FieldResolver(() => ClosedPeriodPolicy, { description: "What becomes of a posting that would count on a day of a closed period." })
  async postIntoClosedPeriod(@Root() { id }: CompanyType, @Ctx() context: Context): Promise<ClosedPeriodPolicy> {
    const { companyId } = readGlobalId(id)!;
    return (await context.load(policyOfCompany, companyId, companyId))?.policy ?? ClosedPeriodPolicy.REFUSE;
  }

  @Authorized<Requirement>("period:close")
  @Mutation(() => PeriodPayload, { description: "Closes an accounting period: nothing is posted into it from then on. Waits for postings that are running." })
  closePeriod(@Ctx() context: Context, @Arg("input", () => ClosePeriodInput, { description: "The days." }) input: ClosePeriodInput): Promise<Partial<PeriodPayload>> {
    return answer(async () => {
      const companyId = await context.company("period:close", input.company);
      const id = await this.periods.close(context.actor, { companyId, fromOn: input.from, toOn: input.to });
      return { period: periodOf(await context.require(periodById, companyId, id)) };
    });
  }

  @Authorized<Requirement>("period:close")
  @Mutation(() => PeriodPayload, { description: "Opens a closed accounting period again. The log keeps who did it and when." })
  reopenPeriod(@Ctx() context: Context, @Arg("input", () => ReopenPeriodInput, { description: "The period." }) input: ReopenPeriodInput): Promise<Partial<PeriodPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("period:close", readGlobalId(input.periodId)?.companyId);
      const id = keyIn("AccountingPeriod", companyId, input.periodId, "periodId");
      await this.periods.reopen(context.actor, companyId, id);
      return { period: periodOf(await context.require(periodById, companyId, id)) };
    });
  }

  @Authorized<Requirement>("period:close")
  @Mutation(() => SetClosedPeriodPolicyPayload, { description: "Says what becomes of postings into closed periods from now on." })
  setClosedPeriodPolicy(@Ctx() context: Context, @Arg("input", () => SetClosedPeriodPolicyInput, { description: "The policy." }) input: SetClosedPeriodPolicyInput): Promise<Partial<SetClosedPeriodPolicyPayload>> {
    return answer(async () => {
      const companyId = await context.company("period:close", input.company);
      await this.periods.setPolicy(context.actor, companyId, input.postIntoClosedPeriod);
      return { company: companyOf(await context.require(companyById, companyId, companyId)) };
    });
  }
}
